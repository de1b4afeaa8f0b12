/** Returns: what can be read, importing, and the receipts. */
import { accessSync, constants, statSync } from 'node:fs';
import { z } from 'zod';
import { sha256 } from '../base/digest.ts';
import { Problem } from '../base/problem.ts';
import { type MemoryFolder, memoryFolder } from '../custody/memory.ts';
import type { ReturnFile } from '../formats/format.ts';
import { fileOnDisk, openReturn } from '../formats/reading/open.ts';
import { sampleOf } from '../formats/reading/sample.ts';
import { isZone } from '../formats/reading/zones.ts';
import { formats, recognise } from '../formats/register.ts';
import { type Profile, readProfile } from '../formats/table/profile.ts';
import { type ImportOf, importReturn } from '../importing/import.ts';
import type { Receipt } from '../importing/receipt.ts';
import { importsOf } from '../store/segments.ts';
import { makeReady, putInOrder } from './explore.ts';
import { textGiven } from './given.ts';
import { type House, type Matter, now } from './house.ts';
import { scopeInForce } from './instrument.ts';
import { MatterId } from './matter.ts';
import { free, operation, type Task } from './operation.ts';
import { receiptLines } from './receipt-lines.ts';

/** From so many records on, putting them in order takes long enough to be noticed. */
const LARGE = 20_000;

const Zone = z
  .string()
  .refine(isZone, 'an IANA zone such as America/Denver, UTC, or an offset such as -07:00')
  .describe('the zone of times that carry none; your declaration becomes part of the evidence');

export const importOperation = operation({
  words: 'import',
  desk: 'examiner',
  op: 'collection',
  does: 'Read a return into a matter: keep what the paper covers, seal the rest, account for every row.',
  example: 'fourcorners import --matter m-1a2b3c4d5e --instrument i-0f9e8d7c6b records.zip',
  positional: ['files...'],
  input: z.strictObject({
    matter: MatterId,
    instrument: z.string().min(1).describe('the paper it answers'),
    profile: z.string().min(1).optional().describe('a mapping profile, for tables no format knows'),
    zone: Zone.optional(),
    sender: z
      .string()
      .min(1)
      .optional()
      .describe('for a package: the provider’s public key, got another way than with it'),
    files: z.array(z.string().min(1)).min(1, 'at least one file').describe('the files as received, zips unopened'),
  }),
  async run(house, input, task): Promise<Receipt> {
    const matter = house.matter(input.matter);
    const paper = await scopeInForce(matter, input.instrument);
    input.files.filter((path) => !task.sealed?.has(path)).forEach(refuseUnreadable);
    using memory = memoryFolder();
    return await readInto(house, matter, paper, task, {
      memory,
      paths: input.files,
      sealed: task.sealed,
      sender: input.sender,
      zone: input.zone,
      profile: input.profile === undefined ? undefined : profileIn(input.profile),
    });
  },
  show: receiptLines,
});

export type Reading = Pick<ImportOf, 'paths' | 'sealed' | 'profile' | 'unsealed'> & {
  memory: MemoryFolder;
  /** For a package: the provider's key from elsewhere. */
  sender?: string | undefined;
  /** Declared for times that carry none. */
  zone?: string | undefined;
};

/** Reads a return into a matter under a paper: a package is verified first, everything is sorted, kept or sealed. */
export async function readInto(
  house: House,
  matter: Matter,
  { scope, version }: Awaited<ReturnType<typeof scopeInForce>>,
  task: Task,
  { memory, sender, zone, ...reading }: Reading,
): Promise<Receipt> {
  const opened = new Map<string, string>();
  let verified: Receipt['verified'];
  for (const path of reading.paths.filter((name) => name.endsWith('.fcp'))) {
    const { receivedPackage } = await import('./received-package.ts');
    if (reading.paths.length > 1)
      throw new Problem('package/alone', 'A package is imported by itself. Nothing was imported; call once for each.');
    const received = await receivedPackage(house, path, memory, version.paper, scope, sender);
    opened.set(path, received.clear);
    verified = received.verified;
  }
  const receipt = await importReturn({
    ...reading,
    matter: matter.id,
    matterFolder: matter.folder,
    key: matter.key,
    oversightRecipient: house.keys.oversightRecipient,
    scope,
    opened,
    verified,
    zone: zone === undefined ? undefined : { zone, basis: 'declared by examiner' },
    act: task.act,
    by: house.actor.name,
    at: now(),
    progress: (rows) => task.progress(`${rows.toLocaleString('en-US')} rows read`),
  });
  const { seen, kept, sealed, unreadable, duplicates } = receipt;
  if (kept >= LARGE) await putInOrder(house, matter);
  task.tell({
    objects: { count: seen, digest: receipt.sha256 },
    counts: { seen, kept, sealed, unreadable, duplicates },
  });
  return receipt;
}

