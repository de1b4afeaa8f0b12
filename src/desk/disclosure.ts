/**
 * Disclosure: what the other side is given of a matter, as a package that it verifies without this program's word.
 *
 * The schedule is derived from the matter, not typed: every original that came, every record kept, every question ever asked
 * and its answer, every note and hypothesis, and the rows nobody here can read as counts with their reasons. Only what
 * people wrote for themselves can be withheld, each with a ground; that it exists stays on the schedule.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { digestOf } from '../base/canonical.ts';
import { Problem } from '../base/problem.ts';
import { type MemoryFolder, memoryFolder } from '../custody/memory.ts';
import type { AccountingLine } from '../formats/production/accounting.ts';
import type { PayloadFile } from '../package/write.ts';
import { TOOL } from '../production/tool.ts';
import { producedDictionary } from '../record/produced-dictionary.ts';
import type { OpenRecords } from '../store/records.ts';
import { disclosedRecords } from './disclosed-records.ts';
import { type House, type Matter, now } from './house.ts';
import { MatterId, papersOf } from './matter.ts';
import { operation } from './operation.ts';
import { openMatter } from './question.ts';
import { nothingImported, reportInto } from './report.ts';
import {
  findingsIn,
  GROUNDS,
  type Holdings,
  holdingsOf,
  scheduleCsv,
  scheduleOf,
  sealedBy,
  withheldIn,
} from './schedule.ts';

export const disclose = operation({
  words: 'disclose',
  desk: 'examiner',
  op: 'disclosure',
  does: 'Make the disclosure package of a matter for the other side: report, records, everything asked, and the schedule of it all.',
  example: 'fourcorners disclose --matter m-1a2b3c4d5e --to age1… --for "Counsel for the defence" --out disclosed',
  input: z.strictObject({
    matter: MatterId,
    to: z.string().min(1).describe('the recipient’s age key (age1…), as `fourcorners recipient` prints it'),
    for: z.string().trim().min(1).max(200).describe('who it is for'),
    withhold: z
      .string()
      .min(1)
      .optional()
      .describe(
        `a list of {"thing", "ground", "reason"}; things are notes and hypotheses; grounds ${GROUNDS.join(', ')}`,
      ),
    out: z.string().min(1).describe('a folder for the package; made when it is not there'),
  }),
  async run(house, input, task) {
    const matter = house.matter(input.matter);
    const { isRecipient } = await import('../custody/recipient.ts');
    // What would be refused at the end is refused before anything long begins.
    if (!isRecipient(input.to)) {
      throw new Problem('package/recipient', `${input.to.slice(0, 80)} is no age key (age1…). No package was made.`);
    }
    const withheld = input.withhold === undefined ? [] : withheldIn(input.withhold);
    const told = await holdingsOf(house, matter, withheld);
    if (told.receipts.length === 0) throw nothingImported(matter.id);
    const at = now();
    using memory = memoryFolder();
    await using records = await openMatter(matter, house.shelf);
    task.progress('writing the report');
    const { folder: report, files } = await reportFiles(house, matter, records, memory, task.progress);
    task.progress('writing the records');
    const recorded = await disclosedRecords(records, memory.path);
    const findings = await findingsIn(matter);
    const schedule = scheduleOf(recorded, { ...told, findings }, withheld);
    const accounting = { items: withWindows(recorded.lines, told.papers), withheld: sealedBy(told.receipts), produced: recorded.rows, zone: 'UTC', madeAt: at }; // biome-ignore format: one object
    const payload: PayloadFile[] = [
      ...recorded.files,
      ...files.map((name): PayloadFile => ({ path: `data/report/${name}`, mediaType: mediaTypeOf(name), describes: `The report: ${name}`, file: join(report, name) })), // biome-ignore format: one file
      json('accounting.json', 'Rows handed over, and rows nobody working the matter can read, by reason', accounting),
      json('schedule.json', 'Everything there is in the matter, and what of it is in here', schedule),
      { path: 'data/schedule.csv', mediaType: 'text/csv', describes: 'The same as a table', bytes: Buffer.from(scheduleCsv(schedule)) }, // biome-ignore format: one file
      json(
        'receipts.json',
        'The receipt of every import: what came, what was kept, what was sealed and why',
        told.receipts,
      ),
      json('papers.json', 'The papers, their scope in words, and who approved them', told.papers),
      json('findings.json', 'Every question asked and its answer, those of earlier records too', findings),
      json('notes.json', 'Notes, except those withheld', told.notes),
      json('selections.json', 'Selections kept while looking', told.selections),
      json('arrangements.json', 'How the report was arranged, each time', told.arrangements),
      json('unsealings.json', 'What unsealing was asked for, why, and how it ended', told.unsealings),
      json('reveals.json', 'Masked people who were named, and why', told.reveals),
      json('references.json', 'Reference data: names and digests', told.references),
      json('hypotheses.json', 'Hypotheses with all their versions, except those withheld', told.hypotheses),
      { path: 'data/dictionary.csv', mediaType: 'text/csv', describes: 'What the columns of the records mean', bytes: Buffer.from(producedDictionary()) }, // biome-ignore format: one file
    ];
    const { name } = await papersOf(house, matter.id);
    const out = resolve(input.out);
    mkdirSync(out, { recursive: true, mode: 0o700 });
    task.progress('sealing the package');
    const { writePackage } = await import('../package/write.ts');
    const written = await writePackage({
      id: `disclosure-${matter.id}-${at.slice(0, 19).replaceAll(/[-:]/g, '')}`,
      payload,
      info: {
        title: `Disclosure of ${name}`,
        provider: house.ledger.origin,
        custodian: { name: house.actor.name, title: 'discloses for the matter' },
        instrument: {
          name: told.papers.map(({ kind }) => kind).join(', ') || 'no paper',
          number: told.papers.flatMap(({ number }) => number ?? []).join(', ') || undefined,
        },
        software: TOOL,
      },
      binding: {
        request: matter.id,
        requestDigest: digestOf(told.papers),
        scopeDigest: digestOf(told.papers.map(({ scope }) => scope)),
        recipients: [{ recipient: input.to, name: input.for }],
      },
      sender: { origin: house.ledger.origin, key: house.keys.ledger },
      proofs: await house.ledger.proofsOf(matter.id),
      checkpoint: await house.ledger.checkpoint(),
      vkey: house.ledger.vkey,
      createdAt: at,
      folder: memory,
      out,
    });
    task.tell({ objects: { count: schedule.length, digest: written.sha256 }, counts: { records: recorded.rows } });
    const { file, sha256: digest, manifestSha256: manifest } = written;
    return { package: written.id, file, sha256: digest, manifest, records: recorded.rows, schedule, for: input.for };
  },
  show: ({ file, sha256: digest, records, schedule, for: whom }) =>
    [
      `${file}\n  ${digest}`,
      `  for ${whom}: ${records} records; ${schedule.length} things on the schedule:`,
      ...schedule.map(({ thing, given, ground }) => `  ${given.padEnd(8)}  ${thing}${ground ? ` (${ground})` : ''}`),
    ].join('\n'),
});

const json = (name: string, describes: string, value: unknown): PayloadFile => ({
  path: `data/${name}`,
  mediaType: 'application/json',
  describes,
  bytes: Buffer.from(`${JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one), 2)}\n`),
});

function mediaTypeOf(name: string): string {
  const types: Record<string, string> = {
    html: 'text/html',
    pdf: 'application/pdf',
    md: 'text/markdown',
    csv: 'text/csv',
    txt: 'text/plain',
  };
  return types[name.split('.').at(-1)!] ?? 'application/json';
}

async function reportFiles(
  house: House,
  matter: Matter,
  records: OpenRecords,
  memory: MemoryFolder,
  progress: (text: string) => void,
): Promise<{ folder: string; files: string[] }> {
  const folder = join(memory.path, 'report');
  mkdirSync(folder, { mode: 0o700 });
  const { made } = await reportInto(house, matter, records, folder, progress);
  return { folder, files: made.files.map(({ name }) => name) };
}

/** Each line with the window that the newest version of its paper names for its item. */
function withWindows(lines: AccountingLine[], papers: Holdings['papers']): AccountingLine[] {
  const windows = new Map(
    papers.flatMap(({ instrument, windows: items }) =>
      items.map(
        (window, index) => [`${instrument} item ${index + 1}`, window] as [string, { began: string; ended: string }],
      ),
    ),
  );
  return lines.map((line) => ({ ...line, ...windows.get(line.item) }));
}
