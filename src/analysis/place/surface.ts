/**
 * One statement about place as a probability surface: where the device could have been, given that record alone.
 *
 * A surface is a density and the scales a grid needs to carry it. What its records have in common, and so how they may be
 * wrong together, is its error unit; that is not known here (reference: inference, 1.0).
 */
import type { Point } from './sphere.ts';

export type SurfaceClass = 'address' | 'sector' | 'timing band' | 'agent' | 'device fix' | 'premises';

export type Surface = Point & {
  class: SurfaceClass;
  /** Probability that the record is simply misplaced, spread evenly over the study region. */
  epsilon: number;
  /** Radii from the point that hold half, nine tenths and 99.9 % of the surface. */
  r50: number;
  r90: number;
  reach: number;
  /** Finest detail of the density in metres. */
  detail: number;
  /** Probability per km² at a point, before contamination; one over the whole plane. */
  density(latitude: number, longitude: number): number;
  /** The same with the movement of a person around a place mixed in: normal, `metres` in each direction. */
  moved(metres: number): Surface;
};

/** Chance that a record of its class is misplaced altogether: defaults, printed with every answer. */
export const EPSILON = {
  'device fix': 0.01,
  agent: 0.02,
  premises: 0.02,
  sector: 0.03,
  'timing band': 0.05,
  address: 0.05,
  /** A database 45 to 180 days away from the record. */
  'dated address': 0.25,
} as const;
