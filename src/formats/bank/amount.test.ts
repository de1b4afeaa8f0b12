import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readAmount, readPlainAmount } from './amount.ts';

test('an amount is read only in the ways that leave one reading', () => {
  const cases: [string, string | null][] = [
    ['-250.00', '-250.00'], ['-250,00', '-250.00'], ['1.234,56', '1234.56'], ['1,234.56', '1234.56'],
    ['$-12.00', '-12.00'], ['-$12.00', '-12.00'], ['+7', '7'], ['.50', '0.50'], ['5.', '5'], ['007.10', '7.10'],
    ['1.234', null], ['12,345', null], ['999.999', null], ['1234.567', '1234.567'], ['0.125', '0.125'],
    ['1.234.567', '1234567'], ["1'234.50", '1234.50'], ['1 234,50', '1234.50'], ['1,23,456.00', null],
    ['1.234,567.89', null], ['--5', null], ['-$-5', null], ['(5.00)', null], ['5.00-', null], ['1e3', null], ['', null],
    ['1.123456789', null], ['1.120000000000', '1.12'], ['123456789012345678901', null],
  ]; // biome-ignore format: pairs
  for (const [text, expected] of cases) {
    const read = readAmount(text);
    const written = read === null ? null : `${read.negative ? '-' : ''}${read.decimal}`;
    // `1.12` with zeros behind it keeps at most eight digits, and never loses one that counts.
    assert.equal(written, expected, text);
  }
});

test('an amount written with two decimals is the same in every way of writing it', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 17n), (cents) => {
      const whole = String(cents / 100n);
      const decimals = String(cents % 100n).padStart(2, '0');
      const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '.');
      const exact = `${whole}.${decimals}`;
      assert.equal(readAmount(exact)?.decimal, exact);
      assert.equal(readAmount(`${whole},${decimals}`)?.decimal, exact);
      assert.equal(readAmount(`${grouped},${decimals}`)?.decimal, exact);
      assert.equal(readPlainAmount(exact), exact);
    }),
    { seed: 20260713 },
  );
});

test('a decimal of ISO 20022 takes no comma and no sign but plus', () => {
  assert.equal(readPlainAmount('+1.50'), '1.50');
  for (const text of ['1,50', '-1.50', '1 000.00', '.', '']) assert.equal(readPlainAmount(text), null, text);
});
