import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Columns } from './columns.ts';
import { Cross, sortedBy } from './cross.ts';
import { EVERYTHING, fromText, type Selection, Steps, toText, withPart } from './selection.ts';
import { weekHours } from './week-hours.ts';

const KINDS = ['contact', 'session', 'transfer'];
const SOURCES = ['a', 'b'];
const PARTIES = ['', '1', '2', '3'];
const WEEK = 7 * 86_400_000;

const rows = fc
  .array(
    fc.record({
      at: fc.option(fc.integer({ min: 0, max: 2 * WEEK }), { freq: 6 }),
      kind: fc.nat(2),
      source: fc.nat(1),
      account: fc.nat(3),
      place: fc.option(fc.record({ x: fc.integer({ min: -20, max: 20 }), y: fc.integer({ min: -20, max: 20 }) })),
    }),
    { maxLength: 60 },
  )
  .map((some) => some.toSorted((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity)));
type Row = { at: number | null; kind: number; source: number; account: number; place: { x: number; y: number } | null };

const selections: fc.Arbitrary<Selection> = fc.record({
  kinds: fc.subarray(KINDS),
  sources: fc.subarray(SOURCES),
  parties: fc.subarray(PARTIES),
  time: fc.option(
    fc
      .tuple(fc.integer({ min: 0, max: 2 * WEEK }), fc.integer({ min: 1, max: WEEK }))
      .map(([began, length]) => ({ began, ended: began + length })),
  ),
  area: fc.option(
    fc
      .tuple(fc.integer({ min: -20, max: 10 }), fc.integer({ min: -20, max: 10 }), fc.integer({ min: 1, max: 20 }))
      .map(([west, south, size]) => ({ west, south, east: west + size, north: south + size })),
  ),
  hours: fc.uniqueArray(fc.nat(167), { maxLength: 60 }),
});

function columns(of: readonly Row[]): Columns {
  return {
    count: of.length,
    began: Float64Array.from(of, ({ at }) => at ?? Number.NaN),
    latitude: Float32Array.from(of, ({ place }) => place?.y ?? Number.NaN),
    longitude: Float32Array.from(of, ({ place }) => place?.x ?? Number.NaN),
    radius: new Float32Array(of.length),
    lasts: new Float32Array(of.length).fill(Number.NaN),
    account: Uint32Array.from(of, ({ account }) => account),
    source: Uint16Array.from(of, ({ source }) => source),
    kind: Uint8Array.from(of, ({ kind }) => kind),
    place: new Uint8Array(of.length),
    quantile: null,
    azimuth: null,
    beam: null,
    near: null,
    far: null,
    names: { kind: KINDS, source: SOURCES, account: PARTIES, place: ['none'] },
  };
}

/** The same question row by row, in other words. */
function fits(row: Row, week: number, selection: Selection, but?: keyof Selection): boolean {
  const holds: Record<keyof Selection, boolean> = {
    kinds: selection.kinds.length === 0 || selection.kinds.includes(KINDS[row.kind]!),
    sources: selection.sources.length === 0 || selection.sources.includes(SOURCES[row.source]!),
    parties: selection.parties.length === 0 || selection.parties.includes(PARTIES[row.account]!),
    time:
      selection.time === null || (row.at !== null && row.at >= selection.time.began && row.at < selection.time.ended),
    area:
      selection.area === null ||
      (row.place !== null &&
        row.place.x >= selection.area.west &&
        row.place.x < selection.area.east &&
        row.place.y >= selection.area.south &&
        row.place.y < selection.area.north),
    hours: selection.hours.length === 0 || selection.hours.includes(week),
  };
  return Object.entries(holds).every(([part, one]) => one || part === but);
}

test('every view counts what the other selections leave, as counting row by row does', () => {
  fc.assert(
    fc.property(rows, fc.array(selections, { minLength: 1, maxLength: 4 }), (of, steps) => {
      const table = columns(of);
      const week = weekHours(table.began, 'UTC');
      const cross = new Cross(table, week);
      for (const selection of steps) {
        const counted = cross.count(selection);
        const left = (but?: keyof Selection) =>
          of.map((_, index) => index).filter((index) => fits(of[index]!, week[index]!, selection, but));
        assert.deepEqual([...counted.places.subarray(0, counted.selected)], left());
        for (const code of KINDS.keys())
          assert.equal(counted.kinds[code], left('kinds').filter((index) => of[index]!.kind === code).length);
        for (const code of PARTIES.keys())
          assert.equal(counted.parties[code], left('parties').filter((index) => of[index]!.account === code).length);
        assert.equal(
          counted.times.reduce((sum, count) => sum + count, 0),
          left('time').filter((index) => of[index]!.at !== null).length,
        );
        for (let hour = 0; hour < 168; hour++)
          assert.equal(counted.hours[hour], left('hours').filter((index) => week[index] === hour).length);
        assert.deepEqual(
          [...counted.drawn].flatMap((drawn, index) => (drawn ? [index] : [])),
          left('area'),
        );
        assert.equal(counted.untimed, left().filter((index) => of[index]!.at === null).length);
      }
    }),
    { numRuns: 300 },
  );
});

