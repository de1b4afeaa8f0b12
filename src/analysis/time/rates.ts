/**
 * Intervals for counts: a rate per hour, a share of sessions.
 *
 * Jeffreys intervals for display, Clopper-Pearson where a guarantee is claimed (reference: inference, 3.3).
 */
import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import gammaQuantile from '@stdlib/stats-base-dists-gamma-quantile';

export type Bounds = { low: number; high: number };

/** Events per hour from `count` in `hours`; null when there was no time to count in. */
export function rateInterval(count: number, hours: number, level = 0.9): Bounds | null {
  if (hours <= 0) return null;
  const tail = (1 - level) / 2;
  return { low: gammaQuantile(tail, count + 0.5, hours), high: gammaQuantile(1 - tail, count + 0.5, hours) };
}

/** Share `k` of `n`; covers the true share in at least `level` of cases when what is counted was named before looking. */
export function clopperPearson(k: number, n: number, level = 0.9): Bounds {
  const tail = (1 - level) / 2;
  return {
    low: k === 0 ? 0 : betaQuantile(tail, k, n - k + 1),
    high: k === n ? 1 : betaQuantile(1 - tail, k + 1, n - k),
  };
}

/** Share for display: Beta with half a count added on either side. */
export function jeffreys(k: number, n: number, level = 0.9): Bounds {
  return betaInterval(k + 0.5, n - k + 0.5, level);
}

export function betaInterval(a: number, b: number, level = 0.9): Bounds {
  const tail = (1 - level) / 2;
  return { low: betaQuantile(tail, a, b), high: betaQuantile(1 - tail, a, b) };
}

/** Half-width for the mean of `n` scores in [0, 1], free of any distribution. */
export function hoeffding(n: number, level = 0.9): number {
  return Math.sqrt(Math.log(2 / (1 - level)) / (2 * n));
}

/** Upper 95 % one-sided limit of a share of which none of `n` was seen. */
export function zeroOf(n: number): number {
  return 1 - 0.05 ** (1 / n);
}
