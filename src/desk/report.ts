/** The report of a matter: what came, what was sealed, what was asked and what the records support. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Finding } from '../analysis/finding.ts';
import { canonical } from '../base/canonical.ts';
import { textFrom } from '../base/interval.ts';
import { Problem } from '../base/problem.ts';
import { formats } from '../formats/register.ts';
import { type Receipt, stillSealed } from '../importing/receipt.ts';
import type { ReportInput, ReportRows } from '../report/input.ts';
import type { OpenRecords } from '../store/records.ts';
import { importsOf } from '../store/segments.ts';
import { type Arrangement, arrangementOf, wordsFor } from './arrangement.ts';
import type { House, Matter } from './house.ts';
import { instrumentsOf, scopeInWords } from './instrument.ts';
import { MatterId, papersOf } from './matter.ts';
import { operation } from './operation.ts';
import { type Asked, answer, keep, openMatter } from './question.ts';
import { placesOf } from './reference.ts';

/** The order in which a reader meets them; what speaks against comes with each. */
const ORDER = ['timeline', 'corroboration', 'areas', 'hours'];
const ROWS_SHOWN = 2000;
/** Kinds of record a question reads when its parameters do not say. */
const KINDS_READ: Record<string, string> = { corroboration: 'session,lease,contact' };

export const report = operation({
  words: 'report',
  desk: 'examiner',
  op: 'disclosure',
  does: 'Write the report of a matter: report.html, report.pdf, the exhibits and how to recompute them.',
  example: 'fourcorners report --matter m-1a2b3c4d5e --out report',
  input: z.strictObject({ matter: MatterId, out: z.string().min(1).describe('a folder; made when it is not there') }),
  async run(house, input, task) {
    const matter = house.matter(input.matter);
    const out = resolve(input.out);
    if (existsSync(out) && readdirSync(out).length > 0 && !existsSync(`${out}/report.html`)) {
      throw new Problem(
        'report/folder-in-use',
        `${out} holds other files. Nothing was written; name an empty folder with --out.`,
        { folder: out },
      );
    }
    const imports = await importsOf<Receipt>(matter.folder, matter.key, matter.id);
    if (imports.length === 0) throw nothingImported(matter.id);
    await using records = await openMatter(matter, house.shelf);
    const { made, findings } = await reportInto(house, matter, records, out, task.progress);
    task.tell({
      objects: { count: made.files.length, digest: made.sha256 },
    });
    return { out, files: made.files, findings: findings.map(({ question, digest }) => ({ question, digest })) };
  },
  show: ({ out, files }) =>
    `${files.length} files are in ${out}:\n${files.map(({ name, sha256 }) => `  ${sha256}  ${name}`).join('\n')}`,
});

export const nothingImported = (matter: string) =>
  new Problem('report/nothing-imported', 'Nothing was imported into this matter, so there is nothing to report.', {
    matter,
  });

/** Writes the report of a matter into a folder. */
export async function reportInto(
  house: House,
  matter: Matter,
  records: OpenRecords,
  out: string,
  progress: (text: string) => void,
) {
  const { findings, arrangement } = await exhibitsOf(matter, records, progress);
  progress('writing the report');
  // Loaded when a report is written: an import must not carry the maps along.
  const { writeReport } = await import('../report/report.ts');
  const made = await writeReport(await inputOf(house, matter, records, findings, arrangement), out);
  return { made, findings };
}

/** Every finding kept for the records as they are now; a main question that was not asked is asked with its defaults. */
async function findingsOf(matter: Matter, records: OpenRecords, progress: (text: string) => void): Promise<Finding[]> {
  const places = await placesOf(matter);
  const fresh = await answer('timeline', {}, { records, places });
  await keep(matter, fresh);
  const kept = await Promise.all(
    matter.papers.list('findings').map((digest) => matter.papers.get<Finding>(`findings/${digest}`)),
  );
  const current = kept.filter((finding) => finding.inputs.digest === fresh.inputs.digest);
  for (const question of ORDER.filter((name) => !current.some((finding) => finding.question === name))) {
    progress(`asking ${question}`);
    const finding = await answer(question, {}, { records, places });
    await keep(matter, finding);
    current.push(finding);
  }
  const place = ({ question }: Finding) => (ORDER.includes(question) ? ORDER.indexOf(question) : ORDER.length);
  return current.sort((a, b) => place(a) - place(b) || (a.digest < b.digest ? -1 : 1));
}

/** The findings in the order of the exhibits: as they were arranged, then the others in the usual order. */
async function exhibitsOf(matter: Matter, records: OpenRecords, progress: (text: string) => void) {
  const usual = await findingsOf(matter, records, progress);
  const arranged = await arrangementOf(matter);
  if (arranged === null) return { findings: usual, arrangement: null };
  const places = await placesOf(matter);
  const findings: Finding[] = [];
  const parts: NonNullable<ReportInput['arrangement']>['parts'] = [];
  for (const part of arranged.parts) {
    if ('text' in part) parts.push({ ...part, by: arranged.by, at: arranged.at });
    else {
      const finding = usual.find((one) => isAsked(one, part)) ?? (await asked(part, { records, places }));
      await keep(matter, finding);
      if (findings.some(({ digest }) => digest === finding.digest)) continue;
      parts.push(findings.push(finding) - 1);
    }
  }
  const others = usual.filter(({ digest }) => !findings.some((one) => one.digest === digest));
  return { findings: [...findings, ...others], arrangement: { parts } };
}

