/** Writes a report: one document, two renderings, its exhibits and how to recompute it. The same input, the same bytes. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../base/digest.ts';
import { html } from '../document/html.ts';
import { pdf } from '../document/typst.ts';
import { compose, recomputeSteps } from './compose.ts';
import type { ReportInput } from './input.ts';
import { rowsCsv } from './rows-csv.ts';
import { refuseOverclaims, wordsIn, wordsOf } from './wording.ts';

/** `sha256` is that of `sha256sums.txt`, which lists every other file with its digest: what the ledger keeps of a report. */
export type Written = { files: { name: string; sha256: string }[]; sha256: string };

/** Replaces what an earlier report left in `folder`. Throws `report/wording` before anything is written. */
export async function writeReport(input: ReportInput, folder: string): Promise<Written> {
  const document = compose(input);
  for (const finding of input.findings) refuseOverclaims(wordsOf(finding));
  refuseOverclaims(wordsIn(document));
  const files: [string, string | Uint8Array][] = [
    ['report.html', html(document)],
    ['report.pdf', await pdf(document)],
    ['recompute.md', recomputeText(input)],
    ...input.findings.flatMap((finding, index): [string, string][] => {
      const rows = input.rows[finding.digest];
      return [
        [`exhibits/${index + 1}-${finding.question}.json`, `${JSON.stringify(finding, null, 2)}\n`],
        ...(rows ? [[`exhibits/${index + 1}-rows.csv`, rowsCsv(rows)] as [string, string]] : []),
      ];
    }),
  ];
  rmSync(join(folder, 'exhibits'), { recursive: true, force: true });
  mkdirSync(join(folder, 'exhibits'), { recursive: true });
  const listed = files.map(([name, content]) => `${sha256(content)}  ${name}\n`).join('');
  files.push(['sha256sums.txt', listed]);
  for (const [name, content] of files) writeFileSync(join(folder, name), content);
  return { files: files.map(([name, content]) => ({ name, sha256: sha256(content) })), sha256: sha256(listed) };
}

function recomputeText(input: ReportInput): string {
  const originals = input.receipts.flatMap((receipt) =>
    receipt.originals.map(({ name, sha256: digest }) => `${digest}  ${name}`),
  );
  const findings = input.findings.map(({ question, digest }) => `${digest}  ${question}`);
  return [
    `# How to recompute the report on ${input.matter.name}`,
    '',
    ...recomputeSteps(input).map((step, index) => `${index + 1}. ${step}`),
    '',
    '## Originals', '', ...originals.map((line) => `    ${line}`),
    '',
    '## Questions', '', ...input.commands.map((line) => `    ${line}`),
    '',
    '## Findings', '', ...findings.map((line) => `    ${line}`),
    '',
    '## Checkpoint of the ledger at the last import', '', ...input.ledger.checkpoint.split('\n').map((line) => `    ${line}`),
    '',
  ].join('\n'); // biome-ignore format: a page
}
