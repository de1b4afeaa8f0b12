/**
 * The rules between entries: ids are unique, an outcome ends a pending intent once, and a matter's chain has no gap.
 *
 * The ledger keeps to them when it writes and the verifier asks for them when it reads; this is the one place they stand.
 */
import type { Digest } from '../base/digest.ts';
import type { Entry } from './entry.ts';

/** The last entry of a matter: its number within the matter, and its leaf hash in hex. */
export type Head = { matterSeq: number; hash: Digest };

export type Objection =
  | 'id-repeated'
  | 'ref-unknown'
  | 'outcome-without-intent'
  | 'outcome-differs'
  | 'matter-gap'
  | 'matter-chain-differs';

/** What an outcome repeats from its intent. */
const REPEATED = ['act', 'op', 'actor', 'desk', 'input', 'matter', 'instrument', 'scope'] as const;

export class Acts {
  readonly #indexes = new Map<string, number>();
  readonly #pending = new Map<string, Entry>();
  readonly #heads = new Map<string, Head>();

  /** Null when the entry may come next. */
  objection(entry: Entry): Objection | null {
    if (this.#indexes.has(entry.id)) return 'id-repeated';
    if (entry.ref !== undefined && !this.#indexes.has(entry.ref)) {
      return entry.phase === 'outcome' ? 'outcome-without-intent' : 'ref-unknown';
    }
    if (entry.phase === 'outcome') {
      const intent = this.#pending.get(entry.ref!);
      if (intent === undefined) return 'outcome-without-intent';
      if (REPEATED.some((field) => entry[field] !== intent[field])) return 'outcome-differs';
    }
    if (entry.matter === undefined) return null;
    const head = this.#heads.get(entry.matter);
    const due = head === undefined ? 0 : head.matterSeq + 1;
    if (entry.matterSeq! > due) return 'matter-gap';
    return entry.matterSeq! < due || entry.matterPrev !== head?.hash ? 'matter-chain-differs' : null;
  }

  /** Takes an entry, objection or not, so that one bad entry does not make all after it look bad. */
  take(entry: Entry, index: number, hash: Digest): void {
    this.#indexes.set(entry.id, index);
    if (entry.phase === 'intent') this.#pending.set(entry.id, entry);
    if (entry.phase === 'outcome') this.#pending.delete(entry.ref!);
    if (entry.matter !== undefined) this.#heads.set(entry.matter, { matterSeq: entry.matterSeq!, hash });
  }

  /** The intents that have no outcome yet, oldest first. */
  pending(): Entry[] {
    return [...this.#pending.values()];
  }

  isPending(id: string): boolean {
    return this.#pending.has(id);
  }

  head(matter: string): Head | null {
    return this.#heads.get(matter) ?? null;
  }

  indexOf(id: string): number | null {
    return this.#indexes.get(id) ?? null;
  }
}

/** The fields of an intent that its outcome repeats. */
export function repeatedFrom(intent: Entry): Pick<Entry, (typeof REPEATED)[number]> {
  const { act, op, actor, desk, input, matter, instrument, scope } = intent;
  return { act, op, actor, desk, input, matter, instrument, scope };
}
