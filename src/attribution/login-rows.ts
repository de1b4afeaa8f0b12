/**
 * Rows of a table of logins read as bytes: where each stands, and the address, port and time it asks about.
 *
 * Every row comes out once. One that cannot be asked says why; nothing is skipped, trimmed or repaired.
 */
import { Problem } from '../base/problem.ts';
import { readEpoch, readIso } from '../formats/reading/times.ts';
import type { Stamp, ZoneRule } from '../record/stamp.ts';
import type { Reason } from './answer.ts';
import { fourBytes, TimeReader } from './login-values.ts';
import { addressNumber } from './network.ts';
import { type Asked, asked, LAST_TIME, putAddress } from './question.ts';

/** Why a row cannot be asked: what it says cannot be read. */
export const UNREADABLE = {
  'not a row': 'The row has another number of columns than the header, or a quote that is not closed.',
  'not an address': 'The address is not one.',
  'not a port': 'The port is not a whole number from 0 to 65535.',
  'not a time': 'The time is not one, or lies beyond the year 2255.',
} as const;

export type Unreadable = keyof typeof UNREADABLE;
export type NotAsked = Unreadable | Extract<Reason, `time ${string}`>;

/** In the order of their numbers in a chunk; 0 is a row that is asked. */
export const NOT_ASKED: readonly (NotAsked | null)[] = [
  null, 'not a row', 'not an address', 'not a port', 'not a time', 'time without zone', 'time exists twice', 'time does not exist', 'time too coarse',
]; // biome-ignore format: a list reads better as one

/** How the rows of a table are read; plain data, so that another thread can read them too. */
export type RowPlan = {
  delimiter: number;
  /** Columns of a row, and where the address, the port and the time stand; -1 where there is none. */
  columns: number;
  wanted: [ip: number, port: number, time: number];
  zone?: string | undefined;
  unit?: 's' | 'ms' | 'us' | undefined;
  /** Microseconds on either side of a time. */
  tolerance: number;
};

export type LoginChunk = {
  /** Number of its first row in the table; the header is row 1. */
  firstRow: number;
  bytes: Buffer;
  /** Where each row starts and ends, without its line end. */
  starts: Uint32Array;
  ends: Uint32Array;
  asked: Asked;
  notAsked: Uint8Array;
};

const LONGEST_ROW_BYTES = 1 << 20;
const [LF, CR, QUOTE] = [10, 13, 34];

export class RowReader {
  readonly #plan: RowPlan;
  readonly #zone: ZoneRule | undefined;
  readonly #times = new TimeReader();
  /** Of the row read last: where its three values start and end, and whether quotes are doubled in them. */
  readonly #from = new Int32Array(3);
  readonly #to = new Int32Array(3);
  readonly #doubled = new Uint8Array(3);
  #fields = 0;
  #end = 0;

  constructor(plan: RowPlan) {
    this.#plan = plan;
    this.#zone = plan.zone === undefined ? undefined : { zone: plan.zone, basis: 'declared by examiner' };
  }

  /** Where the row read last ends, without its line end. */
  get end(): number {
    return this.#end;
  }

  /** Reads the rows of `bytes`; those that are not whole are left unless it `ended`. `taken` is how many bytes were read. */
  read(bytes: Buffer, ended: boolean, firstRow: number): { chunk: LoginChunk; taken: number } {
    const capacity = countLines(bytes) + 1;
    const chunk: LoginChunk = {
      firstRow,
      bytes,
      starts: new Uint32Array(capacity),
      ends: new Uint32Array(capacity),
      asked: asked(capacity),
      notAsked: new Uint8Array(capacity),
    };
    let count = 0;
    let at = 0;
    while (at < bytes.length) {
      const next = this.row(bytes, at, ended, null);
      if (next === 0) break;
      chunk.starts[count] = at;
      let why: number;
      if (next < 0) {
        const line = bytes.indexOf(LF, at);
        const stop = line === -1 ? bytes.length : line;
        chunk.ends[count] = stop > at && bytes[stop - 1] === CR ? stop - 1 : stop;
        at = Math.min(stop + 1, bytes.length);
        why = 1;
      } else {
        chunk.ends[count] = this.#end;
        // An empty line is no row of a table with more columns than one, but it stands there and is answered.
        why = this.#fields === this.#plan.columns ? this.#read(bytes, chunk.asked, count) : 1;
        at = next;
      }
      chunk.notAsked[count] = why;
      if (why !== 0) chunk.asked.family[count] = 0;
      count += 1;
    }
    chunk.asked.count = count;
    return { chunk, taken: at };
  }

