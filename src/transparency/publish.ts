/** The figures as they are published: text in every cell, with what is small or would tell of it taken out. */
import { figuredFrom } from './changes.ts';
import {
  DIMENSIONS,
  DSA_COLUMNS,
  EPOC_COLUMNS,
  FIRST_RESPONSE_COLUMNS,
  MEASURES,
  TOTALS_COLUMNS,
} from './definitions.ts';
import type { Figures, Row } from './figures.ts';
import { hidden, type Showing } from './hide.ts';
import type { Period } from './period.ts';
import { Places, RESTS_ON, type Table } from './places.ts';

/** What stands for a count that would tell of a small one, and for a time that rests on few requests. */
export const WITHHELD = '*';

const smallMark = (small: number): string => `<${small}`;

/** What the marks mean. */
export function marksInWords(small: number): string {
  if (small < 3) return 'All counts are shown.';
  return `${smallMark(small)} stands for a count from 1 to ${small - 1}. ${WITHHELD} stands for a count, not nought, that would tell another, or for a time that rests on fewer than ${small} requests or would tell how many. Nought is shown.`;
}

export type PublishedTable = { columns: string[]; rows: string[][] };

export type Published = {
  rows: PublishedTable;
  totals: PublishedTable;
  epoc: PublishedTable;
  dsa: PublishedTable;
  firstResponse: PublishedTable;
  /** How many counts are shown as small, and how many are withheld. */
  hidden: { small: number; withheld: number };
};

/** `bands`: whether national security letters are to be told of. Throws `transparency/cannot-hide`. */
export function published(figures: Figures, period: Period, small: number, bands: boolean): Published {
  const places = new Places(figures);
  const showing = hidden(figuredFrom(places), small);
  const text = (table: Table, row: number, column: string): string => {
    const value = figures[table][row]![column];
    const restsOn = RESTS_ON[column];
    const index = places.indexOf(table, row, restsOn ?? column);
    if (index === undefined) return String(value ?? '');
    if (restsOn === undefined) return countText(value as number, showing[index]!, small);
    if (value === null) return '';
    return showing[index] === 'shown' ? (value as number).toFixed(1) : WITHHELD;
  };
  const table = (name: Table, columns: string[], fixed: Record<string, string> = {}): PublishedTable => ({
    columns,
    rows: figures[name].map((_, row) => columns.map((column) => fixed[column] ?? text(name, row, column))),
  });
  const measures = MEASURES.map(({ name }) => name);
  const rows = table('rows', [...names(DIMENSIONS), ...measures]);
  const all = showing.filter((_, index) => places.counts[index]!.isExact);
  return {
    rows: bands ? { ...rows, rows: inOrder([...rows.rows, ...figures.bands.map(bandRow)]) } : rows,
    totals: table('totals', ['period_start', 'period_end', ...names(TOTALS_COLUMNS), ...measures]),
    epoc: table('epoc', names(EPOC_COLUMNS), { period_start: period.from, period_end: period.to }),
    dsa: table('dsa', names(DSA_COLUMNS)),
    firstResponse: table('firstResponse', names(FIRST_RESPONSE_COLUMNS)),
    hidden: {
      small: all.filter((one) => one === 'small').length,
      withheld: all.filter((one) => one === 'withheld').length,
    },
  };
}

const names = (columns: readonly [string, ...string[]][]) => columns.map(([name]) => name);

function countText(value: number, showing: Showing, small: number): string {
  if (showing === 'shown') return String(value);
  return showing === 'small' ? smallMark(small) : WITHHELD;
}

/** Of national security letters nothing is told but two bands. */
function bandRow(band: Row): string[] {
  const told: Record<string, string> = {
    period_start: String(band['period_start']),
    period_end: String(band['period_end']),
    country_iso2: 'US',
    agency_level: 'federal',
    instrument_id: 'US-NSL',
    service: '',
    requests_received: String(band['requests_received']),
    accounts_specified: String(band['accounts_specified']),
  };
  return [...DIMENSIONS.map(([name]) => name), ...MEASURES.map(({ name }) => name)].map((name) => told[name] ?? '');
}

const KEY_COLUMNS = DIMENSIONS.length;

function inOrder(rows: string[][]): string[][] {
  const key = (row: string[]) => row.slice(0, KEY_COLUMNS).join('\u0000');
  return rows.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
