/** Seeded chance for the simulators: the same seed and name always give the same draws. */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { sha256 } from '../../base/digest.ts';

export type Chance = {
  /** Uniform in [0, 1). */
  unit(): number;
  normal(): number;
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  /** Events before the first failure, plus one: at least 1. */
  geometric(mean: number): number;
  poisson(mean: number): number;
  /** Index of a weight, in proportion to the weights. */
  weighted(weights: readonly number[]): number;
};

export function chance(seed: number, name: string): Chance {
  const digest = sha256(`simulation ${seed} ${name}`);
  const source = xoroshiro128plusFromState(
    [0, 8, 16, 24].map((start) => Number.parseInt(digest.slice(start, start + 8), 16) | 0),
  );
  const unit = () => uniformFloat64(source);
  const wait = () => -Math.log(1 - unit());
  return {
    unit,
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    whole: (low, high) => low + Math.floor(unit() * (high - low + 1)),
    geometric: (mean) => 1 + Math.floor(Math.log(1 - unit()) / Math.log(1 - 1 / mean)),
    poisson(mean) {
      let count = 0;
      for (let reached = wait(); reached < mean; reached += wait()) count += 1;
      return count;
    },
    weighted(weights) {
      let left = unit() * weights.reduce((sum, weight) => sum + weight, 0);
      const found = weights.findIndex((weight) => {
        left -= weight;
        return left < 0;
      });
      return found === -1 ? weights.length - 1 : found;
    },
  };
}
