/**
 * A record as a provider hands it over: one row of a CSV a kind, and the way back to the record it was made of.
 *
 * Nothing is lost on the way: what a cell cannot hold, or has no column of its own, stands in `further`. An empty cell is
 * unknown. What each column means is in `produced-dictionary.ts`; which rows are produced is decided elsewhere.
 */
import { microsFrom, textFrom } from '../base/interval.ts';
import type { Identifier } from './identifier.ts';
import { identifierOf, listOf, mentionOf, partOf, textsOf } from './produced-json.ts';
import { type Draft, KIND_COLUMNS, type Kind, type KindColumn, type KindValues, OWN_COLUMNS } from './record.ts';

const LEADING = [
  'item', 'kind', 'category', 'account_type', 'account', 'account_as_stored', 'began', 'ended', 'precision',
  'time_as_stored', 'zone_basis', 'undetermined',
] as const; // biome-ignore format: one list

/** `raw` comes last and is never empty: a row cut short is seen to be one. */
const TRAILING = ['further', 'other_accounts', 'parts', 'mentions', 'raw'] as const;

const PRECISIONS = ['microsecond', 'millisecond', 'second', 'minute', 'hour', 'day', 'month', 'none'];
const ZONE_BASES = ['stated', 'provider rule', 'declared by examiner', 'unknown'];
const UNDETERMINED = ['no time', 'no zone', 'time does not exist', 'time exists twice'];

/** The column names of a kind, in order. */
export function producedHeader(kind: Kind): string[] {
  return [...LEADING, ...OWN_COLUMNS[kind], ...TRAILING];
}

/** The row of a record that `item` allowed, one cell a column of `producedHeader`. */
export function producedCells(draft: Draft, item: string): string[] {
  const account = draft.subjects[0];
  const further: Record<string, string> = {};
  const own = OWN_COLUMNS[draft.kind];
  const cells: Record<string, string> = {
    item,
    kind: draft.kind,
    category: draft.category,
    account_type: account?.type ?? '',
    account: account?.value ?? '',
    account_as_stored: account?.text ?? '',
    began: draft.began === null ? '' : textFrom(draft.began),
    ended: draft.ended === null ? '' : textFrom(draft.ended),
    precision: draft.precision,
    time_as_stored: draft.timeAsStored,
    zone_basis: draft.zoneBasis,
    undetermined: draft.undetermined ?? '',
  };
  for (const column of Object.keys(draft.values) as KindColumn[]) {
    const value = draft.values[column];
    if (value === undefined) continue;
    const text = typeof value === 'bigint' ? textFrom(value) : String(value);
    if (own.includes(column) && text !== '') cells[column] = text;
    else further[column] = text;
  }
  for (const [column, text] of Object.entries(cells)) {
    if (isHeldByCsv(text)) continue;
    further[column] = text;
    cells[column] = '';
  }
  const more = draft.subjects.slice(1);
  cells['further'] = Object.keys(further).length === 0 ? '' : JSON.stringify(further);
  cells['other_accounts'] = more.length === 0 ? '' : JSON.stringify(more);
  cells['parts'] = draft.parts === undefined ? '' : JSON.stringify(draft.parts);
  cells['mentions'] = draft.mentions === undefined ? '' : JSON.stringify(draft.mentions);
  cells['raw'] = JSON.stringify(draft.raw);
  return producedHeader(draft.kind).map((column) => cells[column] ?? '');
}

