/**
 * A large file in pieces of about 64 MiB that end where a record ends, each lying ready in the memory folder.
 *
 * The next piece is prepared while the one before is being read.
 */
import { isUtf8 } from 'node:buffer';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReturnFile } from '../formats/format.ts';

const SLICE_BYTES = 64 << 20;
const LINE_LIMIT_BYTES = 16 << 20;
const QUOTE = 0x22;
const LINE_END = 0x0a;

export type Slice = {
  /** Where the bytes lie for the engine, without the header, until the piece after the next is asked for. */
  path: string;
  bytes: Buffer;
  header: string[];
  /** How many rows the engine must find to have read each line as one; null where it cannot do otherwise. */
  lines: number | null;
  /** Sound UTF-8 without NUL: the engine may read it. */
  plain: boolean;
};

/** `sliceBytes` is about how large a piece is. */
export async function* slicesAhead(
  file: ReturnFile,
  delimiter: string,
  memoryFolder: string,
  sliceBytes = SLICE_BYTES,
): AsyncGenerator<Slice> {
  const pieces = slices(file, delimiter, memoryFolder, sliceBytes);
  let next = pieces.next();
  for (;;) {
    const piece = await next;
    if (piece.done) return;
    next = pieces.next();
    next.catch(() => {});
    yield piece.value;
  }
}

async function* slices(
  file: ReturnFile,
  delimiter: string,
  memoryFolder: string,
  sliceBytes: number,
): AsyncGenerator<Slice> {
  let header: string[] | null = null;
  let ordinal = 0;
  for await (const piece of wholeRecords(file, sliceBytes)) {
    let bytes = piece;
    if (header === null) {
      header = headerOf(piece, delimiter)!;
      bytes = piece.subarray(piece.indexOf(LINE_END) + 1);
    }
    if (bytes.length === 0) continue;
    // Two files in turn, written over: the memory they lie in is not given back and asked for again.
    const path = slicePaths(memoryFolder)[ordinal++ % 2]!;
    await writeOver(path, bytes);
    const lines = oneRowALine(bytes) ? null : linesIn(bytes);
    yield { path, bytes, header, lines, plain: isUtf8(bytes) && !bytes.includes(0) };
  }
}

export function slicePaths(memoryFolder: string): string[] {
  return [0, 1].map((turn) => join(memoryFolder, `slice-${turn}.csv`));
}

async function writeOver(path: string, bytes: Buffer): Promise<void> {
  await using file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at, bytes.length - at, at)).bytesWritten;
  await file.truncate(bytes.length);
}

/** Three buffers in turn: one is being read, one is ready, one is filling. */
async function* wholeRecords(file: ReturnFile, sliceBytes: number): AsyncGenerator<Buffer> {
  const buffers = [0, 1, 2].map(() => Buffer.allocUnsafe(0));
  let turn = 0;
  const fresh = () => {
    turn = (turn + 1) % buffers.length;
    if (buffers[turn]!.length === 0) buffers[turn] = Buffer.allocUnsafeSlow(sliceBytes + (4 << 20));
    return buffers[turn]!;
  };
  let filling = fresh();
  let filled = 0;
  for await (const chunk of file.stream()) {
    if (filled + chunk.length > filling.length)
      filling = Buffer.concat([filling.subarray(0, filled)], filled + chunk.length + LINE_LIMIT_BYTES);
    filling.set(chunk, filled);
    filled += chunk.length;
    if (filled < sliceBytes) continue;
    const all = filling.subarray(0, filled);
    const cut = lastRecordEnd(all);
    if (cut === 0 && filled < sliceBytes + LINE_LIMIT_BYTES) continue;
    const end = cut === 0 ? filled : cut;
    filling = fresh();
    if (filling.length < filled - end) filling = Buffer.allocUnsafe(filled - end + (4 << 20));
    filled = all.copy(filling, 0, end);
    yield all.subarray(0, end);
  }
  if (filled > 0) yield filling.subarray(0, filled);
}

/** The column names of the first line; null when there is no whole line, or a quoted one. */
export function headerOf(chunk: Uint8Array, delimiter: string): string[] | null {
  const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const end = bytes.indexOf(LINE_END);
  if (end < 0) return null;
  const line = bytes
    .toString('utf8', 0, end)
    .replace(/^\uFEFF/, '')
    .replace(/\r$/, '');
  return line.includes('"') ? null : line.split(delimiter);
}

/** The end of the last whole record; a line end inside quotes is none. */
function lastRecordEnd(bytes: Buffer): number {
  if (bytes.indexOf(QUOTE) < 0) return bytes.lastIndexOf(LINE_END) + 1;
  let end = 0;
  let quoted = false;
  for (let index = 0; index < bytes.length; index++) {
    if (bytes[index] === QUOTE) quoted = !quoted;
    else if (bytes[index] === LINE_END && !quoted) end = index + 1;
  }
  return end;
}

/** Whether every line is one row for the engine: no quotes that could join lines, no empty lines it would pass over. */
function oneRowALine(bytes: Buffer): boolean {
  return !bytes.includes(QUOTE) && !bytes.includes('\n\n') && !bytes.includes(0x0d) && bytes[0] !== LINE_END;
}

function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(LINE_END); at >= 0; at = bytes.indexOf(LINE_END, at + 1)) lines++;
  return bytes[bytes.length - 1] === LINE_END ? lines : lines + 1;
}
