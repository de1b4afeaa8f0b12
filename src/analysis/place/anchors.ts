/**
 * Fixed places that explain several records, each error unit heard once.
 *
 * Records of one cell or one address row are wrong together; multiplied as if independent, their 90 % area held the truth in
 * one case of eight (reference: inference, 0 and 2.3). What no place explains goes to an even background.
 */
import type { Grid } from './grid.ts';
import type { Layer } from './layer.ts';

const ROUNDS = 100;
const SETTLED = 1e-4;
/** A part that moves no cell by as much as a fit is left unsettled. */
const NOTHING = 1e-9;
/** Logarithm under which a cell adds nothing to a sum that the most likely cell is in. */
const FAINT = -60;
const MOST_ANCHORS = 5;
const MOST_FOLDS = 20;
/** Error units, in parts, that must be unexplained before another place is tried. */
const WORTH_A_PLACE = 0.5;

/** One error unit: its surface with movement mixed in, and on how many sessions of each local day it was heard. */
export type Unit = { id: string; layer: Layer; sessionsByDay: Map<string, number> };

export type Fit = {
  /** Probability per cell of each anchor; sums to one. */
  anchors: Float64Array[];
  /** Share of sessions per anchor, and of the background. */
  shares: number[];
  background: number;
  /** Share of error units per anchor, and of the background: what the fit itself goes by, whatever the counts of records. */
  votes: number[];
  backgroundVotes: number;
  /** Part of each unit that each anchor explains: `parts[k][u]`. */
  parts: number[][];
};

/** `ratios` is the logarithm of how much more likely the unit's surface is than a misplaced record, per cell it reaches. */
type Weighted = { layer: Layer; ratios: Float64Array; sessions: number };

/** The number of anchors that best predicts days left out, and the fit; ties within two standard errors go to fewer. */
export function fitAnchors(grid: Grid, units: readonly Unit[], eta = 1): Fit {
  const whole = units.map(({ layer, sessionsByDay }) => {
    return { layer, ratios: ratiosOf(layer), sessions: totalOf(sessionsByDay) };
  });
  const days = [...new Set(units.flatMap(({ sessionsByDay }) => [...sessionsByDay.keys()]))].sort();
  const folds = Math.min(MOST_FOLDS, days.length);
  const fits: Fit[] = [];
  const scores: Float64Array[] = [];
  for (let count = 1; count <= MOST_ANCHORS; count += 1) {
    const starts = startsFor(grid, whole, fits.at(-1));
    if (!starts) break;
    const fit = expectMaximise(grid, whole, starts, eta);
    fits.push(fit);
    scores.push(
      Float64Array.from({ length: folds }, (_, fold) => held(grid, units, whole, fit, days, fold, folds, eta)),
    );
  }
  return fits[simplest(scores)]!;
}

function ratiosOf({ floor, densities }: Layer): Float64Array {
  return densities.map((density) => Math.log1p(density / floor));
}

function totalOf(sessionsByDay: Map<string, number>): number {
  return [...sessionsByDay].sort(([a], [b]) => (a < b ? -1 : 1)).reduce((sum, [, sessions]) => sum + sessions, 0);
}

/** Anchors so far and the densest cell of what they leave unexplained; null when too little is left. */
function startsFor(grid: Grid, units: readonly Weighted[], before: Fit | undefined): Float64Array[] | null {
  const unexplained = units.map((_, u) => 1 - (before?.parts.reduce((sum, parts) => sum + parts[u]!, 0) ?? 0));
  const left = unexplained.reduce((sum, part) => sum + part, 0);
  if (before && left < WORTH_A_PLACE) return null;
  const densities = new Float64Array(grid.cells.length);
  units.forEach(({ layer }, u) => {
    for (let n = 0; n < layer.indices.length; n += 1)
      densities[layer.indices[n]!]! += unexplained[u]! * layer.densities[n]!;
  });
  const start = new Float64Array(grid.cells.length);
  start[densities.reduce((best, density, n) => (density > densities[best]! ? n : best), 0)] = 1;
  return [...(before?.anchors ?? []), start];
}

function expectMaximise(
  grid: Grid,
  units: readonly Weighted[],
  starts: readonly Float64Array[],
  eta: number,
  from?: Fit,
): Fit {
  const count = starts.length;
  const even = 1 / (count + 1);
  let fit: Fit = from ?? {
    anchors: [...starts], shares: [], background: 0, votes: starts.map(() => even), backgroundVotes: even, parts: [],
  }; // biome-ignore format: a start
  for (let round = 0; round < ROUNDS; round += 1) {
    const parts = partsOf(units, fit);
    const anchors = parts.map((row) => anchorOf(grid, units, row, eta));
    const change = anchors.reduce((sum, anchor, k) => sum + distance(anchor, fit.anchors[k]!), 0);
    const [shares, background] = sharesOf(parts, units.map(({ sessions }) => sessions)); // biome-ignore format: one
    const [votes, backgroundVotes] = sharesOf(parts, units.map(() => 1)); // biome-ignore format: one
    fit = { anchors, shares, background, votes, backgroundVotes, parts };
    if (change < SETTLED) break;
  }
  return fit;
}

