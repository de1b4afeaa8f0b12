/**
 * Statistics of a clock face: where times gather, and how far a set of them is from a stated profile.
 *
 * Against “evenly over the day” they say nothing, since people sleep; a p-value is for a reference profile only
 * (reference: inference, 3.4).
 */

/** `shares` of a day in [0, 1), each the position of a session on the clock or under a reference profile. */
export type Shares = readonly number[];

export type MeanTime = {
  /** Length of the sum of unit vectors, 0 (spread or opposite) to n (all at one time). */
  resultant: number;
  /** Mean direction as a share of the day; it may lie where no session is. */
  mean: number;
};

export function meanTime(shares: Shares): MeanTime {
  let [x, y] = [0, 0];
  for (const share of shares) {
    x += Math.cos(2 * Math.PI * share);
    y += Math.sin(2 * Math.PI * share);
  }
  const mean = Math.atan2(y, x) / (2 * Math.PI);
  return { resultant: Math.hypot(x, y), mean: mean < 0 ? mean + 1 : mean };
}

/** Chance of so large a resultant if times were uniform: one broad peak, descriptive only. */
export function rayleigh(shares: Shares): number {
  const n = shares.length;
  const { resultant } = meanTime(shares);
  return Math.min(1, Math.exp(Math.sqrt(1 + 4 * n + 4 * (n * n - resultant * resultant)) - (1 + 2 * n)));
}

/** Kuiper's V: the largest excess of the times over the profile plus the largest shortfall. */
export function kuiper(shares: Shares): number {
  const sorted = Float64Array.from(shares).sort();
  const n = sorted.length;
  let [above, below] = [-Infinity, -Infinity];
  sorted.forEach((u, i) => {
    above = Math.max(above, (i + 1) / n - u);
    below = Math.max(below, u - i / n);
  });
  return above + below;
}

/** V scaled so that its distribution hardly depends on n. */
export function kuiperScaled(v: number, n: number): number {
  return v * (Math.sqrt(n) + 0.155 + 0.24 / Math.sqrt(n));
}

export function kuiperChance(v: number, n: number): number {
  const square = kuiperScaled(v, n) ** 2;
  let sum = 0;
  for (let j = 1; j <= 100; j += 1) sum += (4 * j * j * square - 1) * Math.exp(-2 * j * j * square);
  return Math.min(1, Math.max(0, 2 * sum));
}

/** Watson's U², the mean squared distance from the profile with the mean taken out. */
export function watson(shares: Shares): number {
  const sorted = Float64Array.from(shares).sort();
  const n = sorted.length;
  const mean = sorted.reduce((sum, u) => sum + u, 0) / n;
  const squares = sorted.reduce((sum, u, i) => sum + (u - (2 * i + 1) / (2 * n) - mean + 0.5) ** 2, 0);
  return squares + 1 / (12 * n);
}

export function watsonChance(uSquared: number): number {
  let sum = 0;
  for (let m = 1; m <= 100; m += 1) sum += (-1) ** (m - 1) * Math.exp(-2 * m * m * Math.PI * Math.PI * uSquared);
  return Math.min(1, Math.max(0, 2 * sum));
}
