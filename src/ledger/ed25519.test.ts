import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPublicKey, publicKeyOf, signEd25519, verifyEd25519 } from './ed25519.ts';
import { keyOf } from './example.ts';

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const little = (value: bigint) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse();
const bytes = (hex: string) => Buffer.from(hex, 'hex');

/** The base point, so that R = B and S = 1 satisfy the equation wherever the key's part vanishes. */
const BASE = little((4n * modularInverse(5n)) % P);

function modularInverse(value: bigint): bigint {
  return modularPower(value, P - 2n);
}

function modularPower(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, base % P];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % P;
    square = (square * square) % P;
  }
  return result;
}

test('the first vector of RFC 8032, section 7.1, is good', () => {
  const key = bytes('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
  const signature = bytes(
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  );
  assert.ok(verifyEd25519(key, bytes(''), signature));
  assert.ok(!verifyEd25519(key, bytes('00'), signature));
});

test('every changed byte of key, message or signature is refused', () => {
  const message = Buffer.from('a message');
  const parts = [publicKeyOf(keyOf(1)), message, signEd25519(keyOf(1), message)] as const;
  assert.ok(verifyEd25519(...parts));
  for (const part of parts) {
    for (let place = 0; place < part.length; place += 1) {
      part[place]! ^= 0x10;
      assert.ok(!verifyEd25519(...parts));
      part[place]! ^= 0x10;
    }
  }
  assert.ok(!verifyEd25519(parts[0].subarray(1), message, parts[2]));
  assert.ok(!verifyEd25519(parts[0], message, parts[2].subarray(1)));
});

test('the same signature with the group order added to S is refused', () => {
  const message = Buffer.from('a message');
  const signature = signEd25519(keyOf(1), message);
  const scalar = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`);
  const again = Buffer.concat([signature.subarray(0, 32), little(scalar + L)]);
  assert.ok(!verifyEd25519(publicKeyOf(keyOf(1)), message, again));
});

test('the identity as a key would sign anything and is refused in each of its encodings', () => {
  // S·B = R + k·A holds for every message, since S = 1, R = B and A is nothing.
  const signature = Buffer.concat([BASE, little(1n)]);
  for (const key of [little(1n), little(1n + 2n ** 255n), little(P + 1n), little(P + 1n + 2n ** 255n)]) {
    assert.ok(!isPublicKey(key));
    assert.ok(!verifyEd25519(key, Buffer.from('anything'), signature));
  }
});

test('every key whose order divides 8 is refused', () => {
  const d = (P - ((121665n * modularInverse(121666n)) % P)) % P;
  const eighth = bytes('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05');
  const y = BigInt(`0x${Buffer.from(eighth).reverse().toString('hex')}`);
  // y = 0, y = −1 and y = 1, and the two roots of d·y⁴ + 2y² − 1 = 0 on the curve, whose doubles have y = 0.
  assert.equal((d * y ** 4n + 2n * y ** 2n - 1n) % P, 0n);
  for (const ordinate of [0n, 1n, P - 1n, y, P - y]) {
    for (const sign of [0n, 2n ** 255n]) assert.ok(!isPublicKey(little(ordinate + sign)));
  }
  assert.ok(isPublicKey(BASE));
});

test('a key with a y of p or more is refused, though it names a point', () => {
  for (const y of [3n, 4n, 5n, 6n, 9n, 10n]) {
    assert.ok(isPublicKey(little(y)));
    assert.ok(!isPublicKey(little(y + P)));
  }
});

test('an R that is not the one encoding of its point is refused', () => {
  const key = publicKeyOf(keyOf(1));
  for (const r of [P, P + 1n, 2n ** 255n - 1n, 1n + 2n ** 255n, P - 1n + 2n ** 255n]) {
    assert.ok(!verifyEd25519(key, Buffer.from('a message'), Buffer.concat([little(r), little(1n)])));
  }
});
