/** The ledger as people read it, and checking it offline. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { Problem } from '../base/problem.ts';
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
  does: 'Check a ledger or its export offline, and say against what and up to when.',
  example: 'fourcorners verify ledger-copy --key "$(cat key-from-the-court.txt)"',
  positional: ['path'],
  input: z.strictObject({
    path: z.string().min(1).describe('a data directory, a ledger folder or an export'),
    key: z
      .string()
      .min(1)
      .optional()
      .describe('the ledger’s public key from elsewhere; without it the key in the folder is used, which proves less'),
    older: z
      .string()
      .min(1)
      .optional()
      .describe('a file with a checkpoint you kept: the ledger must still hold all of it'),
  }),
  async run(_, input) {
    const older = input.older === undefined ? undefined : readText(input.older);
    const path = resolve(input.path);
    const ledger = existsSync(join(path, 'keys')) ? join(path, 'ledger') : path;
    return {
      path,
      ...(await verify(ledger, { ...(input.key ? { vkey: input.key } : {}), ...(older ? { older } : {}) })),
    };
  },
  objection: (verdict) =>
    verdict.code === null ? null : { code: verdict.code, message: `${verdict.path}: ${verdict.said}` },
  show: (verdict) => verdict.said,
});

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new Problem('input/no-file', `There is no readable file ${path}.`, { path });
  }
}
