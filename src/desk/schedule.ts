/**
 * The schedule of a disclosure: everything there is in a matter, and what of it the other side is given.
 *
 * It is derived from the matter, so that nothing is left out by not being typed. Only what people wrote for themselves can
 * be withheld, each with a ground; that it exists stays on the schedule.
 */
import { z } from 'zod';
import type { Finding } from '../analysis/finding.ts';
import { digestOf } from '../base/canonical.ts';
import { Problem } from '../base/problem.ts';
import { type Receipt, stillSealed } from '../importing/receipt.ts';
import { producedLine } from '../record/produced.ts';
import { importsOf } from '../store/segments.ts';
import type { Arrangement } from './arrangement.ts';
import type { DisclosedRecords } from './disclosed-records.ts';
import { jsonGiven } from './given.ts';
import type { House, Matter } from './house.ts';
import { instrumentsOf, scopeInWords } from './instrument.ts';
import { referencesOf } from './reference.ts';
import { unsealingsOf } from './unseal.ts';
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
  return {
    receipts: imports.map(({ papers: { receipt } }) => receipt),
    papers,
    selections: await kept<Kept>(matter, 'selections'),
    arrangements: await kept<Arrangement>(matter, 'arrangements'),
    reveals: await kept<Kept>(matter, 'reveals'),
    unsealings: await unsealingsOf(matter),
    references: await referencesOf(matter),
    notes: notes.filter(({ note }) => !isWithheld(`note ${Number(note)}`)),
    hypotheses: hypotheses.filter(({ hypothesis }) => !isWithheld(hypothesis)),
    allNotes: notes,
    allHypotheses: hypotheses,
    acts: [...house.ledger.entries()].filter((entry) => entry.matter === matter.id).length,
    /** Tells nothing of what is withheld to who has not this matter's key. */
    commitment: (value: unknown) => house.commitment(value, matter.id),
  };
}

export type Holdings = Awaited<ReturnType<typeof holdingsOf>>;

/** Every finding ever kept; writing the report keeps more, so it is asked for after that. */
export async function findingsIn(matter: Matter): Promise<Finding[]> {
  return await kept<Finding>(matter, 'findings');
}

/** A paper of a drawer that has no type of its own here. */
type Kept = Record<string, unknown>;

async function kept<T>(matter: Matter, drawer: string): Promise<T[]> {
  return await Promise.all(matter.papers.list(drawer).map((name) => matter.papers.get<T>(`${drawer}/${name}`)));
}

/** The drawers of a matter, and with what word the schedule speaks of each; null for what is made from the others. */
export const DRAWERS: Record<string, string | null> = {
  instruments: 'paper', returns: 'original', findings: 'finding', notes: 'note', hypotheses: 'h-', selections: 'selections',
  arrangements: 'arrangements', unsealings: 'unsealing', reveals: 'people named', references: 'reference data',
  views: null, staging: null,
}; // biome-ignore format: a list

/** Rows nobody reads now, by why they were sealed; of a return that was read again only how many are left can be told. */
export function sealedBy(receipts: Receipt[]): Record<string, number> {
  const sums: Record<string, number> = {};
  const add = (reason: string, rows: number) => {
    if (rows > 0) sums[reason] = (sums[reason] ?? 0) + rows;
  };
  for (const receipt of receipts) {
    const still = stillSealed(receipt, receipts);
    if (still === null) continue;
    if (still === receipt.sealed) for (const [reason, rows] of Object.entries(receipt.sealedBy)) add(reason, rows);
    else add('sealed when it came, and not read since', still);
  }
  return sums;
}

