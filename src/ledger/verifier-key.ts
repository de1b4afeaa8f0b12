/** The public half of a signing key as text, `name+keyid+base64(type || key)` (C2SP signed-note). Ed25519 only, type 1. */
import { hash } from 'node:crypto';
import { isPublicKey } from './ed25519.ts';
import { fromBase64, toBase64 } from './text.ts';

const ED25519 = 1;

/** `keyId` is 8 lower-case hex digits; `publicKey` 32 bytes. Name and id together say which key it is. */
export type VerifierKey = { name: string; keyId: string; publicKey: Uint8Array };

/** Throws `TypeError` where the name holds a space or a plus, or the key is not a sound Ed25519 key. */
export function verifierKey(name: string, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new TypeError('a key name has no spaces and no plus');
  if (!isPublicKey(publicKey)) throw new TypeError('not a sound Ed25519 public key');
  return { name, keyId: keyIdOf(name, publicKey), publicKey };
}

export function vkeyText(key: VerifierKey): string {
  return `${key.name}+${key.keyId}+${toBase64(Buffer.of(ED25519, ...key.publicKey))}`;
}

/** Null for anything that is not exactly what `vkeyText` writes. */
export function readVkey(text: string): VerifierKey | null {
  const [, name, keyId, encoded] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  if (name === undefined || keyId === undefined || encoded === undefined || !isKeyName(name)) return null;
  const typed = fromBase64(encoded);
  if (typed === null || typed.length !== 33 || typed[0] !== ED25519) return null;
  const publicKey = typed.subarray(1);
  if (!isPublicKey(publicKey) || keyIdOf(name, publicKey) !== keyId) return null;
  return { name, keyId, publicKey };
}

/** Also no control characters: a note holds none. */
export function isKeyName(name: string): boolean {
  return name.isWellFormed() && /^[^\p{White_Space}+\x00-\x1f\x7f]+$/u.test(name);
}

function keyIdOf(name: string, publicKey: Uint8Array): string {
  const input = Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ED25519), publicKey]);
  return hash('sha256', input, 'hex').slice(0, 8);
}
