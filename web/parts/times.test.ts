import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inZone, untilWords } from './times.ts';

test('an instant is shown in a named zone', () => {
  for (const [instant, zone, shown] of [
    ['2017-03-04T12:06:07Z', 'UTC', '2017-03-04 12:06:07 UTC'],
    ['2017-03-04T12:06:07.123456Z', 'America/Denver', '2017-03-04 05:06:07 MST'],
    ['2017-07-04T12:06:07Z', 'America/Denver', '2017-07-04 06:06:07 MDT'],
    ['2017-07-04T12:06:07Z', 'Asia/Kathmandu', '2017-07-04 17:51:07 UTC+05:45'],
    ['no time', 'UTC', 'no time'],
  ] as const)
    assert.equal(inZone(instant, zone), shown);
});

test('how long is said in the two largest units', () => {
  const now = Date.parse('2026-11-26T12:00:00Z');
  for (const [instant, said] of [
    ['2026-11-28T15:30:00Z', 'in 2 days 3 hours'],
    ['2026-11-26T11:00:00Z', '1 hour ago'],
    ['2026-11-26T12:00:20Z', 'now'],
  ] as const)
    assert.equal(untilWords(instant, now), said);
});