/** A file that is not there is the import's to say. */
function refuseUnreadable(path: string): void {
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') return;
    throw new Problem('input/no-file', `You may not read ${path}. Nothing was imported.`, { path });
  }
}

export function profileIn(path: string) {
  const text = textGiven(path, 'Nothing was imported.');
  try {
    return { profile: readProfile(JSON.parse(text)), sha256: sha256(text) };
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new Problem('formats/profile', `${path} is not JSON: ${error.message}. Nothing was imported.`, { path });
    throw error;
  }
}

export const receipts = operation({
  words: 'receipts',
  desk: 'examiner',
  op: 'consultation',
  does: 'List the receipts of a matter: what came, what was kept, what was sealed and why.',
  example: 'fourcorners receipts --matter m-1a2b3c4d5e',
  input: z.strictObject({ matter: MatterId }),
  async run(house, input) {
    const matter = house.matter(input.matter);
    const imports = await importsOf<Receipt>(matter.folder, matter.key, matter.id);
    const list = imports.map(({ papers }) => papers.receipt);
    // Whoever reads what came wants to see it next.
    if (list.reduce((sum, { kept }) => sum + kept, 0) >= LARGE) makeReady(house, matter);
    return { receipts: list };
  },
  show: (output) => output.receipts.map(receiptLines).join('\n\n') || 'Nothing was imported yet.',
});

export const formatsOperation = free({
  words: 'formats',
  desk: 'everyone',
  op: 'consultation',
  does: 'List the return formats this program reads, how well each is known, and its limits.',
  example: 'fourcorners formats',
  input: z.strictObject({}),
  async run() {
    return {
      formats: Object.entries(await formats()).map(([name, { title, support, sources, limits, kinds, reference }]) => ({
        name,
        title,
        support,
        kinds,
        sources,
        limits,
        ...(reference ? { reference } : {}),
      })),
    };
  },
  show: (output) =>
    output.formats.map((one) => `${one.name.padEnd(22)} ${one.title} (${one.support})\n  ${one.limits}`).join('\n'),
});

export const recogniseOperation = free({
  words: 'recognise',
  desk: 'everyone',
  op: 'consultation',
  does: 'Say which format claims a file, file by file for a zip; for a table no format knows, propose a mapping profile.',
  example: 'fourcorners recognise transactions.xlsx',
  positional: ['file'],
  input: z.strictObject({
    file: z.string().min(1).describe('a file of a return'),
    profile: z
      .string()
      .min(1)
      .optional()
      .describe('a mapping profile to try: how many rows it reads, and why not; no cell is shown'),
    zone: Zone.optional(),
  }),
  async run(_, { file, profile, zone }) {
    const outer = openable(file);
    const trying = profile === undefined ? null : profileIn(profile).profile;
    const leaves = [];
    for await (const opened of openReturn([outer])) leaves.push(opened);
    const files = leaves.flatMap((leaf) => ('file' in leaf ? [leaf.file] : []));
    const answers = [];
    for (const leaf of leaves) {
      if ('refused' in leaf) {
        answers.push({ file: leaf.name, format: null, why: leaf.refused, code: leaf.code });
        continue;
      }
      const siblings = files.filter((other) => other !== leaf.file);
      const claims = await recognise(leaf.file, siblings);
      const [claim] = claims;
      const answer = { file: leaf.file.name, format: claims.length === 1 ? claim!.format : null, claims };
      answers.push({
        ...answer,
        ...(claims.length === 0 ? await proposal(leaf.file, siblings) : {}),
        ...(trying && claims.length === 0 ? { trial: await trialOf(leaf.file, trying, zone) } : {}),
      });
    }
    const single = answers.length === 1 ? answers[0]! : null;
    return {
      file,
      format: single?.format ?? null,
      files: answers,
      ...(single && 'proposal' in single ? { proposal: single.proposal } : {}),
    };
  },
  show: (output) =>
    output.files
      .map((one) => `${one.file}: ${one.format ?? 'no format claims it'}\n${JSON.stringify(one, null, 2)}`)
      .join('\n'),
});

async function proposal(file: ReturnFile, siblings: ReturnFile[]) {
  const { propose } = await import('../formats/table/propose.ts');
  const proposed = propose(await sampleOf(file, siblings));
  return proposed === null ? {} : { proposal: proposed };
}

async function trialOf(file: ReturnFile, profile: Profile, zone: string | undefined) {
  const { tried } = await import('../formats/table-trial.ts');
  return await tried(file, profile, zone === undefined ? undefined : { zone, basis: 'declared by examiner' });
}

function openable(path: string) {
  try {
    if (!statSync(path).isFile()) throw new Error('not a file');
    return fileOnDisk(path);
  } catch {
    throw new Problem('input/no-file', `There is no readable file ${path}.`, { path });
  }
}
