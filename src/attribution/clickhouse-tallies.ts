/** Many questions against a log in ClickHouse: in order of their addresses, some at a time, each part of the log once. */

import type { Lease } from './answer.ts';
import { type Ask, wireAddress, wireNetwork } from './clickhouse-ask.ts';
import { type LeaseRow, leaseOf, rowName } from './clickhouse-lease.ts';
import { NetworkSet } from './clickhouse-networks.ts';
import { countingStatement, fittingStatement, type Join, type Key, keyText } from './clickhouse-statement.ts';
import type { Extent, Table } from './clickhouse-table.ts';
import { CLASSES, HOT, slotRange } from './fitting-sql.ts';
import { tallyOf } from './log.ts';
import { type Network, networkText } from './network.ts';
import { type Asked, addressAt } from './question.ts';
import { RowTallies } from './row-tallies.ts';
import { byAddress } from './sorting.ts';

/** Bytes of one key, at most, slots of time included. */
const KEY_BYTES = 180;
const MOST_PAIRS = 1 << 22;

type Found = [
  n: number, leases: string, subscribers: string, atTime: string, unnamed: number, blocks: number, candidates: string[],
  nearest: [far: string, began: string, ended: string, low: number, high: number, name: string, from: string, to: string, row: string],
]; // biome-ignore format: the columns of the statement

export class ClickHouseTallies {
  readonly #ask: Ask;
  readonly #table: Table;
  readonly #extent: Extent;
  #blocks: [low: number, high: number][][] | null | undefined;

  constructor(ask: Ask, table: Table, extent: Extent) {
    this.#ask = ask;
    this.#table = table;
    this.#extent = extent;
  }

  async tallies(asked: Asked): Promise<RowTallies> {
    const out = new RowTallies(asked.count);
    const order = byAddress(asked);
    this.#blocks ??= await this.#readBlocks();
    const some = Math.max(1, Math.floor(this.#ask.longestBytes / KEY_BYTES));
    for (let from = 0; from < order.length; from += some)
      await this.#part(asked, order.subarray(from, from + some), out);
    return out;
  }

  /** For each port the blocks that hold it; null when they are too many to list. */
  async #readBlocks(): Promise<[low: number, high: number][][] | null> {
    const { name, of } = this.#table;
    const sum = `sum(if(low < 0, 65536, high - low + 1))`;
    const distinct = `SELECT DISTINCT ${of.portLow} AS low, ${of.portHigh} AS high FROM ${name} AS r WHERE ${of.isLease}`;
    const [pairs] = await this.#ask.rows<[string]>(`SELECT toString(${sum}) FROM (${distinct})`);
    if (Number(pairs?.[0] ?? 0) > MOST_PAIRS) return null;
    const blocks: [low: number, high: number][][] = Array.from({ length: 65_536 }, () => []);
    for (const [low, high] of await this.#ask.rows<[number, number]>(distinct)) {
      for (let port = Math.max(low, 0); port <= (low < 0 ? 65_535 : high); port++) blocks[port]!.push([low, high]);
    }
    return blocks;
  }

  async #part(asked: Asked, indexes: Uint32Array, out: RowTallies): Promise<void> {
    const networks = await this.#networksOf(asked, indexes);
    const [plain, blocked]: [Key[], Key[]] = [[], []];
    const crowd = new Map<string, number>();
    for (const index of indexes) {
      for (const { low, high } of networks(index)) {
        const port = asked.port[index]!;
        const [time, lo, hi] = [asked.time[index]!, asked.lo[index]!, asked.hi[index]!];
        const key = { n: index, low, high, port, time, lo, hi };
        if (port < 0 || !this.#blocks) plain.push({ ...key, portLow: 0, portHigh: 0 });
        else for (const [portLow, portHigh] of this.#blocks[port]!) blocked.push({ ...key, portLow, portHigh });
      }
    }
    for (const key of [...plain, ...blocked]) crowd.set(placeOf(key), (crowd.get(placeOf(key)) ?? 0) + 1);
    const hot = new Set([...plain, ...blocked].filter((key) => crowd.get(placeOf(key))! > HOT).map(({ n }) => n));
    for (const [keys, isBlocked] of [
      [plain, false],
      [blocked, true],
    ] as const) {
      await this.#join(
        keys.filter(({ n }) => !hot.has(n)),
        { blocked: isBlocked, hot: false },
        out,
      );
      await this.#join(keys.filter(({ n }) => hot.has(n)).flatMap(inSlots), { blocked: isBlocked, hot: true }, out);
    }
    await this.#readMissing(
      asked,
      indexes.filter((index) => !out.at(index)),
      out,
    );
  }

