/**
 * The cells of a workbook (XLSX, XLSB, XLS, ODS) as the text a person would have typed.
 *
 * Text verbatim, numbers in full digits, dates from the serial number itself and so in no time zone. Formulas give the
 * value stored with them; nothing is calculated.
 */
import { createRequire } from 'node:module';
import type * as SheetJs from '@e965/xlsx';
import { isProblem, Problem } from '../../base/problem.ts';
import type { ReturnFile } from '../format.ts';
import { checkedParts, longNumbers, type Parts } from './workbook-parts.ts';

let library: typeof SheetJs | undefined;
/** Loaded with the first workbook: most returns are none. */
function sheetJs(): typeof SheetJs {
  library ??= createRequire(import.meta.url)('@e965/xlsx') as typeof SheetJs;
  return library;
}

export type Sheet = { name: string; rows: { number: number; cells: string[] }[] };

const FILE_LIMIT_BYTES = 200 * 1024 * 1024;
const ROW_LIMIT = 1_048_576;
const CELL_LIMIT = 50_000_000;
const MS_PER_DAY = 86_400_000;

/**
 * Rows that hold something, numbered as the sheet numbers them; all rows of a sheet have the same number of cells, empty
 * ones as ''. Merged cells have their value in the first.
 *
 * A date cell gives `YYYY-MM-DD HH:MM:SS[.fff]`, or `YYYY-MM-DD` when neither value nor number format has a time of day;
 * a time without a day gives `HH:MM:SS[.fff]`, an elapsed time `H:MM:SS`.
 *
 * Throws `formats/too-large` and `formats/damaged-workbook`. `firstRows` stops each sheet early.
 */
export async function readWorkbook(file: ReturnFile, firstRows?: number): Promise<Sheet[]> {
  const bytes = await file.bytes(FILE_LIMIT_BYTES);
  if (!looksLikeWorkbook(bytes)) throw damaged(file.name, 'it is neither a zip nor an OLE file');
  const parts = bytes[0] === 0x50 ? await partsOf(file.name, bytes) : null;
  const book = parsed(file.name, bytes, firstRows);
  const days1904 = book.Workbook?.WBProps?.date1904 === true;
  const sheets: Sheet[] = [];
  for (const [index, name] of book.SheetNames.entries()) {
    const data = cellsOf(file.name, book.Sheets[name]);
    const exact = parts && data.some(hasLongNumber) ? await longNumbers(parts, index) : new Map<string, string>();
    sheets.push({ name, rows: rowsOf(data, days1904, exact) });
  }
  return sheets;
}

async function partsOf(name: string, bytes: Uint8Array): Promise<Parts> {
  try {
    return await checkedParts(name, bytes);
  } catch (error) {
    if (!isProblem(error) || error.code === 'formats/too-large') throw error;
    throw damaged(name, String(error.facts.why));
  }
}

function parsed(name: string, bytes: Uint8Array, firstRows: number | undefined): SheetJs.WorkBook {
  try {
    return sheetJs().read(bytes, {
      type: 'buffer', dense: true, cellDates: false, cellNF: true, cellText: false, cellFormula: false, cellHTML: false,
      ...(firstRows === undefined ? {} : { sheetRows: firstRows }),
    }); // biome-ignore format: options
  } catch (error) {
    const locked = error instanceof Error && /password|encrypt/i.test(error.message);
    throw damaged(name, locked ? 'it is locked with a password' : 'its parts do not fit together');
  }
}

