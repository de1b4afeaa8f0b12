import assert from 'node:assert/strict';
import { test } from 'node:test';
import { microsFrom } from '../base/interval.ts';
import { isProblem } from '../base/problem.ts';
import type { Value } from '../store/scoped.ts';
import hours from './hours.ts';
import { NOTHING_KNOWN } from './places.ts';
import { diurnalPerson, ORDINARY } from './simulation/diurnal.ts';
import { type MemoryRecord, memoryRecords } from './simulation/memory-records.ts';

const at = (text: string) => microsFrom(text)!;
const ZONE = 'America/Denver';
const COVERED = { began: at('2017-02-01T00:00:00Z'), ended: at('2017-04-01T00:00:00Z') };
const RANGES = [{ item: '1', target: 'orrin', category: 'DC-02', ...COVERED }];

function session(n: number, began: bigint, more: Record<string, Value> = {}): MemoryRecord {
  return {
    id: `id-${String(n).padStart(5, '0')}`, kind: 'session', return: 'r1', format: 'meta-business-record', item: '1',
    account: 'orrin', began, precision: 'second', zone_basis: 'stated', category: 'DC-02', action: 'Login', ...more,
  }; // biome-ignore format: a record
}

const person = (n: number, settings = {}) =>
  diurnalPerson(8, n, COVERED, ZONE, settings).map((began, index) => session(index, began));

async function ask(records: MemoryRecord[], given: Record<string, unknown> = {}, coverage: bigint[] | null = null) {
  await using scoped = await memoryRecords(records, {
    ranges: RANGES,
    coverage: coverage
      ? [{ return: 'r1', file: 'f', format: 'meta-business-record', began: coverage[0]!, ended: coverage[1]! }]
      : [],
  });
  return await hours.run({ scoped, places: NOTHING_KNOWN }, hours.params.parse(given));
}

test('a burst of records counts as one session, in the local hour of the place', async () => {
  const answer = await ask(person(1), { zone: ZONE });
  assert.equal(answer.refused, undefined);
  const result = answer.result as {
    sessions: number;
    rawEvents: number;
    bins: { sessions: number; exposureHours: number }[];
  };
  assert.ok(result.sessions <= 40 && result.sessions > 30);
  assert.ok(result.rawEvents > 2 * result.sessions);
  assert.equal(result.bins.reduce((sum, bin) => sum + bin.sessions, 0), result.sessions); // biome-ignore format: one
  assert.equal(result.bins[2]!.exposureHours, 58, 'the hour that the change of clocks skips is not exposure');
  assert.equal(result.bins.reduce((sum, bin) => sum + bin.exposureHours, 0), 59 * 24); // biome-ignore format: one
});

