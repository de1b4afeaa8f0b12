import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { identityToRecipient } from 'age-encryption';
import { newOversightKey } from '../custody/seal.ts';
import { makeHouse } from './house.ts';
import { perform } from './perform.ts';
import { recipientIdentity, recipientOperation } from './recipient.ts';

test('the desk’s own key is written for its owner only, once, and is the one packages are sealed to', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fourcorners-recipient-'));
  try {
    const caller = { dir: join(folder, 'data'), actor: 'R. Alder' };
    await makeHouse(caller.dir, (await newOversightKey()).recipient);
    const out = join(folder, 'identity.txt');
    await assert.rejects(perform(recipientIdentity, { out }, caller), { code: 'package/no-key' });
    const { recipient } = (await perform(recipientOperation, {}, caller)) as { recipient: string };
    await perform(recipientIdentity, { out }, caller);
    const identity = readFileSync(out, 'utf8')
      .split('\n')
      .find((line) => line.startsWith('AGE-SECRET-KEY-'))!;
    assert.equal(await identityToRecipient(identity), recipient);
    assert.equal(statSync(out).mode & 0o777, 0o600);
    await assert.rejects(perform(recipientIdentity, { out }, caller), { code: 'recipient/file-exists' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
