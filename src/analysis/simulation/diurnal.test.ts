/** S3 at full size: do the intervals hold the truth as often as they say, and does the test keep its level? */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { microsFrom } from '../../base/interval.ts';
import { kuiper } from '../time/circular.ts';
import { atLeastChance, chanceUnder, nullOf, referenceOf, sharesUnder } from '../time/comparison.ts';
import { exposureHours } from '../time/exposure.ts';
import { countsBy } from '../time/profile.ts';
import { rateInterval } from '../time/rates.ts';
import { sessionsOf } from '../time/sessions.ts';
import { localTime } from '../time/zone.ts';
import { chance } from './chance.ts';
import { diurnalPerson, ORDINARY, trueRates } from './diurnal.ts';

const SEED = 3;
const ZONE = 'America/Denver';
const COVERED = { began: microsFrom('2017-01-15T00:00:00Z')!, ended: microsFrom('2017-05-15T00:00:00Z')! };
const EXPOSURE = exposureHours([COVERED], ZONE, 24);
const REFERENCE = referenceOf(ORDINARY, EXPOSURE)!;
const SIMULATED = new Map<number, Float64Array>();

function startsOf(person: number, weights: readonly number[] = ORDINARY, gapMinutes?: number, sessions = 40) {
  const events = diurnalPerson(SEED, person, COVERED, ZONE, { weights, sessions }).map((began, n) => ({
    id: String(n),
    source: 's',
    began,
    ended: null,
  }));
  return sessionsOf(events, gapMinutes).map(({ began }) => localTime(began, ZONE));
}

function chanceOf(times: { hour: number }[]): number {
  const simulated = SIMULATED.get(times.length) ?? nullOf(REFERENCE, times.length, 0);
  SIMULATED.set(times.length, simulated);
  return chanceUnder(simulated, kuiper(sharesUnder(REFERENCE, times.map(({ hour }) => hour)))); // biome-ignore format: one
}

test(`6,000 ordinary people are told apart from their own profile in one case of twenty (seed ${SEED})`, () => {
  const rejected = Array.from({ length: 6000 }, (_, person) => chanceOf(startsOf(person))).filter(
    (p) => p <= 0.05,
  ).length;
  assert.ok(Math.abs(rejected / 6000 - 0.05) <= 0.01, `${rejected} of 6,000 rejected`);
});

test(`90 % intervals of the 24 hours hold the true rate in nine cases of ten (seed ${SEED})`, () => {
  let held = 0;
  for (let person = 0; person < 2000; person += 1) {
    // Everyone has habits of their own: otherwise 24 fixed counts decide the answer.
    const draw = chance(SEED, `habits ${person}`);
    const weights = ORDINARY.map((weight) => weight * Math.exp(0.5 * draw.normal()));
    const truth = trueRates(weights, EXPOSURE, 40);
    const counts = countsBy(startsOf(person, weights, undefined, draw.poisson(40)), 24);
    truth.forEach((rate, hour) => {
      const { low, high } = rateInterval(counts[hour]!, EXPOSURE[hour]!)!;
      if (low <= rate && rate <= high) held += 1;
    });
  }
  const coverage = held / (2000 * 24);
  assert.ok(Math.abs(coverage - 0.9) <= 0.02, `coverage ${coverage}`);
});

test(`raw events instead of sessions would raise false alarms far above their level (seed ${SEED})`, () => {
  const people = Array.from({ length: 40 }, (_, person) => chanceOf(startsOf(person, ORDINARY, -1)));
  assert.ok(people.filter((p) => p <= 0.05).length >= 12, 'bursts went unnoticed');
});

test(`three times the use in four hours named before looking is found in eight cases of ten (seed ${SEED})`, () => {
  const weights = ORDINARY.map((weight, hour) => (hour >= 8 && hour < 12 ? 3 * weight : weight));
  const expected = REFERENCE[12]! - REFERENCE[8]!;
  const found = Array.from({ length: 600 }, (_, person) => {
    const times = startsOf(person, weights);
    const inside = times.filter(({ hour }) => hour >= 8 && hour < 12).length;
    return atLeastChance(inside, times.length, expected);
  }).filter((p) => p <= 0.05).length;
  assert.ok(found >= 480, `${found} of 600 found`);
});