test('nothing is said about chance without a reference profile', async () => {
  const answer = await ask(person(2), { zone: ZONE });
  assert.match((answer.result.comparison as { refused: string }).refused, /no reference profile/);
  assert.doesNotMatch(JSON.stringify(answer.result), /chance":/);
  assert.match(answer.statement, /is not said/);
});

test('with a named reference profile the chance is simulated and the profile named', async () => {
  const answer = await ask(person(3), { zone: ZONE, reference: `a panel of users: ${ORDINARY.join(',')}` });
  const { chance, reference } = answer.result.comparison as { chance: number; reference: string };
  assert.equal(reference, 'a panel of users');
  assert.ok(chance > 0 && chance <= 1);
});

test('a window named before looking is counted against the share the profile expects', async () => {
  const reference = `a panel: ${ORDINARY.join(',')}`;
  const answer = await ask(person(3), { zone: ZONE, reference, claim: '22-2' });
  const { claim } = answer.result.comparison as { claim: Record<string, number> };
  const total = ORDINARY.reduce((sum, weight) => sum + weight, 0);
  assert.ok(Math.abs(claim.expectedShare! - (8 + 5.5 + 3 + 1.5) / total) < 0.002);
  assert.ok(claim.chanceOfAtLeast! > 0 && claim.chanceOfAtLeast! <= 1);
});

test('fewer than 20 sessions give the list of times and no profile', async () => {
  const answer = await ask(person(4, { sessions: 15 }), { zone: ZONE });
  assert.match(answer.refused![0]!, /20 sessions on 14 local days/);
  assert.equal('bins' in answer.result, false);
  assert.ok((answer.result.times as string[]).length >= 12);
});

test('sessions on fewer than 14 local days give no profile', async () => {
  const records = Array.from({ length: 40 }, (_, n) =>
    session(n, at('2017-02-03T00:00:00Z') + BigInt(n) * 7_200_000_000n),
  );
  assert.match((await ask(records, { zone: ZONE })).refused![0]!, /14 local days/);
});

test('a profile of the week needs 60 sessions in 6 weeks', async () => {
  assert.match((await ask(person(5), { zone: ZONE, bins: '168' })).refused![0]!, /60 sessions in 6 local weeks/);
  const answer = await ask(person(5, { sessions: 90 }), { zone: ZONE, bins: '168' });
  assert.equal((answer.result.bins as unknown[]).length, 168);
});

test('without a place in the records and without a declared zone there is no local time', async () => {
  const answer = await ask(person(6));
  assert.match(answer.refused![0]!, /name the time zone/);
});

test('the zone is inferred from places the records state, and other zones are shown beside it', async () => {
  const records = person(7).map((record, n) => ({
    ...record,
    latitude: n % 10 === 0 ? 30.3 : 32.3,
    longitude: n % 10 === 0 ? -97.7 : -106.8,
  }));
  const answer = await ask(records);
  assert.equal(answer.result.zone, 'America/Denver');
  assert.equal(answer.result.zoneBasis, 'inferred from places stated in the records');
  assert.ok(answer.sensitivity.some(({ change }) => change.includes('America/Chicago')));
});

test('records that software wrote on its own are left out and counted', async () => {
  const records = person(8).map((record, n) => (n % 5 === 0 ? { ...record, action: 'Session updated' } : record));
  const automatic = records.filter(({ action }) => action !== 'Login').length;
  const answer = await ask(records, { zone: ZONE });
  const left = answer.leftOut.find(({ why }) => why.includes('software'))!;
  assert.equal(left.count, automatic);
  assert.equal((answer.result.rawEvents as number) + automatic, records.length);
});

test('records without a time to the minute and records outside the covered period are left out and counted', async () => {
  const records = [...person(9), session(90_001, COVERED.began, { precision: 'day' }), session(90_002, COVERED.ended)];
  const answer = await ask(records, { zone: ZONE });
  assert.deepEqual(answer.leftOut.map(({ count }) => count), [1, 1]); // biome-ignore format: one
});

test('hours that no return states as covered are not exposure', async () => {
  const answer = await ask(person(10, { sessions: 60 }), { zone: ZONE }, [COVERED.began, at('2017-03-01T00:00:00Z')]);
  assert.equal(answer.result.exposureHours, 28 * 24);
  assert.match(answer.result.exposureBasis as string, /what the returns state/);
});

test('the same records in another order give the same bytes', async () => {
  const records = person(11);
  const [one, other] = [await ask(records, { zone: ZONE }), await ask(records.toReversed(), { zone: ZONE })];
  assert.equal(JSON.stringify(one), JSON.stringify(other));
});

test('a stretch of hours found by looking carries the wider interval that allows for looking', async () => {
  const answer = await ask(person(12), { zone: ZONE });
  const { half } = answer.result.windows as { half: Record<string, number>[] };
  assert.ok(half[0]!.correctedLow! < half[0]!.low!);
  assert.ok(half[0]!.sessions! * 2 >= (answer.result.sessions as number));
});

for (const [name, given, code] of [
  ['an unknown zone', { zone: 'Mars/Olympus' }, 'analysis/zone-unknown'],
  ['an unknown kind', { zone: ZONE, kinds: 'session,rumour' }, 'analysis/kind-unknown'],
  [
    'a reference profile of 23 weights',
    { zone: ZONE, reference: `x: ${ORDINARY.slice(1).join(',')}` },
    'analysis/reference-profile',
  ],
] as const) {
  test(`${name} is a problem the asker can act on`, async () => {
    await assert.rejects(ask(person(13), given), (error) => isProblem(error) && error.code === code);
  });
}
