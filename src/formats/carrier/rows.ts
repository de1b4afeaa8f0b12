/**
 * The rows of a carrier's table, whether it came as a workbook or as comma-separated text.
 *
 * A row of text with fewer or more fields than its header is not guessed at: a missing field would shift the rest.
 */
import { isProblem } from '../../base/problem.ts';
import type { Locator } from '../../record/record.ts';
import type { ReturnFile } from '../format.ts';
import { readCsv } from '../reading/csv.ts';
import { looksLikeWorkbook, readWorkbook } from '../reading/workbook.ts';
import { type Header, headerOf, isHeader } from './header.ts';

export type TableRow =
  /** A row above the header: what the return states of itself. */
  | { banner: string[]; locator: Locator }
  | { header: Header; locator: Locator }
  | { row: string[]; header: Header; locator: Locator }
  | { unreadable: string; locator: Locator; raw?: string };

/**
 * Rows in order. The header is the first row that has all `required` columns (each in any of its spellings); a later row
 * that has them starts a new table. Every sheet needs a header of its own. Blank rows are passed over.
 * Throws `formats/too-large` for a workbook beyond what is opened at once.
 */
export async function* tableRows(file: ReturnFile, required: string[][]): AsyncIterable<TableRow> {
  if (await isWorkbook(file)) yield* workbookRows(file, required);
  else yield* textRows(file, required);
}

async function* textRows(file: ReturnFile, required: string[][]): AsyncIterable<TableRow> {
  let header: Header | null = null;
  for await (const row of readCsv(file, { delimiter: ',' })) {
    const locator = `row ${row.number}`;
    if ('unreadable' in row) {
      yield { unreadable: row.unreadable, locator, raw: row.text };
    } else if (isHeader(row.fields, required)) {
      header = headerOf(row.fields);
      yield { header, locator };
    } else if (row.fields.some((cell) => cell.trim() !== '')) {
      if (!header) yield { banner: row.fields, locator };
      else if (row.fields.length === header.names.length) yield { row: row.fields, header, locator };
      else {
        const unreadable = `${header.names.length} columns expected, ${row.fields.length} found`;
        yield { unreadable, locator, raw: row.fields.join(',') };
      }
    }
  }
  if (!header) yield { unreadable: 'no header row with the columns of this format', locator: 'file' };
}

async function* workbookRows(file: ReturnFile, required: string[][]): AsyncIterable<TableRow> {
  const sheets = await readWorkbook(file).catch((error: unknown) => {
    if (isProblem(error) && error.code === 'formats/damaged-workbook') return null;
    throw error;
  });
  if (!sheets) {
    yield { unreadable: 'the workbook cannot be opened', locator: 'file' };
    return;
  }
  for (const sheet of sheets) {
    let header: Header | null = null;
    const filled = sheet.rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
    for (const { number, cells } of filled) {
      const locator = `${sheet.name} row ${number}`;
      if (isHeader(cells, required)) {
        header = headerOf(cells);
        yield { header, locator };
      } else if (header) yield { row: cells, header, locator };
      else yield { banner: cells, locator };
    }
    if (!header && filled.length > 0) {
      yield { unreadable: 'no header row with the columns of this format', locator: sheet.name };
    }
  }
}

async function isWorkbook(file: ReturnFile): Promise<boolean> {
  for await (const chunk of file.stream()) {
    if (chunk.length > 0) return looksLikeWorkbook(chunk);
  }
  return false;
}
