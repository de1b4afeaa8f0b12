/**
 * Records of delimited text with the number each has in its file (RFC 4180, LF or CRLF, mixed ends allowed).
 *
 * A record that cannot be read is reported with its number and reading goes on at the next line: a quote that is never
 * closed costs one line, not the rest of the file. No header, no types, no trimming; ragged records are given as they are.
 */
import { Buffer, isUtf8 } from 'node:buffer';
import type { ReturnFile } from '../format.ts';
import { utf8 } from './lines.ts';

/** `text` is what stands there; where it is not UTF-8, each byte is one character. At most 64 KiB of it. */
export type CsvRow = { number: number; fields: string[] } | { number: number; unreadable: string; text: string };

const CELL_LIMIT_BYTES = 8 * 1024 * 1024;
const RECORD_LIMIT_BYTES = 64 * 1024 * 1024;
const COLUMN_LIMIT = 16_384;
const BLOCK_LIMIT_BYTES = 4 * 1024 * 1024;
const SHOWN_BYTES = 64 * 1024;
const [LF, CR, QUOTE] = [10, 13, 34];

/** Numbers count records from 1, the header and empty lines included. `delimiter` is one ASCII character. */
export async function* readCsv(file: ReturnFile, options: { delimiter: string }): AsyncIterable<CsvRow> {
  const delimiter = options.delimiter.charCodeAt(0);
  if (options.delimiter.length !== 1 || delimiter > 127 || delimiter === QUOTE || delimiter === LF) {
    throw new TypeError('a delimiter is one ASCII character');
  }
  const reader = new Records(delimiter);
  let pieces: Buffer[] = [];
  let pieceBytes = 0;
  for await (const chunk of utf8(file)) {
    pieces.push(Buffer.from(chunk));
    pieceBytes += chunk.length;
    // A record longer than a chunk is looked at again only when what is held has doubled.
    if (pieceBytes < reader.heldBytes) continue;
    yield* reader.take(Buffer.concat(pieces), false);
    pieces = [];
    pieceBytes = 0;
  }
  yield* reader.take(Buffer.concat(pieces), true);
}

class Records {
  heldBytes = 0;
  readonly #delimiter: number;
  #held: Buffer = Buffer.alloc(0);
  #number = 0;
  /** Bytes of `#held`, from its start, in which a quote that was never closed has been searched: read with suspicion. */
  #suspectBytes = 0;
  #skipping = false;

  constructor(delimiter: number) {
    this.#delimiter = delimiter;
  }

