import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { textFrom } from '../../base/interval.ts';
import type { ZoneRule } from '../../record/stamp.ts';
import { shapeTrouble } from './shape-grammar.ts';
import { readDayAndClock, readShaped } from './shapes.ts';
import { isZone, offsetIn, zoneIn } from './zones.ts';

const denver: ZoneRule = { zone: 'America/Denver', basis: 'declared by examiner' };

test('reads a time of each shape, in the zone its text or the declaration gives', () => {
  const table: [string, string, string][] = [
    ['YYYY/MM/DD HH:mm:ss', '2017/03/04 05:06:07', '2017-03-04T12:06:07Z'],
    ['MM/DD/YYYY h:mm A', '03/04/2017 2:30 PM', '2017-03-04T21:30:00Z'],
    ['MM/DD/YYYY h:mm A', '03/04/2017 12:00 AM', '2017-03-04T07:00:00Z'],
    ['MM/DD/YYYY h:mm A', '03/04/2017 12:00\u202fp.m.', '2017-03-04T19:00:00Z'],
    ['DD.MM.YYYY HH:mm', '15.03.2017 14:30', '2017-03-15T20:30:00Z'],
    ['D. MMMM YYYY', '4. March 2017', '2017-03-04T07:00:00Z'],
    ['D-MMM-YYYY H:mm', '4-Sept-2017 5:06', '2017-09-04T11:06:00Z'],
    ['YYYY-MM-DD HH:mm:ss.S z', '2017-03-04 05:06:07.557 EST', '2017-03-04T10:06:07.557Z'],
    ['YYYY/MM/DD HH:mm:ss (ZZ)', '2017/03/04 05:06:07 (GMT -4)', '2017-03-04T09:06:07Z'],
    ['YYYY-MM-DD HH:mm ZZ', '2017-03-04 05:06 +0530', '2017-03-03T23:36:00Z'],
    ['YYYYMMDDTHHmmss', '20170304T050607', '2017-03-04T12:06:07Z'],
    ["YYYY-MM-DD 'at' HH:mm[:ss]", '2017-03-04 at 05:06', '2017-03-04T12:06:00Z'],
    ['M/D/YY', '3/4/17', '2017-03-04T07:00:00Z'],
    ['M/D/YY', '3/4/70', '1970-03-04T07:00:00Z'],
    ['M/D/YY', '3/4/69', '2069-03-04T07:00:00Z'],
    ['day-month', '4/3/2017 2:30 PM', '2017-03-04T21:30:00Z'],
    ['month-day', '3.4.2017, 14:30:00', '2017-03-04T21:30:00Z'],
    ['iso', '2017-03-04T05:06:07Z', '2017-03-04T05:06:07Z'],
    ['epoch-s', '1488603967.0', '2017-03-04T05:06:07Z'],
    ['epoch-ms', '1488603967557', '2017-03-04T05:06:07.557Z'],
    ['excel-serial', '42798.2125810185', '2017-03-04T12:06:07Z'],
  ];
  for (const [shape, text, expected] of table) {
    const stamp = readShaped(text, [shape], { rule: denver, zoneNames: { EST: '-05:00' }, firstYear: 1970 });
    assert.ok(stamp?.began, `${shape}: ${text}`);
    assert.equal(textFrom(stamp.began), expected, `${shape}: ${text}`);
    assert.equal(stamp.text, text);
  }
});

test('does not read what is not of the declared shape or names no real date', () => {
  const table: [string, string][] = [
    ['YYYY-MM-DD', '2017-3-4'],
    ['YYYY-MM-DD', '2017-03-04 05:06'],
    ['YYYY-MM-DD', '2017-02-29'],
    ['DD/MM/YYYY', '03/13/2017'],
    ['MM/DD/YYYY h:mm A', '03/04/2017 14:30 PM'],
    ['MM/DD/YYYY h:mm A', '03/04/2017 0:30 AM'],
    ['MM/DD/YYYY HH:mm', '03/04/2017 24:00'],
    ['MM/DD/YYYY HH:mm z', '03/04/2017 2:30 PM'],
    ['M/D/YY', '3/4/2017'],
    ['epoch-s', '12.5'],
    ['excel-serial', '60'],
    ['excel-serial', '2958466'],
    ['iso', '04/03/2017'],
  ];
  for (const [shape, text] of table)
    assert.equal(readShaped(text, [shape], { firstYear: 1970 }), null, `${shape}: ${text}`);
  assert.equal(readShaped('3/4/17', ['M/D/YY']), null, 'no century declared');
  assert.equal(readShaped('03/04/2017', ['DD/MM/YYYY', 'MM/DD/YYYY']), null, 'two shapes that disagree');
});

test('leaves a time undetermined where no zone speaks, or a zone word that nothing explains does', () => {
  assert.equal(readShaped('2017-03-04 05:06', ['YYYY-MM-DD HH:mm'])?.undetermined, 'no zone');
  assert.equal(readShaped('42798.2125810185', ['excel-serial'])?.undetermined, 'no zone');
  const named = readShaped('2017-03-04 05:06 IST', ['YYYY-MM-DD HH:mm z'], { rule: denver });
  assert.deepEqual([named?.undetermined, named?.began], ['no zone', null]);
  const beside = readShaped('2017-03-04 05:06', ['YYYY-MM-DD HH:mm'], { rule: denver, beside: null });
  assert.equal(beside?.undetermined, 'no zone');
});

