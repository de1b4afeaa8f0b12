/**
 * What the ledger keeps of an act: who, what kind of act, on which digests, with which result code, and when.
 *
 * Digests, codes and counts only, never content: every field has a shape that a sentence or an address does not fit.
 * The shapes are closed; a new field is a new `v`. Rules between entries are in `acts.ts`.
 */
import { canonical } from '../base/canonical.ts';
import { type Digest, isDigest } from '../base/digest.ts';
import { utf8 } from './text.ts';

const OPERATIONS = [
  'collection',
  'alteration',
  'consultation',
  'disclosure',
  'combination',
  'erasure',
  'governance',
] as const;

/** Which processing the act is, as the law that asks for the log names it (Directive (EU) 2016/680, Article 25). */
export type Operation = (typeof OPERATIONS)[number];

/** The things acted on: a digest of one, or the Merkle root over several, and how many. */
export type Objects = { count: number } & ({ digest: Digest } | { root: Digest });

/** What the caller says of an act. `act` is the operation's name, `actor` a pseudonym, `input` a digest. */
export type Header = {
  act: string;
  op: Operation;
  actor: string;
  desk: string;
  input: Digest;
  matter?: string | undefined;
  instrument?: string | undefined;
  scope?: Digest | undefined;
  objects?: Objects | undefined;
  counts?: Record<string, number> | undefined;
  detail?: Digest | undefined;
  build?: string | undefined;
};

/** How an act ended. `result` is a code: `ok`, `failed`, `problem:scope/empty`, `aborted:crash`, `ok:recovered`. */
export type Ending = { result: string } & Pick<Header, 'objects' | 'counts' | 'detail'>;

/**
 * One entry as kept. `recordedAt` is UTC with milliseconds, 24 characters.
 *
 * `matterSeq` counts the entries of a matter from 0, and `matterPrev` is the leaf hash of the one before: whoever holds
 * all entries of a matter can see that none was left out.
 */
export type Entry = Header & {
  v: 1;
  id: string;
  phase: 'intent' | 'outcome' | 'fact';
  ref?: string | undefined;
  recordedAt: string;
  matterSeq?: number | undefined;
  matterPrev?: Digest | undefined;
  result?: string | undefined;
};

const isCode = (value: unknown): boolean => typeof value === 'string' && /^[a-z][A-Za-z0-9.:/-]{0,127}$/.test(value);
const isToken = (value: unknown): boolean =>
  typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/.test(value);
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

const REQUIRED: Record<string, (value: unknown) => boolean> = {
  v: (value) => value === 1,
  id: isToken,
  phase: (value) => value === 'intent' || value === 'outcome' || value === 'fact',
  act: isCode,
  op: (value) => OPERATIONS.some((operation) => operation === value),
  recordedAt: isInstant,
  actor: isToken,
  desk: isCode,
  input: isDigest,
};

const OPTIONAL: Record<string, (value: unknown) => boolean> = {
  ref: isToken,
  matter: isToken,
  matterSeq: isCount,
  matterPrev: isDigest,
  instrument: isToken,
  scope: isDigest,
  objects: isObjects,
  result: isCode,
  counts: isCounts,
  detail: isDigest,
  build: isToken,
};

/** The first field of an entry that is not as it must be, or null. */
export function wrongField(value: unknown): string | null {
  if (!isPlain(value)) return 'entry';
  for (const [field, holds] of Object.entries(REQUIRED)) if (!holds(value[field])) return field;
  for (const [field, given] of Object.entries(value)) {
    if (Object.hasOwn(REQUIRED, field) || given === undefined) continue;
    if (!Object.hasOwn(OPTIONAL, field)) return 'unknown field';
    if (!OPTIONAL[field]!(given)) return field;
  }
  const { phase, ref, result, matter, matterSeq, matterPrev } = value;
  if (phase === 'intent' ? ref !== undefined : phase === 'outcome' && ref === undefined) return 'ref';
  if (phase === 'intent' ? result !== undefined : phase === 'outcome' && result === undefined) return 'result';
  if ((matter === undefined) !== (matterSeq === undefined)) return 'matterSeq';
  if ((matterPrev !== undefined) !== (matterSeq !== undefined && matterSeq !== 0)) return 'matterPrev';
  return null;
}

/** Throws `TypeError`, naming the field, for an entry that must not be kept. */
export function entryBytes(entry: Entry): Uint8Array {
  const wrong = wrongField(entry);
  if (wrong !== null) throw new TypeError(`an entry's ${wrong} is not of the shape the ledger keeps`);
  return Buffer.from(canonical(entry));
}

/** Null for bytes that are no entry of this version. Does not ask for canonical form: see `isCanonical`. */
export function readEntry(bytes: Uint8Array): Entry | null {
  const text = utf8(bytes);
  if (text === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return wrongField(value) === null ? (value as Entry) : null;
}

/**
 * Whether the bytes are the one way to write this entry.
 *
 * A repeated key, white space, another order or another spelling of a number all fail here, since writing the entry again
 * gives other bytes. Call it with what `readEntry` gave: its shape bounds the depth.
 */
export function isCanonical(bytes: Uint8Array, entry: Entry): boolean {
  return Buffer.compare(bytes, Buffer.from(canonical(entry))) === 0;
}

function isInstant(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) return false;
  const milliseconds = Date.parse(value);
  return Number.isFinite(milliseconds) && new Date(milliseconds).toISOString() === value;
}

function isObjects(value: unknown): boolean {
  if (!isPlain(value) || !isCount(value.count) || Object.keys(value).length !== 2) return false;
  return isDigest(value.digest) || isDigest(value.root);
}

function isCounts(value: unknown): boolean {
  if (!isPlain(value)) return false;
  const pairs = Object.entries(value);
  return pairs.length <= 64 && pairs.every(([name, count]) => /^[a-z][A-Za-z0-9]{0,31}$/.test(name) && isCount(count));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
