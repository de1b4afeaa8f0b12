/** Papers of a matter: adding, amending and approving them. A paper allows nothing until a second person approved it. */
import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { z } from 'zod';
import { sha256 } from '../base/digest.ts';
import { Problem } from '../base/problem.ts';
import { type Instrument, readInstrument, scopeOf } from '../instrument/instrument.ts';
import { CATEGORY_WORDS, type ReachFinding, reachFindings } from '../instrument/kinds.ts';
import type { Scope } from '../scope/scope.ts';
import { bytesGiven, textGiven } from './given.ts';
import { type Matter, now } from './house.ts';
import { MatterId } from './matter.ts';
import { operation } from './operation.ts';

const NOTHING = 'Nothing was added.';

/** One version of a paper, as added; never changed. */
export type Version = {
  paper: Instrument;
  /** Digest over the file as given and the document's digest: what an approval is for. */
  digest: string;
  document: { name: string; sha256: string } | null;
  addedBy: { name: string; pseudonym: string };
  addedAt: string;
  findings: ReachFinding[];
};

type Approval = { by: { name: string; pseudonym: string }; at: string; digest: string };

export type InstrumentState = {
  instrument: string;
  versions: { version: number; added: Version; approval: Approval | null }[];
};

const INSTRUMENT_ID = /^i-[0-9a-f]{10}$/;

const InstrumentId = z.string().min(1).describe('the paper, as `instrument add` named it');
const PaperFile = z.string().min(1).describe('instrument.json');
const Document = z
  .string()
  .min(1)
  .optional()
  .describe('the paper itself, for instance a PDF; its digest is kept with it');

export const instrumentAdd = operation({
  words: 'instrument add',
  desk: 'examiner',
  op: 'collection',
  does: 'Add a paper to a matter: who issued it, what for, and the items it names. It allows nothing before approval.',
  example: 'fourcorners instrument add --matter m-1a2b3c4d5e --file instrument.json',
  input: z.strictObject({ matter: MatterId, file: PaperFile, document: Document }),
  async run(house, input) {
    const matter = house.matter(input.matter);
    const instrument = `i-${randomBytes(5).toString('hex')}`;
    return addVersion(matter, instrument, 1, input, house.actor);
  },
  show: shownVersion,
});

export const instrumentAmend = operation({
  words: 'instrument amend',
  desk: 'examiner',
  op: 'alteration',
  does: 'Add a new version of a paper. The version before stays as it was and stays in force until this one is approved.',
  example: 'fourcorners instrument amend --matter m-1a2b3c4d5e --instrument i-0f9e8d7c6b --file amended.json',
  input: z.strictObject({ matter: MatterId, instrument: InstrumentId, file: PaperFile, document: Document }),
  async run(house, input) {
    const matter = house.matter(input.matter);
    const { versions } = await instrumentState(matter, input.instrument);
    refuseOtherGround(versions.at(-1)!.added.paper, readInstrument(textGiven(input.file, NOTHING)));
    return addVersion(matter, input.instrument, versions.length + 1, input, house.actor);
  },
  show: shownVersion,
});

export const instrumentApprove = operation({
  words: 'instrument approve',
  desk: 'examiner',
  op: 'governance',
  does: 'Approve the newest version of a paper, as a second person; from then on returns can be imported under it.',
  example: 'fourcorners instrument approve --matter m-1a2b3c4d5e --instrument i-0f9e8d7c6b --as "D. Quill"',
  input: z.strictObject({
    matter: MatterId,
    instrument: InstrumentId,
    digest: z
      .string()
      .optional()
      .describe('the digest of what you read, as `instrument list` prints it; another one is refused'),
  }),
  async run(house, input, task) {
    const matter = house.matter(input.matter);
    const { versions } = await instrumentState(matter, input.instrument);
    const { version, added, approval } = versions.at(-1)!;
    if (approval) {
      throw new Problem(
        'instrument/already-approved',
        `Version ${version} was approved by ${approval.by.name} on ${approval.at}.`,
        { version },
      );
    }
    if (added.addedBy.pseudonym === house.actor.pseudonym) {
      throw new Problem(
        'instrument/same-person',
        `${house.actor.name} added this paper and cannot approve it too. Nothing was approved; a second person does it with --as.`,
        { person: house.actor.name },
      );
    }
    if (input.digest !== undefined && input.digest !== added.digest) {
      throw new Problem(
        'instrument/changed',
        `The newest version of ${input.instrument} is not the one you read. Nothing was approved; read it and approve that.`,
        { version },
      );
    }
    const approved: Approval = { by: house.actor, at: now(), digest: added.digest };
    await matter.papers.put(`instruments/${input.instrument}/v${version}-approved`, approved);
    task.tell({ objects: { count: 1, digest: added.digest } });
    return { instrument: input.instrument, version, approvedBy: house.actor.name, scope: scopeInWords(added.paper) };
  },
  show: ({ instrument, version, approvedBy, scope }) =>
    `${instrument} version ${version} is approved by ${approvedBy}. It covers:\n${scope.map((line) => `  ${line}`).join('\n')}`,
});

