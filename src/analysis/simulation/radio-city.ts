/**
 * S1: a city of radio sites as physics, and people at one place in it; shares no formula with the surfaces under test.
 *
 * Jittered hexagons, three sectors a site, urban path loss, sector pattern, shadow fixed at a place, fading per record; the
 * strongest cell serves (reference: inference, 7). Subjects stay in the middle, sites reach farther out.
 */
import { type Point, pointFrom } from '../place/sphere.ts';
import { type Chance, chance } from './chance.ts';

export type Cell = Point & { site: number; sector: number; azimuth: number };
export type Subject = { anchor: Point; records: Cell[]; positions: Point[]; sites: Point[] };

type Site = { east: number; north: number; first: number; errors: number[]; point: Point };

const CENTRE: Point = { latitude: 32.3, longitude: -106.78 };
const SPACING = 1000;
const RINGS = 6;

function cityOf(draw: Chance): Site[] {
  const sites: Site[] = [];
  for (let row = -RINGS; row <= RINGS; row += 1) {
    for (let column = -RINGS; column <= RINGS; column += 1) {
      const east = (column + (row % 2 === 0 ? 0 : 0.5) + 0.18 * draw.normal()) * SPACING;
      const north = (row * Math.sqrt(0.75) + 0.18 * draw.normal()) * SPACING;
      const errors = [0, 1, 2].map(() => 10 * draw.normal());
      sites.push({ east, north, first: 120 * draw.unit(), errors, point: placed(east, north) });
    }
  }
  return sites;
}

function placed(east: number, north: number): Point {
  const metres = Math.hypot(east, north);
  return pointFrom(CENTRE, metres, (Math.atan2(east, north) * 180) / Math.PI);
}

/** One person at `places` anchors at least `apart` metres from each other, `count` records at each. */
export function radioSubject(
  seed: number,
  subject: number,
  settings: { records?: number; wrongAzimuths?: number; offsets?: [number, number][] } = {},
): Subject {
  const draw = chance(seed, `radio ${subject}`);
  const sites = cityOf(draw);
  const count = settings.records ?? draw.whole(8, 40);
  const [east, north] = [(draw.unit() - 0.5) * 2000, (draw.unit() - 0.5) * 2000];
  const records: Cell[] = [];
  const positions: Point[] = [];
  // Whether a cell's stated direction is wrong is a fault of the table, the same in every record.
  const turned = new Map<string, number>();
  for (const [right, up] of settings.offsets ?? [[0, 0]]) {
    const shadow = sites.map(() => [0, 1, 2, 3].map(() => 5.6 * draw.normal()));
    for (let n = 0; n < count; n += 1) {
      const [x, y] = [east + right + 60 * draw.normal(), north + up + 60 * draw.normal()];
      const { site, sector } = serving(sites, shadow, x, y, draw);
      const key = `${site}-${sector}`;
      if (!turned.has(key)) turned.set(key, draw.unit() < (settings.wrongAzimuths ?? 0) ? 360 * draw.unit() : 0);
      const azimuth = (sites[site]!.first + 120 * sector + turned.get(key)!) % 360;
      records.push({ ...sites[site]!.point, site, sector, azimuth });
      positions.push(placed(x, y));
    }
  }
  return { anchor: placed(east, north), records, positions, sites: sites.map(({ point }) => point) };
}

function serving(sites: Site[], shadow: number[][], x: number, y: number, draw: Chance) {
  let best = { site: 0, sector: 0, loss: Number.POSITIVE_INFINITY };
  sites.forEach(({ east, north, first, errors }, site) => {
    const metres = Math.max(35, Math.hypot(x - east, y - north));
    if (metres > 6000) return;
    const bearing = (Math.atan2(x - east, y - north) * 180) / Math.PI;
    const path = 128.1 + 37.6 * Math.log10(metres / 1000) + shadow[site]![3]!;
    for (let sector = 0; sector < 3; sector += 1) {
      const off = ((((bearing - first - 120 * sector - errors[sector]! + 180) % 360) + 360) % 360) - 180;
      const loss = path + Math.min(12 * (off / 65) ** 2, 25) + shadow[site]![sector]! + 4 * draw.normal();
      if (loss < best.loss) best = { site, sector, loss };
    }
  });
  return best;
}
