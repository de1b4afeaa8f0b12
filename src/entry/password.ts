/** A password with a second factor, where no passkey can be used: Argon2id (RFC 9106) and a time-based code (RFC 6238). */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { generateSecret, generateURI, verifySync } from 'otplib';
import { Problem } from '../base/problem.ts';
import type { Password, Roll } from './roll.ts';

/** 64 MiB, three passes, four lanes. */
const COST = { parallelism: 4, tagLength: 32, memory: 1 << 16, passes: 3 };
const STEP_SECONDS = 30;
const SHORTEST = 12;

/** Throws `entry/weak-password`. The code is not in force before it was shown once. */
export async function newPassword(clear: string): Promise<Password> {
  if ([...clear].length < SHORTEST || new Set(clear).size < 5) {
    throw new Problem(
      'entry/weak-password',
      `A password has at least ${SHORTEST} characters, and not the same few again and again. Nothing was changed.`,
    );
  }
  const salt = randomBytes(16);
  return {
    salt: salt.toString('base64'),
    hash: (await stretched(clear, salt)).toString('base64'),
    code: generateSecret(),
  };
}

/** What an authenticator app reads, as a link. */
export function codeLink(secret: string, name: string): string {
  return generateURI({ issuer: 'Fourcorners', label: name, secret });
}

/** Whether both are right. A code is taken once; time is spent on an unknown person too, so that none can be told from it. */
export async function passwordHolds(
  roll: Roll,
  person: string | null,
  clear: string,
  code: string,
  nowMs: number,
): Promise<boolean> {
  const kept = person === null ? null : roll.password(person);
  const salt = kept ? Buffer.from(kept.salt, 'base64') : Buffer.alloc(16);
  const hash = await stretched(clear, salt);
  const same = kept !== null && timingSafeEqual(hash, Buffer.from(kept.hash, 'base64'));
  return same && codeHolds(roll, person!, kept.code, code, nowMs);
}

/** The code of this step, the one before or the one after, and none that was used. */
export function codeHolds(roll: Roll, person: string, secret: string, code: string, nowMs: number): boolean {
  if (!/^\d{6}$/.test(code)) return false;
  const epoch = Math.floor(nowMs / 1000);
  const given = verifySync({ secret, token: code, epoch, epochTolerance: STEP_SECONDS });
  if (!given.valid) return false;
  return roll.useCode(person, Math.floor(epoch / STEP_SECONDS) + (given.delta ?? 0));
}

function stretched(clear: string, salt: Uint8Array): Promise<Buffer> {
  return new Promise((done, failed) => {
    argon2('argon2id', { message: clear.normalize('NFC'), nonce: salt, ...COST }, (error, key) =>
      error ? failed(error) : done(key),
    );
  });
}
