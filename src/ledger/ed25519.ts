/**
 * Ed25519 (RFC 8032) with one strict answer, so that no signature is good here and bad at the next verifier.
 *
 * Node's own check decides the equation (without the cofactor). Before it, refused: a public key or an R that is not the
 * one encoding of its point, an S not below the group order, and a public key of small order, which would "sign" anything.
 */
import { createPublicKey, type KeyObject, sign as signWith, verify as verifyWith } from 'node:crypto';

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const SIGN_BIT = 2n ** 255n;

/** The y of every point whose order divides 8: orders 4, 1, 2, and the two of order 8. */
const ORDER_8 = 2707385501144840649318225287225658788936804267575313519463743609750303402022n;
const SMALL_ORDER = new Set([0n, 1n, P - 1n, ORDER_8, P - ORDER_8]);

/** `publicKey` has 32 bytes, `signature` 64. Bytes of any other length are a false, not an error. */
export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (!isPublicKey(publicKey) || signature.length !== 64) return false;
  if (!isCanonicalPoint(signature.subarray(0, 32)) || littleEndian(signature.subarray(32)) >= L) return false;
  const x = Buffer.from(publicKey).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verifyWith(null, message, key, signature);
}

export function signEd25519(key: KeyObject, message: Uint8Array): Uint8Array {
  return signWith(null, message, key);
}

/** The 32 bytes of the public half. Throws `TypeError` for a key of another kind. */
export function publicKeyOf(key: KeyObject): Uint8Array {
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('an Ed25519 key is needed');
  const publicHalf = key.type === 'private' ? createPublicKey(key) : key;
  return Buffer.from(publicHalf.export({ format: 'jwk' }).x!, 'base64url');
}

/** 32 bytes, the one encoding of their y, and not of small order. Whether y is on the curve shows when verifying. */
export function isPublicKey(bytes: Uint8Array): boolean {
  return bytes.length === 32 && isCanonicalPoint(bytes) && !SMALL_ORDER.has(littleEndian(bytes) % SIGN_BIT);
}

/** RFC 8032, 5.1.3: y below p, and no sign bit where x is zero (y = 1 and y = −1). */
function isCanonicalPoint(bytes: Uint8Array): boolean {
  const encoded = littleEndian(bytes);
  const y = encoded % SIGN_BIT;
  if (y >= P) return false;
  return encoded < SIGN_BIT || (y !== 1n && y !== P - 1n);
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
}
