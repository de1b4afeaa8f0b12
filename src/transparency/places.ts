/** Every number a report would show, by its place in the figures, and which sums it goes into. */
import { COUNTS } from './definitions.ts';
import type { Figures, Row } from './figures.ts';
import type { Change, Count } from './hide.ts';

export type Table = Exclude<keyof Figures, 'bands' | 'profiles'>;
export type Place = { table: Table; row: number; column: string };

/** Columns that say how many requests a time rests on: not published, but told by whether the time is shown. */
export const RESTS_ON: Record<string, string> = {
  median_hours_to_first_response: 'first_responses',
  median_days_to_production: 'productions',
  average_hours_to_data: 'productions',
  average_days_to_follow_up: 'follow_ups',
  median_hours_to_acknowledge: 'acknowledgements',
  median_hours_to_effect: 'effects',
};

export const MEASURED = [...COUNTS, 'first_responses', 'productions'];
export const EPOC_COUNTS = ['received', 'fulfilled', 'not_fulfilled', 'still_open'];

const COLUMNS: Record<Table, string[]> = {
  rows: MEASURED,
  totals: MEASURED,
  epoc: [...EPOC_COUNTS, 'productions', 'follow_ups'],
  dsa: ['orders_received', 'acknowledgements', 'effects'],
  firstResponse: ['requests'],
};

/** How much is lost when a number is hidden: a total more than a row, what is asked first more than what is asked last. */
const WEIGHT = { row: 10, paper: 60, all: 400, firstResponse: 40, epoc: 12, dsa: 30 };
const TIMES_AS_MUCH: Record<string, number> = {
  requests_received: 4,
  requests_produced_full: 2,
  requests_produced_partial: 2,
  requests_rejected: 2,
  accounts_disclosed: 2,
};

export class Places {
  readonly counts: Count[] = [];
  readonly places: Place[] = [];
  readonly figures: Figures;
  readonly #index = new Map<string, number>();
  /** 2 in what is told of all papers, 1 in a paper, 0 in a row of any table. */
  readonly #level: number[] = [];

  constructor(figures: Figures) {
    this.figures = figures;
    for (const table of Object.keys(COLUMNS) as Table[])
      for (const row of figures[table].keys()) for (const column of COLUMNS[table]) this.#put({ table, row, column });
  }

  #put(place: Place): void {
    const { table, row, column } = place;
    const isAll = table === 'totals' && this.figures.totals[row]!['counted'] === 'all';
    const weight =
      table === 'rows' ? WEIGHT.row : table === 'totals' ? (isAll ? WEIGHT.all : WEIGHT.paper) : WEIGHT[table];
    const value = Number(this.figures[table][row]![column]);
    this.#index.set(`${table} ${row} ${column}`, this.counts.length);
    this.counts.push({
      value,
      weight: weight * (TIMES_AS_MUCH[column] ?? 1) + Math.log2(1 + value),
      isExact: !Object.values(RESTS_ON).includes(column),
    });
    this.places.push(place);
    this.#level.push(table === 'firstResponse' || isAll ? 2 : table === 'totals' ? 1 : 0);
  }

  /** Undefined for a column that counts nothing. */
  indexOf(table: Table, row: number, column: string): number | undefined {
    return this.#index.get(`${table} ${row} ${column}`);
  }

  rows(table: Table, which: (row: Row) => boolean): number[] {
    return this.figures[table].flatMap((row, index) => (which(row) ? [index] : []));
  }

  /** What a change does above the rows, or above the papers too, as a text to find its opposite by. */
  above(change: Change, level: 'rows' | 'papers', sign: 1 | -1): string {
    const least = level === 'rows' ? 1 : 2;
    const above: string[] = [];
    for (const [index, by] of change) if (this.#level[index]! >= least) above.push(`${index}:${by * sign}`);
    return `${level} ${above.sort().join(' ')}`;
  }

  nameOf(index: number): string {
    const { table, row, column } = this.places[index]!;
    const one = this.figures[table][row]!;
    return `${column} of ${ABOUT.flatMap((name) => (one[name] === undefined ? [] : [one[name]])).join(', ')}`;
  }
}

const ABOUT = ['period_start', 'counted', 'country_iso2', 'issuing_state', 'member_state', 'agency_level', 'instrument_id', 'certificate', 'data_class', 'service', 'label']; // biome-ignore format: a list
