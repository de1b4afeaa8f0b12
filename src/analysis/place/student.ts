/**
 * Surfaces around a point whose source gives a radius: heavy-tailed, because published radii are not bounds.
 *
 * Two degrees of freedom for address databases, four for device fixes (reference: inference, 1.1 and 1.5).
 */

import { centreAt, metresBetween, type Point } from './sphere.ts';
import type { Surface, SurfaceClass } from './surface.ts';

const TAIL = 0.999;

/** Distance within which a part `quantile` lies, for scale 1 and `freedom` degrees of freedom, isotropic in the plane. */
export function studentRadius(freedom: number, quantile: number): number {
  return Math.sqrt(freedom * ((1 - quantile) ** (-2 / freedom) - 1));
}

/** The scale that puts `quantile` of the surface within `radiusMetres`. */
export function studentScale(freedom: number, quantile: number, radiusMetres: number): number {
  return radiusMetres / studentRadius(freedom, quantile);
}

/** Bivariate Student around a point, `scale` in metres: P(D ≤ d) = 1 − (1 + d²/(ν s²))^(−ν/2). */
export function student(at: Point, kind: SurfaceClass, epsilon: number, freedom: number, scale: number): Surface {
  const centre = centreAt(at);
  const peak = 1e6 / (2 * Math.PI * scale * scale);
  const spread = freedom * scale * scale;
  const power = -(freedom + 2) / 2;
  const r50 = scale * studentRadius(freedom, 0.5);
  return {
    ...at,
    class: kind,
    epsilon,
    r50,
    r90: scale * studentRadius(freedom, 0.9),
    reach: scale * studentRadius(freedom, TAIL),
    detail: r50,
    density(latitude, longitude) {
      const metres = metresBetween(centre, latitude, longitude);
      return peak * (1 + (metres * metres) / spread) ** power;
    },
    // Not the exact convolution: the scale grows as a normal one would, which keeps the tail.
    moved: (metres) => student(at, kind, epsilon, freedom, Math.hypot(scale, metres)),
  };
}

/** Normal around a point, `sigma` metres in each direction: an address known to the building. */
export function normal(at: Point, kind: SurfaceClass, epsilon: number, sigma: number): Surface {
  const centre = centreAt(at);
  const peak = 1e6 / (2 * Math.PI * sigma * sigma);
  const radius = (quantile: number) => sigma * Math.sqrt(-2 * Math.log(1 - quantile));
  return {
    ...at,
    class: kind,
    epsilon,
    r50: radius(0.5),
    r90: radius(0.9),
    reach: radius(TAIL),
    detail: radius(0.5),
    density(latitude, longitude) {
      const metres = metresBetween(centre, latitude, longitude);
      return peak * Math.exp(-(metres * metres) / (2 * sigma * sigma));
    },
    moved: (metres) => normal(at, kind, epsilon, Math.hypot(sigma, metres)),
  };
}
