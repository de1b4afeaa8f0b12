/** Holds the tiles of an export against its entries, and finds through them which entry is not the signed one. */
import { join } from 'node:path';
import type { Checkpoint } from './checkpoint.ts';
import type { Contents } from './contents.ts';
import { plainFile } from './gather.ts';
import { equal } from './proof.ts';
import { hashTiles, tileOf, tilePath } from './tiles.ts';
import { Tree } from './tree.ts';

/** Null when every tile of a log of `size` entries is there and is what the entries give. Needs all the entries. */
export async function holdTiles(
  path: string,
  contents: Contents,
  size: number,
): Promise<'ledger/tile-missing' | 'ledger/tile-differs' | null> {
  let missing = false;
  for (const tile of hashTiles(size)) {
    const bytes = await plainFile(join(path, tilePath(tile)));
    missing ||= bytes === null;
    if (bytes !== null && !equal(bytes, tileOf(contents, tile))) return 'ledger/tile-differs';
  }
  return missing ? 'ledger/tile-missing' : null;
}

/** The first entry whose hash is not the one in the tiles, if the tiles themselves lead to the signed root; else null. */
export async function firstDifferent(path: string, { tree }: Contents, signed: Checkpoint): Promise<number | null> {
  const leaves = new Tree();
  for (const { level, index, width } of hashTiles(signed.size)) {
    if (level > 0) break;
    const bytes = await plainFile(join(path, tilePath({ level, index, width })));
    if (bytes?.length !== width * 32) return null;
    for (let place = 0; place < width; place += 1) leaves.add(bytes.subarray(place * 32, place * 32 + 32));
  }
  if (leaves.size !== signed.size || !equal(leaves.root(), signed.root)) return null;
  for (let index = 0; index < Math.min(tree.size, leaves.size); index += 1) {
    if (!equal(tree.nodes(0, index, index + 1), leaves.nodes(0, index, index + 1))) return index;
  }
  return null;
}
