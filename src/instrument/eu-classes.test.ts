/** The EU class of each category, and of an item by what it asks and which certificate it stands on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classOfItem, type EuClass, euClass } from './eu-classes.ts';
import { CATEGORIES } from './kinds.ts';
import { europeanOrder } from './rules/example.ts';

const TABLE: Record<EuClass, string[]> = {
  subscriber: ['DC-01', 'DC-03', 'DC-04'],
  identification: [],
  traffic: ['DC-02', 'DC-05', 'DC-06', 'DC-07', 'DC-10', 'DC-11'],
  content: ['DC-09', 'DC-12', 'DC-13', 'DC-22'],
};

test('each category has the class of the table, or none', () => {
  for (const category of CATEGORIES) {
    const expected = Object.entries(TABLE).find(([, all]) => all.includes(category))?.[0] ?? null;
    assert.equal(euClass(category), expected, category);
  }
  assert.equal(euClass(undefined), null);
});

test('sessions are identification data only when asked for solely to identify; no other category ever is', () => {
  for (const category of CATEGORIES)
    assert.equal(
      euClass(category, { onlyToIdentify: true }),
      category === 'DC-02' ? 'identification' : euClass(category),
    );
});

const ITEMS: [string, string, Record<string, unknown>, EuClass | null][] = [
  ['sessions', 'EU-EPOC-T', { category: 'DC-02' }, 'traffic'],
  ['sessions only to identify', 'EU-EPOC-S', { category: 'DC-02', asks: ['only to identify'] }, 'identification'],
  ['sessions to identify and to learn contacts', 'EU-EPOC-S', { category: 'DC-02', asks: ['only to identify', 'contacts or movements'] }, 'traffic'],
  ['a name to learn movements', 'EU-EPOC-S', { category: 'DC-01', asks: ['contacts or movements'] }, 'traffic'],
  ['messages to learn contacts', 'EU-EPOC-T', { category: 'DC-12', asks: ['contacts or movements'] }, 'content'],
  ['transactions on a subscriber certificate', 'EU-EPOC-S', { category: 'DC-08' }, 'subscriber'],
  ['transactions on a traffic certificate', 'EU-EPOC-T', { category: 'DC-08' }, 'traffic'],
  ['no category on a traffic certificate', 'EU-EPOC-T', {}, 'traffic'],
  ['no category on a preservation certificate', 'EU-EPOC-PR', {}, null],
]; // biome-ignore format: one line an item

for (const [says, type, item, expected] of ITEMS) {
  test(`${says}: ${expected ?? 'no class'}`, () => {
    const request = europeanOrder({ instrument: { type }, items: [{ id: '1', target: 0, ...item }] });
    assert.equal(classOfItem(request, request.items[0]!), expected);
  });
}
