/**
 * The base map, offline: countries, states and counties as outlines in the unit square, and towns for labels. Natural Earth
 * and the US Census are in the public domain; towns are GeoNames (CC BY 4.0).
 */

import type { Geometry, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { latToY, lonToX } from './mercator.ts';

export type Shape = { path: Path2D; west: number; east: number; north: number; south: number };
export type Town = { name: string; x: number; y: number; people: number };
export type BaseMap = { countries: Shape[]; finer: Shape[]; states: Shape[]; counties: Shape[]; towns: Town[] };

const FLOODING_DEGREES = 300;

/** Loads what is there at once; counties and finer coasts come later through `more`. */
export async function loadBaseMap(more: () => void): Promise<BaseMap> {
  const [{ default: world }, { default: states }] = await Promise.all([
    import('world-atlas/countries-110m.json'),
    import('us-atlas/states-10m.json'),
  ]);
  const map: BaseMap = {
    countries: shapesIn(world, 'countries'),
    finer: [],
    states: shapesIn(states, 'states'),
    counties: [],
    towns: [],
  };
  void (async () => {
    map.towns = await towns();
    more();
    // What only a closer look shows waits until the page has nothing better to do.
    await idle();
    map.finer = shapesIn((await import('world-atlas/countries-50m.json')).default, 'countries');
    more();
    await idle();
    map.counties = shapesIn((await import('us-atlas/counties-10m.json')).default, 'counties');
    more();
    // Without them the coarser lines stay, as on a page whose server went away meanwhile.
  })().catch(() => {});
  return map;
}

const idle = () =>
  new Promise<void>((done) => setTimeout(() => requestIdleCallback(() => done(), { timeout: 4000 }), 1000));

async function towns(): Promise<Town[]> {
  const answer = await fetch('/towns.json');
  if (!answer.ok) return [];
  const rows = (await answer.json()) as [name: string, longitude: number, latitude: number, people: number][];
  return rows.map(([name, longitude, latitude, people]) => ({
    name,
    x: lonToX(longitude),
    y: latToY(latitude),
    people,
  }));
}

function shapesIn(topology: unknown, name: string): Shape[] {
  const of = topology as Topology;
  const { features } = feature(of, of.objects[name] as GeometryCollection);
  return features
    .flatMap(({ geometry }) => (geometry ? polygons(geometry).map(shape) : []))
    .filter((one): one is Shape => one !== null);
}

function polygons(geometry: Geometry): Position[][][] {
  return geometry.type === 'Polygon'
    ? [geometry.coordinates]
    : geometry.type === 'MultiPolygon'
      ? geometry.coordinates
      : [];
}

/** Null for a ring that runs around the world: it is one that was stored the wrong way round, and would flood the sea. */
function shape(rings: Position[][]): Shape | null {
  const path = new Path2D();
  let [west, east, north, south] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const ring of rings) {
    let before = 0;
    ring.forEach(([longitude, latitude], index) => {
      const [x, y] = [lonToX(longitude!), latToY(latitude!)];
      // Across the date line a ring is broken rather than drawn over the whole world.
      if (index === 0 || Math.abs(x - before) > 0.5) path.moveTo(x, y);
      else path.lineTo(x, y);
      before = x;
      west = Math.min(west, x);
      east = Math.max(east, x);
      north = Math.min(north, y);
      south = Math.max(south, y);
    });
    path.closePath();
  }
  return (east - west) * 360 > FLOODING_DEGREES && rings[0]!.length < 100 ? null : { path, west, east, north, south };
}
