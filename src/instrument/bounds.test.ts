/** Bounds as papers write them, and the range an item means. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { microsFrom, textFrom } from '../base/interval.ts';
import { boundOf, rangeOf } from './bounds.ts';

const BOUNDS: [string, string | null, boolean, boolean][] = [
  ['2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z', true, false],
  ['2026-02-01T17:10Z', '2026-02-01T17:10:00Z', true, false],
  ['2026-02-01 17:10:05Z', '2026-02-01T17:10:05Z', true, false],
  ['2026-02-01T17:10:05-07:00', '2026-02-02T00:10:05Z', true, false],
  ['2026-02-01T17:10:05+0530', '2026-02-01T11:40:05Z', true, false],
  ['2026-02-01T17:10:05.123456+00:00', '2026-02-01T17:10:05.123456Z', true, false],
  ['2026-02-01T17:10:05', '2026-02-01T17:10:05Z', false, false],
  ['2026-02-01 17:10', '2026-02-01T17:10:00Z', false, false],
  ['2026-02-01', '2026-02-01T00:00:00Z', false, true],
  [' 2026-02-01 ', '2026-02-01T00:00:00Z', false, true],
  ['2024-02-29', '2024-02-29T00:00:00Z', false, true],
  ['2026-02-29', null, false, true],
  ['2026-02-30', null, false, true],
  ['2026-02-30T10:00:00Z', null, true, false],
  ['2026-13-01', null, false, true],
  ['2026-02-01T24:00', null, false, false],
  ['2026-02-01T10:61Z', null, true, false],
  ['2016-12-31T23:59:60Z', null, true, false],
  ['1969-12-31T23:59:59Z', '1969-12-31T23:59:59Z', true, false],
  ['9999-12-31', '9999-12-31T00:00:00Z', false, true],
  ['01/02/2026', null, false, false],
  ['2026-2-1', null, false, false],
  ['20260201', null, false, false],
  ['yesterday', null, false, false],
  ['', null, false, false],
];

for (const [text, instant, zoned, day] of BOUNDS) {
  test(`“${text}” is ${instant ?? 'no time'}${day ? ', a bare day' : zoned ? ', with its zone' : ''}`, () => {
    const bound = boundOf(text);
    assert.equal(bound.instant === null ? null : textFrom(bound.instant), instant);
    assert.deepEqual([bound.zoned, bound.day], [zoned, day]);
  });
}

type Written = { from?: string; to?: string; throughLastDay?: boolean };
const RANGES: [string, Written, [string, string] | null][] = [
  [
    'two times with zones',
    { from: '2026-02-01T00:00:00-07:00', to: '2026-05-01T00:00:00-06:00' },
    ['2026-02-01T07:00:00Z', '2026-05-01T06:00:00Z'],
  ],
  [
    'two days: the last is not in it',
    { from: '2026-02-01', to: '2026-04-30' },
    ['2026-02-01T00:00:00Z', '2026-04-30T00:00:00Z'],
  ],
  [
    'two days, the last meant too',
    { from: '2026-02-01', to: '2026-04-30', throughLastDay: true },
    ['2026-02-01T00:00:00Z', '2026-05-01T00:00:00Z'],
  ],
  [
    'one day, meant whole',
    { from: '2024-02-29', to: '2024-02-29', throughLastDay: true },
    ['2024-02-29T00:00:00Z', '2024-03-01T00:00:00Z'],
  ],
  ['one day, not meant whole', { from: '2026-02-01', to: '2026-02-01' }, null],
  [
    'a time as the end is not moved by a last day',
    { from: '2026-02-01', to: '2026-02-02T12:00:00Z', throughLastDay: true },
    ['2026-02-01T00:00:00Z', '2026-02-02T12:00:00Z'],
  ],
  ['only the end is missing', { from: '2026-02-01' }, null],
  ['only the start is missing', { to: '2026-02-01' }, null],
  ['nothing stated', {}, null],
  ['a range that ends before it begins', { from: '2026-02-02', to: '2026-02-01' }, null],
  ['an end that is no day', { from: '2026-02-01', to: '2026-02-30' }, null],
  ['a start that is no day', { from: '2026-02-30', to: '2026-03-30' }, null],
];

for (const [says, item, expected] of RANGES) {
  test(`a range of ${says}`, () => {
    const range = rangeOf(item);
    assert.deepEqual(range === null ? null : [textFrom(range.began), textFrom(range.ended)], expected);
  });
}

test('a bound with a zone is the instant it says, to the microsecond', () => {
  const moments = fc.tuple(
    fc.date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2999-12-31T00:00:00Z'), noInvalidDate: true }),
    fc.integer({ min: 0, max: 999 }),
    fc.integer({ min: -14 * 60, max: 14 * 60 }),
  );
  fc.assert(
    fc.property(moments, ([date, micros, offset]) => {
      const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
      const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map((n) =>
        String(n).padStart(2, '0'),
      );
      const text = `${local}${String(micros).padStart(3, '0')}${offset < 0 ? '-' : '+'}${hours}:${minutes}`;
      assert.equal(boundOf(text).instant, BigInt(date.getTime()) * 1000n + BigInt(micros));
      assert.equal(boundOf(text).instant, microsFrom(text));
    }),
    { seed: 20260911 },
  );
});
