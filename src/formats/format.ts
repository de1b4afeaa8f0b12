/**
 * How a return format is declared: what it claims, how it reads, what it does not know.
 *
 * A format reads; it decides nothing. It never throws for what a file says: what it cannot read it yields as
 * `unreadable` with its place. It yields what the return states of itself as soon as it knows it.
 */

import type { Micros } from '../base/interval.ts';
import type { Identifier } from '../record/identifier.ts';
import type { Draft, Kind, Locator } from '../record/record.ts';
import type { ZoneRule } from '../record/stamp.ts';
import type { BulkTable } from './reading/bulk.ts';
import type { Profile } from './table/profile.ts';

/** One file of a return, a zip's inner file included. Bytes may be read more than once. */
export type ReturnFile = {
  /** Name as stored; inner files as `outer.zip!folder/inner.html`. Never used as a path to write. */
  name: string;
  sizeBytes: number;
  /** The bytes in order, in chunks of at most a few MiB. */
  stream(): AsyncIterable<Uint8Array>;
  /** All bytes at once; throws `formats/too-large` above `limitBytes`. */
  bytes(limitBytes: number): Promise<Uint8Array>;
};

/** What a format may look at to decide whether a file is its own. */
export type Sample = {
  name: string;
  sizeBytes: number;
  /** The first bytes, at most 64 KiB. */
  head: Uint8Array;
  /** The head as text (UTF-8, or UTF-16 with a byte order mark; undecodable bytes replaced), without byte order mark. */
  text: string;
  /** Workbooks only: the first rows of each sheet, cells as text. */
  sheets: { name: string; rows: string[][] }[] | null;
  /** Names of the files in the same container. */
  siblings: string[];
};

/** What a return says of itself: whom it is about, which time, when it was made. Texts as stored. */
export type Stated = {
  targets: Identifier[];
  began: Micros | null;
  ended: Micros | null;
  /** Set when the range is written in days of no zone: `began` and `ended` then hold every reading of them. */
  days?: true;
  generated: Micros | null;
  /** The statement's own fields, such as service and ticket number. */
  fields: Record<string, string>;
};

export type Reading =
  | { stated: Stated }
  | { record: Draft; locator: Locator }
  /** `why` names the trouble and never repeats the content; `raw` is what stands there, for the sealed store only. */
  | { unreadable: string; locator: Locator; raw?: Record<string, string> | string }
  /** A row about networks and sites, not about people: kept for the questions, outside scope decisions. */
  | { reference: Record<string, string>; locator: Locator };

export type ReadContext = {
  /** The zone an examiner declared for times that carry none. */
  zone?: ZoneRule | undefined;
  /** The mapping profile given with the import. */
  profile?: Profile | undefined;
  /** The other files of the same container or import. */
  siblings: ReturnFile[];
};

export type Format = {
  title: string;
  /** `observed` needs a real file, which none of ours has had yet. */
  support: 'observed' | 'documented' | 'inferred';
  sources: string[];
  limits: string;
  kinds: Kind[];
  /** What in the file makes it this format's own, in a few words; null when it is not. Looks at content first. */
  recognise(sample: Sample): string | null;
  read(file: ReturnFile, context: ReadContext): AsyncIterable<Reading>;
  /** For delimited tables large enough to be read by the database engine itself. */
  bulk?: BulkTable;
  /** Set on a format whose rows are reference data, with the name of the table they belong to. */
  reference?: 'addresses' | 'cell-sites';
};

export function format(declared: Format): Format {
  return declared;
}
