/** A record without a part: neither its columns nor its texts, nor whom only the part names. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identifier } from '../record/identifier.ts';
import type { Draft } from '../record/record.ts';
import { without } from './part.ts';

const who = identifier('email', 'buyer@mail.example')!;
const draft: Draft = {
  kind: 'contact',
  category: 'DC-06',
  subjects: [],
  began: 0n,
  ended: null,
  precision: 'second',
  timeAsStored: '',
  zoneBasis: 'stated',
  values: { counterpart: 'buyer@mail.example' },
  raw: { id: 'h1', subject: 'About an offer' },
  parts: [{ category: 'DC-12', columns: [], fields: ['subject'] }],
  mentions: [{ column: 'counterpart', who, fields: ['counterpart'] }],
};

test('what is left names only texts the record has', () => {
  const left = without(draft, draft.parts!);
  assert.deepEqual([left.raw, left.parts], [{ id: 'h1' }, undefined]);
  assert.deepEqual(left.mentions, [{ column: 'counterpart', who, fields: [] }], 'the column is no text of the row');
  assert.deepEqual(without(draft, []).parts, draft.parts);
});

test('whom only a part names is not mentioned without it', () => {
  const part = { category: 'DC-07', columns: ['counterpart' as const], fields: ['counterpart'] };
  const left = without({ ...draft, parts: [part] }, [part]);
  assert.deepEqual([left.values, left.mentions], [{}, undefined]);
});