test('says who gave the zone', () => {
  const basis = (text: string, shape: string) =>
    readShaped(text, [shape], { rule: denver, zoneNames: { EST: '-05:00' } })?.zoneBasis;
  assert.equal(basis('2017-03-04 05:06', 'YYYY-MM-DD HH:mm'), 'declared by examiner');
  assert.equal(basis('2017-03-04 05:06 EST', 'YYYY-MM-DD HH:mm z'), 'declared by examiner');
  assert.equal(basis('2017-03-04 05:06 -05:00', 'YYYY-MM-DD HH:mm ZZ'), 'stated');
  assert.equal(basis('2017-03-04 05:06 America/Chicago', 'YYYY-MM-DD HH:mm z'), 'stated');
});

test('takes a serial with few decimals for all it can be rounded from', () => {
  const stamp = readShaped('45696.76', ['excel-serial'], { rule: { zone: 'UTC', basis: 'declared by examiner' } })!;
  assert.equal(textFrom(stamp.began!), '2025-02-08T18:07:12Z');
  assert.equal(textFrom(stamp.ended!), '2025-02-08T18:21:36Z');
  assert.equal(stamp.precision, 'hour');
  assert.equal(readShaped('45696', ['excel-serial'], {})?.precision, 'day');
});

test('joins a day and a time of day, and keeps a day without one a day', () => {
  const day = { text: '03/04/2017', shapes: ['MM/DD/YYYY'] };
  const shapes = ['h:mm A'];
  const both = readDayAndClock(day, { text: '5:06 PM', shapes }, { rule: denver })!;
  assert.equal(textFrom(both.began!), '2017-03-05T00:06:00Z');
  assert.equal(readDayAndClock(day, { text: '', shapes }, { rule: denver })?.precision, 'day');
  assert.equal(readDayAndClock({ text: '', shapes: ['iso'] }, { text: '5:06 PM', shapes })?.undetermined, 'no time');
  assert.equal(readDayAndClock(day, { text: '17:06', shapes }, { rule: denver }), null);
});

test('refuses shapes that could be read in two ways', () => {
  const bad = [
    '',
    'hello',
    'HH:mm:ss:HH',
    'MD YYYY',
    'YYYY-MM-DD hh:mm',
    'YYYY-MM-DD HH:mm A',
    'YYYY-MM',
    'YYYY-MM-DD mm',
    '[YYYY-MM-DD',
    'YYYY-MM-DD]',
  ];
  for (const shape of bad) assert.notEqual(shapeTrouble(shape), null, shape);
  for (const shape of ['iso', 'day-month', 'YYYYMMDD', 'H:mm', 'D/M/YYYY[ H:mm]'])
    assert.equal(shapeTrouble(shape), null, shape);
});

test('a zone is an IANA name with its area, UTC or an offset, and never an abbreviation', () => {
  for (const zone of ['UTC', 'America/Denver', '+05:30', 'Etc/GMT+5']) assert.ok(isZone(zone), zone);
  for (const zone of ['EST', 'MST', 'IST', 'America/Nowhere', '+25:00', '-5', '', 'Europe'])
    assert.ok(!isZone(zone), zone);
  assert.equal(offsetIn('GMT -4'), '-04:00');
  assert.equal(offsetIn('UTC+5:30'), '+05:30');
  assert.equal(offsetIn('-99'), null);
  assert.equal(zoneIn('MST'), null);
  assert.deepEqual(zoneIn('MST', { MST: '-07:00' }), { zone: '-07:00', basis: 'declared by examiner' });
});

test('what is written in a shape is read back as the same second, and no text throws', () => {
  const seconds = fc.integer({ min: 0, max: 4_000_000_000 });
  fc.assert(
    fc.property(seconds, (second) => {
      const moment = Temporal.Instant.fromEpochMilliseconds(second * 1000).toZonedDateTimeISO('UTC');
      const two = (n: number) => String(n).padStart(2, '0');
      const text = `${moment.month}/${moment.day}/${moment.year} ${((moment.hour + 11) % 12) + 1}:${two(moment.minute)}:${two(moment.second)} ${moment.hour < 12 ? 'AM' : 'PM'}`;
      const stamp = readShaped(text, ['month-day'], { rule: { zone: 'UTC', basis: 'declared by examiner' } });
      assert.equal(stamp?.began, BigInt(second) * 1_000_000n);
    }),
    { seed: 17, numRuns: 200 },
  );
  const shapes = fc.constantFrom('iso', 'epoch-s', 'excel-serial', 'day-month', 'M/D/YY H:mm[:ss] z', 'HH:mm');
  const text = fc.oneof(fc.string(), fc.stringMatching(/^[0-9/:. APMZ+-]{0,25}$/));
  fc.assert(
    fc.property(text, shapes, (value, shape) => {
      readShaped(value, [shape], { rule: denver, firstYear: 1970 });
    }),
    { seed: 17, numRuns: 500 },
  );
});