test('spread over a part of the time, the bins hold what lies in it and nothing is selected by that', () => {
  fc.assert(
    fc.property(rows, selections, fc.integer({ min: 0, max: 2 * WEEK }), (of, selection, began) => {
      const table = columns(of);
      const cross = new Cross(table, weekHours(table.began, 'UTC'));
      const before = cross.count(selection).selected;
      const whole = [...cross.count(selection).times];
      cross.stretch({ began, ended: began + 86_400_000 });
      const { selected, times } = cross.count(selection);
      assert.equal(selected, before);
      const inside = of.filter(
        (row, index) =>
          row.at !== null &&
          row.at >= began &&
          row.at < began + 86_400_000 &&
          fits(row, weekHours(table.began, 'UTC')[index]!, selection, 'time'),
      );
      assert.equal(
        times.reduce((sum, count) => sum + count, 0),
        inside.length,
      );
      cross.stretch(null);
      assert.deepEqual([...cross.count(selection).times], whole);
    }),
  );
});

test('selecting more never adds a record', () => {
  fc.assert(
    fc.property(rows, selections, fc.integer({ min: 0, max: WEEK }), (of, selection, began) => {
      const table = columns(of);
      const cross = new Cross(table, weekHours(table.began, 'UTC'));
      const before = cross.count({ ...selection, time: null }).selected;
      assert.ok(cross.count(withPart(selection, 'time', { began, ended: began + 86_400_000 })).selected <= before);
    }),
  );
});

test('a selection goes through a link and comes out the same; rubbish is everything', () => {
  fc.assert(fc.property(selections, (selection) => assert.deepEqual(fromText(toText(selection)), { ...selection })));
  for (const rubbish of [
    null,
    '',
    '{',
    '[]',
    '7',
    'null',
    '{"time":{"began":9,"ended":1}}',
    '{"hours":[999]}',
    '{"kinds":[1]}',
  ])
    assert.deepEqual(fromText(rubbish), EVERYTHING, String(rubbish));
});

test('steps are gone back and forth; a new step drops those that were undone', () => {
  const steps = new Steps(EVERYTHING);
  const kinds = steps.take(withPart(EVERYTHING, 'kinds', ['session']));
  const both = steps.take(withPart(kinds, 'hours', [3]));
  assert.equal(steps.take(both), both);
  assert.deepEqual(steps.undo(), kinds);
  assert.deepEqual(steps.undo(), EVERYTHING);
  assert.equal(steps.canUndo, false);
  assert.deepEqual(steps.redo(), kinds);
  steps.take(EVERYTHING);
  assert.equal(steps.canRedo, false);
});

test('an hour of the week is that of the zone, over a change of the clock', () => {
  const hour = (instant: string, zone: string) => weekHours(Float64Array.of(Date.parse(instant)), zone)[0];
  assert.equal(hour('2026-11-26T12:30:00Z', 'UTC'), 3 * 24 + 12);
  assert.equal(hour('2017-03-12T08:59:00Z', 'America/Denver'), 6 * 24 + 1);
  assert.equal(hour('2017-03-12T09:00:00Z', 'America/Denver'), 6 * 24 + 3);
  assert.equal(hour('2017-03-05T18:20:00Z', 'Asia/Kathmandu'), 0 * 24 + 0);
  assert.equal(weekHours(Float64Array.of(Number.NaN), 'UTC')[0], 255);
});

test('sorting by codes is stable, either way', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5), { maxLength: 50 }), fc.boolean(), (codes, descending) => {
      const places = Uint32Array.from(codes, (_, index) => index);
      const expected = [...places].sort(
        (a, b) => (descending ? codes[b]! - codes[a]! : codes[a]! - codes[b]!) || a - b,
      );
      assert.deepEqual([...sortedBy(places, codes.length, codes, 6, descending)], expected);
    }),
  );
});
