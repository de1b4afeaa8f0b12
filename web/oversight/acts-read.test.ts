import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actsIn, matching } from './acts-read.ts';

const entry = (id: string, phase: string, more: object = {}) => ({
  id,
  phase,
  act: 'request.review',
  op: 'alteration',
  actor: 'p-1',
  actorName: 'M. Stone',
  recordedAt: '2026-11-26T10:00:00.000Z',
  ...more,
});
const NONE = { of: '', by: '', act: '', op: '', from: '', to: '' };

test('an act is read with how it ended, the newest first', () => {
  const acts = actsIn([
    entry('1', 'intent', { matter: 'r-1' }),
    entry('2', 'outcome', { ref: '1', result: 'ok' }),
    entry('3', 'intent', { actorName: null }),
    entry('4', 'fact', { result: 'ok', act: 'entry.in' }),
  ]);
  assert.deepEqual(
    acts.map(({ id, act, by, of, result }) => [id, act, by, of, result]),
    [
      ['4', 'entry in', 'M. Stone', '', 'ok'],
      ['3', 'request review', 'p-1', '', ''],
      ['1', 'request review', 'M. Stone', 'r-1', 'ok'],
    ],
  );
});

test('acts are found by person, act, matter and a half-open time', () => {
  const acts = actsIn([
    entry('1', 'intent'),
    entry('2', 'intent', { recordedAt: '2026-11-26T11:00:00.000Z', matter: 'r-1' }),
  ]);
  const ids = (filter: object) => matching(acts, { ...NONE, ...filter }).map(({ id }) => id);
  assert.deepEqual(ids({}), ['2', '1']);
  assert.deepEqual(ids({ of: 'r-1' }), ['2']);
  assert.deepEqual(ids({ from: '2026-11-26T10:00:00Z', to: '2026-11-26T11:00:00Z' }), ['1']);
  assert.deepEqual(ids({ by: 'nobody' }), []);
  assert.deepEqual(ids({ from: 'no time' }), ['2', '1']);
});
