import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysOf, type Login, lanesOf, within } from './lanes.ts';

const login = (began: string, answer: Login['answer']): Login => ({
  id: began,
  account: '42',
  began,
  ip: '203.0.113.7',
  port: null,
  answer,
  subscribersInScope: 0,
  subscriber: null,
  leases: 0,
  marginSeconds: null,
  words: '',
});
const LOGINS = [
  login('2017-02-01T23:59:59Z', 'one'),
  login('2017-02-02T00:00:00Z', 'none'),
  login('2017-02-02T10:00:00Z', 'one'),
];

const NOON = Date.parse('2017-02-02T12:00:00Z');

test('a login lies in the lane of its answer, other records in their own', () => {
  const lanes = lanesOf(LOGINS, new Map([['transfer', [{ at: NOON, to: NOON }]]]));
  assert.deepEqual(
    lanes.map(({ name, marks }) => [name, marks.map(({ login: index }) => index)]),
    [
      ['one', [0, 2]],
      ['several', []],
      ['none', [1]],
      ['cannot tell', []],
      ['transfer', [null]],
    ],
  );
});

test('a day is half-open: midnight belongs to the day that begins', () => {
  const [first, second] = daysOf(LOGINS);
  const [one, , none] = lanesOf(LOGINS, new Map());
  assert.deepEqual(
    within(one!, first!).map(({ login: index }) => index),
    [0],
  );
  assert.deepEqual(within(none!, first!), []);
  assert.deepEqual(
    within(none!, second!).map(({ login: index }) => index),
    [1],
  );
});

test('a lease that lasts over midnight is seen on both days, and not on the day it ends at', () => {
  const [first, second] = daysOf(LOGINS);
  const hour = 3_600_000;
  const late = { at: first!.ended - hour, to: first!.ended + hour };
  const ends = { at: first!.ended - hour, to: first!.ended };
  const lane = lanesOf([], new Map([['lease', [late, ends]]])).at(-1)!;
  assert.equal(within(lane, first!).length, 2);
  assert.deepEqual(
    within(lane, second!).map(({ to }) => to),
    [late.to],
  );
});
