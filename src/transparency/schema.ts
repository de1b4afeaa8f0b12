/** The tables that the published query counts: their columns, in order, and what each holds. */
import { type Engine, named } from '../store/engine.ts';
import type { Cell, Facts } from './facts.ts';
import type { Period } from './period.ts';

type Column = [name: string, type: string, says: string];

export const TABLES: Record<keyof Facts, Column[]> = {
  requests: [
    ['request', 'varchar', 'the request'],
    ['received_at', 'timestamp', 'when it was received, UTC: time of the act `receive`'],
    ['kind', 'varchar', 'production, preservation, renewal, emergency, ndo or withdrawal, in the newest version'],
    ['track', 'varchar', 'government, civil or defence'],
    ['country', 'varchar', 'the issuing State of a European order, the requester’s country of any other'],
    ['agency_level', 'varchar', 'federal, state, local, foreign, eu_ms or private as the demand says; else unknown'],
    ['instrument_id', 'varchar', 'kind of paper of the newest version; none where there is none'],
    ['service', 'varchar', 'a service of the policy; other where the demand names another, unspecified where none'],
    ['emergency', 'boolean', 'an emergency request, or a European order in an emergency'],
    ['versions', 'integer', 'number of versions: the demand, each cure, each narrowing'],
    ['accounts_named', 'integer', 'different identifiers named in the first version, without places, towers, terms'],
    ['ndo_ordered', 'boolean', 'a version came with a court’s order or a statute that forbids notice'],
    ['ndo_without_end', 'boolean', 'such an order of a court named no end'],
    ['reverse', 'boolean', 'an item of a version asks for whoever was somewhere or wrote something'],
  ],
  items: [
    ['request', 'varchar', 'the request'],
    ['version', 'integer', 'of which version, counted from 1'],
    ['item', 'varchar', 'the item'],
    ['data_category', 'varchar', 'DC-01 to DC-22; null where unstated'],
    ['data_class', 'varchar', 'subscriber, identification, traffic or content (Regulation (EU) 2023/1543); or null'],
    ['content', 'boolean', 'its category is content'],
    ['reverse', 'boolean', 'it asks for whoever was somewhere or wrote something'],
  ],
  acts: [
    ['request', 'varchar', 'the request'],
    ['seq', 'integer', 'number of the act, from 0'],
    ['act', 'varchar', 'its name'],
    ['version', 'integer', 'which version of the demand it is about'],
    ['done_at', 'timestamp', 'when it was done, UTC'],
    ['item', 'varchar', 'of `decide`: the item'],
    ['outcome', 'varchar', 'the word it turns on: verdict, answer, decision, kind of letter, when a user was told'],
    ['rows', 'bigint', 'of `package`: rows handed over'],
    ['accounts_found', 'integer', 'of `resolve`: different accounts found'],
    ['entry', 'varchar', 'its entry in the ledger'],
  ],
  counts: [
    ['request', 'varchar', 'the request'],
    ['seq', 'integer', 'the act `collect` or `preserve` that counted'],
    ['item', 'varchar', 'the item'],
    ['account', 'integer', 'the account, numbered within the request'],
    ['data_category', 'varchar', 'DC-01 to DC-22'],
    ['content', 'boolean', 'its category is content'],
    ['found', 'bigint', 'rows there were'],
    ['produced', 'bigint', 'rows that were handed over'],
  ],
  findings: [
    ['request', 'varchar', 'the request'],
    ['seq', 'integer', 'the act `verify` or `review` that found it'],
    ['version', 'integer', 'in which version'],
    ['rule', 'varchar', 'R-001 and on'],
    ['severity', 'varchar', 'reject, pushback, warn or block'],
  ],
};

export const TABLE_NAMES = Object.keys(TABLES) as (keyof Facts)[];

/** Loads the facts, the parts of the period and the width of a band into tables of the engine. */
export async function load(engine: Engine, facts: Facts, period: Period, band: number): Promise<void> {
  for (const name of TABLE_NAMES) {
    const columns = TABLES[name];
    const declared = columns.map(([column, type]) => `${named(column)} ${type}`).join(', ');
    await engine.run(`create table ${named(name)} (${declared})`);
    await fill(engine, name, columns.map(([, type], index) => facts[name].map((row) => typed(row[index]!, type)))); // biome-ignore format: one line
  }
  await engine.run(
    'create table parts (period_start varchar, period_end varchar, began timestamp, ended timestamp, half_year boolean)',
  );
  const { parts } = period;
  await fill(engine, 'parts', [
    parts.map(({ from }) => from),
    parts.map(({ to }) => to),
    parts.map(({ began }) => began),
    parts.map(({ ended }) => ended),
    parts.map(({ isHalfYear }) => isHalfYear),
  ]);
  await engine.run(`create table settings as select ${Math.trunc(band)}::bigint as band`);
}

async function fill(engine: Engine, table: string, columns: unknown[][]): Promise<void> {
  if ((columns[0]?.length ?? 0) > 0) await engine.append(table, columns);
}

const typed = (value: Cell, type: string): Cell => (type === 'bigint' && value !== null ? BigInt(value) : value);
