/** Archives as they come and archives made to harm: each refusal by its name, and nothing written anywhere. */
import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { isProblem } from '../../base/problem.ts';
import type { ReturnFile } from '../format.ts';
import { type Part, zipOf } from './crafted-zip.ts';
import { fileInMemory, fileOnDisk, type Opened, type OpenOptions, openReturn } from './open.ts';

const LETTERS = Buffer.from('subscriber,start,end\nacct-1,2026-01-01,2026-01-02\n');

test('reads the files of an archive in their order with their bytes', async () => {
  const [a, b] = await openedBytes(
    zipOf([{ name: 'a.txt', bytes: LETTERS }, { name: 'd/' }, { name: 'd/b.bin', method: 0, bytes: LETTERS }]),
  );
  assert.deepEqual([a!.name, b!.name], ['outer.zip!a.txt', 'outer.zip!d/b.bin']);
  assert.deepEqual([a!.bytes, b!.bytes], [LETTERS, LETTERS]);
});

test('knows an archive by its bytes and not by its name', async () => {
  assert.deepEqual(await names(fileInMemory('notes.txt', zipOf([{ name: 'a', bytes: LETTERS }]))), ['notes.txt!a']);
  assert.deepEqual(await names(fileInMemory('notes.zip', LETTERS)), ['notes.zip']);
});

test('opens archives inside archives four deep and refuses the fifth', async () => {
  let inner = zipOf([{ name: 'leaf', bytes: LETTERS }]);
  for (const depth of [3, 2, 1]) inner = zipOf([{ name: `${depth}`, bytes: inner }]);
  assert.deepEqual(await names(fileInMemory('z', inner)), ['z!1!2!3!leaf']);
  assert.deepEqual(await names(fileInMemory('z', zipOf([{ name: '0', bytes: inner }]))), ['zip/too-deep']);
});

test('reads zip64 archives', async () => {
  const [leaf] = await openedBytes(zipOf([{ name: 'a', bytes: LETTERS, zip64: true }]));
  assert.deepEqual(leaf!.bytes, LETTERS);
});

test('a workbook and a text document stay one file', async () => {
  const parts = [
    { name: '[Content_Types].xml', bytes: LETTERS },
    { name: '_rels/.rels', bytes: LETTERS },
  ];
  assert.deepEqual(await names(fileInMemory('book.bin', zipOf(parts))), ['book.bin']);
  assert.deepEqual(await names(fileInMemory('t', zipOf([{ name: 'mimetype', bytes: LETTERS, method: 0 }]))), ['t']);
  assert.deepEqual(await names(fileInMemory('z', zipOf(parts.slice(0, 1)))), ['z![Content_Types].xml']);
});

