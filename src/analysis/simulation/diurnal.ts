/**
 * S3: people who use an account by one profile of the local day, in bursts, over dates that hold a clock change.
 *
 * The truth of every interval and every comparison with chance is known (reference: inference, 7).
 */
import type { Interval } from '../../base/interval.ts';
import { offsetSpans } from '../time/zone.ts';
import { chance } from './chance.ts';

/** Weights of the local hours from midnight on: asleep at night, most use in the evening. */
export const ORDINARY = [3, 1.5, 0.6, 0.4, 0.4, 0.6, 1.5, 3, 4, 4, 4, 4.5, 5, 4.5, 4, 4, 4.5, 5, 6, 7.5, 8.5, 9, 8, 5.5]; // biome-ignore format: 24

const MINUTE = 60_000_000n;

/** Raw event times of one person, in no order: `sessions` bursts of `burst` events on average within 20 minutes. */
export function diurnalPerson(
  seed: number,
  person: number,
  covered: Interval,
  zone: string,
  settings: { sessions?: number; burst?: number; weights?: readonly number[] } = {},
): bigint[] {
  const { sessions = 40, burst = 4, weights = ORDINARY } = settings;
  const draw = chance(seed, `diurnal ${person}`);
  const most = Math.max(...weights);
  const spans = offsetSpans(zone, covered);
  const span = Number(covered.ended - covered.began);
  const events: bigint[] = [];
  for (let made = 0; made < sessions; ) {
    const start = covered.began + BigInt(Math.floor(draw.unit() * span));
    const { offset } = spans.find(({ ended }) => start < ended)!;
    const hour = Number((((start + offset) / (60n * MINUTE)) % 24n) + 24n) % 24;
    if (draw.unit() * most >= weights[hour]!) continue;
    made += 1;
    events.push(start);
    const more = draw.geometric(burst) - 1;
    for (let n = 0; n < more; n += 1) events.push(start + BigInt(Math.floor(draw.unit() * 20)) * MINUTE);
  }
  return events;
}

/** Sessions per real hour that the weights give a person in each local hour. */
export function trueRates(weights: readonly number[], exposure: ArrayLike<number>, sessions: number): number[] {
  const total = weights.reduce((sum, weight, hour) => sum + weight * exposure[hour]!, 0);
  return weights.map((weight) => (sessions * weight) / total);
}
