import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inert } from './inert.ts';

test('what nobody would see is shown, what people write is left', () => {
  for (const [given, shown] of [
    ['Doña Ana, 北京, שלום', 'Doña Ana, 北京, שלום'],
    ['invoice\u202egpj.exe', 'invoice⟨U+202E⟩gpj.exe'],
    ['a\u200bb', 'a⟨U+200B⟩b'],
    ['\u0000', '⟨U+0000⟩'],
    ['one\ntwo\tthree', 'one\ntwo\tthree'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
  ] as const)
    assert.equal(inert(given), shown);
});

test('a very long text is cut, and its length said', () => {
  const shown = inert('x'.repeat(10_000_000));
  assert.ok(shown.length < 2100);
  assert.match(shown, /10,000,000 characters/);
});
