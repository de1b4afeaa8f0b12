/** The transparency report of a period: every figure counted from the acts, held against the ledger, small cells hidden. */
import { resolve } from 'node:path';
import { z } from 'zod';
import { operation } from './operation.ts';
import { policyInForce } from './provider.ts';

export const transparencyOperation = operation({
  words: 'transparency',
  desk: 'provider',
  op: 'disclosure',
  does: 'Write the transparency report of a half-year, quarter or year: tables and a page, each figure from one published query.',
  example: 'fourcorners transparency --period 2026-H2 --out transparency',
  input: z.strictObject({
    period: z.string().min(1).describe('2026-H2, 2026-Q3 or 2026'),
    out: z.string().min(1).describe('folder for the tables and the page'),
    'show-differences': z.boolean().default(false).describe('write it although acts and ledger differ, and list where'),
    'with-facts': z
      .boolean()
      .default(false)
      .describe('also the tables the query counts, for an auditor; not to be published'),
  }),
  async run(house, input, task) {
    // Loaded when it is wanted: no other command needs its charts and its query.
    const { transparencyReport } = await import('../transparency/report.ts');
    const docket = house.docket();
    function* requests() {
      let read = 0;
      for (const request of docket.every()) {
        yield { request, acts: docket.acts(request) };
        if (++read % 1000 === 0) task.progress(`${read} requests read`);
      }
    }
    const out = resolve(input.out);
    const written = await transparencyReport(
      {
        period: input.period,
        policy: policyInForce(house).paper,
        requests: requests(),
        ledger: house.ledger.entries(),
        showDifferences: input['show-differences'],
        withFacts: input['with-facts'],
      },
      out,
    );
    task.tell({ counts: { requests: written.requests, rows: written.rows } });
    return { out, ...written };
  },
  show: ({ out, period, requests, rows, hidden, ledger, differences }) =>
    [
      `${period.name}: ${requests} requests, ${rows} rows, ${hidden.small} small cells hidden and ${hidden.withheld} more that would give them away.`,
      `  held against ${ledger.entries} entries of the ledger: ${differences.length === 0 ? 'nothing differs' : `${differences.length} differences, listed in differences.csv`}`,
      `  ${out}/index.html`,
    ].join('\n'),
});
