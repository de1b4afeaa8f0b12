/**
 * When a record could have been produced: the ranges that were ordered, cut to what the returns say they cover.
 *
 * Hours are real hours: the skipped local hour of a clock change has none, the repeated one double.
 */
import { contains, type Interval, type Micros } from '../../base/interval.ts';
import type { Scoped } from '../../store/scoped.ts';
import { DAY, HOUR, offsetSpans } from './zone.ts';

/** Intervals joined where they touch or overlap, in order. */
export function union(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals
    .filter(({ began, ended }) => began < ended)
    .toSorted((a, b) => compare(a.began, b.began) || compare(a.ended, b.ended));
  const joined: Interval[] = [];
  for (const { began, ended } of sorted) {
    const last = joined.at(-1);
    if (last && began <= last.ended) last.ended = ended > last.ended ? ended : last.ended;
    else joined.push({ began, ended });
  }
  return joined;
}

export function intersection(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const shared = a.flatMap((one) =>
    b.map((other) => ({
      began: one.began > other.began ? one.began : other.began,
      ended: one.ended < other.ended ? one.ended : other.ended,
    })),
  );
  return union(shared);
}

export type Covered = {
  intervals: Interval[];
  /** True when every return used states its own range; else the ordered range alone is taken as covered. */
  stated: boolean;
};

/** What identifies the records asked about: the items and returns they came by and their categories. */
export type Origin = { item: string | null; return: string | null; category: string | null };

/**
 * The time in which records like these could have come: ordered ranges of the same targets and categories, cut to the
 * stated coverage of the returns used when each of them states one.
 */
export function coveredTime(scoped: Scoped, origins: readonly Origin[]): Covered {
  const items = new Set(origins.map(({ item }) => item));
  const categories = new Set(origins.map(({ category }) => category));
  const targets = new Set(scoped.ranges.filter(({ item }) => items.has(item)).map(({ target }) => target));
  const alike = scoped.ranges.filter(({ target, category }) => targets.has(target) && categories.has(category));
  const ordered = union(alike.length > 0 ? alike : scoped.ranges);
  const returns = new Set(origins.map((origin) => origin.return));
  const used = scoped.coverage.filter((one) => returns.has(one.return));
  const ranges = used.flatMap(({ began, ended }) => (began !== null && ended !== null ? [{ began, ended }] : []));
  const statedBy = new Set(
    used.filter(({ began, ended }) => began !== null && ended !== null).map((one) => one.return),
  );
  const stated = returns.size > 0 && [...returns].every((one) => one !== null && statedBy.has(one));
  return { intervals: stated ? intersection(ordered, union(ranges)) : ordered, stated };
}

export function within(intervals: readonly Interval[], instant: Micros): boolean {
  return intervals.some((interval) => contains(interval, instant));
}

export function hoursIn(intervals: readonly Interval[]): number {
  return intervals.reduce((sum, { began, ended }) => sum + Number(ended - began) / Number(HOUR), 0);
}

/** Hours of `intervals` that fall in each local hour of the day (24 bins) or of the week (168, Monday 00:00 first). */
export function exposureHours(intervals: readonly Interval[], zone: string, bins: 24 | 168): Float64Array {
  const micros = new BigInt64Array(bins);
  for (const span of intervals.flatMap((interval) => offsetSpans(zone, interval))) {
    const [began, ended] = [span.began + span.offset, span.ended + span.offset];
    for (let cursor = began; cursor < ended; ) {
      const hourNumber = floorDivide(cursor, HOUR);
      const boundary = (hourNumber + 1n) * HOUR;
      const next = boundary < ended ? boundary : ended;
      micros[binOf(hourNumber, bins)]! += next - cursor;
      cursor = next;
    }
  }
  return Float64Array.from(micros, (value) => Number(value) / Number(HOUR));
}

/** 1970-01-01 was a Thursday: three days after a Monday. */
function binOf(hourNumber: bigint, bins: 24 | 168): number {
  const shifted = bins === 24 ? hourNumber : hourNumber + (3n * DAY) / HOUR;
  const count = BigInt(bins);
  return Number(((shifted % count) + count) % count);
}

function floorDivide(a: bigint, b: bigint): bigint {
  return a >= 0n ? a / b : -((-a + b - 1n) / b);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
