/** A lease log by its index: the networks that hold the address, their slots for the port, the leases that fit. */
import { join } from 'node:path';
import { LEASES_SHOWN, type Lease } from './answer.ts';
import { FAR, FAR_HIGH, type Header, NO_NAME, OPEN_END, OPEN_LOW, UNREAD, WORDS } from './index-files.ts';
import { Fit, type Found } from './index-fit.ts';
import { Names } from './index-names.ts';
import { Networks } from './index-networks.ts';
import { type Basis, byDistance, type Cells, type LeaseLog, type Tallies, type Tally, WHOLE_PORTS } from './log.ts';
import { networkText } from './network.ts';
import type { Asked } from './question.ts';
import { Section } from './section.ts';
import { byAddress, byTime } from './sorting.ts';

/** Leases that are read at once; of a longer run only where the answer lies. */
const AT_ONCE = 1 << 16;
/** Questions of one crowded network that are answered together, slot by slot. */
const TOGETHER = 4096;

const LEASE = WORDS.leases;

export class IndexLog implements LeaseLog {
  readonly basis: Basis;
  readonly #networks: Networks;
  readonly #names: Names;
  readonly #networkSlots: Section;
  readonly #slots: Section;
  readonly #leases: Section;
  readonly #probe: Section;
  readonly #base: number;
  readonly #unit: number;
  readonly #farFrom: number;
  readonly #farEnds: readonly bigint[];
  readonly #farNumbers: readonly number[];
  readonly #files: Header['source'];
  readonly #rowPrefixes: string[];

  constructor(folder: string, header: Header, basis: Basis) {
    this.basis = basis;
    this.#networks = new Networks(folder, header);
    this.#names = new Names(folder);
    this.#networkSlots = new Section(join(folder, 'network-slots'), WORDS['network-slots']);
    this.#slots = new Section(join(folder, 'slots'), WORDS.slots);
    this.#leases = new Section(join(folder, 'leases'), LEASE);
    this.#probe = new Section(join(folder, 'leases'), LEASE);
    this.#base = Number(header.base);
    this.#unit = header.unitMicros;
    this.#farFrom = Number(header.farFrom);
    this.#farEnds = header.farEnds.map(BigInt);
    this.#farNumbers = this.#farEnds.map(Number);
    this.#files = header.source;
    this.#rowPrefixes = header.source.map(({ name }) => `${name} row `);
  }

