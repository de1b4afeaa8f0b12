/**
 * A table of logins read as bytes: where each row stands, and the address, port and time it asks about.
 *
 * Every row comes out once. One that cannot be asked says why; nothing is skipped, trimmed or repaired, and the bytes are
 * kept so that a row can be written again as it stood.
 */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { Problem } from '../base/problem.ts';
import { readEpoch, readIso } from '../formats/reading/times.ts';
import type { Stamp, ZoneRule } from '../record/stamp.ts';
import type { Reason } from './answer.ts';
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
  null,
  'not a row',
  'not an address',
  'not a port',
  'not a time',
  'time without zone',
  'time exists twice',
  'time does not exist',
  'time too coarse',
];

export type TableForm = {
  columns?: { ip?: string; port?: string; time?: string } | undefined;
  /** One ASCII character; a comma unless given. */
  delimiter?: string | undefined;
  /** For times that carry none; an IANA name or an offset that someone declares. */
  zone?: string | undefined;
  /** Times as text unless given: otherwise a count since 1970. */
  unit?: 's' | 'ms' | 'us' | undefined;
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

export type LoginHeader = { bytes: Buffer; columns: number; isCrlf: boolean };

const CHUNK_ROWS = 1 << 20;
const CHUNK_BYTES = 96 << 20;
const DAYS_HELD = 4096;
const READ_BYTES = 4 << 20;
const LONGEST_ROW_BYTES = 1 << 20;
const [LF, CR, QUOTE] = [10, 13, 34];

export class LoginTable {
  readonly #form: TableForm;
  readonly #delimiter: number;
  readonly #zone: ZoneRule | undefined;
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #hash = createHash('sha256');
  #held = Buffer.alloc(0);
  #ended = false;
  #rows = 1;
  #columns = 0;
  readonly #wanted: Int32Array = new Int32Array(3).fill(-1);
  /** Of the row read last: where its three values start and end, and whether quotes are doubled in them. */
  readonly #from = new Int32Array(3);
  readonly #to = new Int32Array(3);
  readonly #doubled = new Uint8Array(3);
  #fields = 0;
  #end = 0;
  readonly #times = new TimeReader();

  constructor(source: string | AsyncIterable<Uint8Array>, form: TableForm) {
    this.#form = form;
    this.#delimiter = (form.delimiter ?? ',').charCodeAt(0);
    this.#zone = form.zone === undefined ? undefined : { zone: form.zone, basis: 'declared by examiner' };
    this.#source = (typeof source === 'string' ? bytesOf(source) : source)[Symbol.asyncIterator]();
  }

  /** Throws `attribution/columns` when a column that is needed is not there. */
  async header(): Promise<LoginHeader> {
    await this.#fill(1 << 16);
    const bytes = this.#held;
    const start = bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    const names: string[] = [];
    const next = this.#row(bytes, start, bytes.length, (from, to, doubled) => {
      const name = bytes.toString('utf8', from, to);
      names.push(doubled ? name.replaceAll('""', '"') : name);
    });
    if (next <= 0)
      throw new Problem('attribution/columns', 'The table has no header row that can be read. Nothing was looked up.');
    this.#columns = names.length;
    const { ip = 'ip', port = 'port', time = 'time' } = this.#form.columns ?? {};
    for (const [index, wanted] of [ip, port, time].entries()) {
      const places = names.flatMap((name, place) =>
        name.trim().toLowerCase() === wanted.toLowerCase() ? [place] : [],
      );
      const isNeeded = index !== 1 || this.#form.columns?.port !== undefined;
      if (places.length > 1 || (places.length === 0 && isNeeded)) {
        throw new Problem(
          'attribution/columns',
          `The table has ${places.length === 0 ? 'no' : 'more than one'} column ${wanted}. Nothing was looked up. Its columns are ${names.join(', ')}.`,
          { column: wanted },
        );
      }
      this.#wanted[index] = places[0] ?? -1;
    }
    const header = Buffer.from(bytes.subarray(0, this.#end));
    this.#held = bytes.subarray(next);
    return { bytes: header, columns: names.length, isCrlf: bytes[this.#end] === CR };
  }

  /** SHA-256 of all bytes read. */
  digest(): string {
    return this.#hash.digest('hex');
  }

  /** The next rows, or null at the end. `tolerance` in microseconds. */
  async chunk(tolerance: number): Promise<LoginChunk | null> {
    await this.#fill(CHUNK_BYTES);
    const bytes = this.#held;
    if (bytes.length === 0) return null;
    const capacity = Math.min(CHUNK_ROWS, countLines(bytes) + 1);
    const chunk: LoginChunk = {
      firstRow: this.#rows + 1,
      bytes,
      starts: new Uint32Array(capacity),
      ends: new Uint32Array(capacity),
      asked: asked(capacity),
      notAsked: new Uint8Array(capacity),
    };
    let count = 0;
    let at = 0;
    while (at < bytes.length && count < capacity) {
      const next = this.#row(bytes, at, bytes.length, null);
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
        why = this.#fields === this.#columns ? this.#read(bytes, chunk.asked, count, tolerance) : 1;
        at = next;
      }
      chunk.notAsked[count] = why;
      if (why !== 0) chunk.asked.family[count] = 0;
      count += 1;
    }
    this.#held = bytes.subarray(at);
    this.#rows += count;
    chunk.asked.count = count;
    return chunk;
  }

  /** Holds `bytes` bytes, or all that is left. */
  async #fill(bytes: number): Promise<void> {
    if (this.#ended || this.#held.length >= bytes) return;
    const parts: Uint8Array[] = [this.#held];
    for (let size = this.#held.length; size < bytes; ) {
      const { value, done } = await this.#source.next();
      if (done) {
        this.#ended = true;
        break;
      }
      parts.push(value);
      this.#hash.update(value);
      size += value.length;
    }
    this.#held = parts.length === 1 ? this.#held : Buffer.concat(parts);
  }

  /**
   * Reads one row; gives where the next one starts, 0 when more bytes are needed, -1 when it cannot be read. Leaves where
   * it ends, how many columns it has and where those that are wanted stand.
   */
  #row(
    bytes: Buffer,
    start: number,
    length: number,
    each: ((from: number, to: number, doubled: boolean) => void) | null,
  ): number {
    const delimiter = this.#delimiter;
    const wanted = this.#wanted;
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
            return at === -1 && !this.#ended && length - start < LONGEST_ROW_BYTES ? 0 : -1;
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
      if (at >= length && !this.#ended) {
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
  #read(bytes: Buffer, into: Asked, index: number, tolerance: number): number {
    if (!this.#address(bytes, into, index)) return 2;
    const port = this.#port(bytes);
    if (port < -1) return 3;
    into.port[index] = port;
    return this.#time(bytes, into, index, tolerance);
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
    if (this.#wanted[1] === -1) return -1;
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

  #time(bytes: Buffer, into: Asked, index: number, tolerance: number): number {
    let time = this.#form.unit === undefined ? this.#times.read(bytes, this.#from[2]!, this.#to[2]!) : Number.NaN;
    let slack = 0;
    if (Number.isNaN(time)) {
      const text = this.#text(bytes, 2);
      const stamp = this.#form.unit === undefined ? readIso(text, this.#zone) : readEpoch(text, this.#form.unit);
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

/** The number of an IPv4 address in its usual form, or -1. */
function fourBytes(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  let part = 0;
  let digits = 0;
  let parts = 1;
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte === 46) {
      if (digits === 0) return -1;
      value = value * 256 + part;
      part = 0;
      digits = 0;
      parts += 1;
      continue;
    }
    const digit = byte - 48;
    if (digit < 0 || digit > 9 || (digits > 0 && part === 0)) return -1;
    part = part * 10 + digit;
    digits += 1;
    if (part > 255) return -1;
  }
  return parts === 4 && digits > 0 ? value * 256 + part : -1;
}

/** `2017-03-04T05:06:07Z`, with a blank for the `T` and up to six more digits; all else is left to `readIso`. */
class TimeReader {
  readonly #days = new Map<number, number>();

  /** Microseconds, or NaN. */
  read(bytes: Uint8Array, from: number, to: number): number {
    const length = to - from;
    if (length < 20 || length > 27 || bytes[to - 1] !== 90 || (bytes[from + 10] !== 84 && bytes[from + 10] !== 32))
      return Number.NaN;
    if (bytes[from + 4] !== 45 || bytes[from + 7] !== 45 || bytes[from + 13] !== 58 || bytes[from + 16] !== 58)
      return Number.NaN;
    const year = digits(bytes, from, 4);
    const month = digits(bytes, from + 5, 2);
    const day = digits(bytes, from + 8, 2);
    const hour = digits(bytes, from + 11, 2);
    const minute = digits(bytes, from + 14, 2);
    const second = digits(bytes, from + 17, 2);
    if (
      !(
        year >= 0 &&
        month >= 0 &&
        day >= 0 &&
        hour >= 0 &&
        hour < 24 &&
        minute >= 0 &&
        minute < 60 &&
        second >= 0 &&
        second < 60
      )
    )
      return Number.NaN;
    let fraction = 0;
    if (length > 20) {
      const count = length - 21;
      if (bytes[from + 19] !== 46 || count === 0) return Number.NaN;
      fraction = digits(bytes, from + 20, count);
      if (fraction < 0) return Number.NaN;
      fraction *= 10 ** (6 - count);
    }
    const date = year * 10_000 + month * 100 + day;
    const start = this.#days.get(date) ?? this.#day(date, year, month, day);
    return start + (hour * 3600 + minute * 60 + second) * 1e6 + fraction;
  }

  /** Start of a day in microseconds, or NaN where there is no such day. */
  #day(date: number, year: number, month: number, day: number): number {
    const found = new Date(Date.UTC(year, month - 1, day));
    if (year < 1000 || found.getUTCMonth() !== month - 1 || found.getUTCDate() !== day) return Number.NaN;
    if (this.#days.size >= DAYS_HELD) this.#days.clear();
    const micros = found.getTime() * 1000;
    this.#days.set(date, micros);
    return micros;
  }
}

function digits(bytes: Uint8Array, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at++) {
    const digit = bytes[at]! - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) lines += 1;
  return lines;
}

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r');
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(READ_BYTES));
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
