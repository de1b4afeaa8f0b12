import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { gathered } from '../formats/reading/files.ts';
import { accountingOf, COURT, examplePackage, examplePayload, LAB, RECORDS, recordsCsv } from './example.ts';
import {
  asFolder,
  failed,
  files,
  fresh,
  ID,
  memory,
  OTHER_VKEY,
  out,
  saved,
  sealedBytes,
  verify,
  written,
  zipBytes,
} from './example-package.ts';
import { openPackage } from './open.ts';
import { writePackage } from './write.ts';

const CRATE = 'data/ro-crate-metadata.json';
const SUMS = 'data/accounting.json';

test('a package comes back as it was handed over: verified, against the key given, up to the ledger’s head', async () => {
  const verdict = await verify(written.file);
  assert.deepEqual(failed(verdict), []);
  assert.deepEqual(
    [verdict.verdict, verdict.code, verdict.place, verdict.against],
    ['VERIFIED', null, null, 'the key given'],
  );
  assert.equal(
    verdict.said,
    'VERIFIED: package p-0001 of desk.example/ledger, 9 rows produced, for Example Digital Lab, Example Court, clerk; ' +
      'against the key given; up to 2 entries of desk.example/ledger, recorded 2026-01-01T00:00:02.000Z.',
  );
  assert.deepEqual(
    verdict.package?.recipients,
    [LAB, COURT].map(({ recipient, name }) => ({ recipient, name })),
  );
  assert.deepEqual(
    verdict.package?.acts.map(({ act, index }) => [index, act]),
    [
      [0, 'provider.produce'],
      [1, 'provider.approve'],
    ],
  );
  assert.deepEqual(
    [verdict.package?.id, verdict.package?.produced, verdict.package?.further],
    [ID, RECORDS.length, []],
  );
  const signed = [...files.keys()].filter((path) => path !== 'production.note' && !path.startsWith('tagmanifest'));
  assert.deepEqual([...verdict.contents.keys()].sort(), signed.sort());
  const csv = verdict.contents.get('data/records/session.csv')!;
  assert.equal(Buffer.from(await gathered('csv', csv.stream(), 1 << 20)).toString(), recordsCsv('session'));
  assert.equal(written.manifestSha256, createHash('sha256').update(files.get('tagmanifest-sha256.txt')!).digest('hex'));
});

test('the facts come in the order in which a package is looked at', async () => {
  const order = ['label', 'sealed', 'names', 'archive', 'bag', 'tag-manifests', 'note', 'recipients', 'manifests', 'oxum', 'complete', 'nothing-to-fetch', 'accounting', 'crate', 'proofs', 'checkpoint'];
  assert.deepEqual((await verify(written.file)).facts.map(({ code }) => code), order.map((step) => `package/${step}`));
}); // biome-ignore format: one list

test('the other recipient opens it too, and the zip and the folder in it verify on their own', async () => {
  assert.equal((await verify(written.file, { identities: [COURT.identity] })).verdict, 'VERIFIED');
  assert.equal((await verify(saved(zipBytes, '.zip'), { identities: [] })).verdict, 'VERIFIED');
  const folder = await verify(asFolder(files), { identities: [] });
  assert.deepEqual([folder.verdict, folder.archive], ['VERIFIED', null]);
});

test('a key that lies in the package shows less, and the verdict says so', async () => {
  const verdict = await verify(written.file, { vkey: undefined });
  assert.deepEqual([verdict.verdict, verdict.against], ['VERIFIED', 'the key in the package itself']);
  assert.match(verdict.said, /which shows only that the package agrees with itself/);
});

test('what lies outside tells size, digest and the sender’s key, and no name inside tells more than it must', () => {
  const label = JSON.parse(readFileSync(`${written.file}.json`, 'utf8'));
  assert.deepEqual(Object.keys(label).sort(), ['format', 'senderKey', 'sha256', 'sizeBytes']);
  assert.match(basename(written.file), /^[0-9a-f]{32}\.fcp$/);
  assert.equal(label.sha256, createHash('sha256').update(sealedBytes).digest('hex'));
  assert.deepEqual(readdirSync(out).sort(), [basename(written.file), `${basename(written.file)}.json`]);
  for (const word of ['17-mc-0042', 'morgan', 'Example', ID]) assert.ok(!sealedBytes.includes(word), word);
});

