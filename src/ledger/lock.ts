/**
 * One writer at a time: a file `lock` that says which process holds the ledger.
 *
 * The lock of a process that is gone is taken over. Whether it is gone can be told only on the same machine, so over a
 * shared mount a lock of another host counts as held until a person removes it.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { open, readFile, stat, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Problem } from '../base/problem.ts';
import { systemCode } from './durable.ts';

/** `started` and `boot` tell a process from a later one with the same number; null where the system does not say. */
type Holder = { token: string; pid: number; started: string | null; boot: string | null; host: string };

/** The holder's line is written at once after the file is made; still without it after this long, its writer is gone. */
const UNWRITTEN_MS = 10_000;

export type Lock = { release(): Promise<void> };

/** Waits up to `waitMs` for another process to let go. Throws `ledger/busy` when it does not, `ledger/not-found` without a folder. */
export async function lock(dir: string, waitMs: number): Promise<Lock> {
  const path = join(dir, 'lock');
  const mine: Holder = { token: randomUUID(), pid: process.pid, ...processMark(process.pid), host: hostname() };
  for (let waited = 0; ; waited += 50) {
    if (await takeAt(path, mine)) return { release: () => releaseAt(path, mine) };
    if (await removeStale(path, mine)) continue;
    if (waited >= waitMs) throw await busy(path);
    await setTimeout(50);
  }
}

async function takeAt(path: string, mine: Holder): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(JSON.stringify(mine));
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    if (systemCode(error) !== 'ENOENT') throw error;
    throw new Problem('ledger/not-found', 'There is no ledger in this folder. Nothing was changed.');
  }
}

/**
 * Removes the lock of a process that is gone; true when it did.
 *
 * Two that find the same stale lock must not remove each other's new one, so only the holder of `lock.taking` removes.
 */
async function removeStale(path: string, mine: Holder): Promise<boolean> {
  if (!(await isStale(path))) return false;
  const taking = `${path}.taking`;
  if (!(await takeAt(taking, mine))) {
    if (await isStale(taking)) await unlink(taking).catch(unlessMissing);
    return false;
  }
  try {
    const stale = await isStale(path);
    if (stale) await unlink(path).catch(unlessMissing);
    return stale;
  } finally {
    await unlink(taking).catch(unlessMissing);
  }
}

async function releaseAt(path: string, mine: Holder): Promise<void> {
  if ((await holderOf(path))?.token === mine.token) await unlink(path).catch(unlessMissing);
}

async function isStale(path: string): Promise<boolean> {
  const holder = await holderOf(path);
  if (holder === null) {
    const written = await stat(path).catch(unlessMissing);
    return written !== undefined && Date.now() - written.mtimeMs > UNWRITTEN_MS;
  }
  if (holder.host !== hostname()) return false;
  const found = processMark(holder.pid);
  if (holder.boot !== found.boot) return true;
  return !isAlive(holder.pid) || holder.started !== found.started;
}

async function holderOf(path: string): Promise<Holder | null> {
  const text = await readFile(path, 'utf8').catch(unlessMissing);
  try {
    const holder = JSON.parse(text ?? '') as Holder;
    return Number.isSafeInteger(holder.pid) && holder.pid > 0 && typeof holder.host === 'string' ? holder : null;
  } catch {
    return null;
  }
}

async function busy(path: string): Promise<Problem> {
  const holder = await holderOf(path);
  const who = holder === null ? 'another process' : `process ${holder.pid} on ${holder.host}`;
  return new Problem(
    'ledger/busy',
    `The ledger is held by ${who}. Nothing was written. Wait for it to end; if it is known to be gone, remove the file "lock" in the ledger's folder.`,
    { pid: holder?.pid ?? null, host: holder?.host ?? null },
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/** Since when a process runs, in ticks after boot (proc(5), field 22; null for one that has ended), and which boot this is. */
function processMark(pid: number): { started: string | null; boot: string | null } {
  const status = textOf(`/proc/${pid}/stat`);
  const afterName = status?.slice(status.lastIndexOf(')') + 2).split(' ') ?? [];
  const ended = afterName[0] === 'Z' || afterName[0] === 'X';
  const started = ended ? null : (afterName[19] ?? null);
  return { started, boot: textOf('/proc/sys/kernel/random/boot_id')?.trim() ?? null };
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function unlessMissing(error: unknown): undefined {
  if (systemCode(error) !== 'ENOENT') throw error;
}
