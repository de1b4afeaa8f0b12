/** What the table of European orders tells of the rows, and they of it: every order is in one class at least, in each once. */
import type { Row } from './figures.ts';
import { EPOC_COUNTS } from './places.ts';
import { ANSWERED, HANDED_OVER, type Relations, type Terms } from './relations.ts';

type Factor = 1 | -1;
type Sum = (factor: Factor) => Terms;

export function europeanRelations(relations: Relations): void {
  const { epoc } = relations.places.figures;
  for (const row of epoc.keys()) {
    relations.areZero(relations.of('epoc', row, ['received']), relations.of('epoc', row, EPOC_COUNTS.slice(1), -1));
    relations.areNotLess(relations.of('epoc', row, ['received']), relations.of('epoc', row, ['follow_ups'], -1));
    relations.areNotLess(relations.of('epoc', row, ['fulfilled']), relations.of('epoc', row, ['productions'], -1));
  }
  for (const state of new Set(epoc.map((row) => row['issuing_state']!))) {
    ordersOf(relations, state);
    holdsOf(relations, state);
  }
}

/** Whether a row of the report counts orders that epoc.csv counts under this certificate and State. */
export function isCertificateOf(row: Row, certificate: unknown, state: unknown): boolean {
  const paper = String(row['instrument_id']);
  return row['country_iso2'] === state && (certificate === 'EPOC' ? /^EU-EPOC-[ST]$/ : /^EU-EPOC-PR$/).test(paper);
}

function ordersOf(relations: Relations, state: Row[string]): void {
  const { places } = relations;
  const orders = places.rows('epoc', (row) => row['issuing_state'] === state && row['certificate'] === 'EPOC');
  const rows = places.rows('rows', (row) => isCertificateOf(row, 'EPOC', state));
  const inRows = (columns: readonly string[], factor: Factor) => relations.of('rows', rows, columns, factor);
  const emergency = (is: string) => orders.filter((row) => places.figures.epoc[row]!['emergency'] === is);
  const all: Sum = (factor) => inRows(['requests_received'], factor);
  const urgent: Sum = (factor) => inRows(['emergency_received'], factor);
  const other: Sum = (factor) => [...all(factor), ...urgent(factor === 1 ? -1 : 1)];
  covered(relations, orders, 'received', all, all);
  covered(relations, emergency('yes'), 'received', urgent, urgent);
  covered(relations, emergency('no'), 'received', other, other);
  covered(relations, orders, 'fulfilled', (factor) => inRows(HANDED_OVER, factor), (factor) => inRows(ANSWERED, factor)); // biome-ignore format: one line
}

function holdsOf(relations: Relations, state: Row[string]): void {
  const { places } = relations;
  const holds = places.rows('epoc', (row) => row['issuing_state'] === state && row['certificate'] === 'EPOC-PR');
  const rows = places.rows('rows', (row) => isCertificateOf(row, 'EPOC-PR', state));
  const asked: Sum = (factor) => relations.of('rows', rows, ['preservation_requests'], factor);
  covered(relations, holds, 'received', asked, asked);
}

/** All classes together are no less than `least`, each class alone no more than `most`. */
function covered(relations: Relations, classes: number[], column: string, least: Sum, most: Sum): void {
  if (classes.length === 0) return;
  relations.areNotLess(relations.of('epoc', classes, [column]), least(-1));
  const { epoc } = relations.places.figures;
  for (const one of new Set(classes.map((row) => epoc[row]!['data_class']))) {
    const same = classes.filter((row) => epoc[row]!['data_class'] === one);
    relations.areNotLess(most(1), relations.of('epoc', same, [column], -1));
  }
}
