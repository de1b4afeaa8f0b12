/**
 * The smallest area that holds a given part of a distribution, and whether a point lies in it.
 *
 * Where the distribution is right, the 90 % area holds the place in nine cases of ten; the tests count that.
 */
import { cellsToMultiPolygon, cellToChildren, cellToParent, latLngToCell } from 'h3-js';
import { byText, significant } from './figures.ts';
import { FINEST, type Grid, resolutionOf } from './grid.ts';

const MOST_DRAWN = 6000;

export type Area = {
  level: number;
  areaKm2: number;
  /** Separate pieces, as drawn. */
  parts: number;
  /** H3 cells of several resolutions: the area itself. */
  cells: string[];
  /** For drawing: cells of one resolution, corners rounded to what a cell bears, longitude first. */
  polygon: { type: 'MultiPolygon'; coordinates: number[][][][] };
};

/** Cells by density, densest first; equal ones in the order of their ids. */
function ranked(densities: Float64Array): Uint32Array {
  return Uint32Array.from(densities.keys()).sort((a, b) => densities[b]! - densities[a]! || a - b);
}

/** Indices of the smallest set of cells with at least `level` of the mass; `densities` per km² need not sum to one. */
export function members(grid: Grid, densities: Float64Array, level: number): Uint32Array {
  const order = ranked(densities);
  let total = 0;
  for (const n of order) total += densities[n]! * grid.areasKm2[n]!;
  let [sum, count] = [0, 0];
  while (count < order.length && sum < level * total) {
    const n = order[count]!;
    sum += densities[n]! * grid.areasKm2[n]!;
    count += 1;
  }
  return order.slice(0, count).sort();
}

export function areaOf(grid: Grid, indices: Uint32Array): number {
  return indices.reduce((sum, n) => sum + grid.areasKm2[n]!, 0);
}

export function hdr(grid: Grid, densities: Float64Array, level: number): Area {
  const indices = members(grid, densities, level);
  const cells = compacted([...indices].map((n) => grid.cells[n]!));
  const coordinates = drawn(cells);
  return {
    level,
    areaKm2: significant(areaOf(grid, indices)),
    parts: coordinates.length,
    cells,
    polygon: { type: 'MultiPolygon', coordinates },
  };
}

/** Whether a point lies in the area: whether the cell it is in, or one that cell descends from, is among its cells. */
export function contains({ cells }: Pick<Area, 'cells'>, latitude: number, longitude: number): boolean {
  const inside = lineage(latitude, longitude);
  return cells.some((cell) => inside.has(cell));
}

/** The finest cell a point is in and all cells that one descends from. */
function lineage(latitude: number, longitude: number): Set<string> {
  const cell = latLngToCell(latitude, longitude, FINEST);
  return new Set(Array.from({ length: FINEST + 1 }, (_, resolution) => cellToParent(cell, resolution)));
}

/** Part of the mass that is denser than where the point lies, its own cell counted half; null off the grid. */
export function credibleLevel(grid: Grid, densities: Float64Array, latitude: number, longitude: number): number | null {
  const inside = lineage(latitude, longitude);
  const here = grid.cells.findIndex((one) => inside.has(one));
  if (here === -1) return null;
  let [denser, total] = [0, 0];
  for (let n = 0; n < densities.length; n += 1) {
    const mass = densities[n]! * grid.areasKm2[n]!;
    total += mass;
    if (n === here) denser += mass / 2;
    else if (densities[n]! > densities[here]!) denser += mass;
  }
  return denser / total;
}

/** The same cells with complete families replaced by their parent. */
function compacted(cells: readonly string[]): string[] {
  const kept = new Set(cells);
  for (let resolution = FINEST; resolution > 0; resolution -= 1) {
    const families = new Map<string, string[]>();
    for (const cell of kept) {
      if (resolutionOf(cell) !== resolution) continue;
      const parent = cellToParent(cell, resolution - 1);
      families.set(parent, [...(families.get(parent) ?? []), cell]);
    }
    for (const [parent, family] of families) {
      if (family.length < cellToChildren(parent, resolution).length) continue;
      for (const cell of family) kept.delete(cell);
      kept.add(parent);
    }
  }
  return [...kept].sort(byText);
}

/** One resolution, the finest that stays drawable; a coarser cell is drawn when half of it or more is in the area. */
function drawn(cells: readonly string[]): number[][][][] {
  const share = (cell: string, at: number) => 7 ** (at - resolutionOf(cell));
  let resolution = cells.reduce((most, cell) => Math.max(most, resolutionOf(cell)), 0);
  while (resolution > 1 && cells.reduce((sum, cell) => sum + share(cell, resolution), 0) > MOST_DRAWN) resolution -= 1;
  const covered = new Map<string, number>();
  for (const cell of cells) {
    if (resolutionOf(cell) <= resolution) for (const child of cellToChildren(cell, resolution)) covered.set(child, 1);
    else {
      const parent = cellToParent(cell, resolution);
      covered.set(parent, (covered.get(parent) ?? 0) + share(cell, resolution));
    }
  }
  const shown = [...covered].filter(([, part]) => part >= 0.5 - 1e-9).map(([cell]) => cell);
  const decimals = resolution >= 9 ? 4 : resolution >= 6 ? 3 : 2;
  return cellsToMultiPolygon(shown.sort(byText), true).map((polygon) =>
    polygon.map((ring) => ring.map((corner) => corner.map((degrees) => Number(degrees.toFixed(decimals))))),
  );
}
