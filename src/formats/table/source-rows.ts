/** The rows of a table file, be it delimited text in some encoding or the sheets of a workbook. */
import { isProblem } from '../../base/problem.ts';
import type { ReturnFile, Sample } from '../format.ts';
import { readCsv } from '../reading/csv.ts';
import { looksLikeWorkbook, readWorkbook } from '../reading/workbook.ts';
import { findHeader } from './plan.ts';
import { DELIMITERS, preview } from './preview.ts';
import type { Profile } from './profile.ts';

export type SourceRow = { number: number; cells: string[] } | { number: number; unreadable: string; text: string };

/** `sheet` is null for delimited text. `ragged` tables may have rows of different lengths. */
export type SourceTable = {
  sheet: string | null;
  ragged: boolean;
  rows: AsyncIterable<SourceRow> | Iterable<SourceRow>;
};

const HEAD_BYTES = 64 * 1024;

/** How many rows may stand above a header. */
export const HEADER_WITHIN = 50;

/** The tables of a file, or why it has none. */
export async function tablesOf(file: ReturnFile, profile: Profile): Promise<SourceTable[] | string> {
  const head = await headOf(file);
  if (!looksLikeWorkbook(head)) {
    const text = textOf(head, profile.encoding);
    return [{ sheet: null, ragged: true, rows: delimited(file, profile, delimiterOf(profile, text)) }];
  }
  try {
    const sheets = await readWorkbook(file);
    return sheets.filter(({ rows }) => rows.length > 0).map(({ name, rows }) => ({ sheet: name, ragged: false, rows }));
  } catch (error) {
    if (!isProblem(error)) throw error;
    return `the workbook cannot be opened (${error.code})`;
  }
}

/** The first rows of each table as a sample shows them. A sample of a workbook leaves out how its rows are numbered. */
export function sampledTables(
  profile: Profile,
  sample: Sample,
): { sheet: string | null; rows: { number: number; cells: string[] }[] }[] {
  const numbered = (rows: string[][]) =>
    rows.slice(0, HEADER_WITHIN).map((cells, index) => ({ number: index + 1, cells }));
  if (sample.sheets !== null) return sample.sheets.map(({ name, rows }) => ({ sheet: name, rows: numbered(rows) }));
  if (looksLikeWorkbook(sample.head)) return [];
  const text = textOf(sample.head, profile.encoding);
  return [{ sheet: null, rows: numbered(preview(text, delimiterOf(profile, text))) }];
}

/** The declared delimiter, or the one with which a row of the beginning is the header; else a comma. */
function delimiterOf(profile: Profile, text: string): string {
  if (profile.delimiter !== undefined) return profile.delimiter;
  const fitting = DELIMITERS.find((delimiter) => {
    const rows = preview(text, delimiter).slice(0, HEADER_WITHIN);
    return (
      typeof findHeader(
        { ...profile, headerRow: undefined },
        rows.map((cells, index) => ({ number: index + 1, cells })),
      ) !== 'string'
    );
  });
  return fitting ?? ',';
}

async function* delimited(file: ReturnFile, profile: Profile, delimiter: string): AsyncIterable<SourceRow> {
  const source = profile.encoding === undefined || profile.encoding === 'utf-8' ? file : inUtf8(file, profile.encoding);
  for await (const row of readCsv(source, { delimiter })) {
    yield 'fields' in row ? { number: row.number, cells: row.fields } : row;
  }
}

/** The same file with its text in UTF-8. Text that is not of the encoding stays visible as U+FFFD. */
function inUtf8(file: ReturnFile, encoding: string): ReturnFile {
  async function* stream() {
    const decoder = new TextDecoder(encoding);
    for await (const chunk of file.stream()) yield Buffer.from(decoder.decode(chunk, { stream: true }));
    yield Buffer.from(decoder.decode());
  }
  return { ...file, stream, bytes: (limitBytes) => file.bytes(limitBytes) };
}

function textOf(head: Uint8Array, encoding: string | undefined): string {
  const marked =
    head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding ?? marked).decode(head, { stream: true });
}

async function headOf(file: ReturnFile): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of file.stream()) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= HEAD_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, HEAD_BYTES);
}
