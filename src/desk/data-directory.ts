/** The data directory itself: making one. */
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { Problem } from '../base/problem.ts';
import { newOversightKey } from '../custody/seal.ts';
import { writeSmallDurably } from '../custody/small.ts';
import { makeHouse, openHouse } from './house.ts';
import { free } from './operation.ts';

export const init = free({
  words: 'init',
  desk: 'everyone',
  op: 'governance',
  does: 'Make a new data directory: keys, ledger, first person; the oversight key is written where you say.',
  example: 'fourcorners init --data case-data --as "R. Alder" --oversight-key /media/stick/oversight.key',
  input: z.strictObject({
    'oversight-key': z.string().min(1).optional().describe('where to write the oversight key; by default beside the data directory'),
  }),
  async run({ dir, actor }, input) {
    const place = resolve(dir);
    const keyFile = resolve(input['oversight-key'] ?? join(dirname(place), `${basename(place)}.oversight-key`));
    if (existsSync(keyFile)) {
      throw new Problem('house/oversight-key-exists', `${keyFile} is there already. Nothing was made; name another file with --oversight-key.`, { file: keyFile });
    }
    const key = await newOversightKey();
    const { vkey } = await makeHouse(place, key.recipient);
    writeSmallDurably(keyFile, `# Fourcorners oversight key. Opens what is sealed; give it to who may, and keep no copy here.\n# recipient: ${key.recipient}\n${key.identity}\n`);
    await using house = await openHouse(place, actor);
    await house.ledger.fact({ act: 'init', op: 'governance', actor: house.actor.pseudonym, desk: 'everyone', input: house.commitment({}), result: 'ok' });
    return { data: place, person: house.actor.name, oversightKey: keyFile, oversightRecipient: key.recipient, ledgerKey: vkey };
  },
  show: (made) =>
    `Data directory ${made.data} is ready; ${made.person} is its first person.\nThe oversight key is in ${made.oversightKey}. It opens what is sealed: give it to whoever holds the seal and keep no copy here.`,
});
