/**
 * A lease log in ClickHouse, asked over HTTP through the official client, by reading statements only.
 *
 * Opening asks for the server's version and lets it answer two rows of which the answer is known: an old server reads
 * such statements and answers wrongly without a word.
 */
import type { ClickHouseClient } from '@clickhouse/client';
import { Problem } from '../base/problem.ts';
import type { ClickHouseLeases } from '../source/leases.ts';
import type { Lease } from './answer.ts';
import { type Ask, asking, wireAddress } from './clickhouse-ask.ts';
import { type LeaseRow, leaseOf } from './clickhouse-lease.ts';
import { countingStatement, fittingStatement, keyText, leaseColumns } from './clickhouse-statement.ts';
import { type Extent, type Table, tableName, tableOf } from './clickhouse-table.ts';
import { ClickHouseTallies } from './clickhouse-tallies.ts';
import { type Basis, type LeaseLog, type Tallies, type Tally, tallyOf, WHOLE_PORTS } from './log.ts';
import { type Asked, addressAt } from './question.ts';

const OLDEST = [24, 3] as const;
const ROWS_AT_ONCE = 10_000;
/** A lease of at least 64,512 ports starts at this one or below. */
const LAST_WHOLE_LOW = 1024;

/** Throws `attribution/server-too-old`, `attribution/server-wrong`, `attribution/columns`. */
export async function openClickHouse(source: ClickHouseLeases, client: ClickHouseClient): Promise<LeaseLog> {
  const version = await versionOf(client);
  const ask = await asking(client);
  await selfTest(ask, version);
  const types = await ask.rows<[string, string]>(
    "SELECT name, type FROM system.columns WHERE database = ifNull(nullIf({database:String}, ''), currentDatabase()) AND table = {table:String}",
    { database: source.database ?? '', table: source.table },
  );
  if (types.length === 0) {
    throw new Problem(
      'attribution/no-table',
      `The server shows this account no table ${tableName(source)}. Nothing was looked up.`,
      {
        table: source.table,
      },
    );
  }
  const table = tableOf(source, new Map(types));
  return new ClickHouseLog(ask, table, await extentOf(ask, table), version);
}

/** Asked before anything that an old server would not understand. */
async function versionOf(client: ClickHouseClient): Promise<string> {
  const result = await client.query({ query: 'SELECT version() AS version', format: 'JSONEachRow' });
  const version = String((await result.json<{ version: string }>())[0]?.version ?? '');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (!(major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]))) {
    throw new Problem(
      'attribution/server-too-old',
      `The server is ClickHouse ${version || 'of no version it says'}; ${OLDEST.join('.')} or later is needed, because older ones answer such questions wrongly. Nothing was looked up.`,
      { version },
    );
  }
  return version;
}

const TWO_ROWS = `(SELECT toIPv6('192.0.2.1') AS ip, toUInt16(1024) AS port_low, toUInt16(1535) AS port_high,
    toInt64(1000) AS began, CAST(2000, 'Nullable(Int64)') AS ended, 'first' AS subscriber
  UNION ALL SELECT toIPv6('192.0.2.1'), toUInt16(1024), toUInt16(1535), toInt64(2000), CAST(NULL, 'Nullable(Int64)'), 'second')`;
const TWO_TYPES = { ip: 'IPv6', port_low: 'UInt16', port_high: 'UInt16', began: 'Int64', ended: 'Nullable(Int64)', subscriber: 'String' }; // biome-ignore format: one table
/** Before the change of hands, after it, across it, and before both. */
const FOUR_TIMES = [[1999, 1999, 1999], [2000, 2000, 2000], [2000, 1999, 2001], [999, 999, 999]] as const; // biome-ignore format: a table
const EXPECTED = [[0, 'first'], [1, 'second'], [2, 'first'], [2, 'second']]; // biome-ignore format: a table
const COUNTED = [[0, '1', 'first'], [1, '1', 'second'], [2, '2', 'first']]; // biome-ignore format: a table

/** Both statements for many questions, over two rows in place of the table. */
async function selfTest(ask: Ask, version: string): Promise<void> {
  const columns = Object.fromEntries(Object.keys(TWO_TYPES).map((name) => [name, name])) as Record<
    keyof typeof TWO_TYPES,
    string
  >;
  const declared = { coverage: 'not declared', clockErrorSeconds: 0 } as const;
  const table = {
    ...tableOf(
      { engine: 'clickhouse', table: 'two', columns, times: { type: 'microseconds' }, ...declared },
      new Map(Object.entries(TWO_TYPES)),
    ),
    name: TWO_ROWS,
  };
  const own = { low: '::ffff:192.0.2.1', high: '::ffff:192.0.2.1', portLow: 1024, portHigh: 1535, port: 1100 };
  const keys = FOUR_TIMES.map(([time, lo, hi], n) => keyText({ n, ...own, time, lo, hi }));
  const join = { blocked: true, hot: false };
  const found: unknown[] = [];
  try {
    const rows = await ask.rows<[number, ...LeaseRow]>(fittingStatement(table, keys, join));
    found.push(rows.map(([n, , , , , , , name]) => [n, name]).sort());
    found.push(
      await ask.rows(`SELECT n, subscribers, candidates[1] FROM (${countingStatement(table, keys, join)}) ORDER BY n`),
    );
  } catch (error) {
    found.push(error instanceof Error ? error.message : 'no answer');
  }
  if (JSON.stringify(found) !== JSON.stringify([EXPECTED, COUNTED])) {
    throw new Problem(
      'attribution/server-wrong',
      `The server (ClickHouse ${version}) answers a question of which the answer is known wrongly. Nothing was looked up.`,
      { version, expected: [EXPECTED, COUNTED], found },
    );
  }
}