  /**
   * Reads one row; gives where the next one starts, 0 when more bytes are needed, -1 when it cannot be read. Leaves where
   * it ends, how many columns it has and where those that are wanted stand.
   */
  row(
    bytes: Buffer,
    start: number,
    ended: boolean,
    each: ((from: number, to: number, doubled: boolean) => void) | null,
  ): number {
    const { length } = bytes;
    const { delimiter, wanted } = this.#plan;
    let at = start;
    for (let field = 0; ; field++) {
      let from = at;
      let to: number;
      let doubled = false;
      if (bytes[at] === QUOTE) {
        from = at + 1;
        for (at = from; ; at += 2) {
          at = bytes.indexOf(QUOTE, at);
          if (at === -1 || at - start > LONGEST_ROW_BYTES)
            return at === -1 && !ended && length - start < LONGEST_ROW_BYTES ? 0 : -1;
          if (bytes[at + 1] !== QUOTE) break;
          doubled = true;
        }
        to = at;
        at += 1;
        const after = bytes[at];
        if (
          at < length &&
          after !== delimiter &&
          after !== LF &&
          !(after === CR && (at + 1 === length || bytes[at + 1] === LF))
        )
          return -1;
      } else {
        while (at < length) {
          const byte = bytes[at]!;
          if (byte === delimiter || byte === LF) break;
          at += 1;
        }
        to = at;
        if (bytes[at] !== delimiter && to > from && bytes[to - 1] === CR) to -= 1;
      }
      if (at >= length && !ended) {
        if (length - start < LONGEST_ROW_BYTES) return 0;
        throw new Problem('attribution/not-a-table', 'A row is longer than a megabyte. No answers were written.');
      }
      if (each) each(from, to, doubled);
      for (let index = 0; index < 3; index++) {
        if (wanted[index] !== field) continue;
        this.#from[index] = from;
        this.#to[index] = to;
        this.#doubled[index] = doubled ? 1 : 0;
      }
      if (at < length && bytes[at] === delimiter) {
        at += 1;
        continue;
      }
      this.#fields = field + 1;
      if (at >= length) {
        this.#end = length;
        if (bytes[length - 1] === CR) this.#end -= 1;
        return length;
      }
      const line = bytes[at] === CR ? at + 1 : at;
      this.#end = line > start && bytes[line - 1] === CR ? line - 1 : line;
      return Math.min(line + 1, length);
    }
  }

  /** Puts what the row asks into the columns; gives the number of why it cannot be asked, or 0. */
  #read(bytes: Buffer, into: Asked, index: number): number {
    if (!this.#address(bytes, into, index)) return 2;
    const port = this.#port(bytes);
    if (port < -1) return 3;
    into.port[index] = port;
    return this.#time(bytes, into, index);
  }

  #address(bytes: Buffer, into: Asked, index: number): boolean {
    const number = fourBytes(bytes, this.#from[0]!, this.#to[0]!);
    if (number >= 0) {
      into.family[index] = 4;
      into.words[index * 4] = number;
      return true;
    }
    const found = addressNumber(this.#text(bytes, 0));
    if (found) putAddress(into, index, found.family, found.value);
    return found !== null;
  }

  /** -1 where there is none, -2 where it is no port. */
  #port(bytes: Buffer): number {
    if (this.#plan.wanted[1] === -1) return -1;
    const [from, to] = [this.#from[1]!, this.#to[1]!];
    if (from === to) return -1;
    let port = 0;
    for (let at = from; at < to; at++) {
      const digit = bytes[at]! - 48;
      if (digit < 0 || digit > 9 || at - from > 4) {
        const text = this.#text(bytes, 1).trim();
        if (text === '') return -1;
        return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : -2;
      }
      port = port * 10 + digit;
    }
    return port <= 65_535 ? port : -2;
  }

  #time(bytes: Buffer, into: Asked, index: number): number {
    const { unit, tolerance } = this.#plan;
    let time = unit === undefined ? this.#times.read(bytes, this.#from[2]!, this.#to[2]!) : Number.NaN;
    let slack = 0;
    if (Number.isNaN(time)) {
      const text = this.#text(bytes, 2);
      const stamp = unit === undefined ? readIso(text, this.#zone) : readEpoch(text, unit);
      const why = stamp === null ? 'not a time' : whyNot(stamp);
      if (why !== null) return NOT_ASKED.indexOf(why);
      time = Number(stamp!.began);
      slack = SLACK[stamp!.precision] ?? 0;
    }
    into.time[index] = time;
    into.lo[index] = time - tolerance;
    into.hi[index] = time + slack + tolerance;
    return into.hi[index]! > LAST_TIME || into.lo[index]! < -LAST_TIME ? NOT_ASKED.indexOf('not a time') : 0;
  }

  #text(bytes: Buffer, which: number): string {
    const text = bytes.toString('utf8', this.#from[which], this.#to[which]);
    return this.#doubled[which] ? text.replaceAll('""', '"') : text;
  }
}

/** How much later than it says a time may lie that is written to the minute or the hour. */
const SLACK: Partial<Record<Stamp['precision'], number>> = { minute: 59_999_999, hour: 3_599_999_999 };

function whyNot({ undetermined, began, precision }: Stamp): NotAsked | null {
  if (undetermined === 'no zone') return 'time without zone';
  if (undetermined === 'time exists twice' || undetermined === 'time does not exist') return undetermined;
  if (precision === 'day' || precision === 'month') return 'time too coarse';
  return began === null ? 'not a time' : null;
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) lines += 1;
  return lines;
}
