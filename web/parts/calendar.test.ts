import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type CalendarEntry, dayOf, monthsOf } from './calendar.ts';

const entry = (at: string, key = at): CalendarEntry => ({ key, at, words: key, href: '/', tone: 'plain' });
const NOW = Date.parse('2026-11-26T12:00:00Z');
const days = (entries: CalendarEntry[], zone = 'UTC') =>
  monthsOf(entries, zone, NOW).flatMap(({ weeks }) => weeks.flat().flatMap((day) => (day && day.entries.length > 0 ? [day.date] : []))); // biome-ignore format: one line

test('an instant stands on its day in the zone chosen; a date that was ordered stands on that date in every zone', () => {
  const cases: [string, string, string | null][] = [
    ['2026-12-01T03:00:00Z', 'UTC', '2026-12-01'],
    ['2026-12-01T03:00:00Z', 'America/Denver', '2026-11-30'],
    ['2026-12-01', 'America/Denver', '2026-12-01'],
    ['2026-12-01', 'Pacific/Kiritimati', '2026-12-01'],
    ['2028-02-29T00:00:00Z', 'UTC', '2028-02-29'],
    ['some day', 'UTC', null],
  ];
  for (const [at, zone, day] of cases) {
    assert.equal(dayOf(at, zone), day, `${at} in ${zone}`);
    assert.deepEqual(days([entry(at)], zone), day === null ? [] : [day]);
  }
});

test('this month is there, and every month in which something stands, in order, with whole weeks from Monday', () => {
  const months = monthsOf([entry('2027-02-03'), entry('2026-09-30T00:00:00Z'), entry('2027-02-20')], 'UTC', NOW);
  assert.deepEqual(months.map(({ month }) => month), ['2026-09', '2026-11', '2027-02']); // biome-ignore format: one line
  const november = months[1]!;
  // The first of November 2026 is a Sunday.
  assert.deepEqual(november.weeks[0]!.map((day) => day?.number ?? null), [null, null, null, null, null, null, 1]); // biome-ignore format: one line
  assert.deepEqual(november.weeks.flat().filter((day) => day?.isToday).map((day) => day!.date), ['2026-11-26']); // biome-ignore format: one line
});

test('nothing that has a day is left out, and each stands once', () => {
  const at = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }).map((date) => date.toISOString()); // biome-ignore format: one line
  const zone = fc.constantFrom('UTC', 'America/Denver', 'Asia/Kolkata', 'Pacific/Apia');
  fc.assert(
    fc.property(fc.uniqueArray(at, { maxLength: 12 }), zone, (times, where) => {
      const shown = monthsOf(times.map((one) => entry(one)), where, NOW).flatMap(({ weeks }) => {
        for (const week of weeks) assert.equal(week.length, 7);
        return weeks.flat().flatMap((day) => day?.entries.map(({ key }) => key) ?? []);
      }); // biome-ignore format: one property
      assert.deepEqual(shown.toSorted(), times.toSorted());
    }),
  );
});
