/** Whoever is masked stands nowhere in the record: not in a column, not in a text, not in the list of whom it mentions. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identifier } from '../record/identifier.ts';
import type { Draft } from '../record/record.ts';
import { masked } from './mask.ts';
import type { Scope } from './scope.ts';

const who = (text: string) => identifier('email', text)!;
const [BUYER, SELLER] = [who('buyer@mail.example'), who('seller@mail.example')];

const draft: Draft = {
  kind: 'contact',
  category: 'DC-06',
  subjects: [identifier('account-id', '42')!],
  began: 0n,
  ended: null,
  precision: 'second',
  timeAsStored: '1970-01-01T00:00:00Z',
  zoneBasis: 'stated',
  values: { counterpart: 'buyer@mail.example', direction: 'sent' },
  raw: { to: 'buyer@mail.example', cc: 'seller@mail.example' },
  mentions: [
    { column: 'counterpart', who: BUYER, fields: ['to'] },
    { column: null, who: SELLER, fields: ['cc'] },
  ],
};

const scopeOf = (...named: (typeof BUYER)[]): Pick<Scope, 'items'> => ({
  items: named.map((target, index) => ({ id: `${index}`, target, categories: ['DC-06'], range: { began: 0n, ended: 1n } })),
}); // biome-ignore format: one line

test('whom no item names is a number everywhere, and not in what the record says it mentions', () => {
  const shown = masked(draft, scopeOf(), () => 'person 1');
  assert.deepEqual(shown.values, { counterpart: 'person 1', direction: 'sent' });
  assert.deepEqual(shown.raw, { to: 'person 1', cc: 'person 1' });
  assert.equal(shown.mentions, undefined);
});

test('whom an item names stays, by name and in the list', () => {
  const shown = masked(draft, scopeOf(SELLER), () => 'person 1');
  assert.deepEqual(shown.raw, { to: 'person 1', cc: 'seller@mail.example' });
  assert.deepEqual(shown.mentions, [{ column: null, who: SELLER, fields: ['cc'] }]);
  assert.equal(
    masked(draft, scopeOf(BUYER, SELLER), () => 'person 1'),
    draft,
  );
});
