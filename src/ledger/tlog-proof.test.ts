import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProblem } from '../base/problem.ts';
import { publicKeyOf } from './ed25519.ts';
import { fill, keyOf, opening, temporaryFolder } from './example.ts';
import { Ledger } from './ledger.ts';
import { verifyProof } from './tlog-proof.ts';
import { verifierKey, vkeyText } from './verifier-key.ts';

test('each entry is shown to be in the log by its proof, and by no other entry’s', async () => {
  await using folder = await temporaryFolder();
  await using ledger = await Ledger.create(opening(folder.path));
  await fill(ledger, 3);
  for (let index = 0; index < ledger.size; index += 1) {
    const { entry, proof } = await ledger.proveEntry(index);
    const found = verifyProof(Buffer.from(proof), entry, ledger.vkey);
    assert.deepEqual([found.verdict, found.index, found.size], ['VERIFIED', index, 9]);
    const other = await ledger.proveEntry((index + 1) % ledger.size);
    assert.equal(verifyProof(Buffer.from(proof), other.entry, ledger.vkey).code, 'ledger/proof-differs');
  }
  await assert.rejects(ledger.proveEntry(9), (error) => isProblem(error) && error.code === 'ledger/no-such-entry');
});

test('every changed byte of a proof, its entry or the key makes it fail', async () => {
  await using folder = await temporaryFolder();
  await using ledger = await Ledger.create(opening(folder.path));
  await fill(ledger, 2);
  const { entry, proof } = await ledger.proveEntry(4);
  const parts = [Buffer.from(proof), Buffer.from(entry), Buffer.from(ledger.vkey)] as const;
  for (const part of parts) {
    for (let place = 0; place < part.length; place += 1) {
      part[place]! ^= 0x01;
      assert.equal(verifyProof(parts[0], parts[1], parts[2].toString()).verdict, 'NOT VERIFIED', `byte ${place}`);
      part[place]! ^= 0x01;
    }
    assert.equal(verifyProof(parts[0], parts[1], parts[2].toString()).verdict, 'VERIFIED');
  }
});

test('what is not a proof at all gets a verdict', () => {
  const vkey = vkeyText(verifierKey('desk.example', publicKeyOf(keyOf(7))));
  const root = `${Buffer.alloc(32).toString('base64')}\n`;
  for (const text of [
    '',
    '\n\n',
    'index 0\n\n',
    'index 01\n\n',
    'index 0\nAAAA\n\n',
    'extra AAAA\nindex 0\n\n',
    `${root}\n`,
  ]) {
    const proof = Buffer.from(`c2sp.org/tlog-proof@v1\n${text}`);
    const expected = text === 'index 0\n\n' ? 'ledger/checkpoint-unreadable' : 'ledger/proof-unreadable';
    assert.equal(verifyProof(proof, Buffer.of(), vkey).code, expected);
  }
  assert.equal(verifyProof(Buffer.of(0xff), Buffer.of(), vkey).code, 'ledger/proof-unreadable');
  assert.equal(verifyProof(Buffer.of(), Buffer.of(), 'no key').code, 'ledger/vkey-unreadable');
});
