import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { dueInWords } from './deadline.ts';
import { type EnforcingState, euDays, euWorkingDays } from './eu-days.ts';
import { euEmergency, euHours } from './eu-hours.ts';
import { addMonths } from './months.ts';
import { euPreservation, usPreservation } from './preservation.ts';
import { RULES } from './rules.ts';
import { businessDays, type UsPlace, usDays } from './us-days.ts';
import { WORKED_EXAMPLES } from './worked-examples.ts';
import { workingDays } from './working-days.ts';

const instant = Temporal.Instant.from;

test('each deadline worked out by hand comes out to the minute', () => {
  assert.ok(WORKED_EXAMPLES.length >= 80);
  for (const { shows, count, due } of WORKED_EXAMPLES) {
    const deadline = count();
    const got = deadline.due.toString({ timeZone: deadline.zone });
    assert.equal(deadline.due.toString(), instant(due).toString(), `${shows}: ${got}\n${deadline.steps.join('\n')}`);
    assert.ok(deadline.rule in RULES, deadline.rule);
    assert.ok(deadline.steps.length >= 3 && deadline.steps.some((step) => step.startsWith('due by ')), shows);
  }
});

test('an emergency certificate of Friday 17:10 is due on Saturday at 02:00, and the words say how', () => {
  const { steps, target, earlier, rule } = euEmergency(instant('2026-09-04T17:10+01:00'), 'IE');
  assert.deepEqual(steps, [
    'received Friday 2026-09-04 17:10 Europe/Dublin',
    'hour of receipt excluded: begins 18:00',
    '8 hours counted, by day and night; no weekend or holiday moves the end',
    'due by Saturday 2026-09-05 02:00 Europe/Dublin',
    'own target, eight hours from receipt: Saturday 2026-09-05 01:10 Europe/Dublin',
  ]);
  assert.equal(target.toString(), '2026-09-05T00:10:00Z');
  assert.equal(earlier.toString(), target.toString());
  assert.equal(rule, 'eu-emergency/1');
});

test('the words name every day passed over, and both offsets in a night when clocks change', () => {
  const { steps } = usDays(instant('2026-08-22T14:00Z'), 14, {
    jurisdiction: 'US',
    zone: 'America/New_York',
    event: 'served',
  });
  assert.deepEqual(steps, [
    'served Saturday 2026-08-22 10:00 America/New_York',
    'that day excluded: day 1 is Sunday 2026-08-23',
    'every day counted: day 14 is Saturday 2026-09-05',
    'Saturday 2026-09-05 is not worked: moves to Sunday 2026-09-06',
    'Sunday 2026-09-06 is not worked: moves to Monday 2026-09-07',
    'Monday 2026-09-07 is a holiday (Labor Day): moves to Tuesday 2026-09-08',
    'due by the end of Tuesday 2026-09-08 (24:00 America/New_York)',
  ]);
  const night = euEmergency(instant('2026-10-25T00:30Z'), 'DE').steps;
  assert.equal(night[0], 'received Sunday 2026-10-25 02:30 (UTC+02:00) Europe/Berlin');
  assert.equal(night[1], 'hour of receipt excluded: begins 02:00 (UTC+01:00)');
  assert.match(euDays(instant('2026-12-24T10:00Z'), 2, 'IE').steps.join('\n'), /only one working day/);
  assert.match(
    usDays(instant('2026-06-19T10:00Z'), 14, { jurisdiction: 'US', zone: 'America/New_York' }).steps.join('\n'),
    /Independence Day, kept on this day/,
  );
});

test('the end of a day is said as that day at 24:00, any other end as its hour', () => {
  const dublin = { zone: 'Europe/Dublin' };
  assert.equal(
    dueInWords({ due: instant('2026-09-14T23:00Z'), ...dublin }),
    'the end of Monday 2026-09-14 (24:00 Europe/Dublin)',
  );
  assert.equal(dueInWords({ due: instant('2026-09-05T01:00Z'), ...dublin }), 'Saturday 2026-09-05 02:00 Europe/Dublin');
});

test('a count that is no count, a place that is no place and a day that is no day are refused', () => {
  const start = instant('2026-09-04T17:10Z');
  const place = { jurisdiction: 'US', zone: 'America/New_York' } as const;
  for (const count of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 40_000]) {
    assert.throws(() => usDays(start, count, place), { code: 'calendar/count' });
    assert.throws(() => businessDays(start, count, place), { code: 'calendar/count' });
    assert.throws(() => euDays(start, count, 'IE'), { code: 'calendar/count' });
    assert.throws(() => euWorkingDays(start, count, 'IE'), { code: 'calendar/count' });
    assert.throws(() => euHours(start, count, 'IE'), { code: 'calendar/count' });
    assert.throws(() => addMonths(start, count, place), { code: 'calendar/count' });
  }
  assert.throws(() => usDays(start, 1, { jurisdiction: 'US-TX' }), { code: 'calendar/zone-not-named' });
  assert.throws(() => usDays(start, 1, { jurisdiction: 'US', zone: 'Mars/Olympus' }), {
    code: 'calendar/zone-unknown',
  });
  assert.throws(() => euDays(start, 1, 'XX' as EnforcingState), { code: 'calendar/jurisdiction-unknown' });
  assert.throws(() => euDays(start, 1, 'DE-ZZ'), { code: 'calendar/jurisdiction-unknown' });
  assert.throws(() => euDays(start, 1, 'IE', { notHolidays: ['2026-06-31'] }), { code: 'calendar/day' });
  assert.throws(() => euDays(start, 1, 'IE', { extraHolidays: [{ day: '4 July', name: '' }] }), {
    code: 'calendar/day',
  });
});

