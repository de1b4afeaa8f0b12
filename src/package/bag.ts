/**
 * The tag files that make a folder with `data/` a bag (BagIt 1.0, RFC 8493).
 *
 * Gives texts and writes nothing; reading and checking a bag is `bag-read.ts`. The same payload and the same words give
 * the same bytes: no clock and no order of a disk is in them.
 */
import { type Digests, digestsOf } from './bag-digests.ts';
import { type InfoLine, infoText } from './bag-info.ts';
import { manifestLine, manifestNamed } from './bag-manifest.ts';
import { encodedPath, escapeOf } from './bag-path.ts';

const DECLARATION = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** RFC 8493, 2.4 asks every tool for these two. */
export const BAG_ALGORITHMS = ['sha256', 'sha512'];

export type Digested = { path: string; digests: Digests };

/**
 * Every tag file by its path: declaration, info with Payload-Oxum, manifests, `others`, and tag manifests over all these.
 *
 * `payload` has the digests of `algorithms` for every file below `data/`. Throws `TypeError` for a path that has no place
 * in a bag.
 */
export async function tagFiles(
  payload: readonly Digested[],
  info: readonly InfoLine[],
  others: ReadonlyMap<string, Uint8Array> = new Map(),
  algorithms: readonly string[] = BAG_ALGORITHMS,
): Promise<Map<string, Uint8Array>> {
  const octets = payload.reduce((sum, { digests }) => sum + digests.sizeBytes, 0);
  const oxum = { label: 'Payload-Oxum', value: `${octets}.${payload.length}` };
  const files = new Map<string, Uint8Array>([
    ['bagit.txt', Buffer.from(DECLARATION)],
    ['bag-info.txt', Buffer.from(infoText([...info, oxum]))],
  ]);
  for (const { path } of payload) if (!path.startsWith('data/')) throw new TypeError(`${path} is not below data/`);
  for (const algorithm of algorithms)
    files.set(`manifest-${algorithm}.txt`, Buffer.from(manifestText(payload, algorithm)));
  for (const [path, bytes] of others) {
    if (files.has(path) || path.startsWith('data/') || manifestNamed(path) !== null)
      throw new TypeError(`${path} is no place for a tag file of one's own`);
    files.set(path, bytes);
  }
  const tags: Digested[] = [];
  for (const [path, bytes] of files) tags.push({ path, digests: await digestsOf([bytes], algorithms) });
  for (const algorithm of algorithms)
    files.set(`tagmanifest-${algorithm}.txt`, Buffer.from(manifestText(tags, algorithm)));
  return files;
}

/** Lines in the order of their paths. */
function manifestText(files: readonly Digested[], algorithm: string): string {
  return files
    .map(({ path, digests }) => {
      if (path === '' || path.endsWith('/') || escapeOf(path) !== null)
        throw new TypeError(`${path} is no path in a bag`);
      return { path, line: manifestLine(digests.hex[algorithm]!, encodedPath(path)) };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ line }) => line)
    .join('');
}
