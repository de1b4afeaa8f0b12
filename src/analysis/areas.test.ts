import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isProblem } from '../base/problem.ts';
import areas from './areas.ts';
import type { Answer } from './finding.ts';
import type { Anchor } from './place/anchor-summary.ts';
import { type Area, contains } from './place/hdr.ts';
import type { RefusedGroup } from './place/told.ts';
import type { KnownPlaces } from './places.ts';
import { addressRow, calls, FIRST_DAY, login, NOT_A_PLACE, placesOf } from './simulation/logins.ts';
import { type MemoryRecord, memoryRecords } from './simulation/memory-records.ts';
import { radioSubject } from './simulation/radio-city.ts';

const HOUR = 3_600_000_000n;
const { records: CALLS, sites: SITES } = calls(31);
const HOME_IP = '203.0.113.7';

async function ask(records: MemoryRecord[], places: KnownPlaces, given: Record<string, unknown> = {}): Promise<Answer> {
  await using scoped = await memoryRecords(records);
  return await areas.run({ scoped, places }, areas.params.parse(given));
}

const refusedIn = (answer: Answer) => answer.result.refusedStatements as RefusedGroup[];
const occupancyIn = (answer: Answer) => answer.result.occupancy as { hdr50: Area; hdr90: Area };
const anchorsIn = (answer: Answer) => answer.result.anchors as Anchor[];
const surfacesIn = (answer: Answer) => answer.result.surfaces as Record<string, unknown>[];

for (const [name, ip, rows] of NOT_A_PLACE) {
  test(`${name} refuses every area and says why (T4)`, async () => {
    const answer = await ask([1, 2, 3, 4, 5].map((n) => login(n, ip)), placesOf({ [ip]: rows })); // biome-ignore format: one
    assert.ok(answer.refused);
    assert.equal(answer.result.occupancy, null);
    assert.deepEqual(surfacesIn(answer), []);
    assert.equal(refusedIn(answer)[0]!.statements, 5);
    assert.equal(answer.leftOut[0]!.count, 5);
    assert.doesNotMatch(JSON.stringify(answer), /32\.29|-106\.75/);
  });
}

test('an operator’s answer bears its own radius, a database row at least 25 km', async () => {
  const database = addressRow({ row: '203.0.113.64/26', kind: 'database', built: FIRST_DAY, source: 'a vendor' });
  const places = placesOf({ [HOME_IP]: [addressRow()], '203.0.113.70': [database] });
  const answer = await ask(
    [1, 2, 3, 4].map((n) => login(n, n % 2 ? HOME_IP : '203.0.113.70')),
    places,
  );
  assert.deepEqual(surfacesIn(answer).map((surface) => surface.r50Metres), [17_500, 2460]); // biome-ignore format: one
  assert.equal(surfacesIn(answer)[0]!.longitude, -106.8, 'no more decimals than the radius allows');
});

test('a database 45 to 180 days from the record is trusted less', async () => {
  const old = addressRow({ kind: 'database', built: FIRST_DAY - 60n * 24n * HOUR, source: 'a vendor' });
  const answer = await ask([1, 2, 3].map((n) => login(n, HOME_IP)), placesOf({ [HOME_IP]: [old] })); // biome-ignore format: one
  assert.equal(surfacesIn(answer)[0]!.misplacedShare, 0.25);
});

test('calls of one person point to one place, and the 90 % area holds it', async () => {
  const answer = await ask(CALLS, placesOf({}, SITES));
  const { anchor } = radioSubject(31, 0, { records: 24 });
  const [place] = anchorsIn(answer);
  assert.equal(anchorsIn(answer).length, 1);
  assert.ok(contains(place!.hdr90, anchor.latitude, anchor.longitude));
  assert.ok(contains(occupancyIn(answer).hdr90, anchor.latitude, anchor.longitude));
  assert.ok(place!.hdr90.areaKm2 < occupancyIn(answer).hdr90.areaKm2);
  assert.match(answer.statement, /rests on one source, t-mobile-cdr contact/);
  assert.deepEqual(answer.result.leaveOneSourceOut, []);
});

test('the polygon is closed, longitude first, and drawn from the cells of the area', async () => {
  const { hdr90 } = occupancyIn(await ask(CALLS, placesOf({}, SITES)));
  assert.equal(hdr90.parts, hdr90.polygon.coordinates.length);
  for (const ring of hdr90.polygon.coordinates.flat()) {
    assert.deepEqual(ring[0], ring.at(-1));
    assert.ok(ring.every(([longitude, latitude]) => longitude! < -106 && latitude! > 32));
  }
});

