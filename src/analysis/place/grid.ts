/**
 * The cells that carry all surfaces of one answer: fine where a surface has detail, coarse where all are smooth.
 *
 * Cells are H3 cells of several resolutions that share no ground by descent. A cell is split until its edge is at most a
 * quarter of every surface's r50 near it, or an eighth of the distance from it.
 */
import { cellArea, cellToChildren, cellToLatLng, getHexagonEdgeLengthAvg, gridDisk, latLngToCell } from 'h3-js';
import { byText } from './figures.ts';
import { type Centre, centreAt, metresBetween } from './sphere.ts';
import type { Surface } from './surface.ts';

export const FINEST = 10;
const MOST_CELLS = 200_000;
const PADDING = 1.2;
const EDGES = Array.from({ length: 16 }, (_, resolution) => getHexagonEdgeLengthAvg(resolution, 'm'));

export type Grid = {
  /** H3 ids in order. */
  cells: string[];
  latitudes: Float64Array;
  longitudes: Float64Array;
  areasKm2: Float64Array;
  edges: Float64Array;
  /** Area of the study region: all surfaces' 99.9 % discs, padded by a fifth. */
  areaKm2: number;
  finest: number;
};

type Need = { centre: Centre; reach: number; edge: number };

/** The grid for these surfaces; it does not depend on their order. `finest` is coarsened until the cells can be held. */
export function gridFor(surfaces: readonly Surface[], finest = FINEST): Grid {
  const needs = surfaces.map((one) => ({ centre: centreAt(one), reach: one.reach * PADDING, edge: one.r50 / 4 }));
  const widest = needs.reduce((most, { reach }) => Math.max(most, reach), 0);
  const coarsest = Math.min(finest, Math.max(0, EDGES.findLastIndex((edge) => edge >= widest / 12))); // biome-ignore format: one
  const found: string[] = [];
  const roots = new Set(needs.flatMap((need) => rootsOf(need, coarsest)));
  for (const root of roots) split(root, coarsest, finest, needs, found);
  if (found.length > MOST_CELLS && finest > 3) return gridFor(surfaces, finest - 1);
  return measured(found.sort(byText), finest);
}

function rootsOf({ centre, reach }: Need, resolution: number): string[] {
  const rings = Math.ceil(reach / (1.5 * EDGES[resolution]!)) + 1;
  return gridDisk(latLngToCell(centre.latitude, centre.longitude, resolution), rings);
}

function split(cell: string, resolution: number, finest: number, needs: readonly Need[], found: string[]): void {
  const edge = EDGES[resolution]!;
  const [latitude, longitude] = cellToLatLng(cell);
  const near: Need[] = [];
  let [inside, tooCoarse] = [false, false];
  for (const need of needs) {
    const metres = metresBetween(need.centre, latitude, longitude);
    if (metres > need.reach + 2 * edge) continue;
    near.push(need);
    if (metres <= need.reach + edge) inside = true;
    if (edge > Math.max(need.edge, (metres - edge) / 8)) tooCoarse = true;
  }
  if (!inside) return;
  if (!tooCoarse || resolution >= finest) found.push(cell);
  else for (const child of cellToChildren(cell, resolution + 1)) split(child, resolution + 1, finest, near, found);
}

function measured(cells: string[], finest: number): Grid {
  const [latitudes, longitudes] = [new Float64Array(cells.length), new Float64Array(cells.length)];
  const [areasKm2, edges] = [new Float64Array(cells.length), new Float64Array(cells.length)];
  let areaKm2 = 0;
  cells.forEach((cell, n) => {
    [latitudes[n], longitudes[n]] = cellToLatLng(cell);
    areasKm2[n] = cellArea(cell, 'km2');
    edges[n] = EDGES[resolutionOf(cell)]!;
    areaKm2 += areasKm2[n]!;
  });
  return { cells, latitudes, longitudes, areasKm2, edges, areaKm2, finest };
}

/** The resolution is the second digit of the id (H3 index layout, bits 52 to 55). */
export function resolutionOf(cell: string): number {
  return Number.parseInt(cell[1]!, 16);
}