test('the same production makes the same zip, byte for byte, wherever the clock’s zone is', async () => {
  const zone = process.env['TZ'];
  process.env['TZ'] = 'Asia/Kathmandu';
  const again = await writePackage(await examplePackage(memory.path, out, [LAB, COURT]));
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
  const { archive } = await openPackage(again.file, { identities: [COURT.identity], memory });
  assert.ok(readFileSync(archive!.path).equals(zipBytes));
  assert.notEqual(again.sha256, written.sha256);
});

test('what a recipient would refuse is not written, and nothing is left where it would have been', async () => {
  const empty = fresh('');
  mkdirSync(empty);
  const written = (over: Parameters<typeof examplePackage>[3]) =>
    examplePackage(memory.path, empty, [LAB], over).then(writePackage);
  const sums = { ...accountingOf(), produced: 8 };
  const payload = (await examplePayload(memory.path, false)).map((file) =>
    file.path === SUMS ? { ...file, bytes: Buffer.from(JSON.stringify(sums)) } : file,
  );
  await assert.rejects(written({ payload }), {
    code: 'package/not-sound',
    facts: { code: 'package/sums-differ', place: SUMS },
  });
  await assert.rejects(written({ proofs: [] }), { code: 'package/not-sound' });
  await assert.rejects(written({ vkey: OTHER_VKEY }), { code: 'package/key-differs' });
  const more = (path: string) => written({ payload: [...payload, { ...payload[0]!, path }] });
  for (const path of [
    'data/../x',
    'request.json',
    '/data/x',
    'data/nul.txt',
    'data/a\nb',
    SUMS,
    'data/Accounting.json',
    CRATE,
  ])
    await assert.rejects(more(path), { code: 'package/path' }, path);
  const to = (...recipients: string[]) =>
    examplePackage(
      memory.path,
      empty,
      recipients.map((recipient) => ({ recipient, name: 'N' })),
    ).then(writePackage);
  await assert.rejects(to(), { code: 'package/no-recipient' });
  for (const wrong of ['age1pq1xyz', LAB.identity, 'four corners', `${LAB.recipient.slice(0, -1)}x`])
    await assert.rejects(to(wrong), { code: 'package/recipient' }, wrong);
  await assert.rejects(to(LAB.recipient, LAB.recipient), { code: 'package/recipient' });
  assert.deepEqual(readdirSync(empty), []);
});

test('payload may be bytes, a stream or a file in memory, and the package is the same', async () => {
  const same = await examplePayload(memory.path, false);
  const payload = same.map((file, i) => {
    const { path, mediaType, describes } = file;
    const bytes = 'bytes' in file ? file.bytes : Buffer.alloc(0);
    const stream = async function* () {
      for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
    };
    if (i % 3 === 0) return file;
    return i % 3 === 1
      ? { path, mediaType, describes, stream: stream() }
      : { path, mediaType, describes, file: saved(bytes, '.part') };
  });
  const { file } = await writePackage(await examplePackage(memory.path, out, [LAB, COURT], { payload }));
  const { archive } = await openPackage(file, { identities: [LAB.identity], memory });
  assert.ok(readFileSync(archive!.path).equals(zipBytes));
});

function isInstalled(tool: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, tool)));
}

const BY_HAND = ['age', 'unzip', 'sha256sum', 'sha512sum', 'openssl', 'sh', 'xxd'];
const lacking = BY_HAND.filter((tool) => !isInstalled(tool));

test('age, unzip, sha256sum and openssl check a package without us, as the page says', {
  skip: lacking.length > 0 ? `not installed: ${lacking}` : false,
}, () => {
  const folder = fresh('');
  mkdirSync(folder);
  writeFileSync(join(folder, 'lab.key'), `${LAB.identity}\n`);
  writeFileSync(join(folder, 'x.fcp'), sealedBytes);
  const page = readFileSync(join(import.meta.dirname, '../../docs/package.md'), 'utf8');
  const blocks = [...page.matchAll(/```sh\n([^`]*)```/g)].map(([, commands]) => commands!);
  assert.ok(blocks.length >= 2);
  const script = ['set -e', ...blocks].join('\n').replaceAll('KEYFILE', 'lab.key').replaceAll('PACKAGE', 'x');
  const said = execFileSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8' });
  assert.match(said, /data\/records\/session\.csv: OK/);
  assert.match(said, /Signature Verified Successfully/);
  assert.ok(readFileSync(join(folder, 'x.zip')).equals(zipBytes));
});
