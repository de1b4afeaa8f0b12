/**
 * Any table, read with a saved profile that says what its columns hold. It never claims a file by itself: an examiner
 * chooses it by giving the profile, and whoever made the profile answers for what it says.
 */
import { type Format, format, type ReadContext, type Reading, type ReturnFile, type Sample } from './format.ts';
import { draftOf } from './table/draft.ts';
import { findHeader, folded, type Plan } from './table/plan.ts';
import type { Profile } from './table/profile.ts';
import { HEADER_WITHIN, type SourceRow, type SourceTable, sampledTables, tablesOf } from './table/source-rows.ts';

/** Why a profile does not fit a file, null when it does: some row of its beginning has all the profile's columns. */
export function fits(profile: Profile, sample: Sample): string | null {
  const tables = sampledTables(profile, sample).filter(({ sheet }) => wanted(profile, sheet));
  if (tables.length === 0)
    return profile.sheet === undefined ? 'not a table' : 'no sheet of the name the profile gives';
  const numbered = sample.sheets === null || typeof profile.headerRow !== 'number';
  const sought = numbered ? profile : { ...profile, headerRow: undefined };
  const found = tables.map(({ rows }) => findHeader(sought, rows));
  const why = found.find((one) => typeof one === 'string');
  return found.some((one) => typeof one !== 'string') ? null : (why ?? null);
}

function wanted(profile: Profile, sheet: string | null): boolean {
  return profile.sheet === undefined || sheet === null || profile.sheet === sheet;
}

async function* read(file: ReturnFile, { profile, zone }: ReadContext): AsyncIterable<Reading> {
  if (!profile) {
    yield { unreadable: 'a table is read with a mapping profile, and none was given', locator: 'file' };
    return;
  }
  const tables = await tablesOf(file, profile);
  if (typeof tables === 'string') {
    yield { unreadable: tables, locator: 'file' };
    return;
  }
  const open = await Promise.all(tables.map((table) => opened(profile, table)));
  const readable = open.filter((table) => typeof table.header !== 'string');
  if (readable.length === 0) {
    const named = open.find(({ table: { sheet } }) => wanted(profile, sheet));
    yield { unreadable: String(named?.header ?? 'no sheet of the name the profile gives'), locator: 'file' };
    return;
  }
  for (const { table, header, head, rest } of open) {
    if (typeof header === 'string')
      yield { unreadable: `a sheet the profile does not read: ${header}`, locator: table.sheet! };
    else yield* rowsOf(table, header, head, rest, zone);
  }
}

type Header = { at: number; plan: Plan };
type Opened = { table: SourceTable; header: Header | string; head: SourceRow[]; rest: AsyncIterable<SourceRow> };

/** A table with its header found among its first rows, which are kept for reading. */
async function opened(profile: Profile, table: SourceTable): Promise<Opened> {
  const rows = through(table.rows);
  const head: SourceRow[] = [];
  while (head.length < HEADER_WITHIN) {
    const next = await rows.next();
    if (next.done) break;
    head.push(next.value);
  }
  const whole = head.filter((row) => 'cells' in row);
  const header = wanted(profile, table.sheet) ? findHeader(profile, whole) : 'its name is not the one given';
  if (typeof header !== 'string') header.at = head.indexOf(whole[header.at]!);
  return { table, header, head, rest: rows };
}

async function* through<T>(rows: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T, undefined> {
  yield* rows;
  return undefined;
}

async function* rowsOf(
  { sheet, ragged }: SourceTable,
  { at, plan }: Header,
  head: SourceRow[],
  rest: AsyncIterable<SourceRow>,
  zone: ReadContext['zone'],
): AsyncIterable<Reading> {
  const place = (row: SourceRow) => `${sheet === null ? '' : `${sheet} `}row ${row.number}`;
  const above = head.slice(0, at);
  yield* banner(above, place);
  const heading = (head[at] as { cells: string[] }).cells.map(folded);
  async function* following() {
    yield* head.slice(at + 1);
    yield* rest;
  }
  for await (const row of following()) {
    const locator = place(row);
    if ('unreadable' in row) yield { unreadable: row.unreadable, locator, raw: row.text };
    else if (row.cells.every((cell) => cell.trim() === '') || repeats(row.cells, heading)) continue;
    else if (ragged && !asWide(row.cells, heading.length)) {
      yield {
        unreadable: `${row.cells.length} cells under a header of ${heading.length}`,
        locator,
        raw: row.cells.join(' | '),
      };
    } else {
      const read = draftOf(plan, row.cells, zone);
      yield 'unreadable' in read ? { ...read, locator } : { record: read, locator };
    }
  }
}

/** What stands above the header is what the return says of itself. */
function* banner(above: SourceRow[], place: (row: SourceRow) => string): Iterable<Reading> {
  const fields: Record<string, string> = {};
  for (const row of above) {
    if ('unreadable' in row) yield { unreadable: row.unreadable, locator: place(row), raw: row.text };
    else if (row.cells.some((cell) => cell.trim() !== '')) {
      fields[place(row)] = row.cells.filter((cell) => cell.trim() !== '').join(' | ');
    }
  }
  if (Object.keys(fields).length > 0)
    yield { stated: { targets: [], began: null, ended: null, generated: null, fields } };
}

/** Delimiters behind the last column are nothing; a cell too few or too many means that some stand in the wrong column. */
function asWide(cells: string[], width: number): boolean {
  return cells.length >= width && cells.slice(width).every((cell) => cell.trim() === '');
}

/** Some sources repeat their header on every page. */
function repeats(cells: string[], heading: string[]): boolean {
  return cells.length === heading.length && cells.every((cell, index) => folded(cell) === heading[index]);
}

const declared: Format = format({
  title: 'Any table, read with a mapping profile (CSV, XLSX)',
  support: 'inferred',
  sources: ['the mapping profile given with the import'],
  limits:
    'The profile says what the columns mean; the file does not. A row is kept only when every mapped cell is written as ' +
    'the profile says.',
  kinds: ['session', 'lease', 'contact', 'place', 'transfer', 'fact'],
  recognise: () => null,
  read,
});
export default declared;
