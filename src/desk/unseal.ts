/**
 * Unsealing: reading what was sealed, under a new authority.
 *
 * Nothing is opened in bulk. One return is read anew under one paper that was approved after that return came; what the
 * paper reaches becomes records, everything else is sealed again, unseen. One person asks, giving the reason. Another opens,
 * who brings the oversight key: it is used for this act and kept nowhere. The originals need the matter's key as well.
 */
import { z } from 'zod';
import { digestOf } from '../base/canonical.ts';
import { Problem } from '../base/problem.ts';
import { memoryFolder } from '../custody/memory.ts';
import type { Profile } from '../formats/table/profile.ts';
import { openedOriginals } from '../importing/opened-originals.ts';
import { type Receipt, stillSealed } from '../importing/receipt.ts';
import { importsOf } from '../store/segments.ts';
import { textGiven } from './given.ts';
import { type House, type Matter, now } from './house.ts';
import { scopeInForce, scopeInWords } from './instrument.ts';
import { MatterId } from './matter.ts';
import { operation } from './operation.ts';
import { receiptLines } from './receipt-lines.ts';
import { profileIn, readInto } from './return.ts';

type Proposal = {
  unsealing: string;
  return: string;
  instrument: string;
  version: number;
  scope: string[];
  reason: string;
  profile: { profile: Profile; sha256: string } | null;
  by: { name: string; pseudonym: string };
  at: string;
};
type Ending = { answer: 'opened' | 'refused'; by: string; at: string; reason: string | null; digest: string };

const UnsealingId = z.string().regex(/^u-\d{4}$/, 'an unsealing, as `unseal list` names it');
const Reason = z.string().trim().min(20, 'a reason in words, of twenty characters or more').max(4000);

const Digest = z
  .string()
  .optional()
  .describe('the digest of what you read, as `unseal list` gives it; another one is refused');

export const unsealPropose = operation({
  words: 'unseal propose',
  desk: 'examiner',
  op: 'governance',
  does: 'Ask that one return be read anew under a paper approved after it came. Nothing is opened; another person does that.',
  example:
    'fourcorners unseal propose --matter m-1a2b3c4d5e --return 1f2e3d4c5b6a7988 --instrument i-0f9e8d7c6b --reason "Second warrant of 3 May reaches March."',
  input: z.strictObject({
    matter: MatterId,
    return: z.string().min(1).describe('the return, as its receipt names it'),
    instrument: z.string().min(1).describe('the new authority: a paper of this matter, approved after the return came'),
    reason: Reason.describe('why what was sealed must be read'),
    profile: z.string().min(1).optional().describe('the mapping profile it was read with, if it was'),
  }),
  async run(house, input, task) {
    const matter = house.matter(input.matter);
    const { scope, version, approvedAt } = await scopeInForce(matter, input.instrument);
    const [{ papers }] = await cameAs(matter, input.return);
    const { receipt } = papers;
    if (approvedAt <= receipt.importedAt) {
      throw new Problem(
        'unseal/no-new-authority',
        `${input.instrument} was approved before this return came, so it is no new authority. Nothing was asked for.`,
        { approvedAt, importedAt: receipt.importedAt },
      );
    }
    const profile = input.profile === undefined ? null : profileIn(input.profile);
    if ((profile?.sha256 ?? null) !== (receipt.profile?.sha256 ?? null)) {
      throw new Problem(
        'unseal/profile',
        receipt.profile
          ? `This return was read with the profile ${receipt.profile.name} (${receipt.profile.sha256}); give that file. Nothing was asked for.`
          : 'This return was read without a profile. Nothing was asked for; leave it away.',
      );
    }
    const unsealing = `u-${String(matter.papers.drawers('unsealings').length + 1).padStart(4, '0')}`;
    const proposal: Proposal = {
      unsealing,
      return: input.return,
      instrument: scope.instrument,
      version: scope.version,
      scope: scopeInWords(version.paper),
      reason: input.reason,
      profile,
      by: house.actor,
      at: now(),
    };
    await matter.papers.put(`unsealings/${unsealing}/asked`, proposal);
    task.tell({ objects: { count: 1, digest: digestOf(proposal) } });
    return { unsealing, digest: digestOf(proposal), return: input.return, scope: proposal.scope };
  },
  show: ({ unsealing, scope }) =>
    `${unsealing} is asked for. A second person, with the oversight key, opens it or refuses. It would read:\n${scope.map((line) => `  ${line}`).join('\n')}`,
});

