import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256 } from '../base/digest.ts';
import { type Entry, entryBytes, isCanonical, readEntry, wrongField } from './entry.ts';

const digest = sha256('');
const INTENT: Entry = {
  v: 1,
  id: 'e1',
  phase: 'intent',
  act: 'examiner.importReturn',
  op: 'collection',
  recordedAt: '2026-01-02T03:04:05.678Z',
  matter: 'm1',
  matterSeq: 1,
  matterPrev: digest,
  actor: 'person-1',
  desk: 'examiner',
  input: digest,
  instrument: 'i1',
  scope: digest,
  objects: { digest, count: 1 },
  counts: { records: 3 },
  detail: digest,
  build: '0.1.0',
};

test('an entry is read back from its bytes, which are canonical', () => {
  const bytes = entryBytes(INTENT);
  assert.deepEqual(readEntry(bytes), INTENT);
  assert.ok(isCanonical(bytes, readEntry(bytes)!));
});

const wrong: [string, Record<string, unknown>][] = [
  ['entry', []],
  ['v', { v: 2 }],
  ['id', { id: '' }],
  ['phase', { phase: 'plan' }],
  ['act', { act: 'searched for a name' }],
  ['op', { op: 'reading' }],
  ['recordedAt', { recordedAt: '2026-01-02T03:04:05Z' }],
  ['recordedAt', { recordedAt: '2026-02-30T03:04:05.678Z' }],
  ['recordedAt', { recordedAt: '2026-01-02T03:04:05.678+00:00' }],
  ['actor', { actor: 'person@mail.example' }],
  ['desk', { desk: 'Examiner desk' }],
  ['input', { input: digest.toUpperCase() }],
  ['ref', { ref: 'e0' }],
  ['result', { result: 'ok' }],
  ['ref', { phase: 'outcome', result: 'ok' }],
  ['result', { phase: 'outcome', ref: 'e0' }],
  ['result', { phase: 'fact', result: 'It did not work' }],
  ['matter', { matter: '+1 505 555 0100' }],
  ['matterSeq', { matterSeq: undefined }],
  ['matterSeq', { matterSeq: -1 }],
  ['matterPrev', { matterSeq: 0 }],
  ['matterPrev', { matterPrev: undefined }],
  ['objects', { objects: { digest } }],
  ['objects', { objects: { digest, root: digest, count: 1 } }],
  ['counts', { counts: { records: 1.5 } }],
  ['counts', { counts: { 'a name': 1 } }],
  ['detail', { detail: 'free text' }],
  ['unknown field', { note: 'free text' }],
  ['unknown field', JSON.parse('{"__proto__":{}}')],
];
for (const [field, change] of wrong) {
  test(`an entry with ${JSON.stringify(change)} is not kept, for its ${field}`, () => {
    const entry = Array.isArray(change) ? change : { ...INTENT, ...change };
    if (Object.hasOwn(change, '__proto__')) Object.defineProperty(entry, '__proto__', { value: {}, enumerable: true });
    assert.equal(wrongField(entry), field);
    assert.throws(() => entryBytes(entry as unknown as Entry), TypeError);
  });
}

const canonical = Buffer.from(entryBytes(INTENT)).toString();
for (const [name, text] of [
  ['a repeated key', canonical.replace('{"act"', '{"act":"other.act","act"')],
  ['white space', canonical.replace(',', ', ')],
  ['another order', JSON.stringify(INTENT)],
  ['another spelling of a number', canonical.replace('"matterSeq":1', '"matterSeq":1e0')],
  ['an escaped letter', canonical.replace('person', '\\u0070erson')],
] as const) {
  test(`an entry with ${name} is read but is not canonical`, () => {
    const bytes = Buffer.from(text);
    assert.notEqual(text, canonical);
    assert.ok(!isCanonical(bytes, readEntry(bytes)!));
  });
}

test('broken UTF-8, deep nesting and a byte order mark are no entries', () => {
  const broken = Buffer.from(canonical);
  broken[broken.indexOf('person')] = 0xff;
  for (const bytes of [
    broken,
    Buffer.from(`\ufeff${canonical}`),
    Buffer.from('['.repeat(60_000)),
    Buffer.from('null'),
  ]) {
    assert.equal(readEntry(bytes), null);
  }
});
