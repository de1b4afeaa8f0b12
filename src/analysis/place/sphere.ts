/** Distances and directions on the sphere of mean radius: within half a percent of the ellipsoid, far below any radius here. */

export type Point = { latitude: number; longitude: number };

const EARTH_METRES = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** A point made ready for many measurements from it. */
export type Centre = Point & { phi: number; lambda: number; cosPhi: number; sinPhi: number };

export function centreAt({ latitude, longitude }: Point): Centre {
  const [phi, lambda] = [latitude * RADIANS, longitude * RADIANS];
  return { latitude, longitude, phi, lambda, cosPhi: Math.cos(phi), sinPhi: Math.sin(phi) };
}

/** Haversine distance in metres. */
export function metresBetween(from: Centre, latitude: number, longitude: number): number {
  const phi = latitude * RADIANS;
  const half = Math.sin((phi - from.phi) / 2);
  const across = Math.sin((longitude * RADIANS - from.lambda) / 2);
  const h = half * half + from.cosPhi * Math.cos(phi) * across * across;
  return 2 * EARTH_METRES * Math.asin(Math.sqrt(Math.min(1, h)));
}

/** Direction from the centre, degrees clockwise from north, 0 ≤ bearing < 360. */
export function bearingTo(from: Centre, latitude: number, longitude: number): number {
  const phi = latitude * RADIANS;
  const turn = longitude * RADIANS - from.lambda;
  const cosPhi = Math.cos(phi);
  const y = Math.sin(turn) * cosPhi;
  const x = from.cosPhi * Math.sin(phi) - from.sinPhi * cosPhi * Math.cos(turn);
  const degrees = Math.atan2(y, x) / RADIANS;
  return degrees < 0 ? degrees + 360 : degrees;
}

/** A point `metres` away in direction `bearing` (degrees clockwise from north). */
export function pointFrom({ latitude, longitude }: Point, metres: number, bearing: number): Point {
  const { lambda, cosPhi, sinPhi } = centreAt({ latitude, longitude });
  const angle = metres / EARTH_METRES;
  const turn = bearing * RADIANS;
  const sine = sinPhi * Math.cos(angle) + cosPhi * Math.sin(angle) * Math.cos(turn);
  const east = Math.atan2(Math.sin(turn) * Math.sin(angle) * cosPhi, Math.cos(angle) - sinPhi * sine);
  return { latitude: Math.asin(sine) / RADIANS, longitude: (((lambda + east) / RADIANS + 540) % 360) - 180 };
}