  /** For each question the networks it may be found in: the address itself, and the prefixes of the log that hold it. */
  async #networksOf(asked: Asked, indexes: Uint32Array): Promise<(index: number) => { low: string; high: string }[]> {
    const { name, of } = this.#table;
    const ranges = this.#ranges(asked, indexes).filter(({ family }) => this.#extent.widest[family] > 0n);
    const found: Network[] = [];
    for (const { from, to } of ranges) {
      const rows = await this.#ask.rows<[string, string]>(
        `SELECT DISTINCT toString(${of.low}), toString(${of.high}) FROM ${name} AS r
        WHERE ${this.#table.lowBetween('toIPv6({from:String})', 'toIPv6({to:String})')} AND ${of.low} < ${of.high}`,
        { from, to },
      );
      for (const [low, high] of rows) found.push(wireNetwork(low, high));
    }
    const set = new NetworkSet(found);
    return (index) => {
      const family = asked.family[index] as 4 | 6;
      const value = addressAt(asked, index);
      const own = wireAddress(family, value);
      const wider = found.length === 0 ? [] : set.holding(family, value);
      return [
        { low: own, high: own },
        ...wider.map(({ low, high }) => ({ low: wireAddress(family, low), high: wireAddress(family, high) })),
      ];
    };
  }

  /** Of each family that occurs: from the first address at which a lease of a question may start, to the last. */
  #ranges(asked: Asked, indexes: Uint32Array): { family: 4 | 6; from: string; to: string }[] {
    return ([4, 6] as const).flatMap((family) => {
      const own = indexes.filter((index) => asked.family[index] === family);
      if (own.length === 0) return [];
      const first = addressAt(asked, own[0]!) - this.#extent.widest[family];
      return [
        {
          family,
          from: wireAddress(family, first < 0n ? 0n : first),
          to: wireAddress(family, addressAt(asked, own.at(-1)!)),
        },
      ];
    });
  }

  async #join(keys: readonly Key[], join: Join, out: RowTallies): Promise<void> {
    for (const part of inParts(keys, this.#ask.longestBytes)) {
      const latest = part.reduce((most, { hi }) => Math.max(most, hi), -Infinity);
      const [first, last] = [part[0]!.low, part.at(-1)!.low];
      const bounded = part.every(({ low, high }) => low === high)
        ? this.#table.lowBetween(`toIPv6('${first}')`, `toIPv6('${last}')`)
        : 'true';
      const where = `${bounded} AND ${this.#table.beganBy(`toInt64(${latest})`)}`;
      const texts = part.map(keyText);
      if (join.blocked) await this.#addFitting(fittingStatement(this.#table, texts, join, where), part, out);
      else await this.#addCounted(countingStatement(this.#table, texts, join, where), out);
    }
  }

  async #addFitting(sql: string, part: readonly Key[], out: RowTallies): Promise<void> {
    const times = new Map(part.map(({ n, time }) => [n, time]));
    const fitting = new Map<number, Lease[]>();
    for (const [n, ...row] of await this.#ask.rows<[number, ...LeaseRow]>(sql)) {
      const lease = leaseOf(row);
      if (!lease) continue;
      const held = fitting.get(n);
      if (held) held.push(lease);
      else fitting.set(n, [lease]);
    }
    for (const [n, leases] of fitting) {
      const tally = tallyOf(leases, BigInt(times.get(n)!), true, false);
      const [nearest] = tally.shown;
      out.put(n, { ...tally, nearest: nearest! });
    }
  }

  async #addCounted(sql: string, out: RowTallies): Promise<void> {
    const rows = await this.#ask.rows<Found>(
      `SELECT n, leases, subscribers, at_time, unnamed, blocks, candidates,
        (toString(nearest.1), toString(nearest.2), toString(nearest.3), nearest.4, nearest.5, nearest.6, toString(nearest.7), toString(nearest.8), nearest.9)
      FROM (${sql})`,
    );
    for (const row of rows) putRow(out, row);
  }

  /** Of questions that no lease fits: whether the log has the address at all, and rows of it that cannot be read. */
  async #readMissing(asked: Asked, indexes: Uint32Array, out: RowTallies): Promise<void> {
    if (indexes.length === 0) return;
    const { name, of, lowBetween } = this.#table;
    const found: Network[] = [];
    const unread: Network[] = [];
    for (const { from, to } of this.#ranges(asked, indexes)) {
      const rows = await this.#ask.rows<[string, string, number]>(
        `SELECT toString(${of.low}), toString(${of.high}), max(NOT (${of.isLease})) FROM ${name} AS r
        WHERE ${lowBetween('toIPv6({from:String})', 'toIPv6({to:String})')} GROUP BY ${of.low}, ${of.high}`,
        { from, to },
      );
      for (const [low, high, bad] of rows) {
        const network = wireNetwork(low, high);
        found.push(network);
        if (bad) unread.push(network);
      }
    }
    const [known, bad] = [new NetworkSet(found), new NetworkSet(unread)];
    for (const index of indexes) {
      const [family, value] = [asked.family[index] as 4 | 6, addressAt(asked, index)];
      if (known.holding(family, value).length > 0) out.known[index] = 1;
      if (unread.length > 0 && bad.holding(family, value).length > 0) out.unread[index] = 1;
    }
  }
}

