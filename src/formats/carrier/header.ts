/**
 * The header of a table: which column stands where, by its text. Order does not matter and unknown columns stay.
 *
 * Header texts compare without regard to case, outer space and runs of space; what is kept is the text as it stands.
 */
import type { Sample } from '../format.ts';

export type Header = {
  /** Column names as stored, made distinct: an empty one is `column 4`, a repeated one `Date (2)`. */
  names: string[];
  /** The column's name as stored; null when the header has no such column. */
  stored(name: string): string | null;
  /** Trimmed text of the cell under the first of `names` that the header has; empty when there is none. */
  cell(cells: string[], ...names: string[]): string;
  /** The row's own fields by the column names as stored. Cells beyond the header are `column N`. */
  raw(cells: string[]): Record<string, string>;
};

export function headerOf(cells: string[]): Header {
  const names: string[] = [];
  const places = new Map<string, number>();
  for (const [place, text] of cells.entries()) {
    const stored = text.trim() || `column ${place + 1}`;
    const repeats = names.filter((name) => comparable(name) === comparable(stored)).length;
    names.push(repeats === 0 ? stored : `${stored} (${repeats + 1})`);
    if (repeats === 0) places.set(comparable(stored), place);
  }
  return {
    names,
    stored: (name) => names[places.get(comparable(name)) ?? -1] ?? null,
    cell(row, ...wanted) {
      const found = wanted.find((name) => places.has(comparable(name)));
      return found === undefined ? '' : (row[places.get(comparable(found))!] ?? '').trim();
    },
    raw(row) {
      const width = Math.max(names.length, row.length);
      return Object.fromEntries(
        Array.from({ length: width }, (_, place) => [names[place] ?? `column ${place + 1}`, row[place] ?? '']),
      );
    },
  };
}

/** Whether these cells are a header with every one of the `required` columns. Each may be given in several spellings. */
export function isHeader(cells: string[], required: string[][]): boolean {
  const present = new Set(cells.map(comparable));
  return required.every((spellings) => spellings.some((name) => present.has(comparable(name))));
}

/** Rows looked at for a header: banners of returns are short. */
export const HEADER_ROWS = 60;

/** Whether a header with the `required` columns stands among the first rows of a sheet or a comma-separated text. */
export function hasHeader(sample: Sample, required: string[][], rows: number = HEADER_ROWS): boolean {
  if (sample.sheets) {
    return sample.sheets.some((sheet) => sheet.rows.slice(0, rows).some((cells) => isHeader(cells, required)));
  }
  return sample.text.split(/\r?\n/, rows).some((line) =>
    isHeader(
      line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')),
      required,
    ),
  );
}

function comparable(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase();
}
