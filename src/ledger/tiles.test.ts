import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { isProblem } from '../base/problem.ts';
import { Contents } from './contents.ts';
import { temporaryFolder } from './example.ts';
import { bundle, entryBundles, exportTiles, hashTiles, readBundle, tilePath } from './tiles.ts';
import { leafHash } from './tree.ts';

test('the path of a tile groups its index in threes', () => {
  assert.equal(tilePath({ level: 0, index: 1234067, width: 256 }), 'tile/0/x001/x234/067');
  assert.equal(tilePath({ level: 2, index: 0, width: 1 }), 'tile/2/000.p/1');
  assert.equal(tilePath({ level: 'entries', index: 1000, width: 255 }), 'tile/entries/x001/000.p/255');
  assert.equal(tilePath({ level: 1, index: 999, width: 256 }), 'tile/1/999');
});

test('a log of 70,000 entries has 273 full tiles and one of 112, then one and one of 17, then one of 1', () => {
  const tiles = [...hashTiles(70_000)].map(({ level, width }) => `${level}:${width}`);
  const expected = [...Array(273).fill('0:256'), '0:112', '1:256', '1:17', '2:1'];
  assert.deepEqual(tiles, expected);
  assert.equal([...entryBundles(70_000)].length, 274);
  assert.deepEqual([...hashTiles(256)].map(tilePath), ['tile/0/000', 'tile/1/000.p/1']);
  assert.deepEqual([...hashTiles(0)], []);
});

test('a bundle is read back, and only at its own width', () => {
  const entries = ['{"a":1}', '{}', '{"b":[2]}'].map((text) => Buffer.from(text));
  const bytes = bundle(entries);
  assert.equal(Buffer.from(bytes.subarray(0, 2)).toString('hex'), '0007');
  assert.deepEqual(readBundle(bytes, 3), entries);
  for (const width of [1, 2, 4]) assert.equal(readBundle(bytes, width), null);
  for (let length = 0; length < bytes.length; length += 1) assert.equal(readBundle(bytes.subarray(0, length), 3), null);
});

test('an exported tile above the leaves holds the roots of full tiles below', async () => {
  await using folder = await temporaryFolder();
  const contents = new Contents();
  for (let index = 0; index < 600; index += 1) contents.add(Buffer.from(`entry ${index}`));
  const dir = join(folder.path, 'out');
  await exportTiles(dir, contents, { size: 600, checkpoint: 'c\n', vkey: 'k' });
  const leaf = await readFile(join(dir, 'tile/0/001'));
  assert.deepEqual(leaf.subarray(32, 64), Buffer.from(leafHash(Buffer.from('entry 257'))));
  const above = await readFile(join(dir, 'tile/1/000.p/2'));
  const first = new Contents();
  for (let index = 0; index < 256; index += 1) first.add(Buffer.from(`entry ${index}`));
  assert.deepEqual(above.subarray(0, 32), Buffer.from(first.tree.root()));
  assert.equal(readBundle(await readFile(join(dir, 'tile/entries/002.p/88')), 88)?.length, 88);
  await assert.rejects(
    exportTiles(dir, contents, { size: 600, checkpoint: 'c\n', vkey: 'k' }),
    (error) => isProblem(error) && error.code === 'ledger/export-exists',
  );
});