  *take(more: Buffer, ended: boolean): Iterable<CsvRow> {
    const bytes = this.#held.length > 0 ? Buffer.concat([this.#held, more]) : more;
    let start = 0;
    if (this.#skipping) {
      start = bytes.indexOf(LF) + 1;
      if (start === 0) return;
      this.#skipping = false;
    }
    let suspectEnd = this.#suspectBytes;
    while (start < bytes.length) {
      const plain = this.#plainBlock(bytes, start);
      if (plain > start) {
        yield* this.#plainRows(bytes.toString('utf8', start, plain - 1));
        start = plain;
        continue;
      }
      const found = record(bytes, start, this.#delimiter, ended, start < suspectEnd);
      if (found === 'more') break;
      const line = bytes.indexOf(LF, start);
      // What is shown of an unreadable record must not depend on where the chunks happen to end.
      if ('unreadable' in found && line === -1 && !ended && bytes.length - start < SHOWN_BYTES) break;
      this.#number += 1;
      if ('fields' in found) {
        yield this.#checked(bytes, start, found.next, found.fields);
        start = found.next;
        continue;
      }
      suspectEnd = Math.max(suspectEnd, found.searched);
      const next = line === -1 ? bytes.length : line + 1;
      yield { number: this.#number, unreadable: found.unreadable, text: shown(bytes.subarray(start, next)) };
      this.#skipping = line === -1 && !ended;
      start = next;
    }
    this.#held = Buffer.from(bytes.subarray(start));
    this.heldBytes = this.#held.length;
    this.#suspectBytes = Math.max(0, suspectEnd - start);
  }

  /** End of a run of whole lines in which nothing needs care, or `start` when there is none. */
  #plainBlock(bytes: Buffer, start: number): number {
    const window = bytes.subarray(start, start + BLOCK_LIMIT_BYTES);
    const quote = window.indexOf(QUOTE);
    const end = (quote === -1 ? window : window.subarray(0, quote)).lastIndexOf(LF) + 1;
    const block = window.subarray(0, end);
    return isUtf8(block) && !block.includes(0) ? start + end : start;
  }

  *#plainRows(text: string): Iterable<CsvRow> {
    const delimiter = String.fromCharCode(this.#delimiter);
    for (const line of text.split('\n')) {
      this.#number += 1;
      const fields = (line.endsWith('\r') ? line.slice(0, -1) : line).split(delimiter);
      if (fields.length <= COLUMN_LIMIT) yield { number: this.#number, fields };
      else yield { number: this.#number, unreadable: TOO_WIDE, text: line.slice(0, SHOWN_BYTES) };
    }
  }

  #checked(bytes: Buffer, start: number, next: number, fields: [number, number, boolean][]): CsvRow {
    const whole = bytes.subarray(start, next);
    const unreadable = !isUtf8(whole) ? 'the record is not UTF-8 text' : whole.includes(0) ? 'a NUL byte' : null;
    if (unreadable) return { number: this.#number, unreadable, text: shown(whole) };
    const texts = fields.map(([from, to, escaped]) => {
      const text = bytes.toString('utf8', from, to);
      return escaped ? text.replaceAll('""', '"') : text;
    });
    return { number: this.#number, fields: texts };
  }
}

const TOO_WIDE = `more than ${COLUMN_LIMIT} columns`;
const TOO_LONG = 'a value longer than 8 MiB';

type Found =
  | 'more'
  /** Each field as start, end and whether doubled quotes stand for one. */
  | { next: number; fields: [number, number, boolean][] }
  | { unreadable: string; searched: number };

/** One record from `start`. `suspicious`: a quote inside an unquoted value is then a sign of being inside a torn one. */
function record(bytes: Buffer, start: number, delimiter: number, ended: boolean, suspicious: boolean): Found {
  const fields: [number, number, boolean][] = [];
  let at = start;
  for (;;) {
    if (fields.length === COLUMN_LIMIT) return { unreadable: TOO_WIDE, searched: at };
    if (at - start > RECORD_LIMIT_BYTES) return { unreadable: 'a record longer than 64 MiB', searched: at };
    const field = bytes[at] === QUOTE ? quoted(bytes, at, ended) : bare(bytes, at, delimiter, ended, suspicious);
    if (field === 'more' || 'unreadable' in field) return field;
    at = field.end;
    const byte = bytes[at];
    if (byte === CR && at + 1 === bytes.length && !ended) return 'more';
    fields.push([field.from, field.to, field.escaped]);
    if (at >= bytes.length) return ended ? { next: at, fields } : 'more';
    if (byte === delimiter) at += 1;
    else if (byte === LF) return { next: at + 1, fields };
    else if (byte === CR && (at + 1 === bytes.length || bytes[at + 1] === LF)) {
      return { next: Math.min(at + 2, bytes.length), fields };
    } else return { unreadable: 'a value goes on after its closing quote', searched: at };
  }
}

type Field =
  | 'more'
  | { unreadable: string; searched: number }
  | { from: number; to: number; escaped: boolean; end: number };

function quoted(bytes: Buffer, start: number, ended: boolean): Field {
  let escaped = false;
  for (let at = start + 1; ; ) {
    const quote = bytes.indexOf(QUOTE, at);
    if ((quote === -1 ? bytes.length : quote) - start > CELL_LIMIT_BYTES) {
      return { unreadable: `${TOO_LONG}, or a quote that is not closed`, searched: start + CELL_LIMIT_BYTES };
    }
    if (quote === -1) return ended ? { unreadable: 'a quote that is not closed', searched: bytes.length } : 'more';
    if (quote + 1 === bytes.length && !ended) return 'more';
    if (bytes[quote + 1] !== QUOTE) return { from: start + 1, to: quote, escaped, end: quote + 1 };
    escaped = true;
    at = quote + 2;
  }
}

function bare(bytes: Buffer, start: number, delimiter: number, ended: boolean, suspicious: boolean): Field {
  let at = start;
  let quote = false;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === delimiter || byte === LF) break;
    if (byte === QUOTE) quote = true;
  }
  if (at - start > CELL_LIMIT_BYTES) return { unreadable: TOO_LONG, searched: start };
  if (at === bytes.length && !ended) return 'more';
  if (quote && suspicious) return { unreadable: 'a quote inside a value that is not quoted', searched: start };
  const end = bytes[at - 1] === CR && at > start && bytes[at] !== delimiter ? at - 1 : at;
  return { from: start, to: end, escaped: false, end };
}

function shown(bytes: Buffer): string {
  let end = bytes.length;
  if (bytes[end - 1] === LF) end -= bytes[end - 2] === CR ? 2 : 1;
  const part = bytes.subarray(0, Math.min(end, SHOWN_BYTES));
  return part.toString(isUtf8(part) ? 'utf8' : 'latin1');
}
