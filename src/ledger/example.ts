/** A small invented ledger for the tests of this room: a fixed key, a clock that ticks, a folder that goes away. */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../base/digest.ts';
import type { Header } from './entry.ts';
import { Ledger, type Opening } from './ledger.ts';

export const ORIGIN = 'desk.example/ledger';

/** A private key made of 32 equal bytes; a different byte, a different key. */
export function keyOf(byte: number): KeyObject {
  const seed = Buffer.alloc(32, byte);
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
}

/** One second later at every call, from the start of 2026. */
function tickingClock(): () => string {
  let milliseconds = Date.UTC(2026, 0, 1);
  return () => {
    milliseconds += 1000;
    return new Date(milliseconds).toISOString();
  };
}

export async function temporaryFolder(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'fourcorners-ledger-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

export function opening(dir: string): Opening {
  let made = 0;
  const newId = () => `entry-${dir.length}-${process.hrtime.bigint()}-${made++}`;
  return { dir, origin: ORIGIN, key: keyOf(7), now: tickingClock(), newId, waitMs: 0 };
}

export function header(matter: string | undefined, act = 'examiner.ask'): Header {
  return { act, op: 'consultation', actor: 'person-1', desk: 'examiner', input: sha256(act), matter };
}

/** Acts on two matters in turn, each begun and ended, and a fact of no matter: `3 × rounds` entries. */
export async function fill(ledger: Ledger, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const intent = await ledger.intent(header(`matter-${round % 2}`));
    await ledger.outcome(intent, { result: 'ok', counts: { records: round } });
    await ledger.fact({ ...header(undefined, 'desk.signIn'), op: 'governance', result: 'ok' });
  }
}

/** A closed ledger of `3 × rounds` entries in `dir`; its public key as text. */
export async function closedLedger(dir: string, rounds: number): Promise<string> {
  await using ledger = await Ledger.create(opening(dir));
  await fill(ledger, rounds);
  return ledger.vkey;
}
