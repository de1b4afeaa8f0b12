/**
 * The lines of a text file, one at a time, and the bytes of a text file as UTF-8.
 *
 * UTF-16 is read only where a byte order mark says so; no other encoding is guessed. A line that is not text is
 * reported with its number, and the lines after it are read.
 */
import { Buffer, isUtf8 } from 'node:buffer';
import type { ReturnFile } from '../format.ts';

export type Line = { number: number; text: string } | { number: number; unreadable: string };

const LINE_LIMIT_BYTES = 10 * 1024 * 1024;

/** Lines end at LF or CRLF; numbers count from 1. A final line without an end is a line. */
export async function* readLines(file: ReturnFile): AsyncIterable<Line> {
  let number = 0;
  for await (const line of split(utf8(file))) {
    number += 1;
    if (line === 'too long') yield { number, unreadable: 'the line is longer than 10 MiB' };
    else if (!isUtf8(line)) yield { number, unreadable: 'the line is not UTF-8 text' };
    else yield { number, text: line.toString('utf8', 0, line.at(-1) === 13 ? line.length - 1 : line.length) };
  }
}

async function* split(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer | 'too long'> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  const take = (last: Buffer): Buffer | 'too long' => {
    const whole = heldBytes + last.length > LINE_LIMIT_BYTES ? 'too long' : Buffer.concat([...held, last]);
    held = [];
    heldBytes = 0;
    return whole;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      yield take(chunk.subarray(start, end));
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    heldBytes += rest.length;
    if (heldBytes > LINE_LIMIT_BYTES) held = [];
    else if (rest.length > 0) held.push(Buffer.from(rest));
  }
  if (heldBytes > 0) yield heldBytes > LINE_LIMIT_BYTES ? 'too long' : Buffer.concat(held);
}

/**
 * The file's bytes without byte order mark, UTF-16 turned into UTF-8.
 *
 * Bytes that are not valid stay invalid: half a surrogate pair becomes the byte FF, so that what reads it can say so.
 */
export async function* utf8(file: ReturnFile): AsyncIterable<Buffer> {
  let encoding: 'utf8' | 'utf16le' | 'utf16be' | null = null;
  let carry = Buffer.alloc(0);
  for await (const piece of file.stream()) {
    let bytes: Buffer = carry.length > 0 ? Buffer.concat([carry, piece]) : view(piece);
    carry = Buffer.alloc(0);
    if (encoding === null) {
      if (bytes.length < 3) {
        carry = Buffer.from(bytes);
        continue;
      }
      [encoding, bytes] = opened(bytes);
    }
    if (encoding === 'utf8') {
      yield bytes;
      continue;
    }
    const even = evenUnits(bytes, encoding);
    carry = Buffer.from(bytes.subarray(even));
    yield fromUtf16(bytes.subarray(0, even), encoding);
  }
  if (carry.length === 0) return;
  if (encoding === null) [encoding, carry] = opened(carry);
  yield encoding === 'utf8' ? carry : fromUtf16(carry, encoding);
}

function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function opened(bytes: Buffer): ['utf8' | 'utf16le' | 'utf16be', Buffer<ArrayBuffer>] {
  const rest = (length: number) => bytes.subarray(length) as Buffer<ArrayBuffer>;
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return ['utf8', rest(3)];
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return ['utf16le', rest(2)];
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return ['utf16be', rest(2)];
  return ['utf8', rest(0)];
}

/** How many bytes hold whole characters: no odd byte, no pair torn apart at the end. */
function evenUnits(bytes: Buffer, encoding: 'utf16le' | 'utf16be'): number {
  const even = bytes.length - (bytes.length % 2);
  if (even < 2) return 0;
  const last = encoding === 'utf16le' ? bytes.readUInt16LE(even - 2) : bytes.readUInt16BE(even - 2);
  return last >= 0xd800 && last < 0xdc00 ? even - 2 : even;
}

function fromUtf16(bytes: Buffer, encoding: 'utf16le' | 'utf16be'): Buffer {
  const whole = bytes.length - (bytes.length % 2);
  const little = Buffer.from(bytes.subarray(0, whole));
  if (encoding === 'utf16be') little.swap16();
  const text = little.toString('utf16le');
  const torn = whole === bytes.length ? [] : [Buffer.of(0xff)];
  if (text.isWellFormed()) return Buffer.concat([Buffer.from(text, 'utf8'), ...torn]);
  const parts = text.split(/([\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF])/);
  return Buffer.concat([
    ...parts.map((part, i) => (i % 2 === 0 ? Buffer.from(part, 'utf8') : Buffer.of(0xff))),
    ...torn,
  ]);
}
