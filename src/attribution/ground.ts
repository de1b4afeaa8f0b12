/** What is known of a source before a row is read: for when it is complete, which addresses it speaks of, how right its clock is. */
import type { Micros } from '../base/interval.ts';
import type { LeaseCoverage } from '../source/leases.ts';
import { type Coverage, coverageOf, covering, prefixesOf } from './coverage.ts';
import { holds } from './network.ts';
import { type Asked, addressAt } from './question.ts';

export type Ground = {
  coverage: Coverage;
  clockErrorSeconds: number;
  /** Whether all of it is covered; null where nothing is declared. */
  covered(lo: number, hi: number): boolean | null;
  /** Whether the source speaks of the address; null where only its rows can tell. */
  speaksOf(asked: Asked, index: number): boolean | null;
};

type Declared = { coverage: LeaseCoverage; prefixes?: readonly string[] | undefined; clockErrorSeconds: number };

export function groundOf(declared: Declared, now: Micros): Ground {
  const coverage = coverageOf(declared.coverage, now);
  const covers = covering(coverage);
  const prefixes = prefixesOf(declared.prefixes);
  const four = (prefixes ?? [])
    .filter(({ family }) => family === 4)
    .map(({ low, high }) => [Number(low), Number(high)] as const);
  const six = (prefixes ?? []).filter(({ family }) => family === 6);
  return {
    coverage,
    clockErrorSeconds: declared.clockErrorSeconds,
    covered: coverage === null ? () => null : covers,
    speaksOf(asked, index) {
      if (prefixes === null) return null;
      if (asked.family[index] === 4) {
        const value = asked.words[index * 4]!;
        return four.some(([low, high]) => low <= value && value <= high);
      }
      const value = addressAt(asked, index);
      return six.some((network) => holds(network, 6, value));
    },
  };
}
