/**
 * For when a lease log is complete: only there does a lease that is not in it show that nobody held the address.
 *
 * It is what the provider declared, not what the rows suggest.
 */
import { type Interval, type Micros, microsFrom } from '../base/interval.ts';
import type { LeaseCoverage } from '../source/leases.ts';
import { type Network, networkOf } from './network.ts';

/** Intervals in order, none touching another; null where the provider declared nothing. */
export type Coverage = readonly Interval[] | null;

/** `now` settles an interval without end: rows that may still arrive are not yet covered. */
export function coverageOf(declared: LeaseCoverage, now: Micros): Coverage {
  if (declared === 'not declared') return null;
  const settled = now - BigInt(Math.ceil((declared.settledAfterSeconds ?? 0) * 1e6));
  const complete = declared.complete.map(({ began, ended }) => ({
    began: microsFrom(began)!,
    ended: ended === null ? settled : microsFrom(ended)!,
  }));
  const gaps = declared.gaps.map(({ began, ended }) => ({ began: microsFrom(began)!, ended: microsFrom(ended)! }));
  return gaps.reduce(without, joined(complete));
}

function joined(intervals: Interval[]): Interval[] {
  const out: Interval[] = [];
  for (const one of intervals.filter(({ began, ended }) => began < ended).sort(byBegin)) {
    const last = out.at(-1);
    if (last && one.began <= last.ended) last.ended = one.ended > last.ended ? one.ended : last.ended;
    else out.push({ ...one });
  }
  return out;
}

function without(intervals: Interval[], gap: Interval): Interval[] {
  return intervals
    .flatMap(({ began, ended }) => [
      { began, ended: ended < gap.began ? ended : gap.began },
      { began: began > gap.ended ? began : gap.ended, ended },
    ])
    .filter(({ began, ended }) => began < ended);
}

const byBegin = (a: Interval, b: Interval) => (a.began < b.began ? -1 : a.began > b.began ? 1 : 0);

/** Whether every instant from `lo` to `hi`, both included, is covered. Numbers are microseconds below 2^53. */
export function covering(coverage: Coverage): (lo: number, hi: number) => boolean {
  if (coverage === null) return () => false;
  const began = coverage.map((one) => Number(one.began));
  const ended = coverage.map((one) => Number(one.ended));
  return (lo, hi) => {
    let [from, to] = [0, began.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (began[middle]! <= lo) from = middle + 1;
      else to = middle;
    }
    return from > 0 && hi < ended[from - 1]!;
  };
}

/** The networks a source speaks of; null where it does not say. */
export function prefixesOf(declared: readonly string[] | undefined): Network[] | null {
  return declared?.map((text) => networkOf(text)!) ?? null;
}
