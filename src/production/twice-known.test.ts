/** An account that two sources know, or one of them for two times: reached once, and accounted for once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textFrom } from '../base/interval.ts';
import type { Resolved } from '../instrument/legal-request.ts';
import { order } from '../instrument/rules/example.ts';
import { fileAfter, receivedFile } from '../request/example.ts';
import { accountingOf } from './account.ts';
import { approvedScope } from './approved-scope.ts';

const [FEBRUARY, MARCH, APRIL, MAY] = ['02', '03', '04', '05'].map((month) => `2026-${month}-01T00:00:00Z`) as [
  string, string, string, string,
]; // biome-ignore format: four months
const held = (from: string | null, to: string | null): Resolved => ({ account: '42', type: 'account-id', from, to });

function scopeOf(resolved: Resolved[]) {
  const target = { type: 'handle', value: 'sunny.goods' };
  const item = { id: '1', target: 0, category: 'DC-02', from: FEBRUARY, to: MAY };
  const file = fileAfter(
    receivedFile(order({ targets: [target], items: [item] })),
    [{ act: 'resolve', resolved: [resolved], sources: ['one', 'other'] }, 'in_review'],
    [{ act: 'decide', item: '1', decision: 'approve', reason: 'r' }, 'in_review'],
  );
  return approvedScope(file).scope;
}

const timesOf = (resolved: Resolved[]) => scopeOf(resolved).items.map(({ id, range }) => [id, textFrom(range.began), textFrom(range.ended)]); // biome-ignore format: one line

test('what two sources say of one account is one', () => {
  assert.deepEqual(timesOf([held(null, null), held(null, null)]), [['1', FEBRUARY, MAY]]);
  assert.deepEqual(timesOf([held(MARCH, APRIL), held(null, null)]), [['1', FEBRUARY, MAY]]);
  assert.deepEqual(timesOf([held(MARCH, null), held(null, MARCH)]), [['1', FEBRUARY, MAY]]);
});

test('times that do not meet stay apart, and each row is accounted for in the one it belongs to', () => {
  const resolved = [held(APRIL, null), held(null, MARCH)];
  assert.deepEqual(timesOf(resolved), [
    ['1', FEBRUARY, MARCH],
    ['1#2', APRIL, MAY],
  ]);
  const path = 'records/session.csv';
  const count = (item: string, produced: number) => ({ item, table: 't', produced, withheld: {}, parts: {} });
  const line = (item: string, rows: number) => ({ item, path, rows });
  const lines = [line('1', 2), line('1#2', 3)];
  const written = { files: [], lines, people: 0, rows: 5, digest: '' };
  const { accounting } = accountingOf(scopeOf(resolved), [count('1', 2), count('1#2', 3)], written);
  assert.deepEqual(
    accounting.items.map(({ item, produced, files }) => [item, produced, files]),
    [
      ['1', 2, [{ path: `data/${path}`, rows: 2 }]],
      ['1', 3, [{ path: `data/${path}`, rows: 3 }]],
    ],
  );
});