async function extentOf(ask: Ask, { name, of }: Table): Promise<Extent> {
  const isFour = `startsWith(toString(${of.low}), '::ffff:')`;
  const reach = (which: string) =>
    of.low === of.high
      ? `'0'`
      : `toString(maxIf(toUInt128(${of.high}) - toUInt128(${of.low}), ifNull(${of.low} < ${of.high} AND ${which}, false)))`;
  const ports = `${of.portHigh} - ${of.portLow}`;
  const [row] = await ask.rows<[string, string, string, number]>(
    `SELECT ${reach(isFour)}, ${reach(`NOT ${isFour}`)}, toString(maxIf(${ports}, ${ports} < ${WHOLE_PORTS - 1})),
      max(${ports} >= ${WHOLE_PORTS - 1} OR ${of.portLow} = -1) FROM ${name} AS r`,
  );
  const [four, six, longest, hasWhole] = row ?? ['0', '0', '0', 0];
  return { widest: { 4: BigInt(four), 6: BigInt(six) }, longest: Number(longest), hasWhole: hasWhole !== 0 };
}

class ClickHouseLog implements LeaseLog {
  readonly basis: Basis;
  readonly #ask: Ask;
  readonly #table: Table;
  readonly #extent: Extent;
  readonly #many: ClickHouseTallies;

  constructor(ask: Ask, table: Table, extent: Extent, version: string) {
    this.#ask = ask;
    this.#table = table;
    this.#extent = extent;
    this.#many = new ClickHouseTallies(ask, table, extent);
    this.basis = {
      engine: 'clickhouse',
      stated: `Table ${table.name} on ClickHouse ${version}, as it stands.`,
      rows: null,
      unusable: null,
    };
  }

  async tally(asked: Asked): Promise<Tally> {
    const { name, of, beganBy, endedAfter } = this.#table;
    const time = BigInt(asked.time[0]!);
    const params = this.#params(asked);
    const where = this.#ofAddress(asked.family[0] as 4 | 6);
    const rows = await this.#ask.rows<LeaseRow>(
      `SELECT ${leaseColumns(this.#table)} FROM ${name} AS r
      WHERE ${where}${this.#ofPort(asked.port[0]!)} AND ${beganBy('{hi:Int64}')} AND ${endedAfter('{lo:Int64}')}
      LIMIT ${ROWS_AT_ONCE + 1}`,
      params,
    );
    const read = rows.map(leaseOf);
    const leases = read.filter((lease) => lease !== null);
    if (rows.length > ROWS_AT_ONCE) return this.#counted(asked, leases);
    if (leases.length > 0) return tallyOf(leases, time, true, false);
    const [seen] = await this.#ask.rows<[number, number]>(
      `SELECT count() > 0, countIf(NOT (${of.isLease})) > 0 FROM ${name} AS r WHERE ${where}`,
      params,
    );
    return tallyOf([], time, seen?.[0] === 1, seen?.[1] === 1);
  }

  #params(asked: Asked): Record<string, string | number> {
    const family = asked.family[0] as 4 | 6;
    const value = addressAt(asked, 0);
    const widest = this.#extent.widest[family];
    const port = asked.port[0]!;
    const first = value < widest ? 0n : value - widest;
    return {
      ip: wireAddress(family, value),
      lo: String(asked.lo[0]!),
      hi: String(asked.hi[0]!),
      ...(widest > 0n ? { from: wireAddress(family, first) } : {}),
      ...(port < 0 ? {} : { port, low: Math.max(0, port - this.#extent.longest) }),
    };
  }

  #ofAddress(family: 4 | 6): string {
    const { of, lowIs, lowBetween } = this.#table;
    const ip = 'toIPv6({ip:String})';
    if (this.#extent.widest[family] === 0n) return lowIs(ip);
    return `${lowBetween('toIPv6({from:String})', ip)} AND ${of.high} >= ${ip}`;
  }

  #ofPort(port: number): string {
    if (port < 0) return '';
    const { of, portBetween } = this.#table;
    const own = '{port:Int32}';
    if (!portBetween) return ` AND (${of.portLow} = -1 OR ${own} BETWEEN ${of.portLow} AND ${of.portHigh})`;
    const near = portBetween('{low:Int32}', own);
    const bound = this.#extent.hasWhole ? `(${near} OR ${portBetween('0', String(LAST_WHOLE_LOW))})` : near;
    return ` AND ${bound} AND ${of.portHigh} >= ${own} AND ${of.portLow} <= ${own}`;
  }

  /** More leases than are read one by one: counted by the server; of those that were read the nearest are shown. */
  async #counted(asked: Asked, read: readonly Lease[]): Promise<Tally> {
    const counted = (await this.#many.tallies(asked)).at(0)!;
    const { leases, subscribers, atTime, unnamed, blocks, candidates } = counted;
    const tally = tallyOf(read, BigInt(asked.time[0]!), true, false);
    return { ...tally, leases, subscribers, atTime, unnamed, blocks, candidates };
  }

  tallies(asked: Asked): Promise<Tallies> {
    return this.#many.tallies(asked);
  }

  /** The client is the caller's. */
  async [Symbol.asyncDispose](): Promise<void> {}
}
