/** The data directory itself: making one. */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { Problem } from '../base/problem.ts';
import { newOversightKey } from '../custody/seal.ts';
import { writeSmallDurably } from '../custody/small.ts';
import { makeHouse, openHouse, refuseHouse } from './house.ts';
import { free } from './operation.ts';
import { nameOf } from './person.ts';

export const init = free({
  words: 'init',
  desk: 'everyone',
  op: 'governance',
  does: 'Make a new data directory: keys, ledger, first person; the oversight key is written where you say.',
  example: 'fourcorners init --data case-data --as "R. Alder" --oversight-key /media/stick/oversight.key',
  input: z.strictObject({
    'oversight-key': z
      .string()
      .min(1)
      .optional()
      .describe('where to write the oversight key; by default beside the data directory'),
    'ledger-name': z
      .string()
      .max(200)
      .regex(/^[A-Za-z0-9][A-Za-z0-9.-]*(\/[A-Za-z0-9._~-]+)*$/, { error: 'a name such as desk.example/ledger' })
      .optional()
      .describe('what others call its ledger, such as desk.example/ledger; it stays, and stands in every checkpoint'),
  }),
  async run({ dir, actor }, input) {
    const place = resolve(dir);
    const keyFile = resolve(input['oversight-key'] ?? join(dirname(place), `${basename(place)}.oversight-key`));
    nameOf(actor);
    refuseHouse(place);
    if (existsSync(keyFile)) {
      throw new Problem(
        'house/oversight-key-exists',
        `${keyFile} is there already. Nothing was made; name another file with --oversight-key.`,
        { file: keyFile },
      );
    }
    if (input['oversight-key'] !== undefined && !existsSync(dirname(keyFile))) {
      throw new Problem(
        'house/oversight-key-place',
        `There is no folder ${dirname(keyFile)} for the oversight key. Nothing was made.`,
        { file: keyFile },
      );
    }
    const { key, vkey } = await makeWithKey(place, keyFile, input['ledger-name']);
    await using house = await openHouse(place, actor);
    await house.ledger.fact({
      act: 'init',
      op: 'governance',
      actor: house.actor.pseudonym,
      desk: 'everyone',
      input: house.commitment({}),
      result: 'ok',
    });
    return {
      data: place,
      person: house.actor.name,
      oversightKey: keyFile,
      oversightRecipient: key.recipient,
      ledgerKey: vkey,
    };
  },
  show: (made) =>
    `Data directory ${made.data} is ready; ${made.person} is its first person.\nThe oversight key is in ${made.oversightKey}. It opens what is sealed: give it to whoever holds the seal and keep no copy here.`,
});

/** The key is on the disk before anything can be sealed to it; where the directory cannot be made, neither stays. */
async function makeWithKey(place: string, keyFile: string, name: string | undefined) {
  const key = await newOversightKey();
  const fresh = !existsSync(place);
  mkdirSync(dirname(place), { recursive: true });
  writeSmallDurably(
    keyFile,
    `# Fourcorners oversight key. Opens what is sealed; give it to who may, and keep no copy here.\n# recipient: ${key.recipient}\n${key.identity}\n`,
  );
  try {
    return { key, ...(await makeHouse(place, key.recipient, name)) };
  } catch (error) {
    rmSync(keyFile);
    if (fresh) rmSync(place, { recursive: true, force: true });
    throw error;
  }
}