function placeOf({ low, high, portLow, portHigh }: Key): string {
  return `${low} ${high} ${portLow} ${portHigh}`;
}

function inSlots(key: Key): Key[] {
  return CLASSES.flatMap((bits) => {
    const [first, last] = slotRange(bits, key.lo, key.hi);
    return Array.from({ length: Number(last - first) + 1 }, (_, step) => ({
      ...key,
      bits,
      slot: first + BigInt(step),
    }));
  });
}

/** Keys in parts that fit a statement; the keys of one question are never parted. */
function* inParts(keys: readonly Key[], longestBytes: number): Generator<Key[]> {
  const most = Math.max(1, Math.floor((longestBytes - 16_384) / 120));
  for (let from = 0; from < keys.length; ) {
    let to = Math.min(keys.length, from + most);
    while (to < keys.length && keys[to]!.n === keys[to - 1]!.n) to += 1;
    yield keys.slice(from, to);
    from = to;
  }
}

const FOREVER = String((1n << 63n) - 1n);

function putRow(out: RowTallies, [n, leases, subscribers, atTime, unnamed, blocks, candidates, nearest]: Found): void {
  const [, began, ended, low, high, name, from, to, row] = nearest;
  const network = networkText(wireNetwork(from, to));
  out.put(n, {
    leases: Number(leases),
    subscribers: Number(subscribers),
    atTime: Number(atTime),
    unnamed: unnamed === 1,
    blocks: blocks === 1,
    candidates,
    nearest: {
      subscriber: name === '' ? null : name,
      network,
      portLow: low < 0 ? null : low,
      portHigh: low < 0 ? null : high,
      began: BigInt(began),
      ended: ended === FOREVER ? null : BigInt(ended),
      row: row === '' ? rowName(network, low, high, began) : row,
    },
  });
}