test('with two sources each is left out in turn and the change is given', async () => {
  const records = [...CALLS, ...Array.from({ length: 12 }, (_, n) => login(n, HOME_IP))];
  const answer = await ask(records, placesOf({ [HOME_IP]: [addressRow()] }, SITES));
  const without = answer.result.leaveOneSourceOut as {
    source: string;
    areaRatio: number;
    jaccard: number;
    modeShiftKm: number;
  }[];
  assert.deepEqual(without.map(({ source }) => source), ['meta-business-record session', 't-mobile-cdr contact']); // biome-ignore format: one
  assert.ok(without.every(({ jaccard, areaRatio }) => jaccard >= 0 && jaccard <= 1 && areaRatio > 0));
  assert.match(answer.statement, /depends on .*t-mobile-cdr contact/);
  assert.ok(answer.sensitivity.some(({ change }) => change.includes('radius of address rows doubled')));
  assert.ok(answer.sensitivity.some(({ change }) => change.includes('directions trusted less')));
});

test('the same records in another order give the same bytes', async () => {
  const records = [...CALLS, ...Array.from({ length: 12 }, (_, n) => login(n, HOME_IP))];
  const places = placesOf({ [HOME_IP]: [addressRow()] }, SITES);
  const [one, other] = [await ask(records, places), await ask(records.toReversed(), places)];
  assert.equal(JSON.stringify(one), JSON.stringify(other));
});

