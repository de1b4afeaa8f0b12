/** How the sample of a table is laid out: its sheet or delimiter, and which row looks like the header. */
import { isIP } from 'node:net';
import type { Sample } from '../format.ts';
import { looksLikeWorkbook } from '../reading/workbook.ts';
import { DELIMITERS, type Delimiter, preview } from './preview.ts';

export type Layout = {
  sheet: string | null;
  delimiter: Delimiter | null;
  above: string[][];
  header: string[];
  rows: string[][];
};

const HEADER_WITHIN = 50;

/** Null when nothing in the sample looks like a table of two columns or more with a header. */
export function layoutOf(sample: Sample): Layout | null {
  if (sample.sheets !== null) {
    const found = sample.sheets.flatMap(({ name, rows }) => withHeader(rows, name, null) ?? []);
    return widest(found);
  }
  if (looksLikeWorkbook(sample.head) || /^\s*[<{[]/.test(sample.text)) return null;
  const cut = sample.sizeBytes > sample.head.length;
  const found = DELIMITERS.flatMap((delimiter) => {
    const rows = preview(sample.text, delimiter);
    return withHeader(cut ? rows.slice(0, -1) : rows, null, delimiter) ?? [];
  });
  return widest(found);
}

function widest(found: Layout[]): Layout | null {
  const sizeOf = ({ header, rows }: Layout) =>
    header.length * Math.min(rows.filter((row) => row.length === header.length).length, 5);
  return found.reduce<Layout | null>((best, one) => (best === null || sizeOf(one) > sizeOf(best) ? one : best), null);
}

function withHeader(rows: string[][], sheet: string | null, delimiter: Delimiter | null): Layout | null {
  const width = Math.max(0, ...rows.slice(0, HEADER_WITHIN + 20).map((row) => filled(row).length));
  const at = rows.slice(0, HEADER_WITHIN).findIndex((row) => looksLikeHeader(row, width));
  if (at === -1) return null;
  const header = rows[at]!;
  const below = rows.slice(at + 1).filter((row) => filled(row).length > 1);
  return { sheet, delimiter, above: rows.slice(0, at).filter((row) => filled(row).length > 0), header, rows: below };
}

function filled(row: string[]): string[] {
  return row.filter((cell) => cell.trim() !== '');
}

/** Words, each once, across most of the table's width. */
function looksLikeHeader(row: string[], width: number): boolean {
  const texts = filled(row).map((cell) => cell.trim());
  if (texts.length < Math.max(2, Math.ceil(width * 0.6)) || new Set(texts).size < texts.length) return false;
  return texts.every(
    (text) =>
      text.length <= 80 && /\p{L}/u.test(text) && isIP(text) === 0 && !/\d{3}/.test(text) && !text.includes('@'),
  );
}
