/**
 * Many views of the same records: each counts what all selections but its own leave, so that a brush in one can be widened
 * again in it.
 *
 * A record holds one bit for each part of the selection that leaves it out. Changing a part rewrites one bit of each record;
 * one pass then counts for every view. A million records take some tens of milliseconds.
 */
import type { Columns } from './columns.ts';
import { isWhole, type Selection } from './selection.ts';

const BIT = { kinds: 1, sources: 2, parties: 4, time: 8, area: 16, hours: 32 } as const;
export const TIME_BINS = 240;

export type Counted = {
  /** Records that everything selected leaves, in order of time: `places[0 .. selected)`. */
  places: Uint32Array;
  selected: number;
  /** Counts by code, by bin, by hour of the week; each without its own part of the selection. */
  kinds: Uint32Array;
  sources: Uint32Array;
  parties: Uint32Array;
  times: Uint32Array;
  hours: Uint32Array;
  /** Of the records left by all but the area: which are drawn on the map. */
  drawn: Uint8Array;
  /** Selected records without a time, and without a place. */
  untimed: number;
  unplaced: number;
};

export type Extent = { began: number; ended: number };

/** From the first to the last time there is, a little beyond so that the last is inside; null where no record has one. */
function extentOf(began: Float64Array): Extent | null {
  let last = began.length - 1;
  while (last >= 0 && Number.isNaN(began[last]!)) last -= 1;
  return last < 0 ? null : { began: began[0]!, ended: Math.max(began[last]! + 1, began[0]! + 1000) };
}

export class Cross {
  readonly columns: Columns;
  /** From the first time to the last. */
  readonly whole: Extent | null;
  readonly #mask: Uint8Array;
  readonly #places: Uint32Array;
  readonly #drawn: Uint8Array;
  #bins: Uint8Array;
  #week: Uint8Array;
  #done: Selection | null = null;

  constructor(columns: Columns, week: Uint8Array) {
    this.columns = columns;
    this.whole = extentOf(columns.began);
    this.#mask = new Uint8Array(columns.count);
    this.#places = new Uint32Array(columns.count);
    this.#drawn = new Uint8Array(columns.count);
    this.#bins = binsOf(columns.began, this.whole);
    this.#week = week;
  }

  /** The hours of another zone; what was selected by hours is counted anew. */
  rezone(week: Uint8Array): void {
    this.#week = week;
    this.#done = null;
  }

  /** Spreads the bins over a part of the time; what lies outside is in none of them. */
  stretch(extent: Extent | null): void {
    this.#bins = binsOf(this.columns.began, extent ?? this.whole);
  }

  count(selection: Selection): Counted {
    const before = this.#done;
    const changed = (part: keyof Selection) => before === null || before[part] !== selection[part];
    const { kind, source, account, names } = this.columns;
    if (changed('kinds')) this.#byCode(BIT.kinds, kind, names.kind, selection.kinds);
    if (changed('sources')) this.#byCode(BIT.sources, source, names.source, selection.sources);
    if (changed('parties')) this.#byCode(BIT.parties, account, names.account, selection.parties);
    if (changed('time')) this.#byTime(selection);
    if (changed('area')) this.#byArea(selection);
    if (changed('hours')) this.#byHours(selection);
    this.#done = selection;
    return this.#counted();
  }

