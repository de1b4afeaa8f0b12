/**
 * What a reader can know between the numbers of a report: what adds up to what, and what cannot be more than what.
 *
 * Tables that count the same requests in another way (European orders, orders under the DSA, the time to the first
 * response) are related to the rows too, so that what one hides the other does not tell.
 */
import { OUTCOMES } from './definitions.ts';
import { europeanRelations } from './european-relations.ts';
import type { Row } from './figures.ts';
import type { Relation } from './hide.ts';
import { MEASURED, type Places, type Table } from './places.ts';

export type Terms = Relation['terms'];

export const HANDED_OVER = ['requests_produced_full', 'requests_produced_partial'] as const;
export const ANSWERED = [...HANDED_OVER, 'no_responsive_records'] as const;
const TOLD = ['users_notified_before', 'users_notified_delayed', 'users_not_notified'] as const;
const RECEIVED = ['requests_received'] as const;

/** In every row, the first together are never more than the second together. */
export const NEVER_MORE: [readonly string[], readonly string[]][] = [
  [['requests_pushed_back'], ['first_responses']],
  [['requests_narrowed'], RECEIVED],
  [['reverse_requests'], RECEIVED],
  [['speech_escalations'], RECEIVED],
  [['emergency_received'], RECEIVED],
  [['emergency_granted', 'emergency_rejected_verification'], ['emergency_received']],
  [['emergency_granted'], ANSWERED],
  [HANDED_OVER, ['accounts_disclosed']],
  [['content_disclosed_accounts'], ['accounts_disclosed']],
  [['accounts_disclosed'], ['accounts_affected']],
  [['accounts_disclosed'], TOLD],
  [HANDED_OVER, TOLD],
  [['preservation_converted'], ['preservation_requests']],
  [['ndo_indefinite_received'], ['ndo_attached']],
  [['ndo_challenged'], ['ndo_attached']],
  [ANSWERED, ['first_responses']],
  [['first_responses'], RECEIVED],
  [HANDED_OVER, ['productions']],
  [['productions'], ANSWERED],
];

export class Relations {
  readonly all: Relation[] = [];
  readonly places: Places;

  constructor(places: Places) {
    this.places = places;
    const { rows, totals, dsa } = places.figures;
    for (const row of rows.keys()) this.#withinRow('rows', row);
    for (const row of totals.keys()) {
      this.#withinRow('totals', row);
      this.#sumOfRows(row);
    }
    for (const row of dsa.keys()) this.#sumOfMemberState(row);
    europeanRelations(this);
  }

  /** These columns of some rows, each added or taken off. */
  of(table: Table, rows: number | readonly number[], columns: readonly string[], factor: 1 | -1 = 1): Terms {
    return [rows]
      .flat()
      .flatMap((row) => columns.map((column) => [this.places.indexOf(table, row, column)!, factor] as const));
  }

  areZero(...terms: Terms[]): void {
    this.all.push({ terms: terms.flat(), least: 0, most: 0 });
  }

  areNotLess(...terms: Terms[]): void {
    this.all.push({ terms: terms.flat(), least: 0, most: Number.POSITIVE_INFINITY });
  }

  #withinRow(table: 'rows' | 'totals', row: number): void {
    const of = (columns: readonly string[], factor: 1 | -1 = 1) => this.of(table, row, columns, factor);
    this.areZero(of(RECEIVED), of(OUTCOMES, -1));
    for (const [less, more] of NEVER_MORE) this.areNotLess(of(more), of(less, -1));
  }

  /** A paper is the sum of its rows, all papers the sum of the papers but mutual legal assistance, and of the times waited. */
  #sumOfRows(row: number): void {
    const total = this.places.figures.totals[row]!;
    const isAll = total['counted'] === 'all';
    const parts = isAll
      ? this.places.rows('totals', (one) => isSamePeriod(one, total) && !['all', 'XB-MLAT'].includes(String(one['counted']))) // biome-ignore format: one line
      : this.places.rows('rows', (one) => isSamePeriod(one, total) && one['instrument_id'] === total['counted']);
    for (const column of MEASURED)
      this.areZero(this.of('totals', row, [column]), this.of(isAll ? 'totals' : 'rows', parts, [column], -1));
    if (!isAll) return;
    const waits = this.places.rows('firstResponse', (one) => isSamePeriod(one, total));
    const responded = waits.filter((wait) => this.places.figures.firstResponse[wait]!['label'] !== 'no response yet');
    this.areZero(this.of('totals', row, RECEIVED), this.of('firstResponse', waits, ['requests'], -1));
    this.areZero(this.of('totals', row, ['first_responses']), this.of('firstResponse', responded, ['requests'], -1));
  }

  #sumOfMemberState(row: number): void {
    const state = this.places.figures.dsa[row]!;
    const parts = this.places.rows('rows', (one) => isOrderOf(one, state));
    this.areZero(this.of('dsa', row, ['orders_received']), this.of('rows', parts, RECEIVED, -1));
  }
}

export const isSamePeriod = (a: Row, b: Row) => a['period_start'] === b['period_start'];

/** Whether a row of the report counts orders that a row of dsa.csv counts. */
export const isOrderOf = (row: Row, state: Row) =>
  isSamePeriod(row, state) && row['instrument_id'] === 'EU-DSA10' && row['country_iso2'] === state['member_state'];