/** A zip or an OLE compound file; anything else SheetJS would read as text. */
export function looksLikeWorkbook(head: Uint8Array): boolean {
  return startsWith(head, [0x50, 0x4b, 3, 4]) || startsWith(head, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
}

function startsWith(bytes: Uint8Array, magic: number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

type Cells = (SheetJs.CellObject | undefined)[][];

function cellsOf(fileName: string, sheet: SheetJs.WorkSheet | undefined): Cells {
  const data: Cells = Array.from(sheet?.['!data'] ?? [], (row) => row ?? []);
  const width = widthOf(data);
  if (data.length > ROW_LIMIT || data.length * width > CELL_LIMIT) {
    const message = `${fileName} has a sheet of ${data.length} rows and ${width} columns. Nothing of it was read.`;
    throw new Problem('formats/too-large', message, { name: fileName, rows: data.length, columns: width });
  }
  return data;
}

function widthOf(data: Cells): number {
  return data.reduce((width, row) => Math.max(width, row.length), 0);
}

function hasLongNumber(row: Cells[number]): boolean {
  return row.some((cell) => cell?.t === 'n' && Number.isInteger(cell.v) && !Number.isSafeInteger(cell.v));
}

function rowsOf(data: Cells, days1904: boolean, exact: Map<string, string>): Sheet['rows'] {
  const width = widthOf(data);
  const rows: Sheet['rows'] = [];
  data.forEach((row, i) => {
    const cells = Array.from({ length: width }, (_, column) => {
      const long = exact.size > 0 ? exact.get(sheetJs().utils.encode_cell({ r: i, c: column })) : undefined;
      return long ?? textOf(row[column], days1904);
    });
    if (cells.some((cell) => cell !== '')) rows.push({ number: i + 1, cells });
  });
  return rows;
}

function textOf(cell: SheetJs.CellObject | undefined, days1904: boolean): string {
  if (!cell || cell.v === undefined || cell.v === null) return '';
  switch (cell.t) {
    case 'b':
      return cell.v ? 'TRUE' : 'FALSE';
    case 'e':
      return ERRORS[Number(cell.v)] ?? '#ERROR';
    case 'n':
      return numberText(Number(cell.v), String(cell.z ?? 'General'), days1904);
    default:
      return String(cell.v);
  }
}

const ERRORS: Record<number, string> = {
  0: '#NULL!', 7: '#DIV/0!', 15: '#VALUE!', 23: '#REF!', 29: '#NAME?', 36: '#NUM!', 42: '#N/A', 43: '#GETTING_DATA',
}; // biome-ignore format: a table

function numberText(value: number, pattern: string, days1904: boolean): string {
  if (pattern !== 'General' && sheetJs().SSF.is_date(pattern)) {
    const text = dateText(value, pattern, days1904);
    if (text !== null) return text;
  }
  if (Number.isInteger(value)) return BigInt(value).toString();
  const plain = String(value);
  return plain.includes('e') ? value.toFixed(20).replace(/0+$/, '') : plain;
}

/** Null when the serial number is none: negative, or the 29th of February 1900 that never was. */
function dateText(serial: number, pattern: string, days1904: boolean): string | null {
  const ms = Math.round(serial * MS_PER_DAY);
  if (ms < 0 || ms > 2_958_466 * MS_PER_DAY) return null;
  const code = pattern.replace(/"[^"]*"|\\.|\[\$[^\]]*\]/g, '');
  if (/\[(h+|m+|s+)\]/i.test(code)) {
    const seconds = Math.floor(ms / 1000);
    return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${fraction(ms)}`;
  }
  const [hasDay, hasTime] = [/[yd]/i.test(code), /[hs]/i.test(code)];
  const [days, within] = [Math.floor(ms / MS_PER_DAY), ms % MS_PER_DAY];
  const time = `${new Date(within).toISOString().slice(11, 19)}${fraction(ms)}`;
  if (days === 0 && !hasDay) return time;
  if (!days1904 && days === 60) return null;
  // Serial 1 is 1900-01-01; from 61 on the numbering is one day late, having counted a leap day that was none.
  const epoch = days1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30);
  const day = new Date(epoch + days * MS_PER_DAY).toISOString().slice(0, 10);
  return within === 0 && !hasTime ? day : `${day} ${time}`;
}

function fraction(ms: number): string {
  return ms % 1000 === 0 ? '' : `.${String(ms % 1000).padStart(3, '0')}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function damaged(name: string, why: string): Problem {
  return new Problem('formats/damaged-workbook', `${name} cannot be read as a workbook: ${why}.`, { name, why });
}
