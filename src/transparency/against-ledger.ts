/**
 * Holds the acts of requests against the ledger: each act is one the ledger has the digest of, and none it has is missing.
 *
 * The figures are made of acts, so they are worth what this says. It does not check the ledger itself (`fourcorners
 * verify` does), and it believes no file that was folded from the acts.
 */
import { digestOf } from '../base/canonical.ts';
import type { Entry } from '../ledger/entry.ts';
import type { Act } from '../request/act.ts';
import type { Kept } from './facts.ts';

export type What =
  | 'the first act is not the receipt'
  | 'an act is missing'
  | 'the ledger has no such entry'
  | 'the entry is of another request'
  | 'the ledger says it was not done'
  | 'the acts are not those of the ledger'
  | 'the ledger has an entry without acts'
  | 'the request is missing';

export type Difference = { request: string; entry: string; what: What };

/** A crash was between act and entry: the ledger says that it was done, and has no digest of it. */
export type Comparison = {
  differences: Difference[];
  recovered: { request: string; entry: string }[];
  compared: number;
};

/** Acts of a request have these names in the ledger; what only reads leaves none. */
const OF_A_REQUEST = /^(?:request\.|produce|notice|preserve)/;

type Ended = Pick<Entry, 'act' | 'op' | 'matter' | 'result' | 'objects'>;

export class LedgerOfRequests {
  readonly #ended = new Map<string, Ended>();
  readonly #ofRequest = new Map<string, string[]>();
  readonly #seen = new Set<string>();
  readonly #comparison: Comparison = { differences: [], recovered: [], compared: 0 };
  readonly size: number;

  constructor(entries: Iterable<Entry>) {
    let size = 0;
    for (const { phase, ref, act, op, matter, result, objects } of entries) {
      size += 1;
      if (phase !== 'outcome' || ref === undefined || !OF_A_REQUEST.test(act)) continue;
      this.#ended.set(ref, { act, op, matter, result, objects });
      if (matter === undefined || op === 'consultation' || !wasDone(result)) continue;
      // Delivering a package once more is done and adds no act: the ledger then has no digest of any.
      if (result === 'ok' && objects === undefined) continue;
      this.#ofRequest.set(matter, [...(this.#ofRequest.get(matter) ?? []), ref]);
    }
    this.size = size;
  }

  /** Compares all acts of a request, or its receipt alone: that tells whether it belongs to another period. */
  compare({ request, acts }: Kept, { receiptOnly = false } = {}): void {
    this.#seen.add(request);
    const differs = (entry: string, what: What) => this.#comparison.differences.push({ request, entry, what });
    if (acts[0]?.act !== 'receive') differs(acts[0]?.entry ?? '', 'the first act is not the receipt');
    const groups = byEntry(acts);
    const compared = receiptOnly ? groups.slice(0, 1) : groups;
    for (const [entry, group] of compared) {
      this.#comparison.compared += group.length;
      const what = this.#difference(request, entry, group);
      if (what) differs(entry, what);
    }
    if (receiptOnly) return;
    const gap = acts.find(({ seq }, index) => seq !== index);
    if (gap) differs(gap.entry, 'an act is missing');
    const known = new Set(groups.map(([entry]) => entry));
    for (const entry of this.#ofRequest.get(request) ?? [])
      if (!known.has(entry)) differs(entry, 'the ledger has an entry without acts');
  }

  /** What was found, and the requests of the ledger that were not among those compared. */
  result(): Comparison {
    const { differences, recovered, compared } = this.#comparison;
    const missing = [...this.#ofRequest]
      .filter(([request]) => !this.#seen.has(request))
      .map(([request, entries]): Difference => ({ request, entry: entries[0]!, what: 'the request is missing' }));
    return { differences: [...differences, ...missing], recovered: [...recovered], compared };
  }

  #difference(request: string, entry: string, acts: Act[]): What | null {
    const ended = this.#ended.get(entry);
    if (ended === undefined) return 'the ledger has no such entry';
    if (ended.matter !== request) return 'the entry is of another request';
    if (!wasDone(ended.result)) return 'the ledger says it was not done';
    if (ended.objects === undefined && ended.result === 'ok:recovered') {
      this.#comparison.recovered.push({ request, entry });
      return null;
    }
    return isDigested(ended.objects, acts) ? null : 'the acts are not those of the ledger';
  }
}

function isDigested(objects: Entry['objects'], acts: readonly Act[]): boolean {
  if (objects === undefined || !('digest' in objects) || objects.count !== acts.length) return false;
  try {
    return objects.digest === digestOf(acts);
  } catch (error) {
    // An act of the desk has a canonical form: one that has none was changed.
    if (error instanceof TypeError) return false;
    throw error;
  }
}

const wasDone = (result: string | undefined) => result === 'ok' || result === 'ok:recovered';

function byEntry(acts: readonly Act[]): [string, Act[]][] {
  const groups = new Map<string, Act[]>();
  for (const act of acts) {
    const group = groups.get(act.entry);
    if (group) group.push(act);
    else groups.set(act.entry, [act]);
  }
  return [...groups];
}
