/**
 * Writes a transparency report: acts in, figures out, each from one published query. The same input, the same bytes.
 *
 * The acts are held against the ledger first. What is small is not shown. No clock is asked: what became of a request is
 * what its acts say so far.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../base/digest.ts';
import { Problem } from '../base/problem.ts';
import type { Policy } from '../instrument/policy.ts';
import type { Entry } from '../ledger/entry.ts';
import { rowsCsv } from '../report/rows-csv.ts';
import { type Comparison, type Difference, LedgerOfRequests } from './against-ledger.ts';
import { definitionRows } from './definitions.ts';
import { addFacts, type Facts, type Kept, noFacts, receivedAt } from './facts.ts';
import { figuresOf, SQL } from './figures.ts';
import { transparencyPage } from './page.ts';
import { type Period, readPeriod } from './period.ts';
import { type Published, published } from './publish.ts';
import { readmeText } from './readme.ts';
import { TABLE_NAMES, TABLES } from './schema.ts';

export type TransparencyInput = {
  /** `2026-H2`, `2026-Q3`, `2026`. */
  period: string;
  policy: Policy;
  /** Every request there is, of any period: a request that is not given is taken for missing. Read once, in order. */
  requests: Iterable<Kept>;
  /** Every entry of the ledger, oldest first. */
  ledger: Iterable<Entry>;
  /** Write the report although the acts differ from the ledger; it says so, and the differences are listed beside it. */
  showDifferences?: boolean;
  /** Also write the tables that the query counts, for whoever checks the report. They are not for publishing. */
  withFacts?: boolean;
  /** How wide the bands are in which national security letters are told of; 500 unless given (50 U.S.C. § 1874(a)(2)). */
  band?: number;
};

export type TransparencyWritten = {
  period: { name: string; from: string; to: string };
  requests: number;
  rows: number;
  hidden: { small: number; withheld: number };
  ledger: { entries: number; compared: number; recovered: number };
  differences: Difference[];
  files: { name: string; sha256: string }[];
};

const FACTS_FOLDER = 'facts';

/**
 * Writes the report into `out`, replacing an earlier one. Throws `transparency/period`, `transparency/ledger-differs` and
 * `transparency/cannot-hide`, each before anything is written.
 */
export async function transparencyReport(input: TransparencyInput, out: string): Promise<TransparencyWritten> {
  const period = readPeriod(input.period);
  const { facts, comparison, entries } = gathered(input, period);
  const { differences, recovered, compared } = comparison;
  if (differences.length > 0 && !input.showDifferences) throw differs(differences);
  const band = input.band ?? 500;
  const figures = await figuresOf(facts, period, band);
  const small = input.policy.limits.smallCell;
  const letters = facts.requests.some((row) => row[INSTRUMENT] === 'US-NSL');
  const shown = published(figures, period, small, letters || input.policy.provider.country === 'US');
  const ledger = { entries, differences: differences.length, recovered: recovered.length };
  const { name: provider } = input.policy.provider;
  const files: [string, string][] = [
    ['index.html', transparencyPage({ period, provider, small, published: shown, ledger })],
    ...tables(shown),
    ['definitions.csv', rowsCsv(definitionRows())],
    ['transparency.sql', SQL],
    ...(differences.length > 0 ? [['differences.csv', differencesCsv(differences)] as [string, string]] : []),
    ...(input.withFacts ? factFiles(facts) : []),
  ];
  const listed = files.map(([name, content]) => ({ name, sha256: sha256(content) }));
  const readme = readmeText({ period, provider, small, ledger, band, files: listed });
  rmSync(join(out, FACTS_FOLDER), { recursive: true, force: true });
  rmSync(join(out, 'differences.csv'), { force: true });
  mkdirSync(input.withFacts ? join(out, FACTS_FOLDER) : out, { recursive: true });
  for (const [name, content] of [...files, ['readme.txt', readme] as const]) writeFileSync(join(out, name), content);
  return {
    period: { name: period.name, from: period.from, to: period.to },
    requests: facts.requests.length,
    rows: shown.rows.rows.length,
    hidden: shown.hidden,
    ledger: { entries, compared, recovered: recovered.length },
    differences,
    files: [...listed, { name: 'readme.txt', sha256: sha256(readme) }],
  };
}

/** The acts of the period's requests as facts; those of any other are only asked whether they belong there. */
function gathered(input: TransparencyInput, period: Period): { facts: Facts; comparison: Comparison; entries: number } {
  const ledger = new LedgerOfRequests(input.ledger);
  const facts = noFacts();
  for (const kept of input.requests) {
    const received = receivedAt(kept);
    const isWithin = received === null || (period.began <= received && received < period.ended);
    ledger.compare(kept, { receiptOnly: !isWithin });
    if (isWithin) addFacts(facts, kept, input.policy);
  }
  return { facts, comparison: ledger.result(), entries: ledger.size };
}

function differs(differences: Difference[]): Problem {
  const first = differences
    .slice(0, 3)
    .map(({ request, entry, what }) => `${request}${entry ? ` (entry ${entry})` : ''}: ${what}`);
  const more = differences.length > 3 ? `; and ${differences.length - 3} more` : '';
  return new Problem(
    'transparency/ledger-differs',
    `The acts of the requests are not those the ledger has. ${first.join('; ')}${more}. Nothing was written. Verify the ledger, restore the docket from a backup, or ask for the report with its differences.`,
    { differences },
  );
}

function tables({ rows, totals, epoc, dsa, firstResponse }: Published): [string, string][] {
  return [
    ['transparency.csv', rowsCsv(rows)],
    ['totals.csv', rowsCsv(totals)],
    ['epoc.csv', rowsCsv(epoc)],
    ['dsa.csv', rowsCsv(dsa)],
    ['first-response.csv', rowsCsv(firstResponse)],
  ];
}

const differencesCsv = (differences: Difference[]): string =>
  rowsCsv({
    columns: ['request', 'entry', 'what'],
    rows: differences.map(({ request, entry, what }) => [request, entry, what]),
  });

const INSTRUMENT = TABLES.requests.findIndex(([name]) => name === 'instrument_id');

function factFiles(facts: Facts): [string, string][] {
  return TABLE_NAMES.map((table) => {
    const types = TABLES[table].map(([, type]) => type);
    const rows = facts[table].map((row) => row.map((cell, index) => factText(cell, types[index]!)));
    return [`${FACTS_FOLDER}/${table}.csv`, rowsCsv({ columns: TABLES[table].map(([name]) => name), rows })];
  });
}

function factText(cell: Facts['acts'][number][number], type: string): string {
  if (cell === null) return '';
  return type === 'timestamp'
    ? Temporal.Instant.fromEpochNanoseconds((cell as bigint) * 1000n).toString()
    : String(cell);
}
