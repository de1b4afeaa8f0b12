/**
 * The only place where evidence may lie in the clear: a folder on a memory file system, gone when the process is.
 *
 * Nothing here is ever on a disk; a machine that swaps must encrypt its swap. A folder left by a process that was killed
 * is removed by the next one that starts.
 */

import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../base/problem.ts';

const MEMORY_FILE_SYSTEMS = new Set([0x01021994, 0x858458f6]); // tmpfs, ramfs

export type MemoryFolder = { path: string; [Symbol.dispose](): void };

/**
 * A new private folder in memory. Throws `custody/no-memory-folder` where there is no memory file system: evidence is then
 * not opened at all rather than written to a disk.
 */
export function memoryFolder(): MemoryFolder {
  const base = process.env['FOURCORNERS_MEMORY'] ?? '/dev/shm';
  let kind = 0;
  try {
    kind = statfsSync(base).type;
  } catch {
    // No such folder: the kind stays 0 and is refused below.
  }
  if (!MEMORY_FILE_SYSTEMS.has(kind)) {
    throw new Problem(
      'custody/no-memory-folder',
      `${base} is not a memory file system. Name one (tmpfs) in FOURCORNERS_MEMORY; nothing was opened.`,
      { folder: base },
    );
  }
  clearAbandoned(base);
  const path = join(base, `fourcorners-${process.pid}-${randomBytes(6).toString('hex')}`);
  mkdirSync(path, { mode: 0o700 });
  const remove = () => rmSync(path, { recursive: true, force: true });
  process.once('exit', remove);
  return {
    path,
    [Symbol.dispose]() {
      process.removeListener('exit', remove);
      remove();
    },
  };
}

function clearAbandoned(base: string): void {
  for (const name of readdirSync(base)) {
    const owner = /^fourcorners-(\d+)-[0-9a-f]{12}$/.exec(name)?.[1];
    if (owner !== undefined && !alive(Number(owner))) rmSync(join(base, name), { recursive: true, force: true });
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
