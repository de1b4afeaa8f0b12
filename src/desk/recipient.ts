/** The key to which providers seal packages for this desk. Its secret leaves the data directory only by an act of its own. */
import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { Problem } from '../base/problem.ts';
import { newOversightKey, recipientOf } from '../custody/seal.ts';
import { operation } from './operation.ts';

export const recipientOperation = operation({
  words: 'recipient',
  desk: 'examiner',
  op: 'governance',
  does: 'Print the key (age) to which providers seal packages for this desk; made once. Hand it over, not by the mail it protects.',
  example: 'fourcorners recipient',
  input: z.strictObject({}),
  async run(house) {
    const known = house.keys.identity();
    if (known !== null) return { recipient: await recipientOf(known) };
    const { identity, recipient } = await newOversightKey();
    house.keys.keepIdentity(identity);
    return { recipient };
  },
  show: ({ recipient }) => recipient,
});

export const recipientIdentity = operation({
  words: 'recipient identity',
  desk: 'examiner',
  op: 'disclosure',
  does: 'Write this desk’s own secret key (age) to a file, for whoever must open a package away from here: a court, the other side.',
  example: 'fourcorners recipient identity --out /media/stick/identity.txt',
  input: z.strictObject({
    out: z.string().min(1).describe('a file that does not exist yet; it opens every package sealed to this desk'),
  }),
  async run(house, { out }) {
    const identity = house.keys.identity();
    if (identity === null)
      throw new Problem(
        'package/no-key',
        'This desk has no key of its own yet. Nothing was written; `fourcorners recipient` makes one.',
      );
    const file = resolve(out);
    if (existsSync(file))
      throw new Problem('recipient/file-exists', `${file} is there already. Nothing was written; name another.`, {
        file,
      });
    writeFileSync(file, `# Opens every package that was sealed to this desk.\n${identity}\n`, {
      mode: 0o600,
      flag: 'wx',
    });
    return { file, recipient: await recipientOf(identity) };
  },
  show: ({ file }) =>
    `${file} opens every package that was sealed to this desk. Give it to whoever may, and keep no copy there.`,
});
