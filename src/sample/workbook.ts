/** An Excel workbook of text and number cells that is the same bytes every time. */
import { createRequire } from 'node:module';

const xlsx: typeof import('@e965/xlsx') = createRequire(import.meta.url)('@e965/xlsx');

export type Cell = string | number | null;
type SheetOfCells = { name: string; rows: Cell[][]; widths?: number[] };

export function workbook(sheets: SheetOfCells[]): Uint8Array {
  const book = xlsx.utils.book_new();
  for (const { name, rows, widths } of sheets) {
    const sheet = xlsx.utils.aoa_to_sheet(rows);
    if (widths) sheet['!cols'] = widths.map((wch) => ({ wch }));
    xlsx.utils.book_append_sheet(book, sheet, name);
  }
  return new Uint8Array(xlsx.write(book, { type: 'buffer', bookType: 'xlsx', compression: false }) as Buffer);
}
