/**
 * How much more probable a coincidence of login and lease is under one proposition than under the other.
 *
 * A ratio for one comparison, never multiplied over several and never above what the platform has validated. It is not
 * the probability of either proposition (reference: inference, 4.1, 6.2, 6.3).
 */
import { significant } from '../place/figures.ts';

/** Chance that the log misses a lease there was, and that a row names the wrong one: defaults, printed. */
export const MISS_RATE = 0.05;
export const RECORD_ERROR = 0.001;
/** Without a validation of its own no ratio is worded above “moderately strong”. */
export const CAP = 1000;
/** Subscribers behind a shared address where no carrier says it: both ends are shown. */
export const USUAL_SHARING = [16, 4096] as const;

type Sharing = {
  /** Subscribers behind the address, or the port block, at one time. */
  subscribers: number;
  allowanceSeconds: number;
  /** Mean time one subscriber holds it. */
  holdSeconds: number;
  /** Relevant population, of which the subscriber is one. */
  population: number;
};

type Ratios = { kEff: number; fits: number; fitsNot: number };

/** Unrounded and uncapped. `k_eff = k (1 + 2D/L)`: those who could have produced the line, the clocks allowed for. */
export function ratios({ subscribers, allowanceSeconds, holdSeconds, population }: Sharing): Ratios {
  const kEff = subscribers * (1 + (2 * allowanceSeconds) / holdSeconds);
  const others = Math.min(1, (kEff - 1) / (population - 1));
  const fits = (1 - MISS_RATE) / (others + RECORD_ERROR);
  const rest = 1 - others - RECORD_ERROR;
  return { kEff, fits, fitsNot: rest > 0 ? MISS_RATE / rest : 1 };
}

export function capped(ratio: number): number {
  return Math.min(CAP, Math.max(1 / CAP, ratio));
}

/** The word for a ratio in either direction (ENFSI 2015-style; to be confirmed by the laboratory). */
export function supportWord(ratio: number): string {
  const size = Math.max(ratio, 1 / ratio);
  return size < 2 ? 'neither' : size < 10 ? 'weak' : size < 100 ? 'moderate' : 'moderately strong';
}

export type Propositions = { first: string; second: string; population: string };

export function sentence(ratio: number, { first, second, population }: Propositions): string {
  const bounded = capped(ratio);
  const [size, more, less] = bounded >= 1 ? [bounded, first, second] : [1 / bounded, second, first];
  const word = supportWord(bounded);
  const support =
    word === 'neither'
      ? 'This supports neither proposition over the other.'
      : `This provides ${word} support for the former relative to the latter.`;
  return (
    `The finding is about ${significant(size, 2)} times more probable if ${more} than if ${less}, given ${population}. ${support} ` +
    'It does not say how probable either is; that also depends on the other evidence.'
  );
}

/** Prior odds and what they become: for the court, not for the examiner. */
export function oddsTable(ratio: number): { prior: string; posteriorOdds: number }[] {
  return [10, 1000, 100_000].map((against) => ({
    prior: `1 to ${against}`,
    posteriorOdds: significant(capped(ratio) / against),
  }));
}
