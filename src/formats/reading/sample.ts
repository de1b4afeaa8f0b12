/** What a format may look at to decide whether a file is its own: the beginning, as bytes and as text. */
import { isProblem } from '../../base/problem.ts';
import type { ReturnFile, Sample } from '../format.ts';
import { gathered } from './files.ts';
import { looksLikeWorkbook, readWorkbook } from './workbook.ts';

const HEAD_BYTES = 64 * 1024;
const SHEET_ROWS = 30;

/**
 * A damaged workbook gives `sheets: null`, as a file that is none does.
 *
 * Throws what reading an archive's member throws (`zip/size-lie`, `zip/damaged` and their like).
 */
export async function sampleOf(file: ReturnFile, siblings: ReturnFile[]): Promise<Sample> {
  const head = await gathered(file.name, beginning(file), HEAD_BYTES);
  return {
    name: file.name,
    sizeBytes: file.sizeBytes,
    head,
    text: textOf(head),
    sheets: looksLikeWorkbook(head) ? await firstRows(file) : null,
    siblings: siblings.map((sibling) => sibling.name),
  };
}

async function* beginning(file: ReturnFile): AsyncGenerator<Uint8Array> {
  let left = HEAD_BYTES;
  for await (const chunk of file.stream()) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) return;
  }
}

/** `stream` lets the last character be cut in two without a mark of it. */
function textOf(head: Uint8Array): string {
  const encoding =
    head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(head, { stream: true });
}

async function firstRows(file: ReturnFile): Promise<Sample['sheets']> {
  try {
    const sheets = await readWorkbook(file, SHEET_ROWS);
    return sheets.map(({ name, rows }) => ({ name, rows: rows.map((row) => row.cells) }));
  } catch (error) {
    if (isProblem(error) && error.code.startsWith('formats/')) return null;
    throw error;
  }
}