test('the clock zone and language of the machine change no byte', () => {
  const script = fileURLToPath(new URL('./simulation/same-bytes.ts', import.meta.url));
  const digests = [
    { TZ: 'UTC', LANG: 'C' },
    { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
  ].map((env) =>
    execFileSync(process.execPath, [script], { env: { ...process.env, ...env }, encoding: 'utf8' }).trim(),
  );
  assert.match(digests[0]!, /^[0-9a-f]{64}$/);
  assert.equal(digests[0], digests[1]);
});

test('one call repeated fifty times on its day changes the areas by less than 1 %', async () => {
  const [first] = CALLS;
  const repeats = Array.from({ length: 50 }, (_, n) => ({
    ...first!,
    id: `repeat-${n}`,
    began: (first!.began as bigint) + BigInt(n) * 1_000_000n,
  }));
  const [once, often] = [await ask(CALLS, placesOf({}, SITES)), await ask([...CALLS, ...repeats], placesOf({}, SITES))];
  for (const area of [
    (answer: Answer) => occupancyIn(answer).hdr90.areaKm2,
    (answer: Answer) => anchorsIn(answer)[0]!.hdr90.areaKm2,
  ]) {
    assert.ok(Math.abs(area(often) / area(once) - 1) < 0.01);
  }
});

test('two sessions, or one local day, give single surfaces and no area', async () => {
  assert.match(
    (await ask(CALLS.slice(0, 2), placesOf({}, SITES))).refused![0]!,
    /3 sessions .* 2 sessions on 2 local days/,
  );
  const oneDay = CALLS.slice(0, 4).map((call, n) => ({ ...call, began: FIRST_DAY + BigInt(n) * HOUR }));
  const answer = await ask(oneDay, placesOf({}, SITES));
  assert.match(answer.refused![0]!, /1 local day/);
  assert.ok(surfacesIn(answer).length > 0);
});

test('a place heard through one cell only keeps that cell’s own surface', async () => {
  const same = CALLS.map((call) => ({
    ...call,
    cell_first: 'LTE 9-1',
    latitude: CALLS[0]!.latitude!,
    longitude: CALLS[0]!.longitude!,
    azimuth: 30,
  }));
  const answer = await ask(same, placesOf({}, SITES));
  const [place] = anchorsIn(answer);
  assert.equal(place!.kind, 'single-antenna area');
  assert.deepEqual(place!.hdr90, occupancyIn(answer).hdr90);
});

test('without a table of sites the records’ own sites give the scale, and this is said', async () => {
  const many = [...CALLS, ...calls(32).records.map((call) => ({ ...call, id: `b-${call.id}` }))];
  const answer = await ask(many, placesOf({}));
  assert.ok(surfacesIn(answer).every((surface) => String(surface.flags).includes('no table of sites')));
  const few = await ask(CALLS.slice(0, 5).map((call) => ({ ...call, latitude: 32.3, longitude: -106.78 })), placesOf({})); // biome-ignore format: one
  assert.match(refusedIn(few)[0]!.why, /no table of sites valid/);
});

test('a cell known only by its id is placed by the table of its date, or refused', async () => {
  const bare = CALLS.map((call) => ({
    ...call,
    latitude: null,
    longitude: null,
    azimuth: null,
    cell_first: 'LTE 40-0',
  }));
  assert.equal((await ask(bare, placesOf({}, SITES))).refused, undefined);
  const unknown = await ask(bare.map((call) => ({ ...call, cell_first: 'LTE 4040-0' })), placesOf({}, SITES)); // biome-ignore format: one
  assert.equal(refusedIn(unknown)[0]!.why, 'cell not in the table of that date');
});

test('first and last cell are two statements; forwarded calls, voicemail and messages are none', async () => {
  const [one, two] = [CALLS[0]!, CALLS.find(({ cell_first }) => cell_first !== CALLS[0]!.cell_first)!];
  const moving = {
    ...one,
    cell_last: two.cell_first!,
    last_latitude: two.latitude!,
    last_longitude: two.longitude!,
    last_azimuth: two.azimuth!,
  };
  assert.equal(surfacesIn(await ask([moving], placesOf({}, SITES))).length, 2);
  for (const more of [{ medium: 'voicemail' }, { medium: 'SMS' }, { action: 'CallForwarding' }]) {
    const answer = await ask([{ ...moving, ...more }], placesOf({}, SITES));
    assert.equal(surfacesIn(answer).length, 0, JSON.stringify(more));
    assert.equal(refusedIn(answer)[0]!.statements, 1);
  }
});

test('counters, stated addresses and device positions bear areas of their own size; words do not', async () => {
  const at = (n: number, more: Partial<MemoryRecord>) =>
    login(n, '', { ip: null, kind: 'place', latitude: 32.3, longitude: -106.7, ...more });
  const answer = await ask(
    [
      at(1, { kind: 'transfer', place_kind: 'agent', sent_agent: 'AUS930417' }),
      at(2, { place_kind: 'address' }),
      at(3, { place_kind: 'device fix', radius_metres: 40 }),
      at(4, { place_kind: 'device fix', longitude: -106.6 }),
      at(5, { place_kind: 'area', latitude: null, longitude: null, area: 'Las Cruces, NM' }),
      at(6, { place_kind: null }),
    ],
    placesOf({}),
  );
  const sizes = surfacesIn(answer).map((surface) => [surface.class, surface.r50Metres]);
  assert.deepEqual(sizes, [['agent', 58.9], ['device fix', 3740], ['device fix', 29.4], ['premises', 58.9]]); // biome-ignore format: one
  assert.deepEqual(refusedIn(answer).flatMap(({ areas: named }) => named), ['Las Cruces, NM']); // biome-ignore format: one
  assert.equal(refusedIn(answer).length, 2);
});

test('only records near a transfer, or in a window, are used when asked so, and the rest is counted', async () => {
  const transfer = login(1, '', {
    id: 't',
    ip: null,
    kind: 'transfer',
    began: (CALLS[5]!.began as bigint) + 10n * 60_000_000n,
  });
  const near = await ask([...CALLS, transfer], placesOf({}, SITES), { around: 'transfers', minutes: '60' });
  assert.equal(near.leftOut.find(({ why }) => why.includes('window'))!.count, CALLS.length - 1);
  const local = await ask(CALLS, placesOf({}, SITES), {
    began: '2017-02-03',
    ended: '2017-02-06T00:00',
    zone: 'America/Denver',
  });
  assert.equal(local.leftOut[0]!.count, CALLS.length - 3);
  await assert.rejects(
    ask(CALLS, placesOf({}), { began: '2017-02-03' }),
    (error) => isProblem(error) && error.code === 'analysis/window-without-zone',
  );
});

test('every statement of place is used or counted as left out', async () => {
  const records = [...CALLS, login(1, '192.0.2.1'), login(2, HOME_IP, { began: null })];
  const answer = await ask(records, placesOf({ '192.0.2.1': [addressRow({ class: 'vpn' })] }, SITES));
  const used = surfacesIn(answer).reduce((sum, surface) => sum + (surface.records as number), 0);
  assert.equal(used + answer.leftOut.reduce((sum, { count }) => sum + count, 0), records.length);
});

test('of very many statements of place those heard in most sessions are listed, and how many there are; all are used', async () => {
  const fix = (n: number, longitude: number): MemoryRecord => ({
    id: `fix ${String(n).padStart(5, '0')}`, kind: 'session', format: 'table', account: '1', precision: 'second',
    began: FIRST_DAY + BigInt(n) * HOUR, latitude: 32.3, longitude, place_kind: 'device fix', radius_metres: 40,
  }); // biome-ignore format: a record
  const few = Array.from({ length: 500 }, (_, n) => fix(n, -106.7 - n / 10_000));
  const whole = await ask(few, placesOf({}));
  assert.equal(surfacesIn(whole).length, 500);
  assert.ok(!('surfacesInAll' in whole.result));
  // The last place is heard twice: of 501 it is listed whatever its name, and one that was heard once is not.
  const again = [...few, fix(600, -106.2), fix(700, -106.2)];
  const cut = await ask(again, placesOf({}));
  assert.equal(surfacesIn(cut).length, 500);
  assert.equal(cut.result.surfacesInAll, 501);
  assert.equal(surfacesIn(cut).find(({ longitude }) => longitude === -106.2)?.['sessions'], 2);
  assert.deepEqual([cut.result.errorUnits, cut.result.sessions], [501, 502]);
});
