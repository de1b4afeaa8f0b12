/** What was looked at, one fact after another, and the word that follows from them. */

export type Fact = { code: string; place: string | null; ok: boolean; said: string };
export type Word = 'VERIFIED' | 'INCOMPLETE' | 'NOT VERIFIED';
export type Verdict = {
  word: Word;
  /** The first fact that brought the word about; null where all hold. */
  code: string | null;
  facts: Fact[];
  /** Against which key, and up to when. */
  against: string;
  upTo: string;
  /** What this page does not check, and what does. */
  notChecked: string[];
  /** Tables recomputed from the records themselves. */
  counted: { heading: string; rows: [string, number][] }[];
};

/** What is only missing, or was not given: the rest may still hold. */
const MISSING = new Set([
  'package/no-identity', 'package/note-missing', 'package/key-missing', 'package/manifest-missing', 'package/accounting-missing', 'package/accounting-open', 'package/no-proof',
  'package/proof-missing', 'package/checkpoint-missing', 'bag/missing-file', 'bag/no-declaration', 'ledger/incomplete', 'ledger/not-signed', 'report/exhibit-missing', 'report/file-missing', 'report/list-missing',
  'report/checkpoint-missing', 'report/no-ledger',
]); // biome-ignore format: a list

export class Facts {
  readonly list: Fact[] = [];
  /** What was not looked at, and why. */
  readonly notes: string[] = [];

  holds(code: string, place: string | null, said: string): void {
    this.list.push({ code, place, ok: true, said });
  }

  fails(code: string, place: string | null, said: string): void {
    this.list.push({ code, place, ok: false, said });
  }

  get word(): { word: Word; code: string | null } {
    const failed = this.list.filter(({ ok }) => !ok);
    const grave = failed.find(({ code }) => !MISSING.has(code));
    if (grave) return { word: 'NOT VERIFIED', code: grave.code };
    return failed[0] ? { word: 'INCOMPLETE', code: failed[0].code } : { word: 'VERIFIED', code: null };
  }
}
