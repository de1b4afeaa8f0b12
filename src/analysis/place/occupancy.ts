/**
 * Where the records were made: the mixture of their surfaces, and how far it moves when something is taken away.
 *
 * Sessions weigh the same within a source, sources by the hours they cover. Never a mean of points.
 */
import { significant } from './figures.ts';
import type { Grid } from './grid.ts';
import { areaOf, members } from './hdr.ts';
import { addLayer, type Layer } from './layer.ts';
import { centreAt, metresBetween } from './sphere.ts';
import type { ErrorUnit } from './units.ts';

/** Hours covered by each source; a source not named weighs nothing. */
export type SourceHours = ReadonlyMap<string, number>;

/** Densities per km²; null when no unit has weight. */
export function occupancy(
  grid: Grid,
  units: readonly ErrorUnit[],
  layers: readonly Layer[],
  hours: SourceHours,
): Float64Array | null {
  const totals = new Map<string, number>();
  for (const { bySource } of units) {
    for (const [source, sessions] of bySource) totals.set(source, (totals.get(source) ?? 0) + sessions);
  }
  const present = [...hours].filter(([source]) => totals.has(source));
  const allHours = present.reduce((sum, [, covered]) => sum + covered, 0);
  if (allHours <= 0) return null;
  const densities = new Float64Array(grid.cells.length);
  units.forEach(({ bySource }, u) => {
    const weight = present.reduce(
      (sum, [source, covered]) => sum + ((covered / allHours) * (bySource.get(source) ?? 0)) / totals.get(source)!,
      0,
    );
    if (weight > 0) addLayer(densities, layers[u]!, weight);
  });
  return densities;
}

/** Index of the densest cell, the first of equals. */
function modeOf(densities: Float64Array): number {
  return densities.reduce((best, density, n) => (density > densities[best]! ? n : best), 0);
}

export type Moved = {
  areaRatio: number;
  /** Shared part of both 90 % areas, by area. */
  jaccard: number;
  modeShiftKm: number;
  /** True when less than half is shared or the densest place leaves the old 50 % area. */
  depends: boolean;
};

/** How the 90 % area moves from one distribution to another on the same grid. */
export function movedBetween(grid: Grid, before: Float64Array, after: Float64Array): Moved {
  const [old, fresh] = [members(grid, before, 0.9), members(grid, after, 0.9)];
  const kept = new Set(old);
  const shared = areaOf(grid, fresh.filter((n) => kept.has(n))); // biome-ignore format: one
  const [oldKm2, freshKm2] = [areaOf(grid, old), areaOf(grid, fresh)];
  const [from, to] = [modeOf(before), modeOf(after)];
  const start = centreAt({ latitude: grid.latitudes[from]!, longitude: grid.longitudes[from]! });
  const jaccard = shared / (oldKm2 + freshKm2 - shared);
  return {
    areaRatio: significant(freshKm2 / oldKm2),
    jaccard: significant(jaccard),
    modeShiftKm: significant(metresBetween(start, grid.latitudes[to]!, grid.longitudes[to]!) / 1000, 2),
    depends: jaccard < 0.5 || !members(grid, before, 0.5).includes(to),
  };
}

export function movedText({ areaRatio, jaccard, modeShiftKm, depends }: Moved): string {
  const text = `the 90 % area becomes ${areaRatio} times as large, shares ${jaccard} with the old one, and its densest place moves ${modeShiftKm} km`;
  return depends ? `${text}: the area depends on this` : text;
}