export const unsealOpen = operation({
  words: 'unseal open',
  desk: 'oversight',
  op: 'collection',
  does: 'As a second person with the oversight key, read the return anew: keep what the new paper reaches, seal the rest again.',
  example: 'fourcorners unseal open --matter m-1a2b3c4d5e --unsealing u-0001 --key oversight.key --as "D. Quill"',
  input: z.strictObject({
    matter: MatterId,
    unsealing: UnsealingId,
    key: z.string().min(1).describe('the file with the oversight key; it is kept nowhere'),
    digest: Digest,
  }),
  async run(house, input, task): Promise<Receipt> {
    const matter = house.matter(input.matter);
    const proposal = await waiting(house, matter, input);
    const paper = await scopeInForce(matter, proposal.instrument);
    if (paper.scope.version !== proposal.version) {
      throw new Problem(
        'unseal/paper-changed',
        `${proposal.instrument} has a newer version in force than the one this was asked under. Nothing was opened; ask anew.`,
        { asked: proposal.version, inForce: paper.scope.version },
      );
    }
    const identity = identityIn(input.key);
    const [{ folder, papers }] = await cameAs(matter, proposal.return);
    const { originals, declaredZone } = papers.receipt;
    using memory = memoryFolder();
    using opened = await openedOriginals({
      matter: matter.id,
      matterFolder: matter.folder,
      folder,
      originals,
      key: matter.key,
      identity,
      memory: memory.path,
    });
    const receipt = await readInto(house, matter, paper, task, {
      memory,
      paths: opened.paths,
      sealed: opened.sealed,
      zone: declaredZone ?? undefined,
      profile: proposal.profile ?? undefined,
      unsealed: {
        from: proposal.return,
        unsealing: proposal.unsealing,
        reason: proposal.reason,
        proposedBy: proposal.by.name,
        openedBy: house.actor.name,
      },
    });
    await end(house, matter, proposal, 'opened', null);
    return receipt;
  },
  show: receiptLines,
});

export const unsealRefuse = operation({
  words: 'unseal refuse',
  desk: 'oversight',
  op: 'governance',
  does: 'Refuse an unsealing, as a second person, with the reason. What is sealed stays sealed.',
  example:
    'fourcorners unseal refuse --matter m-1a2b3c4d5e --unsealing u-0001 --reason "The second warrant names another account."',
  input: z.strictObject({ matter: MatterId, unsealing: UnsealingId, reason: Reason, digest: Digest }),
  async run(house, input) {
    const matter = house.matter(input.matter);
    const proposal = await waiting(house, matter, input);
    return await end(house, matter, proposal, 'refused', input.reason);
  },
  show: ({ unsealing }) => `${unsealing} is refused. Nothing was opened.`,
});

export const unsealList = operation({
  words: 'unseal list',
  desk: 'oversight',
  op: 'consultation',
  does: 'Say how many rows are sealed in each return and why, as counts only, and what unsealing was asked for and how it ended.',
  example: 'fourcorners unseal list',
  input: z.strictObject({ matter: MatterId.optional() }),
  async run(house, input, task) {
    const sealed = [];
    const unsealings = [];
    const ids = input.matter === undefined ? house.matters().filter((id) => task.reaches(id)) : [input.matter];
    for (const id of ids) {
      const matter = house.matter(id);
      const imports = await importsOf<Receipt>(matter.folder, matter.key, matter.id);
      const all = imports.map(({ papers }) => papers.receipt);
      for (const receipt of all) {
        const { return: came, importedAt, instrument, sealedBy, sealed: count, unsealed } = receipt;
        sealed.push({ matter: id, return: came, importedAt, instrument, sealed: count, sealedBy, unsealed: unsealed?.unsealing ?? null, still: stillSealed(receipt, all) }); // biome-ignore format: one return
      }
      for (const one of await unsealingsOf(matter)) unsealings.push({ matter: id, ...one });
    }
    return { sealed, unsealings };
  },
  show: ({ sealed, unsealings }) =>
    [
      ...sealed.map(
        ({ matter, return: came, sealed: count, sealedBy, still }) =>
          `${matter}  return ${came}: ${count} rows sealed${still === null ? ', read again' : still < count ? `, ${still} of them still` : ''}${Object.entries(
            sealedBy,
          )
            .map(([reason, rows]) => `\n  ${reason}: ${rows}`)
            .join('')}`,
      ),
      ...unsealings.map(
        ({ matter, unsealing, return: came, by, reason, ending }) =>
          `${matter}  ${unsealing}: return ${came}, asked for by ${by}: ${reason}; ${ending ? `${ending.answer} by ${ending.by}` : 'waits for a second person'}`,
      ),
    ].join('\n') || 'Nothing is sealed.',
});

