/** The directory of agencies: importing it from a CSV file, and another person's approval of exactly what changes. */
import { z } from 'zod';
import type { Directory } from '../instrument/agency.ts';
import { approve, pending, propose, Version, versionsOf } from './desk-paper.ts';
import { bytesGiven } from './given.ts';
import { operation } from './operation.ts';
import { directoryInForce, directoryOf } from './provider.ts';

export const directoryShow = operation({
  words: 'directory show',
  desk: 'provider',
  op: 'consultation',
  does: 'Show the directory of agencies in force or an earlier one, its versions, and a change that waits for approval.',
  example: 'fourcorners directory show',
  input: z.strictObject({ version: Version }),
  async run(house, { version: wanted }) {
    const { directoryDiff } = await import('../request/directory.ts');
    const inForce = directoryInForce(house);
    const { version, paper } = wanted === undefined ? inForce : { version: wanted, paper: directoryOf(house, wanted) };
    const waiting = pending<Directory>(house, 'directory');
    return {
      version,
      agencies: paper.agencies,
      /** Against the version before it. */
      changes: version === 0 ? [] : directoryDiff(directoryOf(house, version - 1), paper).words,
      versions: versionsOf<Directory>(house, 'directory').map(({ paper: _paper, ...rest }) => rest),
      pending: waiting && {
        digest: waiting.digest,
        proposedBy: waiting.proposedBy.name,
        changes: directoryDiff(inForce.paper, waiting.paper),
      },
    };
  },
  show: ({ agencies, pending: waiting }) =>
    [
      ...agencies.map(
        ({ id, name, country, phone, domains }) =>
          `${id.padEnd(16)} ${country}  ${phone.padEnd(16)} ${name}  ${domains.join(' ')}`,
      ),
      ...(waiting
        ? [`waiting for approval (${waiting.digest}):`, ...waiting.changes.words.map((line) => `  ${line}`)]
        : []),
    ].join('\n') || 'The directory is empty: `fourcorners directory import` proposes one.',
});

export const directoryImport = operation({
  words: 'directory import',
  desk: 'provider',
  op: 'alteration',
  does: 'Propose the agencies of a CSV file as the new directory. It replaces the old one when a second person approves it.',
  example: 'fourcorners directory import --file agencies.csv',
  input: z.strictObject({
    file: z.string().min(1).describe('id,name,country,level,domains,phone,phone_source,recipient,credential'),
  }),
  async run(house, { file }, task) {
    const { directoryDiff, readDirectory } = await import('../request/directory.ts');
    const before = directoryInForce(house);
    const after = readDirectory(bytesGiven(file, 'Nothing was changed.'), before.version + 1);
    return { ...propose(house, task, 'directory', after), changes: directoryDiff(before.paper, after) };
  },
  show: ({ version, digest, changes }) =>
    [`Directory version ${version} waits for approval: ${digest}`, ...changes.words.map((line) => `  ${line}`)].join(
      '\n',
    ),
});

export const directoryApprove = operation({
  words: 'directory approve',
  desk: 'provider',
  op: 'governance',
  does: 'Approve the proposed directory, as a second person.',
  example: 'fourcorners directory approve --as "D. Quill"',
  input: z.strictObject({ digest: z.string().optional().describe('the digest of what you read') }),
  async run(house, { digest }, task) {
    const { version, paper } = approve<Directory>(house, task, 'directory', digest);
    return { version, agencies: paper.agencies.length };
  },
  show: ({ version, agencies }) => `Directory version ${version} is in force: ${agencies} agencies.`,
});
