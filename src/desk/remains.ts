/**
 * What a request leaves on the disk that nothing refers to any more, and taking it away: rows that were handed over or given
 * up, a snapshot whose hold has ended, a package that was not finished, papers of a demand that was never received.
 *
 * An act writes before it is entered, or deletes after; a process killed in between leaves such remains.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isProblem } from '../base/problem.ts';
import type { Docket } from '../request/docket.ts';
import type { RequestFile } from '../request/file.ts';
import { HELD } from '../request/way.ts';

/** `folder` is the request's own. Where the docket does not open its file, everything is left as it is. */
export function clearRemains(folder: string, docket: Docket, request: string): void {
  const remove = (...path: string[]) => rmSync(join(folder, ...path), { recursive: true, force: true });
  if (!docket.has(request)) {
    remove();
    return;
  }
  const file = fileOf(docket, request);
  if (file === null) return;
  const { collection, package: made, state, hold } = file;
  remove('staging');
  if (collection === null || made !== null || state === 'withdrawn') remove('collection');
  if (made === null) remove('outgoing');
  const isHeld = hold !== null && (HELD.includes(state) || state === 'p_converted');
  const snapshots = join(folder, 'snapshots');
  for (const name of existsSync(snapshots) ? readdirSync(snapshots) : [])
    if (!isHeld || name !== `${hold.snapshot}.enc`) remove('snapshots', name);
}

function fileOf(docket: Docket, request: string): RequestFile | null {
  try {
    return docket.file(request);
  } catch (error) {
    if (isProblem(error)) return null;
    throw error;
  }
}
