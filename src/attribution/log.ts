/** What a lease log must be able to do, whichever engine holds it; and what all the leases that fit amount to. */
import { CANDIDATES_SHOWN, LEASES_SHOWN, type Lease, type Reason } from './answer.ts';
import type { Helper } from './helper.ts';
import type { Asked } from './question.ts';

/** What the leases that fit one question amount to. */
export type Tally = {
  /** Whether any row of the log has this address, at any time. */
  known: boolean;
  /** Whether a row of this address cannot be read as a lease. Asked for only where no lease fits. */
  unread: boolean;
  leases: number;
  subscribers: number;
  atTime: number;
  unnamed: boolean;
  blocks: boolean;
  candidates: string[];
  /** Nearest first. */
  shown: Lease[];
};

/** The same for many questions. */
export type Tallies = {
  /** Fills in what the question's leases amount to. */
  facts(index: number, into: Facts): void;
  subscribers(index: number): number;
  /** Of the nearest lease, for questions that have any. */
  nearest: Nearest;
  /** Writes the first names as a JSON array. */
  putCandidates(index: number, into: Cells): void;
};

/** What leases amount to, for whoever judges. */
export type Facts = Pick<Tally, 'known' | 'unread' | 'subscribers' | 'atTime' | 'unnamed' | 'blocks'>;

export type Nearest = {
  /** Microseconds; exact below 2^53. */
  began(index: number): number;
  /** Infinity: still held. Beyond 2^53 it is rounded, and `exactEnd` says what it is. */
  ended(index: number): number;
  exactEnd(index: number): bigint;
  /** `low << 16 | high` as an unsigned word; low above high where the row states none. */
  ports(index: number): number;
  /** Writes the subscriber's name, or nothing where there is none. */
  name(index: number, into: Cells): void;
  network(index: number, into: Cells): void;
  row(index: number, into: Cells): void;
};

/** Takes what makes up one cell of a table. */
export type Cells = {
  text(text: string): void;
  bytes(bytes: Uint8Array, from: number, to: number): void;
  /** A JSON array of texts, given as pairs of places in `bytes`. */
  list(bytes: Buffer, places: readonly number[]): void;
  whole(value: number): void;
  /** An IPv4 address. */
  fourBytes(value: number): void;
};

/** What an answer rests on. */
export type Basis = {
  engine: 'parquet' | 'index' | 'clickhouse' | 'deterministic';
  /** In words: which files or table, from when, checked how. */
  stated: string;
  /** Rows of the source, and those of them that cannot be read as leases, by reason; null where they were not counted. */
  rows: number | null;
  unusable: Record<string, number> | null;
};

/** What is said of one question. */
export type Reply = Pick<Tally, 'leases' | 'subscribers' | 'candidates' | 'shown'> & { reason: Reason };

/** What is said of many. `nearest` and `putCandidates` are for questions that have leases. */
export type Replies = Pick<Tallies, 'subscribers' | 'nearest' | 'putCandidates'> & { reason(index: number): Reason };

/** A source that can be asked. */
export type Answerer = {
  basis: Basis;
  clockErrorSeconds: number;
  one(asked: Asked): Promise<Reply>;
  many(asked: Asked): Promise<Replies>;
  /** A second thread that answers rows of a table as this one would. */
  helper?: () => Helper;
  [Symbol.asyncDispose](): Promise<void>;
};

export type LeaseLog = {
  basis: Basis;
  tally(asked: Asked): Promise<Tally>;
  tallies(asked: Asked): Promise<Tallies>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Ports from which on a lease speaks of the whole address: all but the system ports. */
export const WHOLE_PORTS = 64_512;

function isWhole(portLow: number | null, portHigh: number | null): boolean {
  return portLow === null || portHigh! - portLow + 1 >= WHOLE_PORTS;
}

/** How far a lease is from a time: 0 while it holds. */
function distance(time: bigint, { began, ended }: Pick<Lease, 'began' | 'ended'>): bigint {
  if (time < began) return began - time;
  return ended !== null && time >= ended ? time - ended + 1n : 0n;
}

const OPEN = 1n << 62n;
const order = (a: bigint | number | string, b: bigint | number | string) => (a < b ? -1 : a > b ? 1 : 0);

const bytes = (name: string | null) => Buffer.from(name ?? '\u{10ffff}');

/** Nearest first; then what began first, ended first, has the lowest ports, and names first in order of their bytes. */
export function byDistance(time: bigint): (a: Lease, b: Lease) => number {
  return (a, b) =>
    order(distance(time, a), distance(time, b)) ||
    order(a.began, b.began) ||
    order(a.ended ?? OPEN, b.ended ?? OPEN) ||
    order(a.portLow ?? -1, b.portLow ?? -1) ||
    order(a.portHigh ?? -1, b.portHigh ?? -1) ||
    Buffer.compare(bytes(a.subscriber), bytes(b.subscriber)) ||
    order(a.row, b.row);
}

/** Names in the order of their bytes, as both engines sort them. */
function sortedNames(names: Iterable<string>): string[] {
  return [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/** `fitting` are all leases that fit: of the address and port, within the tolerance. */
export function tallyOf(fitting: readonly Lease[], time: bigint, known: boolean, unread: boolean): Tally {
  const names = new Set(fitting.flatMap(({ subscriber }) => (subscriber === null ? [] : [subscriber])));
  const atTime = fitting.filter((lease) => distance(time, lease) === 0n);
  return {
    known: known || fitting.length > 0,
    unread,
    leases: fitting.length,
    subscribers: names.size,
    atTime: new Set(atTime.flatMap(({ subscriber }) => (subscriber === null ? [] : [subscriber]))).size,
    unnamed: fitting.some(({ subscriber }) => subscriber === null),
    blocks: fitting.some(({ portLow, portHigh }) => !isWhole(portLow, portHigh)),
    candidates: sortedNames(names).slice(0, CANDIDATES_SHOWN),
    shown: [...fitting].sort(byDistance(time)).slice(0, LEASES_SHOWN),
  };
}
