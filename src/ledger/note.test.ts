import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCheckpoint, readCheckpoint, signCheckpoint } from './checkpoint.ts';
import { publicKeyOf } from './ed25519.ts';
import { keyOf } from './example.ts';
import { noteText, readNote, signers, signNote } from './note.ts';
import { EMPTY_ROOT } from './tree.ts';
import { readVkey, verifierKey, vkeyText } from './verifier-key.ts';

/** A published verifier key (golang.org/x/mod, sumdb/note, its tests), to hold the key id against another program's. */
const PUBLISHED = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';

const TEXT = 'A line.\n\nAnother, after an empty one: ü.\n';
const [anna, ben] = [keyOf(1), keyOf(2)];
const annaKey = verifierKey('anna.example', publicKeyOf(anna));
const benKey = verifierKey('ben.example/log', publicKeyOf(ben));
const byAnna = signNote(TEXT, annaKey.name, anna);
const byBen = signNote(TEXT, benKey.name, ben);
const signature = (lines: { name: string }[]) => lines.map(({ name }) => name);

test('a published verifier key is read and written back as it was', () => {
  const key = readVkey(PUBLISHED);
  assert.equal(key?.name, 'PeterNeumann');
  assert.equal(vkeyText(key!), PUBLISHED);
});

test('every proper part and every changed byte of a verifier key is refused', () => {
  for (let began = 0; began < PUBLISHED.length; began += 1) {
    for (let ended = began + 1; ended <= PUBLISHED.length; ended += 1) {
      if (ended - began < PUBLISHED.length) assert.equal(readVkey(PUBLISHED.slice(began, ended)), null);
    }
    const code = PUBLISHED.charCodeAt(began);
    for (const other of [code + 1, code ^ 0x20, 0x0a]) {
      assert.equal(readVkey(PUBLISHED.slice(0, began) + String.fromCharCode(other) + PUBLISHED.slice(began + 1)), null);
    }
  }
  assert.equal(readVkey(`${PUBLISHED}\n`), null);
});

test('a note is read back, with empty lines in its text', () => {
  const note = readNote(Buffer.from(noteText(byAnna)));
  assert.equal(note?.text, TEXT);
  assert.deepEqual(signature(signers(note!, [annaKey])!), ['anna.example']);
});

test('signatures of unknown keys are passed over and do not count', () => {
  const both = readNote(
    Buffer.from(noteText({ text: TEXT, signatures: [...byBen.signatures, ...byAnna.signatures] })),
  )!;
  assert.deepEqual(signature(signers(both, [annaKey])!), ['anna.example']);
  assert.deepEqual(signature(signers(both, [annaKey, benKey])!).sort(), ['anna.example', 'ben.example/log']);
  assert.deepEqual(signers(both, []), []);
});

test('a known key whose signature fails makes the whole note worthless', () => {
  const forged = { ...byBen.signatures[0]!, bytes: byAnna.signatures[0]!.bytes };
  const note = { text: TEXT, signatures: [byAnna.signatures[0]!, forged] };
  assert.equal(signers(note, [annaKey, benKey]), null);
  assert.deepEqual(signature(signers(note, [annaKey])!), ['anna.example']);
  const strange = { ...byBen.signatures[0]!, keyId: '00000000' };
  assert.deepEqual(
    signature(signers({ text: TEXT, signatures: [...byAnna.signatures, strange] }, [annaKey, benKey])!),
    ['anna.example'],
  );
});

test('sixteen further signature lines are taken, a thousand are not', () => {
  const lines = (count: number) => Array.from({ length: count }, () => byBen.signatures[0]!);
  const crowded = noteText({ text: TEXT, signatures: [...lines(16), ...byAnna.signatures] });
  assert.deepEqual(signature(signers(readNote(Buffer.from(crowded))!, [annaKey])!), ['anna.example']);
  assert.equal(readNote(Buffer.from(noteText({ text: TEXT, signatures: lines(1000) }))), null);
});

const good = noteText(byAnna);
const line = good.slice(good.lastIndexOf('— '));
for (const [name, text] of [
  ['text alone', TEXT],
  ['no signature line', `${TEXT}\n`],
  ['no newline at the end', good.slice(0, -1)],
  ['a line that is not a signature', `${good}and more\n`],
  ['a carriage return', good.replace('line.', 'line.\r')],
  ['a tab', good.replace('A line', 'A\tline')],
  ['a name with a space', good.replace('— anna', '— an na')],
  ['a name with a plus', good.replace('— anna', '— an+na')],
  ['a hyphen for the dash', good.replace('— ', '- ')],
  ['loose Base64', good.replace(/=\n$/, '\n')],
  ['a signature with nothing behind its key id', `${TEXT}\n— anna.example ${Buffer.alloc(4).toString('base64')}\n`],
  ['no text', `\n${line}`],
] as const) {
  test(`not a note: ${name}`, () => assert.equal(readNote(Buffer.from(text)), null));
}

test('not a note: broken UTF-8, or a byte order mark before the first line', () => {
  const bytes = Buffer.from(good);
  bytes[bytes.indexOf(0xc3)] = 0xff;
  assert.equal(readNote(bytes), null);
  const marked = readNote(Buffer.concat([Buffer.from('efbbbf', 'hex'), Buffer.from(good)]));
  assert.equal(marked === null ? null : signers(marked, [annaKey]), null);
});

test('a checkpoint is read back from its signed text', () => {
  const text = signCheckpoint('anna.example', 42, EMPTY_ROOT, anna);
  const checkpoint = openCheckpoint(Buffer.from(text), annaKey);
  assert.deepEqual(checkpoint, { origin: 'anna.example', size: 42, root: EMPTY_ROOT, extensions: [] });
  assert.equal(openCheckpoint(Buffer.from(text), benKey), 'not-signed');
});

const root = EMPTY_ROOT.toString();
const encoded = Buffer.from(EMPTY_ROOT).toString('base64');
for (const [name, text] of [
  ['two lines', 'o\n1\n'],
  ['an empty origin', `\n1\n${encoded}\n`],
  ['a leading zero', `o\n01\n${encoded}\n`],
  ['a sign', `o\n+1\n${encoded}\n`],
  ['a size past what a double holds', `o\n9007199254740992\n${encoded}\n`],
  ['a short root', `o\n1\n${encoded.slice(4)}\n`],
  ['a root in hex', `o\n1\n${root}\n`],
  ['an empty extension line', `o\n1\n${encoded}\n\n`],
] as const) {
  test(`not a checkpoint: ${name}`, () => assert.equal(readCheckpoint({ text, signatures: [] }), null));
}

test('a checkpoint of another origin than its key is not taken', () => {
  const note = signNote(`other.example\n0\n${encoded}\n`, 'anna.example', anna);
  assert.equal(openCheckpoint(Buffer.from(noteText(note)), annaKey), 'origin-differs');
});
