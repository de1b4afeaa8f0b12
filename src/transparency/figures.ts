/**
 * The figures of a period before anything small is taken out: what the one published query says of the facts.
 *
 * Nothing is counted here; `transparency.sql` is run as it is published, and its results are read.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEngine } from '../store/engine.ts';
import type { Facts } from './facts.ts';
import type { Period } from './period.ts';
import { load } from './schema.ts';

/** A row as the query gives it: words, whole numbers, times in tenths, null where there is none. */
export type Row = Record<string, string | number | boolean | null>;

export type Figures = {
  rows: Row[];
  totals: Row[];
  bands: Row[];
  epoc: Row[];
  dsa: Row[];
  firstResponse: Row[];
  profiles: Row[];
};

const VIEWS: Record<keyof Figures, string> = {
  rows: 'transparency_rows',
  totals: 'transparency_totals',
  bands: 'transparency_bands',
  epoc: 'transparency_epoc',
  dsa: 'transparency_dsa',
  firstResponse: 'transparency_first_response',
  profiles: 'transparency_profiles',
};

export const SQL = readFileSync(join(import.meta.dirname, 'transparency.sql'), 'utf8');

/** `band` is the width in which national security letters are counted. */
export async function figuresOf(facts: Facts, period: Period, band: number): Promise<Figures> {
  await using engine = await openEngine([]);
  await load(engine, facts, period, band);
  await engine.run(SQL);
  const figures: Partial<Figures> = {};
  for (const [name, view] of Object.entries(VIEWS) as [keyof Figures, string][]) {
    figures[name] = (await engine.rows(`select * from ${view}`)).map(plain);
  }
  return figures as Figures;
}

const plain = (row: Record<string, unknown>): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'bigint' ? Number(value) : (value as Row[string]),
    ]),
  );
