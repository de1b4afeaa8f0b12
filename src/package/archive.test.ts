import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { fileInMemory, gathered } from '../formats/reading/files.ts';
import { readDirectory } from '../formats/reading/zip.ts';
import { type ArchiveEntry, archiveBytes, archiveDiffers, archivePieces } from './archive.ts';

const LIMITS = { entries: 100_000, totalBytes: 2 ** 50, ratio: 1000, ratioFloorBytes: 2 ** 20 };

async function archiveOf(files: Record<string, Buffer>): Promise<{ entries: ArchiveEntry[]; bytes: Buffer }> {
  const entries = Object.entries(files).map(([name, bytes]) => ({
    name,
    sizeBytes: bytes.length,
    crc32: crc32(bytes),
  }));
  const whole = archiveBytes(entries, async function* (name) {
    yield files[name]!;
  });
  return { entries, bytes: Buffer.from(await gathered('zip', whole, 2 ** 30)) };
}

const name = fc
  .string({ unit: fc.constantFrom('a', 'b', 'Ä', '/', '.', '€', '-'), minLength: 1, maxLength: 9 })
  .map((text) => `p/${text}x`);
const files = fc.dictionary(name, fc.uint8Array({ maxLength: 50 }).map(Buffer.from), {
  maxKeys: 6,
  noNullPrototype: true,
});

test('an archive holds its files, and the order in which they are given changes no byte', async () => {
  await fc.assert(
    fc.asyncProperty(files, async (given) => {
      const { entries, bytes } = await archiveOf(given);
      const turned = await archiveOf(Object.fromEntries(Object.entries(given).reverse()));
      assert.deepEqual(turned.bytes, bytes);
      assert.equal(await archiveDiffers(fileInMemory('zip', bytes), entries), null);
      const directory = await readDirectory(fileInMemory('zip', bytes), LIMITS);
      assert.ok(!('refused' in directory));
      for (const member of directory.members) {
        if ('refused' in member) continue; // A name that no file may have.
        assert.deepEqual(Buffer.from(await gathered('x', member.stream(), 99)), given[member.name.slice(4)]);
      }
      assert.equal(directory.members.length, entries.length);
    }),
    { numRuns: 200, seed: 7 },
  );
});

test('a byte changed anywhere but in a file makes it another archive', async () => {
  const { entries, bytes } = await archiveOf({ 'p/a': Buffer.from('AAAA'), 'p/b': Buffer.from('') });
  const own = archivePieces(entries).pieces.flatMap((piece) =>
    'bytes' in piece ? Array.from(piece.bytes, (_, at) => piece.offset + at) : [],
  );
  for (const at of own) {
    const changed = Buffer.from(bytes);
    changed[at]! ^= 1 + (at % 255);
    assert.notEqual(await archiveDiffers(fileInMemory('zip', changed), entries), null, `byte ${at}`);
  }
  assert.equal(await archiveDiffers(fileInMemory('zip', Buffer.concat([bytes, Buffer.of(0)])), entries), '');
  assert.equal(await archiveDiffers(fileInMemory('zip', bytes.subarray(0, -1)), entries), '');
});

/** An archive too large to make: its files are zeros that are never written. */
function imagined(entries: ArchiveEntry[]) {
  const { pieces, sizeBytes } = archivePieces(entries);
  return {
    name: 'zip',
    sizeBytes,
    async read(offset: number, length: number) {
      const bytes = Buffer.alloc(Math.max(0, Math.min(length, sizeBytes - offset)));
      for (const piece of pieces) {
        if (!('bytes' in piece) || piece.offset + piece.bytes.length <= offset || piece.offset >= offset + length)
          continue;
        const from = Math.max(0, offset - piece.offset);
        Buffer.from(piece.bytes.subarray(from)).copy(bytes, Math.max(0, piece.offset - offset));
      }
      return bytes;
    },
  };
}

test('files above four gigabytes, and archives with more than 65,535, are listed with their true sizes', async () => {
  const large = [5 * 2 ** 30, 1, 2 ** 32 - 1, 7].map((sizeBytes, i) => ({ name: `p/${i}`, sizeBytes, crc32: i }));
  const listed = await readDirectory(imagined(large), { ...LIMITS, ratio: 2 ** 40 });
  assert.ok(!('refused' in listed));
  assert.deepEqual(
    listed.members.map((member) => ('sizeBytes' in member ? member.sizeBytes : member)),
    large.map((entry) => entry.sizeBytes),
  );
  const many = Object.fromEntries(Array.from({ length: 65_540 }, (_, i) => [`p/${i}`, Buffer.alloc(0)]));
  const all = await readDirectory(fileInMemory('zip', (await archiveOf(many)).bytes), LIMITS);
  assert.equal('members' in all && all.members.length, 65_540);
});

function hasUnzip(): boolean {
  try {
    execFileSync('unzip', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test('unzip finds nothing wrong with it', { skip: hasUnzip() ? false : 'unzip is not installed' }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fourcorners-archive-'));
  try {
    const { bytes } = await archiveOf({ 'p/data/a.txt': Buffer.from('hello'), 'p/bagit.txt': Buffer.from('x\n') });
    writeFileSync(join(folder, 'a.zip'), bytes);
    execFileSync('unzip', ['-t', join(folder, 'a.zip')]);
    execFileSync('unzip', ['-q', join(folder, 'a.zip'), '-d', folder]);
    assert.equal(readFileSync(join(folder, 'p/data/a.txt'), 'utf8'), 'hello');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
