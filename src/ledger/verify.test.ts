import assert from 'node:assert/strict';
import { cp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { sha256 } from '../base/digest.ts';
import { signCheckpoint } from './checkpoint.ts';
import { Contents } from './contents.ts';
import { publicKeyOf } from './ed25519.ts';
import { type Entry, entryBytes } from './entry.ts';
import { closedLedger, fill, keyOf, ORIGIN, opening, temporaryFolder } from './example.ts';
import { frame, readFrames } from './frames.ts';
import { Ledger } from './ledger.ts';
import { noteText, readNote, signNote } from './note.ts';
import { leafHash } from './tree.ts';
import type { Verdict } from './verdict.ts';
import { verifierKey, vkeyText } from './verifier-key.ts';
import { verify } from './verify.ts';

const brief = ({ verdict, code, index }: Verdict) => [verdict, code, index];

/** A closed ledger of nine entries, its export, and its public key. */
async function sample(path: string): Promise<{ dir: string; out: string; vkey: string }> {
  const [dir, out] = [join(path, 'ledger'), join(path, 'export')];
  await using ledger = await Ledger.create(opening(dir));
  await fill(ledger, 3);
  await ledger.export(out);
  return { dir, out, vkey: ledger.vkey };
}

/** Writes entries as a ledger of their own, signed: what an operator who holds the key can do. */
async function signedLedger(dir: string, entries: readonly Uint8Array[]): Promise<void> {
  const contents = new Contents();
  for (const bytes of entries) contents.add(bytes);
  await writeFile(join(dir, 'entries.log'), Buffer.concat(entries.map(frame)));
  await writeFile(join(dir, 'checkpoint'), signCheckpoint(ORIGIN, contents.size, contents.tree.root(), keyOf(7)));
}

const parsed = (bytes: Uint8Array) => JSON.parse(Buffer.from(bytes).toString()) as Entry;

test('a ledger and its export are verified, and the verdict says against which key', async () => {
  await using folder = await temporaryFolder();
  const { dir, out, vkey } = await sample(folder.path);
  for (const path of [dir, out]) {
    const own = await verify(path);
    assert.deepEqual(brief(own), ['VERIFIED', null, null]);
    assert.deepEqual([own.size, own.origin, own.pending], [9, ORIGIN, 0]);
    assert.deepEqual([own.from, own.to], ['2026-01-01T00:00:01.000Z', '2026-01-01T00:00:09.000Z']);
    assert.match(own.said, /^VERIFIED up to 9 entries, .* against the key in the folder itself/);
    assert.match((await verify(path, { vkey })).said, /against the key given\.$/);
    const other = vkeyText(verifierKey(ORIGIN, publicKeyOf(keyOf(8))));
    assert.deepEqual(brief(await verify(path, { vkey: other })), ['NOT VERIFIED', 'ledger/not-signed', null]);
  }
});

test('an empty ledger is verified', async () => {
  await using folder = await temporaryFolder();
  await closedLedger(folder.path, 0);
  assert.deepEqual(brief(await verify(folder.path)), ['VERIFIED', null, null]);
});

test('a byte changed in any file of a ledger or of an export is never verified', async () => {
  await using folder = await temporaryFolder();
  const { dir, out } = await sample(folder.path);
  const files = [
    ...['entries.log', 'checkpoint', 'log.vkey'].map((name) => [dir, name] as const),
    ...['tile/entries/000.p/9', 'tile/0/000.p/9', 'checkpoint', 'log.vkey'].map((name) => [out, name] as const),
  ];
  const originals = await Promise.all(files.map(([root, name]) => readFile(join(root, name))));
  const change = fc.record({ file: fc.nat(files.length - 1), place: fc.nat(), flip: fc.integer({ min: 1, max: 255 }) });
  await fc.assert(
    fc.asyncProperty(change, async ({ file, place, flip }) => {
      const [root, name] = files[file]!;
      const original = originals[file]!;
      const at = place % original.length;
      await writeFile(join(root, name), original.with(at, original[at]! ^ flip));
      const { verdict } = await verify(root);
      await writeFile(join(root, name), original);
      assert.notEqual(verdict, 'VERIFIED', `${name} at ${at} by ${flip}`);
    }),
    { seed: 9162, numRuns: 400 },
  );
  for (const path of [dir, out]) assert.equal((await verify(path)).verdict, 'VERIFIED');
});

test('edited, deleted, swapped, backdated and cut histories are each found, with the first entry that does not fit', async () => {
  await using folder = await temporaryFolder();
  const { dir } = await sample(folder.path);
  const path = join(dir, 'entries.log');
  const whole = await readFile(path);
  const { entries, offsets } = readFrames(whole);
  const edited = (index: number, change: Partial<Entry>) =>
    entries.with(index, entryBytes({ ...parsed(entries[index]!), ...change }));
  const histories: [string, readonly Uint8Array[], unknown[]][] = [
    // Entry 1 is the next of entry 0's matter, and its chain no longer leads to it.
    ['edited', edited(0, { detail: sha256('') }), ['NOT VERIFIED', 'ledger/root-differs', 1]],
    ['backdated', edited(0, { recordedAt: '2025-01-01T00:00:00.000Z' }), ['NOT VERIFIED', 'ledger/root-differs', 1]],
    ['edited outside any matter', edited(2, { detail: sha256('') }), ['NOT VERIFIED', 'ledger/root-differs', null]],
    ['swapped', entries.with(0, entries[3]!).with(3, entries[0]!), ['NOT VERIFIED', 'ledger/root-differs', 1]],
    ['deleted', entries.toSpliced(1, 1), ['INCOMPLETE', 'ledger/matter-gap', 5]],
    ['cut', entries.slice(0, 7), ['INCOMPLETE', 'ledger/entries-missing', 7]],
    ['all gone', [], ['INCOMPLETE', 'ledger/entries-missing', 0]],
    ['not JSON', entries.with(4, Buffer.from('not an entry')), ['NOT VERIFIED', 'ledger/root-differs', 4]],
  ];
  for (const [name, history, expected] of histories) {
    await writeFile(path, Buffer.concat(history.map(frame)));
    assert.deepEqual(brief(await verify(dir)), expected, name);
  }
  await writeFile(path, whole.with(offsets[4]! + 60, 0));
  assert.deepEqual(brief(await verify(dir)), ['NOT VERIFIED', 'ledger/damaged', 4]);
});

test('in an export the tiles name the entry that was edited', async () => {
  await using folder = await temporaryFolder();
  const { out } = await sample(folder.path);
  const path = join(out, 'tile/entries/000.p/9');
  const text = await readFile(path);
  const place = text.indexOf('person-1', text.indexOf('person-1', text.indexOf('person-1') + 1) + 1);
  await writeFile(path, text.with(place + 7, '2'.charCodeAt(0)));
  assert.deepEqual(brief(await verify(out)), ['NOT VERIFIED', 'ledger/root-differs', 2]);
});

test('a history against the rules is refused although it is signed', async () => {
  await using folder = await temporaryFolder();
  const { dir } = await sample(folder.path);
  const { entries } = readFrames(await readFile(join(dir, 'entries.log')));
  const [first, second] = entries.map(parsed);
  const bytes = (entry: Entry) => entryBytes(entry);
  const outcome = (change: Partial<Entry>) => [entries[0]!, bytes({ ...second!, ...change })];
  const outside: Entry = { ...first!, matter: undefined, matterSeq: undefined };
  const twice = Buffer.from(Buffer.from(entries[0]!).toString().replace('{"act"', '{"act":"other.act","act"'));
  const histories: [string, readonly Uint8Array[]][] = [
    ['ledger/id-repeated', [bytes(outside), bytes(outside)]],
    ['ledger/outcome-without-intent', [...outcome({}), bytes({ ...second!, id: 'again' })]],
    ['ledger/outcome-without-intent', outcome({ ref: 'nobody' })],
    ['ledger/outcome-differs', outcome({ act: 'examiner.other' })],
    ['ledger/ref-unknown', [bytes({ ...outside, phase: 'fact', ref: 'nobody' })]],
    ['ledger/matter-chain-differs', outcome({ matterPrev: sha256('') })],
    ['ledger/entry-not-canonical', [twice]],
    ['ledger/entry-unreadable', [Buffer.from('{}')]],
  ];
  for (const [code, history] of histories) {
    await signedLedger(dir, history);
    const found = await verify(dir);
    assert.deepEqual([found.verdict, found.code], ['NOT VERIFIED', code]);
  }
});

test('an act left out of a matter makes a signed ledger incomplete, naming the gap', async () => {
  await using folder = await temporaryFolder();
  const { dir } = await sample(folder.path);
  const { entries } = readFrames(await readFile(join(dir, 'entries.log')));
  // Entries 0 and 1 are one act of matter-0; its next is entry 6.
  await signedLedger(dir, entries.slice(2));
  assert.deepEqual(brief(await verify(dir)), ['INCOMPLETE', 'ledger/matter-gap', 4]);
  await signedLedger(dir, [...entries.slice(2), entries[2]!]);
  assert.deepEqual(brief(await verify(dir)), ['NOT VERIFIED', 'ledger/id-repeated', 7]);
});

test('an older checkpoint holds, or shows a fork, an earlier state put back, or another log', async () => {
  await using folder = await temporaryFolder();
  const { dir, out } = await sample(folder.path);
  const [earlier, later] = [join(folder.path, 'earlier'), join(folder.path, 'later')];
  await cp(dir, earlier, { recursive: true });
  await cp(dir, later, { recursive: true });
  const older = await readFile(join(earlier, 'checkpoint'), 'utf8');
  let newer: string;
  {
    await using ledger = await Ledger.open(opening(later));
    await fill(ledger, 1);
    newer = await ledger.checkpoint();
  }
  assert.equal((await verify(later, { older })).verdict, 'VERIFIED');
  assert.deepEqual(brief(await verify(earlier, { older: newer })), ['STALE', 'ledger/rolled-back', 9]);
  assert.deepEqual(brief(await verify(out, { older: newer })), ['STALE', 'ledger/rolled-back', 9]);
  const { entries } = readFrames(await readFile(join(later, 'entries.log')));
  const rewritten = entryBytes({ ...parsed(entries[2]!), recordedAt: '2025-06-01T00:00:00.000Z' });
  await signedLedger(later, entries.with(2, rewritten));
  assert.equal((await verify(later)).verdict, 'VERIFIED');
  assert.deepEqual(brief(await verify(later, { older })), ['NOT VERIFIED', 'ledger/forked', null]);
  const strange = signCheckpoint(ORIGIN, 0, leafHash(Buffer.of()), keyOf(8));
  await truncate(join(earlier, 'entries.log'), 10);
  assert.deepEqual(brief(await verify(earlier, { older })), ['INCOMPLETE', 'ledger/entries-missing', 0]);
  for (const text of [strange, '', older.replace('9', '8')]) {
    assert.deepEqual(brief(await verify(dir, { older: text })), ['NOT VERIFIED', 'ledger/older-unreadable', null]);
  }
});

test('entries that no checkpoint covers, and a torn write, are incomplete', async () => {
  await using folder = await temporaryFolder();
  const { dir } = await sample(folder.path);
  const checkpoint = await readFile(join(dir, 'checkpoint'));
  {
    await using ledger = await Ledger.open(opening(dir));
    await fill(ledger, 1);
  }
  await writeFile(join(dir, 'checkpoint'), checkpoint);
  assert.deepEqual(brief(await verify(dir)), ['INCOMPLETE', 'ledger/unsigned-entries', 9]);
  await truncate(join(dir, 'entries.log'), readFrames(await readFile(join(dir, 'entries.log'))).offsets[9]! + 40);
  assert.deepEqual(brief(await verify(dir)), ['INCOMPLETE', 'ledger/torn-tail', 9]);
});

test('an export without one of its files is incomplete or not verified', async () => {
  await using folder = await temporaryFolder();
  const { out } = await sample(folder.path);
  for (const [name, expected] of [
    ['tile/0/000.p/9', ['INCOMPLETE', 'ledger/tile-missing', null]],
    ['tile/entries/000.p/9', ['INCOMPLETE', 'ledger/entries-missing', 0]],
    ['checkpoint', ['NOT VERIFIED', 'ledger/unreadable', null]],
    ['log.vkey', ['NOT VERIFIED', 'ledger/vkey-unreadable', null]],
  ] as const) {
    const copy = join(folder.path, 'copy');
    await cp(out, copy, { recursive: true });
    await rm(join(copy, name));
    assert.deepEqual(brief(await verify(copy)), expected, name);
    await rm(copy, { recursive: true });
  }
});

test('a witness may add its line to a checkpoint', async () => {
  await using folder = await temporaryFolder();
  const { dir } = await sample(folder.path);
  const note = readNote(await readFile(join(dir, 'checkpoint')))!;
  const witness = signNote(note.text, 'witness.example', keyOf(9)).signatures;
  await writeFile(join(dir, 'checkpoint'), noteText({ text: note.text, signatures: [...witness, ...note.signatures] }));
  assert.equal((await verify(dir)).verdict, 'VERIFIED');
  await (await Ledger.open(opening(dir))).close();
  assert.match(await readFile(join(dir, 'checkpoint'), 'utf8'), /witness\.example/);
});

test('hostile folders get a verdict: nothing there, links, garbage, and a size past all bounds', async () => {
  await using folder = await temporaryFolder();
  assert.deepEqual(brief(await verify(join(folder.path, 'none'))), ['NOT VERIFIED', 'ledger/nothing-here', null]);
  const { dir, out } = await sample(folder.path);
  await writeFile(join(out, 'checkpoint'), signCheckpoint(ORIGIN, 2 ** 53 - 1, leafHash(Buffer.of()), keyOf(7)));
  assert.deepEqual(brief(await verify(out)), ['INCOMPLETE', 'ledger/entries-missing', 0]);
  await rm(join(dir, 'checkpoint'));
  await symlink('/dev/zero', join(dir, 'checkpoint'));
  assert.deepEqual(brief(await verify(dir)), ['NOT VERIFIED', 'ledger/unreadable', null]);
  const bytes = fc.uint8Array({ maxLength: 300 });
  await rm(join(dir, 'checkpoint'));
  await fc.assert(
    fc.asyncProperty(bytes, bytes, async (log, checkpoint) => {
      await writeFile(join(dir, 'entries.log'), log);
      await writeFile(join(dir, 'checkpoint'), checkpoint);
      assert.equal((await verify(dir)).verdict, 'NOT VERIFIED');
    }),
    { seed: 3, numRuns: 50 },
  );
});