type Exhibit = Extract<Arrangement['parts'][number], { question: string }>;

const isAsked = (finding: Finding, { question, parameters }: Exhibit) =>
  finding.question === question && canonical(wordsFor(finding.parameters)) === canonical(wordsFor(parameters));

const asked = ({ question, parameters }: Exhibit, on: Asked) => answer(question, wordsFor(parameters), on);

async function inputOf(
  house: House,
  matter: Matter,
  records: OpenRecords,
  findings: Finding[],
  arrangement: ReportInput['arrangement'],
): Promise<ReportInput> {
  const { name } = await papersOf(house, matter.id);
  const instruments = await instrumentsOf(matter);
  const rows: Record<string, ReportRows> = {};
  for (const finding of findings) rows[finding.digest] = await rowsBehind(finding, records);
  return {
    matter: { id: matter.id, name },
    madeFrom: { program: `Fourcorners ${version()}`, timeZoneDatabase: process.versions.tz ?? 'unknown' },
    instruments: instruments.flatMap(({ instrument, versions }) =>
      versions
        .filter(({ approval }) => approval !== null)
        .map(({ version: number, added: { paper }, approval }) => ({
          id: instrument,
          version: number,
          kind: paper.kind,
          number: paper.number ?? null,
          servedOn: paper.servedOn,
          issuer: paper.issuer ? [paper.issuer.name, paper.issuer.role].filter(Boolean).join(', ') : null,
          purpose: paper.purpose,
          approvedBy: approval!.by.name,
          scopeLines: scopeInWords(paper),
        })),
    ),
    receipts: await receiptsOf(matter),
    findings,
    arrangement,
    rows,
    ledger: await ledgerAt(house, matter),
    commands: findings.map(
      ({ question, parameters }) => `fourcorners ask ${question} --matter ${matter.id}${wordsOf(parameters)} --json`,
    ),
  };
}

async function receiptsOf(matter: Matter): Promise<ReportInput['receipts']> {
  const all = await formats();
  const imports = await importsOf<Receipt>(matter.folder, matter.key, matter.id);
  const receipts = imports.map(({ papers }) => papers.receipt);
  return receipts.map((receipt) => {
    const format = all[receipt.format];
    return {
      ...receipt,
      stillSealed: stillSealed(receipt, receipts),
      formatTitle: format?.title ?? null,
      support: format?.support ?? null,
      limits: format?.limits ?? null,
    };
  });
}

function wordsOf(parameters: Record<string, unknown>): string {
  return Object.entries(parameters)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(
      ([name, value]) =>
        ` --${name} ${/^[\w.,:+/-]+$/.test(String(value)) ? value : `'${String(value).replaceAll("'", "'\\''")}'`}`,
    )
    .join('');
}

/** Rows a finding could have rested on: those of its kinds, masked as they are shown everywhere. */
async function rowsBehind(finding: Finding, { scoped }: OpenRecords): Promise<ReportRows> {
  const columns = [
    'id',
    'began',
    'ended',
    'precision',
    'kind',
    'format',
    'account',
    'time_as_stored',
    'zone_basis',
    'item',
    'file',
    'locator',
  ];
  const kinds = String(finding.parameters['kinds'] ?? KINDS_READ[finding.question] ?? '')
    .split(',')
    .filter((kind) => /^[a-z]+$/.test(kind));
  // What a question was narrowed to narrows the rows behind it.
  const { format, account } = finding.parameters;
  const narrowed = { format: typeof format === 'string' ? format : null, account: typeof account === 'string' ? account : null }; // biome-ignore format: one line
  const where = `where ${kinds.length > 0 ? `kind in (${kinds.map((kind) => `'${kind}'`).join(', ')})` : 'true'}
    and ($format is null or format = $format) and ($account is null or account = $account)`;
  const [total] = await scoped.rows<{ n: bigint }>(`select count(*) as n from records ${where}`, narrowed);
  const found = await scoped.rows(
    `select ${columns.join(', ')} from records ${where} order by began nulls last, file, locator limit ${ROWS_SHOWN}`,
    narrowed,
  );
  const text = (name: string, value: unknown) =>
    value === null ? '' : name === 'began' || name === 'ended' ? textFrom(value as bigint) : String(value);
  return { columns, rows: found.map((row) => columns.map((name) => text(name, row[name]))), total: Number(total!.n) };
}

/** The ledger as of the matter's last import: what the report rests on, and the same each time it is written. */
async function ledgerAt(house: House, matter: Matter): Promise<ReportInput['ledger']> {
  const last = [...house.ledger.entries()].findLastIndex(
    (entry) => entry.matter === matter.id && entry.act === 'import' && entry.phase === 'outcome',
  );
  return { ...house.ledger.checkpointAt(last + 1), vkey: house.ledger.vkey };
}

function version(): string {
  return (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string })
    .version;
}
