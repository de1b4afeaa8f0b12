/**
 * A large file in pieces of about 64 MiB that end where a record ends, each lying ready in the memory folder.
 *
 * The next piece is prepared while the one before is being read.
 */
import { isUtf8 } from 'node:buffer';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReturnFile } from '../formats/format.ts';

const SLICE_BYTES = 64 << 20;
const LINE_LIMIT_BYTES = 16 << 20;
const QUOTE = 0x22;
const LINE_END = 0x0a;

export type Slice = {
  /** Where the bytes lie for the engine, without the header; whoever reads it removes it. */
  path: string;
  bytes: Buffer;
  header: string[];
  /** How many rows the engine must find to have read each line as one; null where it cannot do otherwise. */
  lines: number | null;
  /** Sound UTF-8 without NUL: the engine may read it. */
  plain: boolean;
};

export async function* slicesAhead(file: ReturnFile, delimiter: string, memoryFolder: string): AsyncGenerator<Slice> {
  const pieces = slices(file, delimiter, memoryFolder);
  let next = pieces.next();
  for (;;) {
    const piece = await next;
    if (piece.done) return;
    next = pieces.next();
    next.catch(() => {});
    yield piece.value;
  }
}

async function* slices(file: ReturnFile, delimiter: string, memoryFolder: string): AsyncGenerator<Slice> {
  let header: string[] | null = null;
  let ordinal = 0;
  for await (const piece of wholeRecords(file)) {
    let bytes = piece;
    if (header === null) {
      header = headerOf(piece, delimiter)!;
      bytes = piece.subarray(piece.indexOf(LINE_END) + 1);
    }
    if (bytes.length === 0) continue;
    const path = join(memoryFolder, `slice-${++ordinal}.csv`);
    await writeFile(path, bytes, { mode: 0o600 });
    const lines = oneRowALine(bytes) ? null : linesIn(bytes);
    yield { path, bytes, header, lines, plain: isUtf8(bytes) && !bytes.includes(0) };
  }
}

async function* wholeRecords(file: ReturnFile): AsyncGenerator<Buffer> {
  let filling = Buffer.allocUnsafe(SLICE_BYTES + (4 << 20));
  let filled = 0;
  for await (const chunk of file.stream()) {
    if (filled + chunk.length > filling.length)
      filling = Buffer.concat([filling.subarray(0, filled)], filled + chunk.length + LINE_LIMIT_BYTES);
    filling.set(chunk, filled);
    filled += chunk.length;
    if (filled < SLICE_BYTES) continue;
    const all = filling.subarray(0, filled);
    const cut = lastRecordEnd(all);
    if (cut === 0 && filled < SLICE_BYTES + LINE_LIMIT_BYTES) continue;
    const end = cut === 0 ? filled : cut;
    filling = Buffer.allocUnsafe(SLICE_BYTES + (4 << 20));
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
