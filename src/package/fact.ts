/**
 * What is found of a package: independent facts, each held or not, and the one word that follows from all of them.
 *
 * What is missing is told apart from what differs: a package with a gap is `INCOMPLETE`, one that says anything else than
 * its sender signed is `NOT VERIFIED`.
 */
import { shownName } from '../formats/reading/zip-name.ts';

export type Fact = {
  /** What was looked at when it holds (`package/note`); what is wrong when it does not (`package/sender-differs`). */
  code: string;
  /** The file concerned, as the package names it; null for the package as a whole. */
  place: string | null;
  ok: boolean;
  said: string;
};

export type Word = 'VERIFIED' | 'INCOMPLETE' | 'NOT VERIFIED';

/** Something is not here, or not given. Every other code of a fact that does not hold is `NOT VERIFIED`. */
const MISSING = new Set([
  'package/no-identity',
  'package/note-missing',
  'package/key-missing',
  'package/manifest-missing',
  'package/oxum-open',
  'package/accounting-missing',
  'package/accounting-open',
  'package/crate-missing',
  'package/no-proof',
  'package/proof-missing',
  'package/checkpoint-missing',
  'bag/missing-file',
  'bag/no-declaration',
  'bag/no-oxum',
]);

export class Facts {
  readonly list: Fact[] = [];

  holds(code: string, place: string | null, said: string): void {
    this.list.push({ code, place: place === null ? null : shownName(place), ok: true, said });
  }

  fails(code: string, place: string | null, said: string): void {
    this.list.push({ code, place: place === null ? null : shownName(place), ok: false, said });
  }

  /** `said` is kept as a fact only where nothing has failed since `before` facts were known. */
  holdsSince(before: number, code: string, place: string | null, said: string): void {
    if (this.list.slice(before).every(({ ok }) => ok)) this.holds(code, place, said);
  }
}

/** The word over all facts, and the first fact that brought it about; null when all hold. */
export function headline(facts: readonly Fact[]): { word: Word; first: Fact | null } {
  const failed = facts.filter(({ ok }) => !ok);
  const grave = failed.find(({ code }) => !MISSING.has(code));
  if (grave !== undefined) return { word: 'NOT VERIFIED', first: grave };
  return failed.length > 0 ? { word: 'INCOMPLETE', first: failed[0]! } : { word: 'VERIFIED', first: null };
}
