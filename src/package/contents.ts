/** The files of a package as its sender signed them; each reading of one is held against its digest again. */
import { createHash } from 'node:crypto';
import { Problem } from '../base/problem.ts';
import { gathered } from '../formats/reading/files.ts';
import { shownName } from '../formats/reading/zip-name.ts';
import { BAG_ALGORITHMS } from './bag.ts';
import type { BagVerdict, CheckedFile } from './bag-read.ts';
import type { BagFile } from './listing.ts';

/** A file whose digests, and the manifests that state them, the sender signed. */
export type VerifiedFile = { path: string; sizeBytes: number; sha256: string; stream(): AsyncIterable<Uint8Array> };

const SMALL_BYTES = 64 * 1024 * 1024;

/** Files that every manifest of their sort lists as they are, in manifests that both tag manifests list as they are. */
export function verifiedFiles(bag: BagVerdict): Map<string, VerifiedFile> {
  const agrees = (path: string, sort: string) =>
    BAG_ALGORITHMS.every((name) => bag.files.get(path)?.agreeing.includes(`${sort}-${name}.txt`));
  const manifestsHold = BAG_ALGORITHMS.every((name) => agrees(`manifest-${name}.txt`, 'tagmanifest'));
  const found = new Map<string, VerifiedFile>();
  for (const [path, checked] of bag.files) {
    const isPayload = path.startsWith('data/');
    if (!agrees(path, isPayload ? 'manifest' : 'tagmanifest') || (isPayload && !manifestsHold)) continue;
    const { digests } = checked;
    const sha256 = digests.hex['sha256']!;
    found.set(path, { path, sizeBytes: digests.sizeBytes, sha256, stream: () => heldStream(checked) });
  }
  return found;
}

/** The same files to be read, each held against what it was when it was checked. */
export function heldFiles(files: ReadonlyMap<string, CheckedFile>): Map<string, BagFile> {
  return new Map([...files].map(([path, checked]) => [path, { ...checked.file, stream: () => heldStream(checked) }]));
}

export type Bytes = (path: string) => Promise<Uint8Array | null>;

/** All bytes of a small file of the bag, none of one above 64 MiB; null when it is not there. Throws `package/changed`. */
export function bytesFrom(bag: BagVerdict): Bytes {
  return async (path) => {
    const checked = bag.files.get(path);
    if (checked === undefined) return null;
    const isSmall = checked.digests.sizeBytes <= SMALL_BYTES;
    return isSmall ? await gathered(path, heldStream(checked), SMALL_BYTES) : Buffer.alloc(0);
  };
}

async function* heldStream({ file, digests }: CheckedFile): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of file.stream()) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') === digests.hex['sha256']) return;
  const place = shownName(file.path);
  throw new Problem('package/changed', `${place} changed while it was read. Nothing is concluded; verify it again.`, {
    place,
  });
}
