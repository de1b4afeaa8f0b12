import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readAmount, readDuration, readLength, readPort } from './numbers.ts';

test('keeps every digit of an amount', () => {
  const table: [string, string][] = [
    ['250', '250'],
    ['250.00', '250.00'],
    ['-1,234.50', '-1234.50'],
    ['(1,234.50)', '-1234.50'],
    ['$ 1,234,567', '1234567'],
    ['1.234,50', '1234.50'],
    ["1'234.50", '1234.50'],
    ['1\u202f234,50 €', '1234.50'],
    ['12345678901234567890.12345678', '12345678901234567890.12345678'],
    ['0.123', '0.123'],
    ['1234.567', '1234.567'],
    ['007', '7'],
  ];
  for (const [text, amount] of table) {
    assert.deepEqual(readAmount(text, undefined), { amount, currency: null }, text);
  }
  assert.deepEqual(readAmount('USD 250.00', undefined), { amount: '250.00', currency: 'USD' });
  assert.deepEqual(readAmount('250.00 EUR', undefined), { amount: '250.00', currency: 'EUR' });
});

test('asks where one sign may be either, and reads it as declared', () => {
  assert.equal(readAmount('1.234', undefined), 'ambiguous');
  assert.equal(readAmount('1,234', undefined), 'ambiguous');
  assert.equal((readAmount('1.234', 'point') as { amount: string }).amount, '1.234');
  assert.equal((readAmount('1.234', 'comma') as { amount: string }).amount, '1234');
});

test('does not read what is no amount or not of the declared sign', () => {
  for (const text of [
    '',
    'abc',
    '1.2.3',
    '1,23,456',
    '(5',
    '--5',
    '1e5',
    '12 34',
    '123456789012345678901',
    '0.123456789',
  ]) {
    assert.equal(readAmount(text, undefined), null, text);
  }
  assert.equal(readAmount('1.234,50', 'point'), null);
});

test('reads ports, durations and lengths in their declared unit', () => {
  assert.deepEqual([readPort('51515'), readPort('65536'), readPort('-1'), readPort('')], [51515, null, null, null]);
  assert.equal(readDuration('62', undefined, undefined), 62);
  assert.equal(readDuration('1.5', 'minutes', undefined), 90);
  assert.equal(readDuration('1:02:03', 'h:mm:ss', undefined), 3723);
  assert.equal(readDuration('1:02', 'h:mm:ss', undefined), null);
  assert.equal(readDuration('1:02:03', undefined, undefined), null);
  assert.equal(readLength('25,5', undefined, 'comma'), 25.5);
  assert.equal(readLength('1', 'miles', undefined), 1609.344);
  assert.equal(readLength('-1', undefined, undefined), null);
});

test('an amount written plainly is given back as it is, and no text throws', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 19n }), fc.stringMatching(/^\d{1,8}$/), (whole, fraction) => {
      assert.deepEqual(readAmount(`${whole}.${fraction}`, 'point'), { amount: `${whole}.${fraction}`, currency: null });
    }),
    { seed: 17, numRuns: 200 },
  );
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9.,' ()$A-Z+-]{0,25}$/)), (text) => {
      const read = readAmount(text, undefined);
      if (read !== null && read !== 'ambiguous') assert.match(read.amount, /^-?\d{1,20}(\.\d{1,8})?$/);
    }),
    { seed: 17, numRuns: 500 },
  );
});
