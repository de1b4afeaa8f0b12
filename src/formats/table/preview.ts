/** The first records of delimited text, for looking at a header. Reading a return is `../reading/csv.ts`. */

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** Records with their cells; what follows a quote that never closes is left out. */
export function preview(text: string, delimiter: string): string[][] {
  const records: string[][] = [];
  let cells: string[] = [];
  let at = 0;
  while (at < text.length) {
    const [cell, end] = text[at] === '"' ? quoted(text, at) : bare(text, at, delimiter);
    if (end === -1) return records;
    cells.push(cell);
    at = end;
    if (text[at] === delimiter) {
      at += 1;
      if (at < text.length) continue;
      cells.push('');
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n' || at >= text.length) at += 1;
    else if (text[at - 1] !== '\r') at = Math.max(at, text.indexOf('\n', at) + 1 || text.length);
    records.push(cells);
    cells = [];
  }
  return records;
}

function bare(text: string, start: number, delimiter: string): [string, number] {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n') end += 1;
  if (end > start && text[end - 1] === '\r' && text[end] !== delimiter) end -= 1;
  return [text.slice(start, end), end];
}

function quoted(text: string, start: number): [string, number] {
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return ['', -1];
    if (text[quote + 1] !== '"') return [text.slice(start + 1, quote).replaceAll('""', '"'), quote + 1];
    from = quote + 2;
  }
}
