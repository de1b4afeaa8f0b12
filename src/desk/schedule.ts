/**
 * The schedule of a disclosure: everything there is in a matter, and what of it the other side is given.
 *
 * It is derived from the matter, so that nothing is left out by not being typed. Only what people wrote for themselves can
 * be withheld, each with a ground; that it exists stays on the schedule.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Finding } from '../analysis/finding.ts';
import { digestOf } from '../base/canonical.ts';
import { Problem } from '../base/problem.ts';
import type { Receipt } from '../importing/receipt.ts';
import { producedLine } from '../record/produced.ts';
import { importsOf } from '../store/segments.ts';
import type { DisclosedRecords } from './disclosed-records.ts';
import { fieldWords } from './field-words.ts';
import type { House, Matter } from './house.ts';
import { instrumentsOf, scopeInWords } from './instrument.ts';
import { hypothesesOf, notesOf } from './work.ts';

/** Why something that people wrote for themselves is withheld. */
export const GROUNDS = ['legal privilege', 'public interest', 'safety of a person', 'not about this case'] as const;
const Withheld = z.array(
  z.strictObject({
    thing: z.string().regex(/^(note \d{1,6}|h-\d{4})$/, '“note 12” or a hypothesis such as h-0001'),
    ground: z.enum(GROUNDS),
    reason: z.string().trim().min(10).max(2000),
  }),
);
export type Withheld = z.infer<typeof Withheld>;

export type ScheduleLine = {
  thing: string;
  /** What of it the package holds: all, its number and digest only, or nothing. */
  given: 'whole' | 'counted' | 'withheld';
  rows: number | null;
  sha256: string | null;
  ground: string | null;
  says: string;
};

/** All that a matter holds beside its records. */
export async function holdingsOf(house: House, matter: Matter, withheld: Withheld) {
  const isWithheld = (thing: string) => withheld.some((one) => one.thing === thing);
  const notes = await notesOf(matter);
  const hypotheses = await hypothesesOf(matter);
  const things = [
    ...notes.map(({ note }) => `note ${Number(note)}`),
    ...hypotheses.map(({ hypothesis }) => hypothesis),
  ];
  const unknown = withheld.find(({ thing }) => !things.includes(thing));
  if (unknown) {
    throw new Problem(
      'disclosure/withhold',
      `There is no ${unknown.thing} in this matter to withhold. No package was made.`,
      { thing: unknown.thing },
    );
  }
  const imports = await importsOf<Receipt>(matter.folder, matter.key, matter.id);
  const papers = (await instrumentsOf(matter)).flatMap(({ instrument, versions }) =>
    versions.map(({ version, added, approval }) => ({
      instrument,
      version,
      kind: added.paper.kind,
      number: added.paper.number ?? null,
      scope: scopeInWords(added.paper),
      addedBy: added.addedBy.name,
      approvedBy: approval?.by.name ?? null,
      document: added.document,
      windows: added.paper.items.map(({ began, ended }) => ({ began, ended })),
    })),
  );
  const findings = await Promise.all(
    matter.papers.list('findings').map((digest) => matter.papers.get<Finding>(`findings/${digest}`)),
  );
  return {
    receipts: imports.map(({ papers: { receipt } }) => receipt),
    papers,
    findings,
    notes: notes.filter(({ note }) => !isWithheld(`note ${Number(note)}`)),
    hypotheses: hypotheses.filter(({ hypothesis }) => !isWithheld(hypothesis)),
    allNotes: notes,
    allHypotheses: hypotheses,
    acts: [...house.ledger.entries()].filter((entry) => entry.matter === matter.id).length,
  };
}

export type Holdings = Awaited<ReturnType<typeof holdingsOf>>;

export function scheduleOf(recorded: DisclosedRecords, told: Holdings, withheld: Withheld): ScheduleLine[] {
  const line = (thing: string, given: ScheduleLine['given'], says: string, more: Partial<ScheduleLine> = {}) => ({
    thing, given, rows: null, sha256: null, ground: null, says, ...more,
  }); // biome-ignore format: one line
  const written = (thing: string, says: string, digest: string) => {
    const held = withheld.find((one) => one.thing === thing);
    return line(thing, held ? 'withheld' : 'whole', held ? held.reason : says, { sha256: digest, ground: held?.ground ?? null }); // biome-ignore format: one line
  };
  return [
    ...told.papers.map(
      ({ instrument, version, kind, number, document }) =>
      line(`paper ${instrument} v${version}`, 'whole', `${kind} ${number ?? ''}`.trim(), { sha256: document?.sha256 ?? null }), // biome-ignore format: one line
    ),
    ...told.receipts.flatMap((receipt) => [
      ...receipt.originals.map(
        ({ name, sha256: digest, sizeBytes }) =>
        line(`original ${name}`, 'counted', `${sizeBytes} bytes as received ${receipt.importedAt}; it holds sealed rows and is opened by the matter’s and the oversight key together`, { sha256: digest, rows: receipt.seen }), // biome-ignore format: one line
      ),
      ...Object.entries(receipt.sealedBy).map(([reason, rows]) =>
        line(`sealed rows of return ${receipt.return}`, 'counted', reason, { rows }),
      ),
      ...(receipt.unreadable > 0 ? [line(`unreadable rows of return ${receipt.return}`, 'counted', 'could not be read; their text is sealed', { rows: receipt.unreadable })] : []), // biome-ignore format: one line
      ...(receipt.duplicates > 0 ? [line(`duplicates of return ${receipt.return}`, 'counted', 'the same row stands elsewhere in the matter', { rows: receipt.duplicates })] : []), // biome-ignore format: one line
    ]),
    ...[...recorded.digests].map(
      ([kind, { sha256: digest, rows }]) =>
      line(`records of kind ${kind}`, 'whole', 'people whom no paper names are masked, as they are for everyone here', { sha256: digest, rows }), // biome-ignore format: one line
    ),
    ...told.findings.map(({ question, statement, digest }) =>
      line(`finding ${question}`, 'whole', statement, { sha256: digest }),
    ),
    ...told.allNotes.map((note) => written(`note ${Number(note.note)}`, `by ${note.by}, ${note.at}`, digestOf(note))),
    ...told.allHypotheses.map(({ hypothesis, versions }) =>
      written(hypothesis, `${versions.length} versions`, digestOf(versions)),
    ),
    line('acts in the ledger', 'whole', 'every act of this matter, with its proof, under proof/', { rows: told.acts }),
  ];
}

export function scheduleCsv(schedule: ScheduleLine[]): string {
  const columns = ['thing', 'given', 'rows', 'sha256', 'ground', 'says'] as const;
  // What a spreadsheet would run gets an apostrophe in front.
  const cell = (value: string) => (/^[=+\-@\t\r]/.test(value) ? `'${value}` : value);
  const rows = schedule.map((one) => columns.map((name) => cell(one[name] === null ? '' : String(one[name]))));
  return [[...columns], ...rows].map(producedLine).join('');
}

/** Throws `disclosure/withhold`. */
export function withheldIn(path: string): Withheld {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new Problem('input/no-file', `There is no readable file ${path}. No package was made.`, { path });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Problem('disclosure/withhold', `${path} is not JSON: ${(error as Error).message}. No package was made.`);
  }
  const parsed = Withheld.safeParse(value, { error: fieldWords });
  if (parsed.success) return parsed.data;
  const says = parsed.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`).join('; ');
  throw new Problem('disclosure/withhold', `${path}: ${says}. No package was made.`);
}