export const instrumentList = operation({
  words: 'instrument list',
  desk: 'examiner',
  op: 'consultation',
  does: 'List the papers of a matter, their versions and what they cover.',
  example: 'fourcorners instrument list --matter m-1a2b3c4d5e',
  input: z.strictObject({ matter: MatterId }),
  async run(house, input) {
    const states = await instrumentsOf(house.matter(input.matter));
    return {
      instruments: states.flatMap(({ instrument, versions }) =>
        versions.map(({ version, added, approval }) => ({
          instrument,
          version,
          digest: added.digest,
          kind: added.paper.kind,
          number: added.paper.number ?? null,
          addedBy: added.addedBy.name,
          approvedBy: approval?.by.name ?? null,
          scope: scopeInWords(added.paper),
        })),
      ),
    };
  },
  show: ({ instruments }) =>
    instruments
      .map(
        (one) =>
          `${one.instrument} v${one.version}  ${one.kind} ${one.number ?? ''}  ${one.approvedBy ? `approved by ${one.approvedBy}` : 'not approved'}\n${one.scope.map((line) => `  ${line}`).join('\n')}`,
      )
      .join('\n') || 'No papers yet: `fourcorners instrument add` adds one.',
});

/** What a second person must approve cannot become what none does, or the other way round. */
function refuseOtherGround(before: Instrument, after: Instrument): void {
  if ((before.kind === 'OWN-DATA') === (after.kind === 'OWN-DATA')) return;
  throw new Problem(
    'instrument/other-ground',
    `A paper of kind ${before.kind} cannot be amended to ${after.kind}. Nothing was added; add it as a paper of its own.`,
    { before: before.kind, after: after.kind },
  );
}

async function addVersion(
  matter: Matter,
  instrument: string,
  version: number,
  input: { file: string; document?: string | undefined },
  actor: { name: string; pseudonym: string },
) {
  const paper = readInstrument(textGiven(input.file, NOTHING));
  const document =
    input.document === undefined
      ? null
      : { name: basename(input.document), sha256: sha256(bytesGiven(input.document, NOTHING)) };
  const findings = reachFindings(paper.kind, paper.items);
  const digest = sha256(bytesGiven(input.file, NOTHING), document?.sha256 ?? '');
  const added: Version = { paper, digest, document, addedBy: actor, addedAt: now(), findings };
  await matter.papers.put(`instruments/${instrument}/v${version}`, added);
  if (paper.kind === 'OWN-DATA') {
    const approval: Approval = { by: { name: paper.statement!.holder, pseudonym: actor.pseudonym }, at: now(), digest };
    await matter.papers.put(`instruments/${instrument}/v${version}-approved`, approval);
  }
  return { instrument, version, digest, findings, approved: paper.kind === 'OWN-DATA' };
}

function shownVersion(added: {
  instrument: string;
  version: number;
  findings: ReachFinding[];
  approved: boolean;
}): string {
  return [
    `${added.instrument} version ${added.version} is added.${added.approved ? ' It rests on the account holder’s own statement and is in force.' : ' A second person approves it before anything is imported under it.'}`,
    ...added.findings.map((finding) => `  ${finding.severity}: ${finding.path}: ${finding.message} ${finding.cure}`),
  ].join('\n');
}

/** Throws `instrument/not-found`. */
async function instrumentState(matter: Matter, instrument: string): Promise<InstrumentState> {
  const names = INSTRUMENT_ID.test(instrument) ? matter.papers.list(`instruments/${instrument}`) : [];
  const count = names.filter((name) => /^v\d+$/.test(name)).length;
  if (count === 0)
    throw new Problem(
      'instrument/not-found',
      `There is no instrument ${instrument} in this matter. \`fourcorners instrument list\` lists them.`,
      { instrument },
    );
  const versions: InstrumentState['versions'] = [];
  for (let version = 1; version <= count; version++) {
    const name = `instruments/${instrument}/v${version}`;
    const approval = matter.papers.has(`${name}-approved`)
      ? await matter.papers.get<Approval>(`${name}-approved`)
      : null;
    versions.push({ version, added: await matter.papers.get<Version>(name), approval });
  }
  return { instrument, versions };
}

/** All papers of a matter, in the order in which they were added. */
export async function instrumentsOf(matter: Matter): Promise<InstrumentState[]> {
  return Promise.all(
    matter.papers
      .drawers('instruments')
      .filter((name) => INSTRUMENT_ID.test(name))
      .map((instrument) => instrumentState(matter, instrument)),
  );
}

/** The scope in force: that of the newest approved version. Throws `instrument/not-approved`. */
export async function scopeInForce(
  matter: Matter,
  instrument: string,
): Promise<{ scope: Scope; version: Version; approvedAt: string }> {
  const { versions } = await instrumentState(matter, instrument);
  const found = versions.findLast(({ approval }) => approval !== null);
  if (!found) {
    throw new Problem(
      'instrument/not-approved',
      `${instrument} is not approved, so nothing can be imported under it. A second person runs \`fourcorners instrument approve --as THEM\`.`,
      { instrument },
    );
  }
  const scope = scopeOf(instrument, found.version, found.added.paper);
  return { scope, version: found.added, approvedAt: found.approval!.at };
}

export function scopeInWords(paper: Instrument): string[] {
  return paper.items.map((item, index) => {
    const categories = item.categories.map((category) => `${category} ${CATEGORY_WORDS[category]}`).join(', ');
    return `item ${index + 1}: ${item.target.type} ${item.target.value}; ${categories}; from ${item.began} to before ${item.ended}`;
  });
}
