import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Item, isLess, itemsOf, itemWords, rowsOf } from './narrowing.ts';

const ITEMS = [
  { id: '1', target: 0, category: 'DC-07', from: '2026-01-01', to: '2026-12-31', throughLastDay: true, rawText: 'everything', asks: [] },
  { id: '2', target: 0, rawText: 'photos', throughLastDay: false, asks: [] },
] as unknown as Item[]; // biome-ignore format: a line an item

test('untouched, the items are what they were', () => {
  const rows = rowsOf({ items: ITEMS });
  assert.deepEqual(itemsOf(rows), ITEMS);
  assert.equal(isLess(rows), false);
});

test('an item is given up, another gets an earlier end, which is then no whole day any more', () => {
  const [first, second] = rowsOf({ items: ITEMS });
  const rows = [
    { ...first!, to: '2026-03-01' },
    { ...second!, kept: false },
  ];
  assert.equal(isLess(rows), true);
  const [left, ...others] = itemsOf(rows);
  assert.deepEqual(others, []);
  assert.deepEqual([left!.to, left!.throughLastDay, left!.from], ['2026-03-01', false, '2026-01-01']);
  assert.equal(itemWords(left!), '1: DC-07; from 2026-01-01 to before 2026-03-01');
  assert.equal(itemWords(ITEMS[0]!), '1: DC-07; from 2026-01-01 to the end of 2026-12-31');
  assert.equal(itemWords(ITEMS[1]!), '2: no category; no dates');
});