  async tally(asked: Asked): Promise<Tally> {
    const fit = new Fit();
    fit.all = [];
    const networks: number[] = [];
    if (asked.family[0] !== 0) this.#networks.find(asked.family[0] as 4 | 6, asked.words, 0, networks);
    for (const network of networks) this.#look(network, asked, 0, fit);
    const time = BigInt(asked.time[0]!);
    return {
      known: networks.length > 0,
      unread: fit.unread,
      leases: fit.leases,
      subscribers: fit.names.count,
      atTime: fit.atTime.count,
      unnamed: fit.unnamed,
      blocks: fit.blocks,
      candidates: fit.names.shown().map((name) => this.#names.text(name)),
      shown: this.#nearest(fit.all, asked.time[0]!)
        .map((found) => this.#lease(found))
        .sort(byDistance(time)),
    };
  }

  /** The nearest leases, without naming the others. */
  #nearest(found: Found[], time: number): Found[] {
    if (found.length <= LEASES_SHOWN) return found;
    const far = new Map(found.map((one) => [one, this.#distance(one.began, one.ended, time)]));
    return found.sort((a, b) => far.get(a)! - far.get(b)! || a.began - b.began).slice(0, LEASES_SHOWN);
  }

  async tallies(asked: Asked): Promise<Tallies> {
    this.#names.hold();
    const out = new IndexTallies(asked.count);
    const order = byAddress(asked);
    const networks: number[] = [];
    const fit = new Fit();
    for (let from = 0; from < order.length; ) {
      const first = order[from]!;
      let to = from + 1;
      while (to < order.length && sameAddress(asked, first, order[to]!)) to += 1;
      this.#networks.find(asked.family[first] as 4 | 6, asked.words, first * 4, networks);
      if (networks.length === 0) {
        from = to;
        continue;
      }
      const crowded = to - from > 1 && networks.some((network) => this.#isCrowded(network));
      const run = crowded ? byTime(asked, order.subarray(from, to)) : order.subarray(from, to);
      for (let place = 0; place < run.length; place++) out.known[run[place]!] = 1;
      for (let place = 0; place < run.length; ) {
        if (crowded) {
          const some = run.subarray(place, place + TOGETHER);
          const fits = Array.from(some, () => new Fit());
          for (const network of networks) this.#lookTogether(network, asked, some, fits);
          for (let one = 0; one < some.length; one++) out.put(some[one]!, fits[one]!);
          place += some.length;
        } else {
          fit.clear();
          for (let one = 0; one < networks.length; one++) this.#look(networks[one]!, asked, run[place]!, fit);
          out.put(run[place]!, fit);
          place += 1;
        }
      }
      from = to;
    }
    return {
      known: out.known,
      unread: out.unread,
      leases: out.leases,
      subscribers: out.subscribers,
      atTime: out.atTime,
      unnamed: out.unnamed,
      blocks: out.blocks,
      nearest: {
        began: (index) => this.#base + out.began[index]! * this.#unit,
        ended: (index) => this.#endNumber(out.ended[index]!),
        exactEnd: (index) => this.#farEnds[out.ended[index]! - FAR]!,
        ports: (index) => out.ports[index]!,
        name: (index, into) => {
          if (out.name[index] !== NO_NAME) this.#names.put(out.name[index]!, into);
        },
        network: (index, into) => {
          const network = out.network[index]!;
          if (asked.family[index] === 4 && this.#networks.isSingle(network)) into.fourBytes(asked.words[index * 4]!);
          else into.text(networkText(this.#networks.network(network)));
        },
        row: (index, into) => this.#putRow(out.row[index]!, into),
      },
      candidates: (index) => {
        const one = out.leases[index]! > 0 && out.name[index] !== NO_NAME ? [out.name[index]!] : [];
        return (out.several.get(index) ?? one).map((name) => this.#names.text(name));
      },
    };
  }

  #isCrowded(network: number): boolean {
    const { firstLease, endLease } = this.#extent(network);
    return endLease - firstLease > AT_ONCE;
  }

  #extent(network: number) {
    const at = this.#networkSlots.need(network, 2);
    const { words } = this.#networkSlots;
    const [firstSlot, whole, endSlot] = [words[at]!, words[at + 1]!, words[at + 3]!];
    const longest = words[at + 2]! & 0xffff;
    const unread = (words[at + 2]! & UNREAD) !== 0;
    const place = this.#slots.need(firstSlot, endSlot - firstSlot + 1);
    const firstLease = this.#slots.words[place + 1]!;
    const endLease = this.#slots.words[place + (endSlot - firstSlot) * 2 + 1]!;
    return { firstSlot, endSlot, whole, longest, unread, place, firstLease, endLease };
  }

  #look(network: number, asked: Asked, index: number, fit: Fit): void {
    const extent = this.#extent(network);
    const { endSlot, firstSlot, whole, longest, place, firstLease, endLease } = extent;
    if (extent.unread) fit.unread = true;
    if (endLease - firstLease <= AT_ONCE) this.#leases.need(firstLease, endLease - firstLease);
    const port = asked.port[index]!;
    const count = endSlot - firstSlot;
    for (let slot = 0; slot < whole; slot++) {
      if (holdsPort(this.#slots.words[place + slot * 2]!, port))
        this.#fitting(network, place + slot * 2, asked, index, fit);
    }
    if (port < 0) {
      for (let slot = whole; slot < count; slot++) this.#fitting(network, place + slot * 2, asked, index, fit);
      return;
    }
    const { words } = this.#slots;
    for (let slot = this.#lastSlot(place, whole, count, port); slot >= whole; slot--) {
      const ports = words[place + slot * 2]!;
      if (port - (ports >>> 16) > longest) break;
      if ((ports & 0xffff) >= port) this.#fitting(network, place + slot * 2, asked, index, fit);
    }
  }

  /** The last slot whose ports start at `port` or below it. */
  #lastSlot(place: number, whole: number, count: number, port: number): number {
    const { words } = this.#slots;
    const most = ((port << 16) | 0xffff) >>> 0;
    let [from, to] = [whole, count];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (words[place + middle * 2]! <= most) from = middle + 1;
      else to = middle;
    }
    return from - 1;
  }

  /** The same for many questions of one address, slot by slot, so that each slot is read once for all of them. */
  #lookTogether(network: number, asked: Asked, some: Uint32Array, fits: readonly Fit[]): void {
    const { firstSlot, endSlot, place, unread } = this.#extent(network);
    if (unread) for (const fit of fits) fit.unread = true;
    for (let slot = 0; slot < endSlot - firstSlot; slot++) {
      const ports = this.#slots.words[place + slot * 2]!;
      for (let one = 0; one < some.length; one++) {
        if (!holdsPort(ports, asked.port[some[one]!]!)) continue;
        this.#fitting(network, place + slot * 2, asked, some[one]!, fits[one]!);
      }
    }
  }

  /** Adds the leases of one slot that hold any instant from `lo` to `hi`. */
  #fitting(network: number, slot: number, asked: Asked, index: number, fit: Fit): void {
    const ports = this.#slots.words[slot]!;
    const first = this.#slots.words[slot + 1]!;
    const end = this.#slots.words[slot + 3]!;
    const lo = this.#units(asked.lo[index]!);
    const hi = this.#units(asked.hi[index]!);
    const time = asked.time[index]!;
    const isPart = ports >>> 16 <= (ports & 0xffff) && (ports & 0xffff) - (ports >>> 16) + 1 < WHOLE_PORTS;
    let record = this.#firstEndingAfter(first, end, lo);
    while (record < end) {
      const count = this.#leases.has(record)
        ? Math.min(end, this.#leases.window[1]) - record
        : Math.min(end - record, 1024);
      let at = this.#leases.need(record, count);
      const { words } = this.#leases;
      for (let one = 0; one < count; one++, at += LEASE, record++) {
        const began = words[at]! + (words[at + 2]! & 0xffff) * 2 ** 32;
        if (began > hi) return;
        const ended = endAt(words, at);
        const name = words[at + 3]!;
        const distance = this.#distance(began, ended, time);
        fit.add(network, ports, began, ended, name, words[at + 4]!, name !== NO_NAME, distance);
        if (isPart) fit.blocks = true;
      }
    }
  }

  /** Ends rise within a slot. */
  #firstEndingAfter(first: number, end: number, lo: number): number {
    if (end - first <= AT_ONCE) return this.#among(first, end, lo);
    const [windowFirst, windowEnd] = this.#leases.window;
    const from = Math.max(first, windowFirst);
    const to = Math.min(end, windowEnd);
    if (from < to && (from === first || !this.#endsAfter(from, lo)) && (to === end || this.#endsAfter(to - 1, lo))) {
      return this.#among(from, to, lo);
    }
    let [low, high] = [first, end];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const at = this.#probe.need(middle, 1);
      if (endAt(this.#probe.words, at) > lo) high = middle;
      else low = middle + 1;
    }
    if (low < end) this.#leases.need(low, Math.min(end - low, 4096));
    return low;
  }

  #endsAfter(record: number, lo: number): boolean {
    return endAt(this.#leases.words, this.#leases.need(record, 1)) > lo;
  }

  #among(first: number, end: number, lo: number): number {
    const base = this.#leases.need(first, end - first);
    const { words } = this.#leases;
    let [low, high] = [0, end - first];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (endAt(words, base + middle * LEASE) > lo) high = middle;
      else low = middle + 1;
    }
    return first + low;
  }

  /** A time in units since the base, rounded down; beyond the last near end, by how many far ends it has passed. */
  #units(time: number): number {
    if (time < this.#farFrom) return Math.floor((time - this.#base) / this.#unit);
    let passed = 0;
    while (passed < this.#farNumbers.length && this.#farNumbers[passed]! <= time) passed += 1;
    return FAR - 1 + passed;
  }

  #distance(began: number, ended: number, time: number): number {
    const start = this.#base + began * this.#unit;
    if (time < start) return start - time;
    const end = this.#endNumber(ended);
    return time >= end ? time - end + 1 : 0;
  }

  #endNumber(ended: number): number {
    if (ended < FAR) return this.#base + ended * this.#unit;
    return ended === OPEN_END ? Infinity : this.#farNumbers[ended - FAR]!;
  }

  #lease({ network, ports, began, ended, name, row }: Found): Lease {
    const [low, high] = [ports >>> 16, ports & 0xffff];
    const time = (units: number) => BigInt(this.#base + units * this.#unit);
    return {
      subscriber: name === NO_NAME ? null : this.#names.text(name),
      network: networkText(this.#networks.network(network)),
      portLow: low > high ? null : low,
      portHigh: low > high ? null : high,
      began: time(began),
      ended: ended === OPEN_END ? null : ended >= FAR ? this.#farEnds[ended - FAR]! : time(ended),
      row: this.#rowText(row),
    };
  }

  #rowText(row: number): string {
    const file = this.#files.findLast(({ rowsBefore }) => rowsBefore <= row)!;
    return `${file.name} row ${row - file.rowsBefore + 1}`;
  }

  #putRow(row: number, into: Cells): void {
    let file = 0;
    while (file + 1 < this.#files.length && this.#files[file + 1]!.rowsBefore <= row) file += 1;
    into.text(this.#rowPrefixes[file]!);
    into.whole(row - this.#files[file]!.rowsBefore + 1);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#networks.close();
    this.#names.close();
    for (const section of [this.#networkSlots, this.#slots, this.#leases, this.#probe]) section.close();
  }
}

/** What the questions amount to, as columns: the nearest lease in the units of the index. */
class IndexTallies {
  readonly known: Uint8Array;
  readonly unread: Uint8Array;
  readonly leases: Uint32Array;
  readonly subscribers: Uint32Array;
  readonly atTime: Uint32Array;
  readonly unnamed: Uint8Array;
  readonly blocks: Uint8Array;
  readonly network: Uint32Array;
  readonly ports: Uint32Array;
  readonly began: Float64Array;
  readonly ended: Float64Array;
  readonly name: Uint32Array;
  readonly row: Uint32Array;
  readonly several = new Map<number, number[]>();

  constructor(count: number) {
    this.known = new Uint8Array(count);
    this.unread = new Uint8Array(count);
    this.leases = new Uint32Array(count);
    this.subscribers = new Uint32Array(count);
    this.atTime = new Uint32Array(count);
    this.unnamed = new Uint8Array(count);
    this.blocks = new Uint8Array(count);
    this.network = new Uint32Array(count);
    this.ports = new Uint32Array(count);
    this.began = new Float64Array(count);
    this.ended = new Float64Array(count);
    this.name = new Uint32Array(count);
    this.row = new Uint32Array(count);
  }

  put(index: number, fit: Fit): void {
    this.leases[index] = fit.leases;
    this.unread[index] = fit.unread ? 1 : 0;
    if (fit.leases === 0) return;
    this.subscribers[index] = fit.names.count;
    this.atTime[index] = fit.atTime.count;
    this.unnamed[index] = fit.unnamed ? 1 : 0;
    this.blocks[index] = fit.blocks ? 1 : 0;
    this.network[index] = fit.network;
    this.ports[index] = fit.ports;
    this.began[index] = fit.began;
    this.ended[index] = fit.ended;
    this.name[index] = fit.name;
    this.row[index] = fit.row;
    if (fit.names.count > 1 || fit.unnamed) this.several.set(index, fit.names.shown());
  }
}

/** Ports low above high are none stated: the whole address. */
function holdsPort(ports: number, port: number): boolean {
  const [low, high] = [ports >>> 16, ports & 0xffff];
  return port < 0 || low > high || (low <= port && port <= high);
}

function endAt(words: Uint32Array, at: number): number {
  const high = words[at + 2]! >>> 16;
  const low = words[at + 1]!;
  if (high !== FAR_HIGH) return low + high * 2 ** 32;
  return low === OPEN_LOW ? OPEN_END : FAR + low;
}

function sameAddress({ family, words }: Asked, a: number, b: number): boolean {
  if (family[a] !== family[b]) return false;
  if (words[a * 4] !== words[b * 4]) return false;
  return (
    family[a] === 4 ||
    (words[a * 4 + 1] === words[b * 4 + 1] &&
      words[a * 4 + 2] === words[b * 4 + 2] &&
      words[a * 4 + 3] === words[b * 4 + 3])
  );
}
