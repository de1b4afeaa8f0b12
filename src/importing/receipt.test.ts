import assert from 'node:assert/strict';
import { test } from 'node:test';
import { microsFrom } from '../base/interval.ts';
import type { Stated } from '../formats/format.ts';
import { identifier } from '../record/identifier.ts';
import type { Scope } from '../scope/scope.ts';
import { receiptOf } from './receipt.ts';

const at = (text: string) => microsFrom(text)!;
const ACCOUNT = identifier('bank-account', '42')!;
const SCOPE: Scope = {
  instrument: 'i',
  version: 1,
  items: [
    {
      id: '1',
      target: ACCOUNT,
      categories: ['DC-08'],
      range: { began: at('2024-05-01T00:00:00Z'), ended: at('2024-06-01T00:00:00Z') },
    },
  ],
};

function saysOf(began: string, ended: string, over: Partial<Stated> = {}): string[] {
  const stated = {
    targets: [ACCOUNT],
    began: at(began),
    ended: at(ended),
    generated: null,
    fields: {},
    file: 'b.ofx',
    ...over,
  };
  const originals = [{ name: 'b.ofx', sha256: 'a'.repeat(64), sizeBytes: 1 }];
  const of = { return: 'r', importedAt: '', importedBy: '', declaredZone: null, profile: null, originals };
  return receiptOf({ ...of, scope: SCOPE, files: [], stated: [stated] }).mismatches.map(
    ({ about, says }) => `${about}: ${says}`,
  );
}

test('a range equal to the paper is no mismatch, and one wider or narrower by a second is', () => {
  assert.deepEqual(saysOf('2024-05-01T00:00:00Z', '2024-06-01T00:00:00Z'), []);
  assert.match(saysOf('2024-04-30T23:59:59Z', '2024-06-01T00:00:00Z').join(), /beyond/);
  assert.match(saysOf('2024-05-01T00:00:01Z', '2024-06-01T00:00:00Z').join(), /less/);
});

test('days of no zone are beyond the paper only when they are so in every zone', () => {
  // The days 1 to 31 May, from their start at UTC+14 to their end at UTC−12.
  assert.deepEqual(saysOf('2024-04-30T10:00:00Z', '2024-06-01T12:00:00Z', { days: true }), []);
  assert.match(
    saysOf('2024-04-29T10:00:00Z', '2024-06-01T12:00:00Z', { days: true }).join(),
    /^range: The return reaches beyond the range of the paper\.$/,
  );
  assert.match(saysOf('2024-05-01T10:00:00Z', '2024-06-01T12:00:00Z', { days: true }).join(), /less/);
});

test('another account is named, and its range is then beside the point', () => {
  const [only, ...more] = saysOf('2020-01-01T00:00:00Z', '2021-01-01T00:00:00Z', {
    targets: [identifier('bank-account', '43')!],
  });
  assert.match(only!, /^target:/);
  assert.deepEqual(more, []);
});