/** Cells as one line of the file: RFC 4180 quoting, ended by a line feed. */
export function producedLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`;
}

/** The record of a row and the item that allowed it; or why it is none, in words that repeat nothing of it. */
export function readProduced(kind: Kind, cells: readonly string[]): { item: string; draft: Draft } | string {
  const header = producedHeader(kind);
  if (cells.length !== header.length) return `${header.length} columns expected, ${cells.length} found`;
  const row: Record<string, string> = Object.fromEntries(header.map((column, place) => [column, cells[place]!]));
  const further = row['further'] === '' ? {} : textsOf(row['further']!);
  if (further === null) return 'further is no JSON object of texts';
  const values: KindValues = {};
  if (Object.keys(further).some((column) => row[column])) return 'further repeats a column that has a value';
  for (const column of OWN_COLUMNS[kind]) if (row[column] !== '') further[column] = row[column]!;
  for (const [column, text] of Object.entries(further)) {
    if (LEADING.some((name) => name === column)) row[column] = text;
    else if (!Object.hasOwn(KIND_COLUMNS, column)) return 'further names a column that does not exist';
    else {
      const value = typed(column as KindColumn, text);
      if (value === null) return `${column} is not of its type`;
      Object.assign(values, { [column]: value });
    }
  }
  if (row['kind'] !== kind) return 'the kind is not that of the file';
  if (row['item'] === '') return 'no item';
  if (!/^DC-\d\d$/.test(row['category']!)) return 'no category';
  if (!PRECISIONS.includes(row['precision']!)) return 'precision is none of the known words';
  if (!ZONE_BASES.includes(row['zone_basis']!)) return 'zone_basis is none of the known words';
  if (row['undetermined'] !== '' && !UNDETERMINED.includes(row['undetermined']!))
    return 'undetermined is none of the known words';
  const [began, ended] = [instant(row['began']!), instant(row['ended']!)];
  if (began === undefined || ended === undefined) return 'began or ended is no time in UTC';
  if (began !== null && ended !== null && ended < began) return 'ended is before began';
  if (began === null && kind !== 'fact' && row['undetermined'] === '') return 'no time, and not said why';
  const raw = textsOf(row['raw']!);
  if (raw === null) return 'raw is no JSON object of texts';
  const subjects = subjectsOf(row);
  const parts = listOf(row['parts']!, partOf);
  const mentions = listOf(row['mentions']!, mentionOf);
  if (subjects === null) return 'an account is not of its type';
  if (parts === null || mentions === null) return 'parts or mentions are not of their shape';
  const named = [...(parts ?? []), ...(mentions ?? [])].flatMap(({ fields }) => fields);
  if (!named.every((field) => Object.hasOwn(raw, field)))
    return 'parts or mentions name a field that raw does not have';
  const draft: Draft = {
    kind,
    category: row['category']!,
    subjects,
    began,
    ended,
    precision: row['precision'] as Draft['precision'],
    timeAsStored: row['time_as_stored']!,
    zoneBasis: row['zone_basis'] as Draft['zoneBasis'],
    values,
    raw,
    ...(row['undetermined'] === '' ? {} : { undetermined: row['undetermined'] as Draft['undetermined'] }),
    ...(parts === undefined ? {} : { parts }),
    ...(mentions === undefined ? {} : { mentions }),
  };
  return { item: row['item']!, draft };
}

/** A NUL and half a surrogate pair have no place in a text file; JSON writes both out. */
function isHeldByCsv(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function instant(text: string): bigint | null | undefined {
  if (text === '') return null;
  const micros = microsFrom(text);
  return micros !== null && textFrom(micros) === text ? micros : undefined;
}

function typed(column: KindColumn, text: string): string | number | bigint | null {
  switch (KIND_COLUMNS[column]) {
    case 'INTEGER':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : null;
    case 'DOUBLE':
      return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text) && Number.isFinite(Number(text)) ? Number(text) : null;
    case 'TIMESTAMP':
      return instant(text) ?? null;
    default:
      return text;
  }
}

function subjectsOf(row: Record<string, string>): Identifier[] | null {
  const others = listOf(row['other_accounts']!, identifierOf);
  if (others === null) return null;
  if (row['account_type'] === '') return others === undefined ? [] : null;
  const first = identifierOf({ type: row['account_type'], value: row['account'], text: row['account_as_stored'] });
  return first === null ? null : [first, ...(others ?? [])];
}
