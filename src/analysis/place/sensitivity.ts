/** What would change the area: each source, the heaviest units, and wider assumptions, one at a time. */
import type { Sensitivity } from '../finding.ts';
import { byText, counted } from './figures.ts';
import type { Grid } from './grid.ts';
import { type Layer, layerOf } from './layer.ts';
import { type Moved, movedBetween, movedText, occupancy, type SourceHours } from './occupancy.ts';
import { type ErrorUnit, sessionsIn } from './units.ts';

const HEAVIEST = 3;

export type Base = {
  grid: Grid;
  units: readonly ErrorUnit[];
  layers: readonly Layer[];
  hours: SourceHours;
  densities: Float64Array;
};

export type WithoutSource = { source: string } & Moved;

/** The area with each source left out; empty when there is only one. */
export function leaveOneSourceOut({ grid, units, layers, hours, densities }: Base): WithoutSource[] {
  const sources = [...hours.keys()].toSorted(byText);
  if (sources.length < 2) return [];
  return sources.flatMap((source) => {
    const rest = occupancy(grid, units, layers, new Map([...hours].filter(([one]) => one !== source)));
    return rest ? [{ source, ...movedBetween(grid, densities, rest) }] : [];
  });
}

export function heaviestLeftOut({ grid, units, layers, hours, densities }: Base): Sensitivity[] {
  const heaviest = [...units.keys()]
    .sort((a, b) => sessionsIn(units[b]!) - sessionsIn(units[a]!) || a - b)
    .slice(0, HEAVIEST);
  return heaviest.flatMap((out) => {
    const kept = [...units.keys()].filter((u) => u !== out);
    const rest = occupancy(grid, kept.map((u) => units[u]!), kept.map((u) => layers[u]!), hours); // biome-ignore format: one
    const change = `without ${units[out]!.label} (${counted(units[out]!.records, 'record')})`;
    return [rest ? told(change, movedBetween(grid, densities, rest)) : { change, effect: 'nothing is left' }];
  });
}

/** `wider` holds the same units under another assumption. */
export function assumptionChanged(
  change: string,
  { grid, hours, densities }: Base,
  wider: readonly ErrorUnit[],
): Sensitivity[] {
  const layers = wider.map(({ surface }) => layerOf(grid, surface));
  const changed = occupancy(grid, wider, layers, hours);
  return changed ? [told(change, movedBetween(grid, densities, changed))] : [];
}

export function told(change: string, moved: Moved): Sensitivity {
  const { areaRatio, jaccard, modeShiftKm } = moved;
  return { change, effect: movedText(moved), figures: { areaRatio, jaccard, modeShiftKm } };
}
