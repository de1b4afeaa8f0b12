/**
 * Geography of the story: Las Cruces and Doña Ana County, New Mexico. The town is real, every address in it invented.
 *
 * Distances are on a local plane, exact to a few metres over the thirty kilometres used here.
 */
import { chance } from './chance.ts';

export type Point = { latitude: number; longitude: number };
export type Place = Point & { name: string };
export type Agent = Place & { id: string; street: string; town: string; zip: string; listed: Point };

export const CENTRE: Point = { latitude: 32.315, longitude: -106.775 };
const METRES_PER_DEGREE = 111_195;

export function metresBetween(a: Point, b: Point): number {
  return Math.hypot(...eastNorth(a, b));
}

/** Direction from `a` to `b` in degrees clockwise from north, 0 ≤ bearing < 360. */
export function bearing(a: Point, b: Point): number {
  const [east, north] = eastNorth(a, b);
  return ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
}

export function moved(from: Point, eastMetres: number, northMetres: number): Point {
  const latitude = from.latitude + northMetres / METRES_PER_DEGREE;
  const longitude = from.longitude + eastMetres / (METRES_PER_DEGREE * cosine(from.latitude));
  return { latitude, longitude };
}

/** Six decimals, about a tenth of a metre: enough for every file, and the same text everywhere. */
export function rounded(point: Point): Point {
  return { latitude: Number(point.latitude.toFixed(6)), longitude: Number(point.longitude.toFixed(6)) };
}

function eastNorth(a: Point, b: Point): [number, number] {
  const east = (b.longitude - a.longitude) * METRES_PER_DEGREE * cosine((a.latitude + b.latitude) / 2);
  return [east, (b.latitude - a.latitude) * METRES_PER_DEGREE];
}

function cosine(degrees: number): number {
  return Math.cos((degrees * Math.PI) / 180);
}

export type City = { home: Place; second: Place; agents: Agent[] };

/**
 * Where this seed's person lives, where they go, and where money is sent.
 *
 * `listed` is where the company's own list puts an agent: thirty metres off, as rooftop geocodes are.
 */
export function cityOf(seed: number): City {
  const draw = chance(seed, 'city');
  const near = (name: string, point: Point, metres: number): Place => ({
    name,
    ...rounded(moved(point, metres * draw.normal(), metres * draw.normal())),
  });
  const home = near('home', { latitude: 32.289, longitude: -106.748 }, 400);
  const second = near('second place', { latitude: 32.3795, longitude: -106.808 }, 400);
  const counters = [
    ['AUS930417', 'TRES LOMAS MARKET', '1100 INVENTED MAIN ST', 'LAS CRUCES', '88001', 32.3312, -106.7779],
    ['AUS930588', 'CAMINO FERIA PHARMACY', '2400 IMAGINARY LOHMAN RD', 'LAS CRUCES', '88011', 32.3069, -106.742],
    ['AUS931206', 'VALLEY LAMP GROCERY', '17 PRETEND CALLE', 'MESILLA', '88046', 32.2708, -106.8006],
  ] as const;
  const agents = counters.map(([id, name, street, town, zip, latitude, longitude]) => {
    const place = near(name, { latitude, longitude }, 60);
    const listed = rounded(moved(place, 30 * draw.normal(), 30 * draw.normal()));
    return { ...place, id, street, town, zip, listed };
  });
  return { home, second, agents };
}
