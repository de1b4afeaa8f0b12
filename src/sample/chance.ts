/**
 * Chance for the simulator: the same seed and name always give the same draws.
 *
 * Every part of the story draws from its own named stream, so a row more in one file moves no row of another.
 */

import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { sha256 } from '../base/digest.ts';

export type Chance = {
  /** Uniform in [0, 1). */
  unit(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  /** True with this probability. */
  happens(probability: number): boolean;
  /** Standard normal. */
  normal(): number;
  exponential(mean: number): number;
  poisson(mean: number): number;
  pick<T>(list: readonly T[]): T;
  shuffled<T>(list: readonly T[]): T[];
  /** Index of a weight, drawn in proportion to the weights. */
  weighted(weights: readonly number[]): number;
};

export function chance(seed: number, name: string): Chance {
  const digest = sha256(`fourcorners sample ${seed} ${name}`);
  const words = [0, 8, 16, 24].map((start) => Number.parseInt(digest.slice(start, start + 8), 16) | 0);
  const source = xoroshiro128plusFromState(words);

  const unit = () => uniformFloat64(source);
  const whole = (low: number, high: number) => uniformInt(source, low, high);
  const exponential = (mean: number) => -mean * Math.log(1 - unit());
  return {
    unit,
    between: (low, high) => low + (high - low) * unit(),
    whole,
    happens: (probability) => unit() < probability,
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    exponential,
    poisson(mean) {
      let count = 0;
      for (let reached = exponential(1); reached < mean; reached += exponential(1)) count += 1;
      return count;
    },
    pick: (list) => list[whole(0, list.length - 1)]!,
    shuffled(list) {
      const out = [...list];
      for (let i = out.length - 1; i > 0; i -= 1) {
        const j = whole(0, i);
        [out[i], out[j]] = [out[j]!, out[i]!];
      }
      return out;
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