/** Weighted parts of each anchor and what is left, half a count added to each. */
function sharesOf(parts: readonly number[][], weights: readonly number[]): [number[], number] {
  const total = weights.reduce((sum, one) => sum + one, 0);
  const share = (part: number) => (part + 0.5) / (total + 0.5 * (parts.length + 1));
  const explained = parts.map((row) => row.reduce((sum, part, u) => sum + part * weights[u]!, 0));
  return [explained.map(share), share(total - explained.reduce((sum, one) => sum + one, 0))];
}

/** How much of each unit each anchor explains under a fit. */
function partsOf(units: readonly Weighted[], fit: Fit): number[][] {
  const parts = fit.anchors.map(() => new Array<number>(units.length).fill(0));
  units.forEach(({ layer }, u) => {
    const weights = fit.anchors.map((anchor, k) => fit.votes[k]! * meanUnder(anchor, layer));
    const sum = weights.reduce((all, one) => all + one, fit.backgroundVotes / layer.regionKm2);
    weights.forEach((weight, k) => {
      parts[k]![u] = weight / sum;
    });
  });
  return parts;
}

/** Mean of a layer over an anchor's probability. */
function meanUnder(anchor: Float64Array, { floor, indices, densities }: Layer): number {
  let sum = floor;
  for (let n = 0; n < indices.length; n += 1) sum += anchor[indices[n]!]! * densities[n]!;
  return sum;
}

/** Probability per cell: the product over units, each to the power of the part explained and once whatever its records. */
function anchorOf(grid: Grid, units: readonly Weighted[], parts: readonly number[], eta: number): Float64Array {
  const logs = new Float64Array(grid.cells.length);
  units.forEach(({ layer: { indices }, ratios }, u) => {
    const power = eta * parts[u]!;
    if (power < NOTHING) return;
    for (let n = 0; n < indices.length; n += 1) logs[indices[n]!]! += power * ratios[n]!;
  });
  let most = Number.NEGATIVE_INFINITY;
  for (let n = 0; n < logs.length; n += 1) if (logs[n]! > most) most = logs[n]!;
  let sum = 0;
  for (let n = 0; n < logs.length; n += 1) {
    const below = logs[n]! - most;
    logs[n] = below < FAINT ? 0 : Math.exp(below) * grid.areasKm2[n]!;
    sum += logs[n]!;
  }
  for (let n = 0; n < logs.length; n += 1) logs[n]! /= sum;
  return logs;
}

function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let n = 0; n < a.length; n += 1) sum += Math.abs(a[n]! - b[n]!);
  return sum;
}

/**
 * Log score of every `folds`-th day under the fit to all other days. A unit's sessions weigh one vote in all, so that records
 * repeated within a unit choose nothing.
 */
function held(
  grid: Grid,
  units: readonly Unit[],
  weighted: readonly Weighted[],
  whole: Fit,
  days: readonly string[],
  fold: number,
  folds: number,
  eta: number,
): number {
  const out = new Set(days.filter((_, n) => n % folds === fold));
  const split = units.map(({ sessionsByDay }, u) => {
    const { layer, ratios, sessions: total } = weighted[u]!;
    const test = [...sessionsByDay].reduce((sum, [day, sessions]) => sum + (out.has(day) ? sessions : 0), 0);
    return { layer, ratios, test: test / total, sessions: total - test };
  });
  const kept = split.filter(({ sessions }) => sessions > 0);
  if (kept.length === 0) return 0;
  const fit = expectMaximise(grid, kept, whole.anchors, eta, { ...whole, parts: [] });
  return split.reduce((score, { layer, test }) => {
    if (test === 0) return score;
    const density = fit.anchors.reduce(
      (sum, anchor, k) => sum + fit.votes[k]! * meanUnder(anchor, layer),
      fit.backgroundVotes / layer.regionKm2,
    );
    return score + test * Math.log(density);
  }, 0);
}

function simplest(scores: readonly Float64Array[]): number {
  const totals = scores.map((score) => score.reduce((sum, one) => sum + one, 0));
  const best = totals.reduce((found, total, k) => (total > totals[found]! ? k : found), 0);
  return totals.findIndex((_, k) => {
    const differences = scores[best]!.map((score, fold) => score - scores[k]![fold]!);
    const n = differences.length;
    const mean = differences.reduce((sum, one) => sum + one, 0) / n;
    const variance = n > 1 ? differences.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (n - 1) : 0;
    return k === best || n * mean < 2 * Math.sqrt(n * variance);
  });
}
