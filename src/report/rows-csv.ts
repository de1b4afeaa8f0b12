/**
 * Rows as a spreadsheet may safely open them.
 *
 * This variant is not the evidence: a cell that a spreadsheet would run as a formula has an apostrophe before it, and a cell
 * too long for a spreadsheet is cut and says so with its digest. The original is named by its digest in the report.
 */
import { sha256 } from '../base/digest.ts';
import { grouped } from '../document/visible.ts';
import type { ReportRows } from './input.ts';

/** Spreadsheets hold 32,767 characters in a cell. */
const CELL_LIMIT = 32_000;

/** UTF-8 with a byte order mark and CRLF, as spreadsheets expect. */
export function rowsCsv({ columns, rows }: Pick<ReportRows, 'columns' | 'rows'>): string {
  return `\ufeff${[columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

function cell(text: string): string {
  const safe = unformula(cut(text).replaceAll('\0', '‹U+0000›'));
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Signs that start a formula, also in full width; a plain decimal number is none (OWASP ASVS 5, 1.2.10). */
function unformula(text: string): string {
  if (/^-?\d+(\.\d+)?$/.test(text)) return text;
  return /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text;
}

function cut(text: string): string {
  if (text.length <= CELL_LIMIT) return text;
  const kept = text.slice(0, CELL_LIMIT - 200).replace(/[\ud800-\udbff]$/, '');
  return `${kept}… [cut: ${grouped(text.length)} characters, sha-256 ${sha256(text)}]`;
}