test('reads an archive on a disk and can read its files again later', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zip-'));
  try {
    writeFileSync(join(folder, 'r.zip'), zipOf([{ name: 'in.zip', bytes: zipOf([{ name: 'a', bytes: LETTERS }]) }]));
    const [only] = await all(fileOnDisk(join(folder, 'r.zip')));
    const { file } = only as { file: ReturnFile };
    for (let i = 0; i < 2; i += 1) assert.deepEqual(Buffer.from(await file.bytes(1000)), LETTERS);
    await assert.rejects(file.bytes(10), (error) => isProblem(error) && error.code === 'formats/too-large');
    assert.deepEqual(readdirSync(folder), ['r.zip']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a large inner archive goes to the memory folder, and is refused where there is none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zip-'));
  try {
    const outer = fileInMemory(
      'z',
      zipOf([
        { name: 'in', bytes: zipOf([{ name: 'a', bytes: LETTERS }]) },
        { name: 'b', bytes: LETTERS },
      ]),
    );
    const limits = { heldBytes: 10 };
    assert.deepEqual(await names(outer, { limits }), ['zip/too-large', 'z!b']);
    const found = await openedBytes(outer, { limits, memoryDir: folder });
    assert.deepEqual(found[0], { name: 'z!in!a', bytes: LETTERS });
    assert.equal(readdirSync(folder).length, 1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const REFUSED: [string, Part, string][] = [
  ['climbs out by dots', { name: '../../etc/passwd' }, 'zip/traversal'],
  ['climbs out by backslashes', { name: 'a\\..\\..\\b' }, 'zip/traversal'],
  ['is absolute', { name: '/etc/passwd' }, 'zip/traversal'],
  ['names a drive', { name: 'C:\\a.txt' }, 'zip/traversal'],
  ['names a share', { name: '\\\\192.0.2.1\\share' }, 'zip/traversal'],
  ['holds a control character', { name: 'a\u0007b' }, 'zip/traversal'],
  ['holds a NUL', { name: 'a.txt\0.html' }, 'zip/traversal'],
  ['turns the direction of text', { name: 'records\u202egpj.exe', flags: 0x800 }, 'zip/traversal'],
  ['is too long', { name: 'n'.repeat(1025) }, 'zip/long-name'],
  ['is a link', { name: 'link', mode: 0o120777, bytes: Buffer.from('/etc/passwd') }, 'zip/symlink'],
  ['is locked', { name: 'locked', flags: 1, bytes: LETTERS }, 'zip/encrypted'],
  ['is left by a Macintosh', { name: '__MACOSX/._a' }, 'zip/ignorable'],
  ['is a folder note', { name: 'd/.DS_Store' }, 'zip/ignorable'],
  ['is a lock file', { name: 'd/~$records.xlsx' }, 'zip/ignorable'],
  ['has a method nobody here reads', { name: 'x', method: 99, bytes: LETTERS }, 'zip/unsupported'],
  ['claims a ratio beyond reason', { name: 'x', bytes: LETTERS, says: { size: 2 ** 30 } }, 'zip/ratio'],
];
for (const [what, part, code] of REFUSED) {
  test(`refuses an entry that ${what}, and reads the one beside it`, async () => {
    assert.deepEqual(await names(fileInMemory('z', zipOf([part, { name: 'good', bytes: LETTERS }]))), [code, 'z!good']);
  });
}

test('a refused name is shown with its misleading marks written out', async () => {
  const [opened] = await all(fileInMemory('z', zipOf([{ name: 'a\u202eb', flags: 0x800, bytes: LETTERS }])));
  assert.equal((opened as { name: string }).name, 'z!a\\u202eb');
});

test('refuses the later of two entries with one name, whatever its case or composition', async () => {
  const parts = ['Caf\u00e9', 'CAFE\u0301', 'caf\u00e9', 'd/x', 'd\\X'].map((name) => ({
    name,
    flags: 0x800,
    bytes: LETTERS,
  }));
  const dup = 'zip/duplicate-name';
  assert.deepEqual(await names(fileInMemory('z', zipOf(parts))), ['z!Caf\u00e9', dup, dup, 'z!d/x', dup]);
});

test('refuses entries that share bytes', async () => {
  const big = Buffer.alloc(5000, 7);
  const parts: Part[] = [
    { name: 'a', bytes: big },
    { name: 'b', bytes: big, at: 0 },
    { name: 'c', bytes: LETTERS },
  ];
  assert.deepEqual(await names(fileInMemory('z', zipOf(parts))), ['zip/overlap', 'zip/overlap', 'z!c']);
});

test('a real bomb of zeros is refused before it is unpacked', async () => {
  const zeros = Buffer.alloc(4 * 2 ** 20);
  const files = await names(fileInMemory('z', zipOf([{ name: 'bomb', bytes: zeros }])), { limits: { ratio: 500 } });
  assert.deepEqual(files, ['zip/ratio']);
});

test('many entries that are each small enough are refused together', async () => {
  const parts = [1, 2, 3].map((n) => ({ name: `${n}`, bytes: Buffer.alloc(100_000) }));
  const file = fileInMemory('z', zipOf(parts));
  assert.deepEqual(await names(file, { limits: { overallFloorBytes: 150_000 } }), ['z!1', 'zip/ratio', 'zip/ratio']);
  assert.deepEqual(await names(file, { limits: { totalBytes: 250_000 } }), ['z!1', 'z!2', 'zip/too-large']);
});

test('a nested bomb stops at the number of files, not at the end of memory', async () => {
  const inner = zipOf(Array.from({ length: 30 }, (_, n) => ({ name: `${n}`, bytes: LETTERS })));
  const outer = zipOf(Array.from({ length: 30 }, (_, n) => ({ name: `${n}`, bytes: inner })));
  const found = await names(fileInMemory('z', outer), { limits: { entries: 100 } });
  assert.equal(found.filter((name) => name.startsWith('z!')).length, 60);
  assert.equal(found.filter((name) => name === 'zip/too-many').length, 28);
});

const LIES: [string, Part['says'] & object][] = [
  ['a wrong checksum', { crc: 1 }],
  ['fewer bytes than it has', { size: LETTERS.length - 1 }],
  ['more bytes than it has', { size: LETTERS.length + 1 }],
];
for (const [what, says] of LIES) {
  test(`an entry that states ${what} is never read as if it were whole`, async () => {
    assert.deepEqual(await outcome(zipOf([{ name: 'a', bytes: LETTERS, says }])), ['zip/size-lie', 0]);
    const long = randomBytes(3 * 2 ** 20);
    const size = says.size === undefined ? {} : { size: long.length + says.size - LETTERS.length };
    const [code] = await outcome(zipOf([{ name: 'a', bytes: long, says: { ...says, ...size } }]));
    assert.equal(code, 'zip/size-lie');
  });
}

test('a bomb that lies about its size stops at the size it stated', async () => {
  const zeros = Buffer.alloc(64 * 2 ** 20);
  const [code, seen] = await outcome(zipOf([{ name: 'a', bytes: zeros, says: { size: 2 ** 20 } }]));
  assert.equal(code, 'zip/size-lie');
  assert.ok(seen <= 2 ** 20);
});

test('an entry with two names is refused', async () => {
  const [code] = await outcome(zipOf([{ name: 'a', localName: 'b', bytes: LETTERS }]));
  assert.equal(code, 'zip/header-mismatch');
});

test('an archive without files is listed, not forgotten', async () => {
  assert.deepEqual(await names(fileInMemory('z', zipOf([]))), ['zip/empty']);
  assert.deepEqual(await names(fileInMemory('z', zipOf([{ name: 'd/' }]))), ['zip/empty']);
});

test('an archive cut short anywhere is refused with the bytes that were seen', async () => {
  const whole = zipOf(Array.from({ length: 12 }, (_, n) => ({ name: `file ${n}.csv`, bytes: LETTERS })));
  for (let end = 22; end < whole.length; end += 97) {
    const found = await all(fileInMemory('z', whole.subarray(0, end)));
    assert.equal(found.length, 1);
    const refusal = found[0] as { code: string; refused: string };
    assert.equal(refusal.code, 'zip/damaged');
    assert.match(refusal.refused, new RegExp(`\\b${end} bytes`));
  }
});

test('an archive with any byte changed gives its own bytes or a named refusal', async () => {
  const whole = zipOf([
    { name: 'a', bytes: LETTERS },
    { name: 'b', bytes: LETTERS, method: 0 },
  ]);
  for (let at = 0; at < whole.length; at += 1) {
    const changed = Buffer.from(whole);
    changed[at] = changed[at]! ^ 0x5a;
    for (const opened of await all(fileInMemory('z', changed))) {
      if ('refused' in opened) assert.match(opened.code, /^zip\//);
      else if (opened.file.name !== 'z') {
        const bytes = await opened.file.bytes(100_000).catch((error: unknown) => error);
        if (isProblem(bytes)) assert.match(bytes.code, /^zip\//);
        else assert.deepEqual(Buffer.from(bytes as Uint8Array), LETTERS, `byte ${at}`);
      }
    }
  }
});

async function all(file: ReturnFile, options?: OpenOptions): Promise<Opened[]> {
  const found: Opened[] = [];
  for await (const opened of openReturn([file], options)) found.push(opened);
  return found;
}

async function names(file: ReturnFile, options?: OpenOptions): Promise<string[]> {
  return (await all(file, options)).map((opened) => ('refused' in opened ? opened.code : opened.file.name));
}

/** How reading the only file of an archive ends, listed or read, and how many bytes came out before. */
async function outcome(bytes: Buffer): Promise<[string, number]> {
  const [opened] = await all(fileInMemory('z', bytes));
  if ('refused' in opened!) return [opened.code, 0];
  let seen = 0;
  try {
    for await (const chunk of opened!.file.stream()) seen += chunk.length;
  } catch (error) {
    return [isProblem(error) ? error.code : String(error), seen];
  }
  return ['read', seen];
}

async function openedBytes(
  bytes: Buffer | ReturnFile,
  options?: OpenOptions,
): Promise<{ name: string; bytes: Buffer }[]> {
  const file = Buffer.isBuffer(bytes) ? fileInMemory('outer.zip', bytes) : bytes;
  const files = (await all(file, options)).flatMap((opened) => ('refused' in opened ? [] : [opened.file]));
  return Promise.all(files.map(async (leaf) => ({ name: leaf.name, bytes: Buffer.from(await leaf.bytes(2 ** 20)) })));
}
