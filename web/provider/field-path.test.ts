import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldRows, isAbout } from './field-path.ts';

test('a demand becomes rows, and empty fields none', () => {
  assert.deepEqual(
    fieldRows({ instrument: { type: 'US-2703D', statutes: ['a', 'b'], note: '' }, items: [{ id: '1', from: null }] }),
    [
      { path: 'instrument.type', value: 'US-2703D' },
      { path: 'instrument.statutes', value: 'a, b' },
      { path: 'items[0].id', value: '1' },
    ],
  );
});

test('a finding points at its field, at what holds it and at what lies in it', () => {
  for (const [finding, field, holds] of [
    ['instrument.type', 'instrument.type', true],
    ['items[0]', 'items[0].category', true],
    ['items.0.category', 'items[0]', true],
    ['items[1]', 'items[10].id', false],
    ['instrument.signed', 'instrument.signedOn', false],
    ['', 'instrument.type', false],
  ] as const)
    assert.equal(isAbout(finding, field), holds, `${finding} ${field}`);
});
