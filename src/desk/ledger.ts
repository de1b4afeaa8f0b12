/** The ledger as people read it, and checking it offline. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { Problem } from '../base/problem.ts';
import { memoryFolder } from '../custody/memory.ts';
import { verify } from '../ledger/verify.ts';
import { free, operation } from './operation.ts';
import { namesIn } from './person.ts';

export const ledgerShow = operation({
  words: 'ledger show',
  desk: 'oversight',
  op: 'consultation',
  does: 'Show the acts in the ledger: who, what, when, how it ended. Reading it is an act too.',
  example: 'fourcorners ledger show --matter m-1a2b3c4d5e --last 20',
  input: z.strictObject({
    matter: z.string().min(1).optional().describe('only this matter'),
    last: z.coerce.number().int().min(1).optional().describe('only the last so many entries'),
  }),
  async run(house, input) {
    const names = namesIn(join(house.dir, 'state'), house.keys.commitments);
    const all = [...house.ledger.entries()].map((entry, index) => ({
      index,
      ...entry,
      actorName: names[entry.actor] ?? null,
    }));
    const chosen = input.matter ? all.filter((entry) => entry.matter === input.matter) : all;
    if (input.matter && chosen.length === 0) {
      throw new Problem(
        'matter/not-found',
        `No act in the ledger is of a matter ${input.matter}. \`fourcorners matter list\` lists them.`,
        { matter: input.matter },
      );
    }
    return { size: all.length, entries: input.last ? chosen.slice(-input.last) : chosen };
  },
  show: ({ entries }) =>
    entries
      .map(
        (entry) =>
          `${String(entry.index).padStart(6)}  ${entry.recordedAt}  ${(entry.actorName ?? entry.actor).padEnd(18)} ${entry.act.padEnd(20)} ${entry.phase === 'intent' ? 'intent' : (entry.result ?? '')}`,
      )
      .join('\n'),
});

export const ledgerCheckpoint = operation({
  words: 'ledger checkpoint',
  desk: 'oversight',
  op: 'consultation',
  does: 'Print the signed head of the ledger, to keep elsewhere: whoever has it can tell later that nothing was changed.',
  example: 'fourcorners ledger checkpoint > checkpoint.txt',
  input: z.strictObject({}),
  async run(house) {
    return { checkpoint: await house.ledger.checkpoint(), vkey: house.ledger.vkey };
  },
  show: ({ checkpoint }) => checkpoint.trimEnd(),
});

export const ledgerExport = operation({
  words: 'ledger export',
  desk: 'oversight',
  op: 'disclosure',
  does: 'Write the ledger as a folder that anyone can verify offline (C2SP tlog-tiles).',
  example: 'fourcorners ledger export --out ledger-copy',
  input: z.strictObject({ out: z.string().min(1).describe('a folder that does not exist yet') }),
  async run(house, { out }) {
    await house.ledger.export(resolve(out));
    return { out: resolve(out), entries: house.ledger.size, vkey: house.ledger.vkey };
  },
  show: ({ out, entries }) =>
    `${entries} entries are in ${out}. Anyone checks them with \`fourcorners verify ${out}\`.`,
});

export const verifyOperation = free({
  words: 'verify',
  desk: 'oversight',
  op: 'consultation',
  does: 'Check a ledger, its export, or a package offline, and say against what and up to when.',
  example: 'fourcorners verify ledger-copy --key "$(cat key-from-the-court.txt)"',
  positional: ['path'],
  input: z.strictObject({
    path: z
      .string()
      .min(1)
      .describe('a data directory, a ledger folder or an export; a package (.fcp), its zip or its bag'),
    key: z
      .string()
      .min(1)
      .optional()
      .describe(
        'the public key of the ledger or the sender, from elsewhere; without it the key that lies with it is used, which proves less',
      ),
    older: z
      .string()
      .min(1)
      .optional()
      .describe('a file with a checkpoint you kept: the ledger must still hold all of it'),
    identity: z.string().min(1).optional().describe('for a sealed package: a file with the age identity that opens it'),
  }),
  async run(_, input) {
    const older = input.older === undefined ? undefined : readText(input.older);
    const path = resolve(input.path);
    const vkey = input.key ? { vkey: input.key } : {};
    if (looksLikePackage(path)) {
      const { verifyPackage } = await import('../package/verify.ts');
      using memory = memoryFolder();
      const identities = input.identity === undefined ? [] : identitiesIn(readText(input.identity));
      const {
        contents: _contents,
        archive: _archive,
        ...verdict
      } = await verifyPackage(path, { ...vkey, identities, memory });
      return { path, ...verdict };
    }
    const ledger = existsSync(join(path, 'keys')) ? join(path, 'ledger') : path;
    return { path, ...(await verify(ledger, { ...vkey, ...(older ? { older } : {}) })) };
  },
  objection: (verdict) =>
    verdict.code === null ? null : { code: verdict.code, message: `${verdict.path}: ${verdict.said}` },
  show: (verdict) =>
    'facts' in verdict
      ? [
          verdict.said,
          ...verdict.facts.map(
            ({ ok, place, said }) => `  ${ok ? 'holds' : 'FAILS'}  ${place ? `${place}: ` : ''}${said}`,
          ),
        ].join('\n')
      : verdict.said,
});

/** A file is a package or none of ours; a folder is one when it says to be a bag. */
function looksLikePackage(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && (found.isFile() || existsSync(join(path, 'bagit.txt')));
}

const identitiesIn = (text: string) =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line.startsWith('AGE-SECRET-KEY-'));

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new Problem('input/no-file', `There is no readable file ${path}.`, { path });
  }
}