export function scheduleOf(
  recorded: DisclosedRecords,
  told: Holdings & { findings: Finding[] },
  withheld: Withheld,
): ScheduleLine[] {
  const line = (thing: string, given: ScheduleLine['given'], says: string, more: Partial<ScheduleLine> = {}) => ({
    thing, given, rows: null, sha256: null, ground: null, says, ...more,
  }); // biome-ignore format: one line
  const written = (thing: string, says: string, value: unknown) => {
    const held = withheld.find((one) => one.thing === thing);
    return held
      ? line(thing, 'withheld', `${held.reason}; commitment ${told.commitment(value)}`, { ground: held.ground })
      : line(thing, 'whole', says, { sha256: digestOf(value) });
  };
  const whole = (thing: string, says: string, rows: number) => (rows > 0 ? [line(thing, 'whole', says, { rows })] : []);
  return [
    ...told.papers.map(
      ({ instrument, version, kind, number, document }) =>
      line(`paper ${instrument} v${version}`, 'whole', `${kind} ${number ?? ''}`.trim(), { sha256: document?.sha256 ?? null }), // biome-ignore format: one line
    ),
    ...told.receipts.flatMap((receipt) => scheduledReturn(receipt, told.receipts, line)),
    ...[...recorded.digests].map(
      ([kind, { sha256: digest, rows }]) =>
      line(`records of kind ${kind}`, 'whole', 'people whom no paper names are masked, as they are for everyone here', { sha256: digest, rows }), // biome-ignore format: one line
    ),
    ...told.findings.map(({ question, statement, digest }) =>
      line(`finding ${question}`, 'whole', statement, { sha256: digest }),
    ),
    ...told.allNotes.map((note) => written(`note ${Number(note.note)}`, `by ${note.by}, ${note.at}`, note)),
    ...told.allHypotheses.map(({ hypothesis, versions }) =>
      written(hypothesis, `${versions.length} versions`, versions),
    ),
    ...told.references.map(
      ({ name, digest, kind, rows }) =>
      line(`reference data ${name}`, rows === null ? 'counted' : 'whole', `${kind}, added by hand; named by its digest in each finding that used it`, { sha256: digest, rows: rows?.length ?? null }), // biome-ignore format: one line
    ),
    ...told.unsealings.map(
      ({ unsealing, reason, by, ending }) =>
      line(`unsealing ${unsealing}`, 'whole', `asked for by ${by}: ${reason}; ${ending ? `${ending.answer} by ${ending.by}` : 'not answered'}`), // biome-ignore format: one line
    ),
    ...whole('people named', 'masked people who were named, each with the reason', told.reveals.length),
    ...whole('selections', 'selections kept while looking', told.selections.length),
    ...whole('arrangements', 'how the report was arranged, each time', told.arrangements.length),
    line('acts in the ledger', 'whole', 'every act of this matter, with its proof, under proof/', { rows: told.acts }),
  ];
}

type Line = (thing: string, given: ScheduleLine['given'], says: string, more?: Partial<ScheduleLine>) => ScheduleLine;

/** What came in one import. Of a return that was read again, the rows still sealed stand with its first reading. */
function scheduledReturn(receipt: Receipt, all: Receipt[], line: Line): ScheduleLine[] {
  const counted = (thing: string, says: string, rows: number) =>
    rows > 0 ? [line(`${thing} of return ${receipt.return}`, 'counted', says, { rows })] : [];
  const { unsealed } = receipt;
  if (unsealed) {
    return [
      line(`return ${receipt.return}, read again`, 'whole', `${unsealed.unsealing}: ${receipt.kept} rows are among the records; asked for by ${unsealed.proposedBy}, opened by ${unsealed.openedBy}`, { rows: receipt.kept }), // biome-ignore format: one line
    ];
  }
  const still = stillSealed(receipt, all) ?? 0;
  const reasons = Object.entries(receipt.sealedBy);
  return [
    ...receipt.originals.map(
      ({ name, sha256, sizeBytes }) =>
      line(`original ${name}`, 'counted', `${sizeBytes} bytes as received ${receipt.importedAt}; it holds sealed rows and is opened by the matter’s and the oversight key together`, { sha256, rows: receipt.seen }), // biome-ignore format: one line
    ),
    ...(still === receipt.sealed
      ? reasons.flatMap(([reason, rows]) => counted('sealed rows', reason, rows))
      : counted('sealed rows', `still sealed; when it came: ${reasons.map(([reason, rows]) => `${reason} ${rows}`).join(', ')}`, still)), // biome-ignore format: one line
    ...counted('unreadable rows', 'could not be read; their text is sealed', receipt.unreadable),
    ...counted('duplicates', 'the same row stands elsewhere in the matter', receipt.duplicates),
    ...counted('parts of kept rows', 'a part, such as the cells of a call, is sealed: its category is not covered', receipt.partlySealed), // biome-ignore format: one line
    ...counted('rows about networks and sites', 'kept beside the records; what places rest on', receipt.reference),
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
  return jsonGiven(path, Withheld, 'disclosure/withhold', 'No package was made.');
}
