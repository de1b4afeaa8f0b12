/** Finds the leases of an index that fit a question: the slots of a network for its port, and in each those of its time. */
import { join } from 'node:path';
import { NO_NAME, UNREAD, WORDS } from './index-files.ts';
import type { Fit } from './index-fit.ts';
import { beganAt, endedAt, type IndexTime } from './index-time.ts';
import { WHOLE_PORTS } from './log.ts';
import type { Asked } from './question.ts';
import { Section } from './section.ts';

/** Leases that are read at once; of a longer run only where the answer lies. */
const AT_ONCE = 1 << 16;
/** Slots of crowded networks that are kept at hand. */
const AT_HAND = 8;
const LEASE = WORDS.leases;

type Extent = {
  /** First slot, and where it stands in the window of slots. */
  place: number;
  count: number;
  /** Slots for the whole address, which come first; and the longest range of ports of the others. */
  whole: number;
  longest: number;
  unread: boolean;
  firstLease: number;
  endLease: number;
};

export class IndexReader {
  readonly #time: IndexTime;
  readonly #networkSlots: Section;
  readonly #slots: Section;
  readonly #leases: Section;
  readonly #probe: Section;
  readonly #hands: { slot: number; used: number; section: Section }[];
  readonly #extent: Extent = { place: 0, count: 0, whole: 0, longest: 0, unread: false, firstLease: 0, endLease: 0 };
  #network = -1;
  #uses = 0;
  #port = -1;
  #micros = 0;
  #lo = 0;
  #hi = 0;

  constructor(folder: string, time: IndexTime) {
    const leases = () => new Section(join(folder, 'leases'), LEASE);
    this.#time = time;
    this.#networkSlots = new Section(join(folder, 'network-slots'), WORDS['network-slots']);
    this.#slots = new Section(join(folder, 'slots'), WORDS.slots);
    this.#leases = leases();
    this.#probe = leases();
    this.#hands = Array.from({ length: AT_HAND }, () => ({ slot: -1, used: 0, section: leases() }));
  }

  isCrowded(network: number): boolean {
    const { firstLease, endLease } = this.#extentOf(network);
    return endLease - firstLease > AT_ONCE;
  }

  /** Adds the leases of a network that fit one question. */
  look(network: number, asked: Asked, index: number, fit: Fit): void {
    this.#ask(asked, index);
    const { place, count, whole, longest, unread, firstLease, endLease } = this.#extentOf(network);
    if (unread) fit.unread = true;
    const near = endLease - firstLease <= AT_ONCE;
    if (near) this.#leases.need(firstLease, endLease - firstLease);
    const { words } = this.#slots;
    const port = this.#port;
    const most = port < 0 ? count : whole;
    for (let slot = 0; slot < most; slot++) {
      if (holdsPort(words[place + slot * 2]!, port)) this.#fitting(network, place + slot * 2, near, fit);
    }
    if (port < 0) return;
    for (let slot = this.#lastSlot(place, whole, count); slot >= whole; slot--) {
      const ports = words[place + slot * 2]!;
      if (port - (ports >>> 16) > longest) break;
      if ((ports & 0xffff) >= port) this.#fitting(network, place + slot * 2, near, fit);
    }
  }