  #byCode(bit: number, codes: ArrayLike<number>, names: readonly string[], wanted: readonly string[]): void {
    const mask = this.#mask;
    if (wanted.length === 0) {
      for (let index = 0; index < mask.length; index++) mask[index]! &= ~bit;
      return;
    }
    const isWanted = Uint8Array.from(names, (name) => (wanted.includes(name) ? 0 : bit));
    for (let index = 0; index < mask.length; index++) mask[index] = (mask[index]! & ~bit) | isWanted[codes[index]!]!;
  }

  #byTime(selection: Selection): void {
    const mask = this.#mask;
    const { began } = this.columns;
    const { time } = selection;
    for (let index = 0; index < mask.length; index++) {
      const at = began[index]!;
      const out = time !== null && !(at >= time.began && at < time.ended);
      mask[index] = (mask[index]! & ~BIT.time) | (out ? BIT.time : 0);
    }
  }

  #byArea(selection: Selection): void {
    const mask = this.#mask;
    const { latitude, longitude } = this.columns;
    const { area } = selection;
    for (let index = 0; index < mask.length; index++) {
      let out = false;
      if (area !== null) {
        const [x, y] = [longitude[index]!, latitude[index]!];
        out = !(x >= area.west && x < area.east && y >= area.south && y < area.north);
      }
      mask[index] = (mask[index]! & ~BIT.area) | (out ? BIT.area : 0);
    }
  }

  #byHours(selection: Selection): void {
    const mask = this.#mask;
    const week = this.#week;
    const isOut = new Uint8Array(256);
    if (!isWhole(selection, 'hours')) {
      isOut.fill(BIT.hours);
      for (const hour of selection.hours) isOut[hour] = 0;
    }
    for (let index = 0; index < mask.length; index++) mask[index] = (mask[index]! & ~BIT.hours) | isOut[week[index]!]!;
  }

  #counted(): Counted {
    const { kind, source, account, latitude, began, names } = this.columns;
    const [mask, week, bins, places, drawn] = [this.#mask, this.#week, this.#bins, this.#places, this.#drawn];
    const kinds = new Uint32Array(names.kind.length);
    const sources = new Uint32Array(names.source.length);
    const parties = new Uint32Array(names.account.length);
    const times = new Uint32Array(TIME_BINS);
    const hours = new Uint32Array(168);
    let selected = 0;
    let untimed = 0;
    let unplaced = 0;
    for (let index = 0; index < mask.length; index++) {
      const out = mask[index]!;
      drawn[index] = (out & ~BIT.area) === 0 ? 1 : 0;
      if ((out & (out - 1)) !== 0) continue;
      // At most one part leaves it out: it counts in that part's view, or in all.
      if ((out & ~BIT.kinds) === 0) kinds[kind[index]!]! += 1;
      if ((out & ~BIT.sources) === 0) sources[source[index]!]! += 1;
      if ((out & ~BIT.parties) === 0) parties[account[index]!]! += 1;
      if ((out & ~BIT.time) === 0 && bins[index] !== 255) times[bins[index]!]! += 1;
      if ((out & ~BIT.hours) === 0 && week[index] !== 255) hours[week[index]!]! += 1;
      if (out !== 0) continue;
      places[selected++] = index;
      if (Number.isNaN(began[index]!)) untimed += 1;
      if (Number.isNaN(latitude[index]!)) unplaced += 1;
    }
    return { places, selected, kinds, sources, parties, times, hours, drawn, untimed, unplaced };
  }
}

function binsOf(began: Float64Array, extent: Extent | null): Uint8Array {
  const bins = new Uint8Array(began.length).fill(255);
  if (!extent) return bins;
  const scale = TIME_BINS / (extent.ended - extent.began);
  for (let index = 0; index < began.length; index++) {
    const at = began[index]!;
    if (at >= extent.began && at < extent.ended)
      bins[index] = Math.min(TIME_BINS - 1, Math.floor((at - extent.began) * scale));
  }
  return bins;
}

/** The selected places sorted by codes, stably; time stays the order within. */
export function sortedBy(
  places: Uint32Array,
  selected: number,
  codes: ArrayLike<number>,
  size: number,
  descending: boolean,
): Uint32Array {
  const starts = new Uint32Array(size + 1);
  for (let index = 0; index < selected; index++) starts[codes[places[index]!]! + 1]! += 1;
  if (descending) {
    let at = 0;
    for (let code = size - 1; code >= 0; code--) {
      const count = starts[code + 1]!;
      starts[code + 1] = at;
      at += count;
    }
    const out = new Uint32Array(selected);
    for (let index = 0; index < selected; index++) out[starts[codes[places[index]!]! + 1]!++] = places[index]!;
    return out;
  }
  for (let code = 0; code < size; code++) starts[code + 1]! += starts[code]!;
  const out = new Uint32Array(selected);
  for (let index = 0; index < selected; index++) out[starts[codes[places[index]!]!]!++] = places[index]!;
  return out;
}
