/**
 * Signed notes (C2SP signed-note): text, an empty line, and one line a signature.
 *
 * A signature of an unknown key is passed over, which is how a witness adds a line of its own. A signature that names a
 * known key and fails makes the whole note worthless.
 */
import type { KeyObject } from 'node:crypto';
import { publicKeyOf, signEd25519, verifyEd25519 } from './ed25519.ts';
import { fromBase64, toBase64, utf8 } from './text.ts';
import { isKeyName, type VerifierKey, verifierKey } from './verifier-key.ts';

/** C2SP asks for 16 signatures at the least; a bound keeps a hostile note from costing a day. */
const MOST_SIGNATURES = 100;
const MOST_BYTES = 1024 * 1024;

export type Signature = { name: string; keyId: string; bytes: Uint8Array };

/** `text` ends in a newline and is what was signed. */
export type Note = { text: string; signatures: Signature[] };

export function signNote(text: string, name: string, key: KeyObject): Note {
  if (!isNoteText(text)) throw new TypeError('a note is text that ends in a newline, without control characters');
  const { keyId } = verifierKey(name, publicKeyOf(key));
  return { text, signatures: [{ name, keyId, bytes: signEd25519(key, Buffer.from(text)) }] };
}

export function noteText({ text, signatures }: Note): string {
  const lines = signatures.map(
    ({ name, keyId, bytes }) => `— ${name} ${toBase64(Buffer.concat([Buffer.from(keyId, 'hex'), bytes]))}\n`,
  );
  return `${text}\n${lines.join('')}`;
}

/** Null for anything that is not a well-formed note. Says nothing yet of whether a signature is good. */
export function readNote(bytes: Uint8Array): Note | null {
  const whole = bytes.length > MOST_BYTES ? null : utf8(bytes);
  if (whole === null || !isNoteText(whole)) return null;
  const blank = whole.lastIndexOf('\n\n');
  if (blank < 1) return null;
  const lines = whole.slice(blank + 2, -1).split('\n');
  if (lines.length > MOST_SIGNATURES) return null;
  const signatures = lines.map(readSignature);
  if (!signatures.every((signature) => signature !== null)) return null;
  return { text: whole.slice(0, blank + 1), signatures };
}

/**
 * Which of the `known` keys signed the note; empty when none did.
 *
 * Null when a signature names a known key and does not hold: such a note counts for nothing, whoever else signed.
 */
export function signers(note: Note, known: readonly VerifierKey[]): VerifierKey[] | null {
  const good = new Set<VerifierKey>();
  for (const signature of note.signatures) {
    for (const key of known) {
      if (key.name !== signature.name || key.keyId !== signature.keyId) continue;
      if (!verifyEd25519(key.publicKey, Buffer.from(note.text), signature.bytes)) return null;
      good.add(key);
    }
  }
  return [...good];
}

function readSignature(line: string): Signature | null {
  const [, name, encoded] = /^— ([^ ]+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? [];
  if (name === undefined || encoded === undefined || !isKeyName(name)) return null;
  const bytes = fromBase64(encoded);
  if (bytes === null || bytes.length < 5) return null;
  return { name, keyId: Buffer.from(bytes.subarray(0, 4)).toString('hex'), bytes: bytes.subarray(4) };
}

function isNoteText(text: string): boolean {
  return text.endsWith('\n') && text.isWellFormed() && !/[\x00-\x09\x0b-\x1f]/.test(text);
}