  /** The same for many questions of one crowded network, slot by slot: each slot is read once for all of them. */
  lookTogether(network: number, asked: Asked, some: Uint32Array, fits: readonly Fit[]): void {
    const { place, count, unread } = this.#extentOf(network);
    if (unread) for (const fit of fits) fit.unread = true;
    const lo = Float64Array.from(some, (index) => this.#time.units(asked.lo[index]!));
    const hi = Float64Array.from(some, (index) => this.#time.units(asked.hi[index]!));
    for (let slot = 0; slot < count; slot++) {
      const ports = this.#slots.words[place + slot * 2]!;
      for (let one = 0; one < some.length; one++) {
        if (!holdsPort(ports, asked.port[some[one]!]!)) continue;
        this.#micros = asked.time[some[one]!]!;
        this.#lo = lo[one]!;
        this.#hi = hi[one]!;
        this.#fitting(network, place + slot * 2, false, fits[one]!);
      }
    }
  }

  /** A number for the slot in which a question with a port is looked up first, so that such questions can be sorted. */
  slotFor(network: number, port: number): number {
    const { place, count, whole } = this.#extentOf(network);
    this.#port = port;
    return this.#lastSlot(place, whole, count) + 1;
  }

  #ask(asked: Asked, index: number): void {
    this.#port = asked.port[index]!;
    this.#micros = asked.time[index]!;
    this.#lo = this.#time.units(asked.lo[index]!);
    this.#hi = this.#time.units(asked.hi[index]!);
  }

  #extentOf(network: number): Extent {
    const extent = this.#extent;
    if (network === this.#network) return extent;
    const at = this.#networkSlots.need(network, 2);
    const own = this.#networkSlots.words;
    extent.count = own[at + 3]! - own[at]!;
    extent.whole = own[at + 1]!;
    extent.longest = own[at + 2]! & 0xffff;
    extent.unread = (own[at + 2]! & UNREAD) !== 0;
    extent.place = this.#slots.need(own[at]!, extent.count + 1);
    extent.firstLease = this.#slots.words[extent.place + 1]!;
    extent.endLease = this.#slots.words[extent.place + extent.count * 2 + 1]!;
    this.#network = network;
    return extent;
  }

  /** The last slot whose ports start at the port asked for or below it. */
  #lastSlot(place: number, whole: number, count: number): number {
    const { words } = this.#slots;
    const most = ((this.#port << 16) | 0xffff) >>> 0;
    let [from, to] = [whole, count];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (words[place + middle * 2]! <= most) from = middle + 1;
      else to = middle;
    }
    return from - 1;
  }

  /** Adds the leases of one slot that hold any instant of the question's window. `near`: they are in the window. */
  #fitting(network: number, slot: number, near: boolean, fit: Fit): void {
    const ports = this.#slots.words[slot]!;
    const first = this.#slots.words[slot + 1]!;
    const end = this.#slots.words[slot + 3]!;
    const [low, high] = [ports >>> 16, ports & 0xffff];
    const isPart = low <= high && high - low + 1 < WHOLE_PORTS;
    const section = near ? this.#leases : this.#handFor(first);
    let record = this.#firstEndingAfter(section, first, end);
    while (record < end) {
      const count = Math.min(end - record, section.ahead(record) || READ_ON);
      let at = section.need(record, count);
      const { words } = section;
      for (let one = 0; one < count; one++, at += LEASE, record++) {
        const began = beganAt(words, at);
        if (began > this.#hi) return;
        const ended = endedAt(words, at);
        const name = words[at + 3]!;
        const distance = this.#time.distance(began, ended, this.#micros);
        fit.add(network, ports, began, ended, name, words[at + 4]!, name !== NO_NAME, distance);
        if (isPart) fit.blocks = true;
      }
    }
  }

  /** A window of its own for a slot, in place of the one that was not used for longest. */
  #handFor(slot: number): Section {
    let oldest = this.#hands[0]!;
    for (const hand of this.#hands) {
      if (hand.slot === slot) {
        oldest = hand;
        break;
      }
      if (hand.used < oldest.used) oldest = hand;
    }
    oldest.slot = slot;
    oldest.used = ++this.#uses;
    return oldest.section;
  }

  /** Ends rise within a slot. */
  #firstEndingAfter(section: Section, first: number, end: number): number {
    if (end - first <= AT_ONCE) return this.#among(section, first, end);
    const [windowFirst, windowEnd] = section.window;
    const [from, to] = [Math.max(first, windowFirst), Math.min(end, windowEnd)];
    const isBefore = (record: number) => endedAt(section.words, section.need(record, 1)) <= this.#lo;
    if (from < to && (from === first || isBefore(from)) && (to === end || !isBefore(to - 1))) {
      return this.#among(section, from, to);
    }
    let [low, high] = [first, end];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const at = this.#probe.need(middle, 1);
      if (endedAt(this.#probe.words, at) > this.#lo) high = middle;
      else low = middle + 1;
    }
    if (low < end) section.need(low, Math.min(end - low, READ_ON));
    return low;
  }

  #among(section: Section, first: number, end: number): number {
    const base = section.need(first, end - first);
    const { words } = section;
    let [low, high] = [0, end - first];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (endedAt(words, base + middle * LEASE) > this.#lo) high = middle;
      else low = middle + 1;
    }
    return first + low;
  }

  close(): void {
    const hands = this.#hands.map(({ section }) => section);
    for (const section of [this.#networkSlots, this.#slots, this.#leases, this.#probe, ...hands]) section.close();
  }
}

const READ_ON = 4096;

/** Ports low above high are none stated: the whole address. */
function holdsPort(ports: number, port: number): boolean {
  const [low, high] = [ports >>> 16, ports & 0xffff];
  return port < 0 || low > high || (low <= port && port <= high);
}
