/** The account of one file: every row seen is kept, sealed, unreadable or a duplicate, and nothing is counted twice. */
import type { Draft, Locator } from '../record/record.ts';
import type { Sealed } from './sort.ts';

const PLACES_LISTED = 200;

export type FileAccount = {
  file: string;
  format: string | null;
  seen: number;
  kept: number;
  sealed: number;
  unreadable: number;
  duplicates: number;
  /** Rows about networks and sites, outside these sums. */
  reference: number;
  /** Kept rows of which a part is sealed. */
  partlySealed: number;
  sealedBy: Record<string, number>;
  keptBy: Record<string, number>;
  unreadableBy: Record<string, number>;
  /** The first places that could not be read. */
  unreadablePlaces: { locator: Locator; why: string }[];
};

export class Account {
  readonly #account: FileAccount;

  constructor(file: string, format: string | null) {
    this.#account = {
      file,
      format,
      seen: 0,
      kept: 0,
      sealed: 0,
      unreadable: 0,
      duplicates: 0,
      reference: 0,
      partlySealed: 0,
      sealedBy: {},
      keptBy: {},
      unreadableBy: {},
      unreadablePlaces: [],
    };
  }

  get rows(): number {
    return this.#account.seen;
  }

  kept(draft: Draft, partSealed?: string): void {
    if (partSealed !== undefined) this.#account.partlySealed++;
    this.keptRows(draft.kind, 1);
  }

  keptRows(kind: string, rows: number): void {
    this.#account.seen += rows;
    this.#account.kept += rows;
    count(this.#account.keptBy, kind, rows);
  }

  sealed(sealed: Sealed): void {
    this.sealedRows(sealed.reason, 1);
  }

  sealedRows(reason: string, rows: number): void {
    this.#account.seen += rows;
    this.#account.sealed += rows;
    count(this.#account.sealedBy, reason, rows);
  }

  unreadable(locator: Locator, why: string): void {
    this.#account.seen++;
    this.#account.unreadable++;
    count(this.#account.unreadableBy, why, 1);
    if (this.#account.unreadablePlaces.length < PLACES_LISTED) this.#account.unreadablePlaces.push({ locator, why });
  }

  duplicate(rows = 1): void {
    this.#account.seen += rows;
    this.#account.duplicates += rows;
  }

  reference(): void {
    this.#account.reference++;
  }

  done(): FileAccount {
    return this.#account;
  }
}

function count(counts: Record<string, number>, key: string, by: number): void {
  if (by > 0) counts[key] = (counts[key] ?? 0) + by;
}
