/**
 * Whether sessions differ from a named reference profile by more than chance.
 *
 * Without a reference there is no chance to compare with, and no comparison (reference: inference, 3.4).
 */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { kuiper } from './circular.ts';

export const DRAWS = 9999;
const SEED = 20_170_304;

/** Cumulative share of expected sessions at each full hour, 25 values from 0 to 1. */
export type Reference = Float64Array;

/** Weights of 24 local hours times the hours in which a record could come; null when they hold nothing. */
export function referenceOf(weights: readonly number[], exposure: ArrayLike<number>): Reference | null {
  const cumulative = new Float64Array(25);
  for (let hour = 0; hour < 24; hour += 1) cumulative[hour + 1] = cumulative[hour]! + weights[hour]! * exposure[hour]!;
  const total = cumulative[24]!;
  return total > 0 && Number.isFinite(total) ? cumulative.map((sum) => sum / total) : null;
}

/** Where local hours fall under the reference: uniform in [0, 1] if the sessions follow it. */
export function sharesUnder(reference: Reference, hours: readonly number[]): number[] {
  return hours.map((hour) => {
    const whole = Math.min(23, Math.floor(hour));
    const [low, high] = [reference[whole]!, reference[whole + 1]!];
    return low + (hour - whole) * (high - low);
  });
}

/** Kuiper's V of `DRAWS` sets of `n` sessions that do follow the reference, their times cut to `stepMinutes`; sorted. */
export function nullOf(reference: Reference, n: number, stepMinutes: number, draws: number = DRAWS): Float64Array {
  const source = xoroshiro128plus(SEED);
  const hours = new Array<number>(n);
  return Float64Array.from({ length: draws }, () => {
    for (let i = 0; i < n; i += 1) {
      const u = uniformFloat64(source);
      let hour = 0;
      while (hour < 23 && reference[hour + 1]! <= u) hour += 1;
      const [low, high] = [reference[hour]!, reference[hour + 1]!];
      const minutes = (hour + (high > low ? (u - low) / (high - low) : 0)) * 60;
      hours[i] = stepMinutes > 0 ? (Math.floor(minutes / stepMinutes) * stepMinutes) / 60 : minutes / 60;
    }
    return kuiper(sharesUnder(reference, hours));
  }).sort();
}

/** Share of the simulated sets at least as far from the reference, the observed one counted among them. */
export function chanceUnder(simulated: Float64Array, observed: number): number {
  const atLeast = simulated.reduce((count, v) => count + (v >= observed ? 1 : 0), 0);
  return (1 + atLeast) / (simulated.length + 1);
}

/** Chance that at least `k` of `n` sessions fall where a share `expected` of them is expected. */
export function atLeastChance(k: number, n: number, expected: number): number {
  if (k <= 0) return 1;
  if (expected <= 0 || expected >= 1) return expected >= 1 ? 1 : 0;
  let [sum, term] = [0, n * Math.log(1 - expected)];
  for (let i = 0; i <= n; i += 1) {
    if (i >= k) sum += Math.exp(term);
    term += Math.log(((n - i) / (i + 1)) * (expected / (1 - expected)));
  }
  return Math.min(1, sum);
}
