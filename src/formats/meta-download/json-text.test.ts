import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { flattened, readJson } from './json-text.ts';

const same = (text: string) => text;

test('reads what JSON.parse reads, every leaf as text', () => {
  const asText = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(asText);
    if (value === null) return '';
    if (typeof value !== 'object') return typeof value === 'string' ? value : JSON.stringify(value);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asText(item)]));
  };
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value ?? ''));
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 0, max: 2 }), (value, indent) => {
      const read = readJson(JSON.stringify(value, null, indent), same);
      assert.deepEqual(plain(read.value), plain(asText(value)));
      assert.deepEqual([read.brokenAt, read.twice], [null, []]);
    }),
    { seed: 20260713 },
  );
});

test('keeps every digit of a number', () => {
  assert.deepEqual(flattened(readJson('{"id": 100000000000000000042, "n": 1.50}', same).value!), {
    id: '100000000000000000042',
    n: '1.50',
  });
});

test('says where a text stops being JSON and keeps what came before', () => {
  const cases: [string, string | null][] = [
    ['', '$'], ['{"a": [1, 2', '$.a[1]'], ['{"a": 12', '$.a'], ['{"a": [1, 2 ', '$.a'], ['{"a": [1, ', '$.a[1]'], ['{"a": [{"b": 1}, {"b": ', '$.a[1].b'],
    ['{"a": [{"b": 1}, {"b": "x', '$.a[1].b'], ['{"a": 1} x', '$'], ['{"a" 1}', '$'], ['[1,]', '$[1]'], ['[', '$[0]'],
    ['{"a b": [', '$["a b"][0]'], ['{"a": tru', '$.a'], ['{"a": 01}', '$'], ['"\\u12"', '$'], ['{}', null],
  ]; // biome-ignore format: pairs
  for (const [text, place] of cases) assert.equal(readJson(text, same).brokenAt, place, text);
  assert.deepEqual(flattened(readJson('{"a": [{"b": 1}, {"b": ', same).value!), { 'a[0].b': '1' });
});

test('notices a field written twice and keeps both', () => {
  const read = readJson('{"rows": [{"t": 1}, {"t": 1, "t": 2, "t": 3}]}', same);
  assert.deepEqual(read.twice, ['$.rows[1]', '$.rows[1]']);
  assert.deepEqual(flattened(read.value!), {
    'rows[0].t': '1',
    'rows[1].t': '1',
    'rows[1].t[2]': '2',
    'rows[1].t[3]': '3',
  });
});

test('hostile nesting and hostile keys end in a word, not in a crash', () => {
  assert.ok(readJson('['.repeat(1_000_000), same).brokenAt !== null);
  const read = readJson('{"__proto__": {"polluted": true}}', same);
  assert.deepEqual(flattened(read.value!), { '__proto__.polluted': 'true' });
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
});
