/**
 * Reads what a verifier is given, a ledger's own folder or an export of it, without believing any of it.
 *
 * Only plain files are read (a pipe would wait for ever), and reading stops at the first that is missing, so a made-up
 * size costs nothing. A file the system refuses to read is an outcome, not an error.
 */
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from './durable.ts';
import { readFrames } from './frames.ts';
import { entryBundles, readBundle, TILE_WIDTH, tilePath } from './tiles.ts';

export type Gathered = {
  vkey: Uint8Array | null;
  checkpoint: Uint8Array | null;
  entries: Uint8Array[];
  /** Whether `tile/` is part of it, to be held against the entries. */
  tiled: boolean;
  /** What is wrong with the files themselves, at which entry: nothing, or one thing. */
  wrong: { code: 'ledger/damaged' | 'ledger/bundle-unreadable'; index: number }[];
  /** The last frame was cut short. */
  torn: boolean;
};

/** Null when nothing of a ledger is at `path`. */
export async function gather(path: string): Promise<Gathered | null> {
  const [vkey, checkpoint, log] = [
    await plainFile(join(path, 'log.vkey')),
    await plainFile(join(path, 'checkpoint')),
    await plainFile(join(path, 'entries.log')),
  ];
  const found = { vkey, checkpoint, entries: [], tiled: false, wrong: [], torn: false };
  if (log !== null) {
    const { entries, damaged, tail } = readFrames(log);
    const wrong = damaged === null ? [] : [{ code: 'ledger/damaged' as const, index: damaged.index }];
    return { ...found, entries, wrong, torn: tail !== null };
  }
  return vkey === null && checkpoint === null ? null : { ...found, tiled: true };
}

/** Adds the entries of an export, bundle by bundle, up to `size` or the first that is missing. */
export async function gatherBundles(path: string, found: Gathered, size: number): Promise<Gathered> {
  const entries: Uint8Array[] = [];
  for (const tile of entryBundles(size)) {
    const bytes = await plainFile(join(path, tilePath(tile)));
    if (bytes === null) break;
    const read = readBundle(bytes, tile.width);
    if (read === null) {
      return { ...found, entries, wrong: [{ code: 'ledger/bundle-unreadable', index: tile.index * TILE_WIDTH }] };
    }
    for (const entry of read) entries.push(entry);
  }
  return { ...found, entries };
}

/** The bytes of a plain file, or null for anything that is not one or cannot be read. */
export async function plainFile(path: string): Promise<Uint8Array | null> {
  try {
    if (!(await lstat(path)).isFile()) return null;
    return await readFile(path);
  } catch (error) {
    if (systemCode(error) !== null || isFileTooLarge(error)) return null;
    throw error;
  }
}

function isFileTooLarge(error: unknown): boolean {
  return error instanceof RangeError && 'code' in error && error.code === 'ERR_FS_FILE_TOO_LARGE';
}