const STATES: EnforcingState[] = [
  'DE',
  'IE',
  'FR',
  'ES',
  'IT',
  'PL',
  'AT',
  'NL',
  'SE',
  'FI',
  'BG',
  'CY',
  'PT',
  'DE-BY',
];
const PLACES: UsPlace[] = [
  { jurisdiction: 'US', zone: 'America/New_York' },
  { jurisdiction: 'US', zone: 'Pacific/Honolulu' },
  { jurisdiction: 'US-NM' },
  { jurisdiction: 'US', zone: 'America/Anchorage', courtState: 'US-AK' },
];
const SEED = { seed: 20260904, numRuns: 300 };
const anyInstant = fc
  .integer({ min: Date.parse('2015-01-01'), max: Date.parse('2039-12-31') })
  .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
const anyState = fc.constantFrom(...STATES);
const anyPlace = fc.constantFrom(...PLACES);
const anyCount = fc.integer({ min: 1, max: 400 });
const later = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) > 0;
const lastDay = ({ due, zone }: { due: Temporal.Instant; zone: string }) =>
  due.subtract({ nanoseconds: 1 }).toZonedDateTimeISO(zone).toPlainDate();

test('no deadline is before its start, and one unit more is never earlier', () => {
  fc.assert(
    fc.property(anyInstant, anyCount, anyState, anyPlace, (start, count, state, place) => {
      const rules = [
        (n: number) => usDays(start, n, place),
        (n: number) => businessDays(start, n, place),
        (n: number) => euDays(start, n, state),
        (n: number) => euWorkingDays(start, n, state),
        (n: number) => euHours(start, n, state),
        (n: number) => addMonths(start, n, { zone: 'Europe/Dublin' }),
      ];
      for (const rule of rules) {
        const { due } = rule(count);
        assert.ok(later(due, start));
        assert.ok(!later(due, rule(count + 1).due));
      }
    }),
    SEED,
  );
});

test('where the rule moves a deadline it ends on a day that is worked, and has as many days as it says', () => {
  fc.assert(
    fc.property(anyInstant, anyCount, anyState, anyPlace, (start, count, state, place) => {
      const american = workingDays(place.courtState ? [place.jurisdiction, place.courtState] : [place.jurisdiction]);
      const european = workingDays([state]);
      for (const deadline of [
        usDays(start, count, place),
        businessDays(start, count, place),
        usPreservation(start, place),
      ])
        assert.equal(american.closedBecause(lastDay(deadline)), null);
      for (const deadline of [
        euDays(start, count, state),
        euWorkingDays(start, count, state),
        euPreservation(start, state),
      ])
        assert.equal(european.closedBecause(lastDay(deadline)), null);
      const { due, zone } = euDays(start, count, state);
      const first = start.toZonedDateTimeISO(zone).toPlainDate();
      assert.ok(first.until(lastDay({ due, zone })).days >= count);
    }),
    SEED,
  );
});

test('any period of two days or more has two working days of the enforcing State', () => {
  fc.assert(
    fc.property(anyInstant, fc.integer({ min: 2, max: 8 }), anyState, (start, count, state) => {
      const deadline = euDays(start, count, state);
      const days = workingDays([state]);
      let found = 0;
      for (
        let day = start.toZonedDateTimeISO(deadline.zone).toPlainDate().add({ days: 1 });
        Temporal.PlainDate.compare(day, lastDay(deadline)) <= 0;
        day = day.add({ days: 1 })
      ) {
        if (days.closedBecause(day) === null) found++;
      }
      assert.ok(found >= 2, deadline.steps.join('\n'));
    }),
    { ...SEED, numRuns: 1000 },
  );
});

test('the eight hours end more than eight and at most nine hours after receipt, on the hour', () => {
  fc.assert(
    fc.property(anyInstant, anyState, (receipt, state) => {
      const { due, zone, target, earlier } = euEmergency(receipt, state);
      const elapsed = receipt.until(due).total('hours');
      assert.ok(elapsed > 8 && elapsed <= 9, String(elapsed));
      assert.equal(due.toZonedDateTimeISO(zone).minute, 0);
      assert.ok(!later(earlier, due) && !later(earlier, target));
    }),
    { ...SEED, numRuns: 2000 },
  );
});

test('the zone and the language of the machine change nothing', () => {
  const script = `import(${JSON.stringify(new URL('./worked-examples.ts', import.meta.url).href)}).then(({ WORKED_EXAMPLES }) =>
    console.log(JSON.stringify(WORKED_EXAMPLES.map(({ count }) => count()))))`;
  const [here, ...elsewhere] = ['UTC', 'Asia/Kathmandu', 'Pacific/Kiritimati', 'America/Los_Angeles'].map((TZ) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, TZ, LANG: TZ === 'UTC' ? 'C' : 'tr_TR.UTF-8', LC_ALL: '' },
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    return stdout;
  });
  assert.match(here!, /eu-emergency\/1/);
  for (const there of elsewhere) assert.equal(there, here);
});