type Came = Awaited<ReturnType<typeof importsOf<Receipt>>>[number];

/** The imports of one return, the first one before what was unsealed of it. Throws `import/no-such-return`. */
async function cameAs(matter: Matter, returned: string): Promise<[Came, ...Came[]]> {
  const [first, ...more] = (await importsOf<Receipt>(matter.folder, matter.key, matter.id)).filter(
    ({ papers }) => papers.receipt.return === returned,
  );
  if (first) return [first, ...more];
  throw new Problem('import/no-such-return', `No return ${returned} was imported into this matter.`, {
    return: returned,
  });
}

/** What was asked for in a matter, in that order, and how each ended. */
export async function unsealingsOf(matter: Matter) {
  const unsealings = [];
  for (const name of matter.papers.drawers('unsealings')) {
    const asked = await matter.papers.get<Proposal>(`unsealings/${name}/asked`);
    const { profile: _profile, by, ...said } = asked;
    unsealings.push({ ...said, by: by.name, digest: digestOf(asked), ending: await endingOf(matter, name) });
  }
  return unsealings;
}

/** One that waits, for someone who did not ask for it. */
async function waiting(
  house: House,
  matter: Matter,
  { unsealing, digest }: { unsealing: string; digest?: string | undefined },
): Promise<Proposal> {
  if (!matter.papers.has(`unsealings/${unsealing}/asked`)) {
    throw new Problem('unseal/not-found', `There is no unsealing ${unsealing} in this matter.`, { unsealing });
  }
  const ending = await endingOf(matter, unsealing);
  if (ending) {
    throw new Problem('unseal/ended', `${unsealing} was ${ending.answer} by ${ending.by} at ${ending.at}.`, {
      unsealing,
    });
  }
  const proposal = await matter.papers.get<Proposal>(`unsealings/${unsealing}/asked`);
  if (proposal.by.pseudonym === house.actor.pseudonym) {
    throw new Problem(
      'unseal/same-person',
      `${house.actor.name} asked for this unsealing and cannot answer it too. Nothing was opened; a second person does it.`,
      { person: house.actor.name },
    );
  }
  if (digest !== undefined && digest !== digestOf(proposal)) {
    throw new Problem(
      'unseal/changed',
      `${unsealing} is not what you read. Nothing was opened; read it with \`fourcorners unseal list\`.`,
      { unsealing },
    );
  }
  return proposal;
}

async function endingOf(matter: Matter, unsealing: string): Promise<Ending | null> {
  const name = `unsealings/${unsealing}/ended`;
  return matter.papers.has(name) ? await matter.papers.get<Ending>(name) : null;
}

async function end(
  house: House,
  matter: Matter,
  proposal: Proposal,
  answer: Ending['answer'],
  reason: string | null,
): Promise<Ending & { unsealing: string }> {
  const ending: Ending = { answer, by: house.actor.name, at: now(), reason, digest: digestOf(proposal) };
  await matter.papers.put(`unsealings/${proposal.unsealing}/ended`, ending);
  return { unsealing: proposal.unsealing, ...ending };
}

/** Throws `unseal/wrong-key` when the file holds no such key. */
function identityIn(path: string): string {
  const found = /AGE-SECRET-KEY-1[0-9A-Z]+/.exec(textGiven(path, 'Nothing was opened.'))?.[0];
  if (found !== undefined) return found;
  throw new Problem('unseal/wrong-key', `${path} holds no oversight key. Nothing was opened.`, { path });
}
