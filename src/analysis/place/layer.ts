/** A surface laid on a grid: its density in each cell it reaches, and the even floor of misplaced records everywhere. */
import { cellToChildren, cellToLatLng } from 'h3-js';
import { type Grid, resolutionOf } from './grid.ts';
import { centreAt, metresBetween } from './sphere.ts';
import type { Surface } from './surface.ts';

export type Layer = {
  /** Density per km² of a record misplaced altogether, in every cell. */
  floor: number;
  /** Over what area such records are spread. */
  regionKm2: number;
  /** Cells the surface reaches, in order, with its density above the floor; floor and density sum to one over the grid. */
  indices: Uint32Array;
  densities: Float64Array;
  /** What of the surface lay on the grid before it was made to sum to one. */
  caught: number;
};

/** Misplaced records are spread over `regionKm2`; where that is not the whole grid the floor stands for a likelihood. */
export function layerOf(grid: Grid, surface: Surface, regionKm2: number = grid.areaKm2): Layer {
  const centre = centreAt(surface);
  const indices: number[] = [];
  const densities: number[] = [];
  let caught = 0;
  for (let n = 0; n < grid.cells.length; n += 1) {
    const [latitude, longitude, edge] = [grid.latitudes[n]!, grid.longitudes[n]!, grid.edges[n]!];
    const metres = metresBetween(centre, latitude, longitude);
    if (metres > surface.reach * 1.2 + edge) continue;
    const coarse = surface.detail < 4 * edge && metres < 20 * edge;
    const density = coarse
      ? averaged(grid.cells[n]!, surface, levelsFor(surface.detail, edge, metres))
      : surface.density(latitude, longitude);
    indices.push(n);
    densities.push(density);
    caught += density * grid.areasKm2[n]!;
  }
  const scale = (1 - surface.epsilon) / caught;
  return {
    floor: surface.epsilon / regionKm2,
    regionKm2,
    indices: Uint32Array.from(indices),
    densities: Float64Array.from(densities, (density) => density * scale),
    caught,
  };
}

/** How many resolutions finer to look: more where the detail is small and near. */
function levelsFor(detail: number, edge: number, metres: number): number {
  if (metres >= 4 * edge) return 1;
  return Math.min(4, Math.max(2, Math.ceil(Math.log((2 * edge) / detail) / Math.log(Math.sqrt(7)))));
}

/** Mean over the cell where the surface has more detail than the cell shows. */
function averaged(cell: string, surface: Surface, levels: number): number {
  const children = cellToChildren(cell, Math.min(15, resolutionOf(cell) + levels));
  const sum = children.reduce((total, child) => {
    const [latitude, longitude] = cellToLatLng(child);
    return total + surface.density(latitude, longitude);
  }, 0);
  return sum / children.length;
}

/** Area that at least one of the layers reaches. */
export function reachedKm2(grid: Grid, layers: readonly Layer[]): number {
  const reached = new Uint8Array(grid.cells.length);
  for (const { indices } of layers) for (const n of indices) reached[n] = 1;
  return grid.areasKm2.reduce((sum, km2, n) => sum + reached[n]! * km2, 0);
}

/** Adds `weight` times the layer to densities per cell. */
export function addLayer(densities: Float64Array, layer: Layer, weight: number): void {
  for (let n = 0; n < densities.length; n += 1) densities[n]! += weight * layer.floor;
  for (let n = 0; n < layer.indices.length; n += 1) densities[layer.indices[n]!]! += weight * layer.densities[n]!;
}

/** The layer alone as densities per cell. */
export function densitiesOf(grid: Grid, layer: Layer): Float64Array {
  const densities = new Float64Array(grid.cells.length);
  addLayer(densities, layer, 1);
  return densities;
}
