/**
 * Who is in: a cookie that only names the session, and a key in the browser that signs every request of it.
 *
 * The key cannot be copied out of the browser, so a stolen cookie neither reads nor acts. A signature covers the method,
 * the path, the digest of the body, a time and a number used once.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { Problem } from '../base/problem.ts';
import type { Roll, Session } from './roll.ts';

const MINUTE = 60_000;
/** After so long without a request a session ends; sooner for who reads evidence. */
const IDLE_MS = { examiner: 15 * MINUTE, others: 30 * MINUTE };
export const ABSOLUTE_MS = 12 * 60 * MINUTE;
/** A signature is taken within so much of the clock here. */
const SKEW_MS = MINUTE;

/** What a browser sends with each request. */
export type Proof = { at: string; once: string; signature: string };

export class Sessions {
  readonly #roll: Roll;
  readonly #now: () => number;
  readonly #used = new Map<string, number>();

  constructor(roll: Roll, now: () => number = Date.now) {
    this.#roll = roll;
    this.#now = now;
  }

  /** The token for the cookie. Throws `entry/session-key` for what is no P-256 key. */
  open(person: string, key: unknown, how: Pick<Session, 'method' | 'agent'>): string {
    const jwk = publicJwk(key);
    const at = this.#now();
    this.#roll.clearSessions(at - ABSOLUTE_MS);
    return this.#roll.openSession({ person, key: JSON.stringify(jwk), opened: at, seen: at, proved: at, ...how });
  }

  /**
   * Who sends this request. Throws `entry/signed-out` when there is no session, it has ended, or the request is not signed
   * by the key it was opened with.
   */
  who(
    token: string | undefined,
    proof: Proof,
    request: { method: string; path: string; body: Uint8Array | null },
  ): Session {
    const session = token === undefined ? null : this.#roll.session(token);
    if (token === undefined || session === null) throw signedOut('You are not signed in.');
    const at = this.#now();
    const isExaminer = this.#roll.grantsOf(session.person).some(({ matter }) => matter !== null);
    const idle = isExaminer ? IDLE_MS.examiner : IDLE_MS.others;
    if (at - session.seen > idle || at - session.opened > ABSOLUTE_MS || this.#roll.nameOf(session.person) === null) {
      this.#roll.endSession(token);
      throw signedOut(
        'You were signed out: nothing was done here for a while. What you had entered is kept on this page.',
      );
    }
    if (!this.#holds(session, proof, request, at))
      throw signedOut('This request is not signed by the browser that signed in.');
    if (at - session.seen > MINUTE / 2) this.#roll.seen(token, at);
    return session;
  }

  #holds(
    session: Session,
    proof: Proof,
    request: { method: string; path: string; body: Uint8Array | null },
    at: number,
  ): boolean {
    const { once, signature } = proof;
    if (Math.abs(at - Number(proof.at)) > SKEW_MS || !/^[\w-]{16,64}$/.test(once)) return false;
    for (const [number, until] of this.#used) if (until < at) this.#used.delete(number);
    const place = `${session.person} ${once}`;
    if (this.#used.has(place)) return false;
    const text = signedText(request, proof);
    const key = createPublicKey({ key: JSON.parse(session.key), format: 'jwk' });
    const holds = verify(
      'sha256',
      Buffer.from(text),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    if (holds) this.#used.set(place, at + 2 * SKEW_MS);
    return holds;
  }
}

/** What a browser signs. A body that is streamed is named by its digest elsewhere, and stands here as `-`. */
function signedText(
  request: { method: string; path: string; body: Uint8Array | null },
  { at, once }: Pick<Proof, 'at' | 'once'>,
): string {
  const body = request.body === null ? '-' : createHash('sha256').update(request.body).digest('base64url');
  return ['fourcorners/v1/request', request.method, request.path, body, at, once].join('\n');
}

export function signedOut(why: string): Problem {
  return new Problem('entry/signed-out', why);
}

function publicJwk(key: unknown): { kty: string; crv: string; x: string; y: string } {
  const { kty, crv, x, y } = (key ?? {}) as Record<string, unknown>;
  const isPart = (part: unknown): part is string => typeof part === 'string' && /^[\w-]{43}$/.test(part);
  if (kty === 'EC' && crv === 'P-256' && isPart(x) && isPart(y)) {
    const jwk = { kty, crv, x, y };
    try {
      createPublicKey({ key: jwk, format: 'jwk' });
      return jwk;
    } catch {
      // Not a point of the curve: refused below.
    }
  }
  throw new Problem('entry/session-key', 'The browser sent no key to sign its requests with. Nobody was let in.');
}
