/**
 * The log as a folder of small files (C2SP tlog-tiles): `checkpoint`, `tile/<level>/<index>`, `tile/entries/<index>`.
 *
 * A tile holds 256 hashes, a bundle 256 entries with their lengths; only the last of a row may be narrower, and says so.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Problem } from '../base/problem.ts';
import type { Contents } from './contents.ts';
import { syncFolder, systemCode } from './durable.ts';

export const TILE_WIDTH = 256;

export type Tile = { level: number | 'entries'; index: number; width: number };

/** `tile/0/x001/x234/067`, and `.p/<width>` behind it when the tile is not full. */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g)!;
  const name = groups.map((group, place) => (place < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${name}${width < TILE_WIDTH ? `.p/${width}` : ''}`;
}

/** The tiles of hashes that a log of `size` entries has: level 0 first, then each level above, left to right. */
export function* hashTiles(size: number): Generator<Tile & { level: number }> {
  for (let level = 0, width = size; width > 0; level += 1, width = Math.floor(width / TILE_WIDTH)) {
    for (const { index, width: wide } of row(width)) yield { level, index, width: wide };
  }
}

export function* entryBundles(size: number): Generator<Tile> {
  for (const { index, width } of row(size)) yield { level: 'entries', index, width };
}

/** Each entry behind its length in 16 bits, big-endian. */
export function bundle(entries: readonly Uint8Array[]): Uint8Array {
  const parts = entries.flatMap((entry) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(entry.length);
    return [length, entry];
  });
  return Buffer.concat(parts);
}

/** Null unless the bytes are exactly `width` entries, none of them empty. */
export function readBundle(bytes: Uint8Array, width: number): Uint8Array[] | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: Uint8Array[] = [];
  let offset = 0;
  while (entries.length < width) {
    if (offset + 2 > buffer.length) return null;
    const ended = offset + 2 + buffer.readUInt16BE(offset);
    if (ended === offset + 2 || ended > buffer.length) return null;
    entries.push(buffer.subarray(offset + 2, ended));
    offset = ended;
  }
  return offset === buffer.length ? entries : null;
}

/**
 * Writes the first `size` entries, their tiles, the checkpoint over them and the public key into a new folder.
 * Throws `ledger/export-exists` when the folder is there already.
 */
export async function exportTiles(
  dir: string,
  contents: Contents,
  { size, checkpoint, vkey }: { size: number; checkpoint: string; vkey: string },
): Promise<void> {
  try {
    await mkdir(dir);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    throw new Problem('ledger/export-exists', 'The folder to export to is there already. Nothing was written.');
  }
  const keep = async (name: string, bytes: Uint8Array | string): Promise<void> => {
    const path = join(dir, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes, { flag: 'wx', flush: true });
  };
  for (const tile of entryBundles(size)) {
    const began = tile.index * TILE_WIDTH;
    await keep(tilePath(tile), bundle(contents.bytes.slice(began, began + tile.width)));
  }
  for (const tile of hashTiles(size)) await keep(tilePath(tile), tileOf(contents, tile));
  await keep('log.vkey', `${vkey}\n`);
  await keep('checkpoint', checkpoint);
  await syncFolder(dir);
}

/** The bytes of a tile of hashes, 32 each. */
export function tileOf({ tree }: Contents, { level, index, width }: Tile & { level: number }): Uint8Array {
  const began = index * TILE_WIDTH;
  return tree.nodes(level * 8, began, began + width);
}

function* row(width: number): Generator<{ index: number; width: number }> {
  const full = Math.floor(width / TILE_WIDTH);
  for (let index = 0; index < full; index += 1) yield { index, width: TILE_WIDTH };
  if (width % TILE_WIDTH > 0) yield { index: full, width: width % TILE_WIDTH };
}
