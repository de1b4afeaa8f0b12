/**
 * Rows of a table that a person keeps, strictly by RFC 4180: commas, quotes doubled inside quotes, LF or CRLF.
 *
 * A first byte-order mark and empty lines at the end are allowed. A row that breaks the rules says so under its number;
 * lines inside a quoted cell belong to its row.
 */
export type CsvRow = { number: number; cells: string[] } | { number: number; says: string };

const OPEN_QUOTE = 'a quote is never closed';
const STRAY_QUOTE = 'a quote stands inside a cell that is not quoted, or text stands behind a closing one';

export function csvRows(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    const number = rows.length + 1;
    const cells: string[] = [];
    let stray = false;
    for (;;) {
      let cell = '';
      const quoted = text[at] === '"';
      if (quoted) {
        const closing = closingQuote(text, at + 1);
        if (closing < 0) {
          rows.push({ number, says: OPEN_QUOTE });
          return rows;
        }
        cell = text.slice(at + 1, closing).replaceAll('""', '"');
        at = closing + 1;
      }
      const end = endOfCell(text, at);
      const rest = text.slice(at, end);
      stray ||= rest.includes('"') || (quoted && rest.replace(/\r$/, '') !== '');
      cells.push(cell + (text[end] === ',' ? rest : rest.replace(/\r$/, '')));
      at = end + 1;
      if (text[end] !== ',') break;
    }
    rows.push(stray ? { number, says: STRAY_QUOTE } : { number, cells });
  }
  while (rows.length > 0 && isEmpty(rows.at(-1)!)) rows.pop();
  return rows;
}

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

/** Where the comma or the line feed stands that ends the cell, or the end of the text. */
function endOfCell(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === ',' || text[at] === '\n') return at;
  }
  return text.length;
}

function isEmpty(row: CsvRow): boolean {
  return 'cells' in row && row.cells.length === 1 && row.cells[0] === '';
}
