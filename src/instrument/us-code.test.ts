/** Sections of the United States Code, as papers write them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { citationsIn, cites } from './us-code.ts';

const WRITTEN: [string, [number, string][]][] = [
  ['18 U.S.C. § 2703(d)', [[18, '2703']]],
  ['18 USC 2703', [[18, '2703']]],
  ['18 U. S. C. §2252A(a)(2)', [[18, '2252A']]],
  ['15 U.S.C. § 57b-1', [[15, '57b-1']]],
  ['Title 19 U.S.C.A. section 1509', [[19, '1509']]],
  ['18 U.S. Code § 1343', [[18, '1343']]],
  ['18 U.S.C. §§ 3121–3127 and 21 U.S.C. sec. 876', [[18, '3121'], [21, '876']]],
  ['Fed. R. Crim. P. 17(c)', []],
  ['N.M. Stat. § 30-16-6', []],
  ['article 640 c.p.', []],
  ['', []],
]; // biome-ignore format: one line a text

for (const [text, expected] of WRITTEN)
  test(`“${text}” cites ${expected.map((cited) => cited.join(' ')).join(' and ') || 'no section'}`, () => {
    assert.deepEqual(
      citationsIn(text).map(({ title, section }) => [title, section]),
      expected,
    );
  });

test('a section is asked for by its title and number, or any section by the title alone', () => {
  assert.equal(cites('18 U.S.C. § 2252a', 18, '2252A'), true);
  assert.equal(cites('18 U.S.C. § 2252A', 18, '2252'), false);
  assert.equal(cites('19 U.S.C. § 1509', 18, '1509'), false);
  assert.equal(cites('8 U.S.C. § 1326', 8), true);
});
