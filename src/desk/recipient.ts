/** The key to which providers seal packages for this desk. Its secret never leaves the data directory. */
import { identityToRecipient } from 'age-encryption';
import { z } from 'zod';
import { newOversightKey } from '../custody/seal.ts';
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
    if (known !== null) return { recipient: await identityToRecipient(known) };
    const { identity, recipient } = await newOversightKey();
    house.keys.keepIdentity(identity);
    return { recipient };
  },
  show: ({ recipient }) => recipient,
});
