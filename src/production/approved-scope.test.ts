/** Whose rows an approved item reaches, and in which time. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { microsFrom } from '../base/interval.ts';
import type { Resolved } from '../instrument/legal-request.ts';
import { order, warrant } from '../instrument/rules/example.ts';
import { fileAfter, receivedFile } from '../request/example.ts';
import { approvedScope } from './approved-scope.ts';

const NOON = '2026-03-04T12:00:00Z';
const HOLDERS: Resolved[] = [
  { account: '42', type: 'account-id', from: '2026-03-04T00:00:00Z', to: NOON },
  { account: '43', type: 'account-id', from: NOON, to: '2026-03-05T00:00:00Z' },
];

function scopeOf(target: object, item: object) {
  const request = order({ targets: [target], items: [{ id: '1', target: 0, ...item }] });
  const file = fileAfter(
    receivedFile(request),
    [{ act: 'resolve', resolved: [HOLDERS], sources: [] }, 'in_review'],
    [{ act: 'decide', item: '1', decision: 'approve', reason: 'r' }, 'in_review'],
  );
  const { scope, unreached } = approvedScope(file);
  return { reached: scope.items.map(({ target: { value }, range }) => [value, range.began, range.ended]), unreached };
}

const RANGE = { category: 'DC-02', from: '2026-02-01T00:00:00Z', to: '2026-05-01T00:00:00Z' };
const [BEGAN, ENDED] = [microsFrom(RANGE.from)!, microsFrom(RANGE.to)!];

test('an address seen at a moment is its holder’s at that moment, for who that is as for what was asked of them', () => {
  const seen = (observedAt: string) => ({ type: 'ip', value: '203.0.113.7', observedAt });
  assert.deepEqual(scopeOf(seen('2026-03-04T11:59:59Z'), RANGE).reached, [['42', BEGAN, ENDED]]);
  assert.deepEqual(scopeOf(seen(NOON), RANGE).reached, [['43', BEGAN, ENDED]]);
  assert.deepEqual(scopeOf(seen(NOON), { category: 'DC-01' }).reached.map(([account]) => account), ['43']);
  assert.deepEqual(scopeOf(seen('2026-03-05T00:00:00Z'), RANGE), {
    reached: [],
    unreached: [{ item: '1', why: 'the identifier names no account in that time' }],
  });
}); // biome-ignore format: one line each

test('an identifier without such a moment reaches each account for the time it had it', () => {
  assert.deepEqual(scopeOf({ type: 'handle', value: 'sunny.goods' }, RANGE).reached, [
    ['42', microsFrom('2026-03-04T00:00:00Z'), microsFrom(NOON)],
    ['43', microsFrom(NOON), microsFrom('2026-03-05T00:00:00Z')],
  ]);
});

test('an area is nothing that is looked up here, and is not answered as if it had been', () => {
  const request = warrant({
    targets: [{ type: 'area', value: 'within 150 m of 35.0844, -106.6504' }],
    items: [{ id: '1', target: 0, ...RANGE, category: 'DC-21' }],
  });
  const file = fileAfter(receivedFile(request), [{ act: 'decide', item: '1', decision: 'approve', reason: 'r' }, 'in_review']);
  assert.deepEqual(approvedScope(file), {
    scope: { instrument: request.id, version: 1, items: [] },
    unreached: [{ item: '1', why: 'nothing here is looked up by area' }],
  });
}); // biome-ignore format: one line each
