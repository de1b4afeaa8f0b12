/** The verifier for a stick against the program’s own: the same word on good ones and on every way of spoiling one. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { newOversightKey } from '../../src/custody/seal.ts';
import { makeHouse } from '../../src/desk/house.ts';
import { ledgerExport } from '../../src/desk/ledger.ts';
import { matterCreate } from '../../src/desk/matter.ts';
import { perform } from '../../src/desk/perform.ts';
import { verify as verifyLedger } from '../../src/ledger/verify.ts';
import { LAB } from '../../src/package/example.ts';
import {
  asFolder,
  files as good,
  verify as judged,
  OTHER_VKEY,
  sealedBytes,
  zipBytes,
} from '../../src/package/example-package.ts';
import type { Bytes, Files } from './bytes.ts';
import { verify } from './verify.ts';

type Plain = ReadonlyMap<string, Uint8Array>;
const given = (files: Plain, prefix = 'bag/'): Files =>
  new Map([...files].map(([path, bytes]) => [prefix + path, async () => new Uint8Array(bytes) as Bytes]));
const check = (files: Plain, key: string | null = null, identities = '') =>
  verify({ files: given(files), key, identities });
const one = (bytes: Uint8Array, name = 'p.fcp'): Files => new Map([[name, async () => new Uint8Array(bytes) as Bytes]]);

test('a good package is verified: as a folder, as a zip, and sealed, with its rows counted', async () => {
  const folder = await check(good);
  assert.equal(folder.word, 'VERIFIED', JSON.stringify(folder.facts.filter(({ ok }) => !ok)));
  assert.match(folder.against, /the key in the package itself/);
  assert.match(folder.upTo, /^entry \d+ of /);
  assert.ok(folder.counted.find(({ heading }) => heading === 'Records by kind')!.rows.some(([, count]) => count > 0));
  assert.equal((await verify({ files: one(zipBytes, 'p.zip'), key: null, identities: '' })).word, 'VERIFIED');
  assert.equal(
    (await verify({ files: one(sealedBytes), key: null, identities: `# a comment\n${LAB.identity}\n` })).word,
    'VERIFIED',
  );
  assert.equal((await verify({ files: one(sealedBytes), key: null, identities: '' })).code, 'package/no-identity');
  const stranger = await newOversightKey();
  assert.equal(
    (await verify({ files: one(sealedBytes), key: null, identities: stranger.identity })).code,
    'package/wrong-identity',
  );
  assert.equal(
    (await verify({ files: one(sealedBytes.subarray(0, -9)), key: null, identities: LAB.identity })).code,
    'package/damaged',
  );
});

test('another sender’s key does not verify it', async () => {
  const verdict = await check(good, OTHER_VKEY);
  assert.equal(verdict.word, 'NOT VERIFIED');
  assert.equal(verdict.code, 'package/sender-differs');
});

const WAYS: [string, (files: Map<string, Uint8Array>) => void][] = [
  ...[...good.keys()].map((path): [string, (files: Map<string, Uint8Array>) => void] => [
    `a changed byte in ${path}`,
    (files) => {
      const bytes = Uint8Array.from(files.get(path)!);
      bytes[bytes.length >> 1]! ^= 1;
      files.set(path, bytes);
    },
  ]),
  ...[...good.keys()].map((path): [string, (files: Map<string, Uint8Array>) => void] => [
    `without ${path}`,
    (files) => void files.delete(path),
  ]),
  ['a file nobody listed', (files) => void files.set('data/extra.txt', Buffer.from('x'))],
  ['a tag file nobody listed', (files) => void files.set('extra.txt', Buffer.from('x'))],
  ['a note of nothing', (files) => void files.set('production.note', Buffer.from('x\n'))],
];

test('every way of spoiling one gives the word that the program gives', async () => {
  for (const [name, spoil] of WAYS) {
    const files = new Map<string, Uint8Array>(good);
    spoil(files);
    const ours = await judged(asFolder(files as never));
    const verdict = await check(files);
    assert.equal(verdict.word, ours.verdict, `${name}: ${verdict.code}, the program says ${ours.code}`);
    assert.notEqual(verdict.word, 'VERIFIED', name);
  }
});

test('no changed byte is verified, wherever it is', async () => {
  const paths = [...good.keys()];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...paths),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      async (path, at, change) => {
        const files = new Map<string, Uint8Array>(good);
        const bytes = Uint8Array.from(files.get(path)!);
        bytes[at % bytes.length]! ^= change;
        files.set(path, bytes);
        assert.notEqual((await check(files)).word, 'VERIFIED', `${path} at ${at % bytes.length}`);
      },
    ),
    { numRuns: 120 },
  );
});

test('an exported ledger is verified, and none of its files may change, go or be cut', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fourcorners-stick-'));
  try {
    const dir = join(folder, 'data');
    const out = join(folder, 'export');
    await makeHouse(dir, (await newOversightKey()).recipient);
    for (let count = 0; count < 140; count++)
      await perform(matterCreate, { name: `matter ${count % 3}` }, { dir, actor: 'R. Alder' });
    await perform(ledgerExport, { out }, { dir, actor: 'R. Alder' });
    const files = new Map<string, Uint8Array>();
    for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
      if (entry.isFile())
        files.set(relative(out, join(entry.parentPath, entry.name)), readFileSync(join(entry.parentPath, entry.name)));
    }
    const verdict = await verify({ files: given(files, 'export/'), key: null, identities: '' });
    assert.equal(verdict.word, 'VERIFIED', JSON.stringify(verdict.facts));
    assert.equal((await verifyLedger(out)).verdict, 'VERIFIED');
    for (const path of files.keys()) {
      if (/^tile\/\d/.test(path)) continue;
      const bytes = Uint8Array.from(files.get(path)!);
      bytes[bytes.length >> 1]! ^= 4;
      const changed = await verify({
        files: given(new Map([...files, [path, bytes]]), 'export/'),
        key: null,
        identities: '',
      });
      assert.notEqual(changed.word, 'VERIFIED', path);
      const cut = await verify({
        files: given(new Map([...files, [path, bytes.slice(0, -3)]]), 'export/'),
        key: null,
        identities: '',
      });
      assert.notEqual(cut.word, 'VERIFIED', path);
      const gone = new Map(files);
      gone.delete(path);
      assert.notEqual(
        (await verify({ files: given(gone, 'export/'), key: null, identities: '' })).word,
        'VERIFIED',
        path,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
