/**
 * The serving cell of a phone, with or without a distance band, as a surface around its antenna.
 *
 * Not a pie: one phone in twelve stood behind the antenna's nominal direction in the reference data, and the nearest antenna
 * served only two in three (reference: inference, 1.2 and 1.3).
 */
import { bearingTo, centreAt, metresBetween, type Point, pointFrom } from './sphere.ts';
import { EPSILON, type Surface } from './surface.ts';

export const SECTOR = {
  /** Median of distance over the mean distance to the three nearest other sites. */
  median: 0.493,
  sigma: 0.775,
  /** Where sites stand far apart; not validated. */
  ruralSigma: 1,
  directionDegrees: 42,
  /** Part of the phones for which the antenna's direction says nothing. */
  undirected: 0.12,
} as const;

export type Antenna = Point & {
  /** Nominal direction; null for one that radiates all round or whose direction is not stated. */
  azimuth: number | null;
  /** Mean distance to the three nearest other sites of the operator, metres. */
  spacing: number;
  rural?: boolean;
};

export type Band = { low: number; high: number };

/** `undirected` replaces the default part of phones for which direction says nothing. */
export function sector(antenna: Antenna, undirected: number = SECTOR.undirected): Surface {
  const radial = lognormal(antenna);
  const sigma = antenna.rural ? SECTOR.ruralSigma : SECTOR.sigma;
  const quantile = (z: number) => SECTOR.median * antenna.spacing * Math.exp(sigma * z);
  return around(antenna, undirected, radial, {
    class: 'sector',
    epsilon: EPSILON.sector,
    r50: quantile(0),
    r90: quantile(1.2815515655446),
    reach: quantile(3.0902323061678),
    detail: 0.15 * antenna.spacing,
  });
}

/** A timing value of the serving cell: a ring that may be stale, so part of it is the plain sector. */
export function timingBand(antenna: Antenna, { low, high }: Band, undirected: number = SECTOR.undirected): Surface {
  const plain = lognormal(antenna);
  const middle = (low + high) / 2;
  const width = Math.max((high - low) / Math.sqrt(12), 150);
  const ring = (r: number) => Math.exp(-(((r - middle) / width) ** 2) / 2) / (width * Math.sqrt(2 * Math.PI));
  const mixed = (r: number) => 0.85 * ring(r) + 0.15 * plain(r);
  const farthest = Math.max(middle + 8 * width, 12 * antenna.spacing);
  const steps = 8000;
  const mass = new Float64Array(steps + 1);
  for (let n = 1; n <= steps; n += 1)
    mass[n] = mass[n - 1]! + mixed(((n - 0.5) * farthest) / steps) * (farthest / steps);
  const total = mass[steps]!;
  const quantile = (q: number) => (mass.findIndex((sum) => sum >= q * total) * farthest) / steps;
  return around(antenna, undirected, (r) => mixed(r) / total, {
    class: 'timing band',
    epsilon: EPSILON['timing band'],
    r50: quantile(0.5),
    r90: quantile(0.9),
    reach: quantile(0.999),
    detail: width,
  });
}

/** Density of the distance from the antenna, per metre. */
function lognormal({ spacing, rural }: Antenna): (r: number) => number {
  const sigma = rural ? SECTOR.ruralSigma : SECTOR.sigma;
  const centre = Math.log(SECTOR.median * spacing);
  const factor = 1 / (sigma * Math.sqrt(2 * Math.PI));
  return (r) => (factor / r) * Math.exp(-(((Math.log(r) - centre) / sigma) ** 2) / 2);
}

/** Density of the direction off the nominal one, per radian. */
function direction(azimuth: number | null, undirected: number): (bearing: number) => number {
  const even = 1 / (2 * Math.PI);
  if (azimuth === null) return () => even;
  const sigma = SECTOR.directionDegrees;
  const factor = 180 / Math.PI / (sigma * Math.sqrt(2 * Math.PI));
  const wave = (off: number) => Math.exp(-((off / sigma) ** 2) / 2);
  return (bearing) => {
    const off = ((((bearing - azimuth + 180) % 360) + 360) % 360) - 180;
    return (1 - undirected) * factor * (wave(off) + wave(off - 360) + wave(off + 360)) + undirected * even;
  };
}

type Scales = Pick<Surface, 'class' | 'epsilon' | 'r50' | 'r90' | 'reach' | 'detail'>;

function around(antenna: Antenna, undirected: number, radial: (r: number) => number, scales: Scales): Surface {
  const centre = centreAt(antenna);
  const angular = direction(antenna.azimuth, undirected);
  const density = (latitude: number, longitude: number) => {
    const r = Math.max(1, metresBetween(centre, latitude, longitude));
    return (1e6 * radial(r) * angular(bearingTo(centre, latitude, longitude))) / r;
  };
  const { latitude, longitude } = antenna;
  const surface = { latitude, longitude, ...scales, density, moved: (metres: number) => smeared(surface, metres) };
  return surface;
}

/** Seven-point rule for a normal spread in the plane: exact for polynomials up to the fifth degree. */
function smeared(surface: Surface, metres: number): Surface {
  if (surface.r50 > 20 * metres) return surface;
  const north = pointFrom({ latitude: 0, longitude: 0 }, 2 * metres, 0).latitude;
  const turns = [0, 60, 120, 180, 240, 300].map((degrees) => (degrees * Math.PI) / 180);
  const offsets = turns.map((turn) => [north * Math.cos(turn), north * Math.sin(turn)] as const);
  return {
    ...surface,
    detail: Math.max(surface.detail, 4 * metres),
    density(latitude, longitude) {
      const stretch = 1 / Math.cos((latitude * Math.PI) / 180);
      let sum = 0;
      for (const [up, right] of offsets) sum += surface.density(latitude + up, longitude + right * stretch);
      return surface.density(latitude, longitude) / 2 + sum / 12;
    },
  };
}
