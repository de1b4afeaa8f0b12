import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inWords, readPeriod } from './period.ts';

test('a half-year, a quarter and a year are half-open and in UTC', () => {
  const table: [string, string, string, string[], string][] = [
    ['2026-H1', '2026-01-01', '2026-07-01', ['2026-H1'], 'January to June 2026'],
    ['2026-H2', '2026-07-01', '2027-01-01', ['2026-H2'], 'July to December 2026'],
    ['2026-Q1', '2026-01-01', '2026-04-01', ['2026-Q1'], 'January to March 2026'],
    ['2026-Q4', '2026-10-01', '2027-01-01', ['2026-Q4'], 'October to December 2026'],
    ['2028', '2028-01-01', '2029-01-01', ['2028-H1', '2028-H2'], 'January to December 2028'],
  ];
  for (const [name, from, to, parts, words] of table) {
    const period = readPeriod(name);
    assert.deepEqual([period.name, period.from, period.to], [name, from, to]);
    assert.equal(period.began, BigInt(Date.parse(from)) * 1000n);
    assert.equal(period.ended, BigInt(Date.parse(to)) * 1000n);
    assert.deepEqual(period.parts.map((part) => part.name), parts); // biome-ignore format: one line
    assert.equal(inWords(period), words);
  }
});

test('the parts of a year meet and leave nothing out', () => {
  const { parts, began, ended } = readPeriod('2026');
  assert.equal(parts[0]!.began, began);
  assert.equal(parts[0]!.ended, parts[1]!.began);
  assert.equal(parts[1]!.ended, ended);
});

for (const wrong of ['', '2026-H3', '2026-Q0', '2026-7', '26-H1', '2026-H2 ', 'H2-2026', '1900-H1', '2026h2']) {
  test(`“${wrong}” is no period, and the problem says what is one`, () => {
    assert.throws(() => readPeriod(wrong), { code: 'transparency/period', message: /2026-H2/ });
  });
}
