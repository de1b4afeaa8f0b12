import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Encrypter } from 'age-encryption';
import { zipOf } from '../formats/reading/crafted-zip.ts';
import { COURT, examplePackage, LAB, STRANGER } from './example.ts';
import {
  asZip,
  failed,
  files,
  ID,
  memory,
  OTHER_VKEY,
  out,
  saved,
  sealedTo,
  verify,
  written,
  zipBytes,
} from './example-package.ts';
import { writePackage } from './write.ts';

test('a package sealed again by a recipient to somebody else is refused, and it is said to whom it was sealed', async () => {
  const passedOn = await sealedTo([STRANGER.recipient], zipBytes);
  const verdict = await verify(passedOn, { identities: [STRANGER.identity] });
  assert.deepEqual([verdict.verdict, verdict.code], ['NOT VERIFIED', 'package/other-recipient']);
  assert.match(verdict.said, /sealed by its sender to Example Digital Lab \(age1hjaz.*Example Court, clerk/);
  const widened = await verify(await sealedTo([LAB.recipient, COURT.recipient, STRANGER.recipient], zipBytes));
  assert.deepEqual([widened.verdict, widened.code], ['NOT VERIFIED', 'package/recipients-differ']);
  const stranger = await verify(saved(zipBytes, '.zip'), { identities: [STRANGER.identity] });
  assert.deepEqual([stranger.verdict, stranger.code], ['NOT VERIFIED', 'package/other-recipient']);
  const nobody = await verify(saved(zipBytes, '.zip'), { identities: [] });
  assert.match(nobody.facts.find(({ code }) => code === 'package/recipients')!.said, /sealed by its sender to/);
});

test('without a key it stays sealed, with a wrong one it does not open, and a passphrase is no recipient', async () => {
  const none = await verify(written.file, { identities: [] });
  assert.deepEqual([none.verdict, none.code], ['INCOMPLETE', 'package/no-identity']);
  const wrong = await verify(written.file, { identities: [STRANGER.identity, 'AGE-SECRET-KEY-1NOTHING'] });
  assert.deepEqual([wrong.verdict, wrong.code], ['NOT VERIFIED', 'package/wrong-identity']);
  const withPhrase = new Encrypter();
  withPhrase.setScryptWorkFactor(10);
  withPhrase.setPassphrase('four corners');
  const phrase = await verify(saved(await withPhrase.encrypt(zipBytes), '.fcp'));
  assert.deepEqual([phrase.verdict, phrase.code], ['NOT VERIFIED', 'package/wrong-identity']);
});

test('a package of another sender agrees with itself, and not with the key that is known', async () => {
  const theirs = await writePackage(await examplePackage(memory.path, out, [LAB], {}, 9));
  const known = await verify(theirs.file);
  assert.deepEqual([known.verdict, known.code, known.contents.size], ['NOT VERIFIED', 'package/sender-differs', 0]);
  assert.equal((await verify(theirs.file, { vkey: undefined })).verdict, 'VERIFIED');
  assert.equal((await verify(theirs.file, { vkey: OTHER_VKEY })).verdict, 'VERIFIED');
  assert.equal((await verify(theirs.file, { vkey: 'desk.example' })).code, 'package/key-unreadable');
});

test('a zip that was packed again, renamed or made to mislead is refused; its files still hold', async () => {
  const again = zipOf([...files].map(([path, bytes]) => ({ name: `${ID}/${path}`, bytes })));
  const verdict = await verify(saved(again, '.zip'), { identities: [] });
  assert.deepEqual([verdict.code, failed(verdict).length], ['package/archive-differs', 1]);
  const renamed = await verify(saved(await asZip(files, 'p-0002'), '.zip'), { identities: [] });
  assert.deepEqual(failed(renamed), ['package/id-differs null']);
  const tricks: [Parameters<typeof zipOf>[0][number], string][] = [
    [{ name: `${ID}/../../etc/passwd`, bytes: Buffer.from('x') }, 'zip/traversal'],
    [{ name: `${ID}/data/link`, bytes: Buffer.from('/etc/passwd'), mode: 0o120777 }, 'zip/symlink'],
    [{ name: `${ID}/BAGIT.TXT`, bytes: Buffer.from('x') }, 'zip/duplicate-name'],
    [{ name: `${ID}/data/big`, bytes: Buffer.alloc(4 << 20) }, 'zip/ratio'],
  ];
  for (const [part, code] of tricks) {
    const zip = zipOf([...[...files].map(([path, bytes]) => ({ name: `${ID}/${path}`, bytes, method: 0 })), part]);
    const refused = await verify(saved(zip, '.zip'), { identities: [] });
    assert.ok(
      failed(refused).some((fact) => fact.startsWith(code)),
      `${code}: ${failed(refused)}`,
    );
  }
});
