/** The digests of a file that the manifests of a bag ask for, in one reading. */
import { createHash, type Hash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Names as manifests have them, and how many hexadecimal digits each gives. */
export const ALGORITHMS: Record<string, number> = {
  md5: 32,
  sha1: 40,
  sha224: 56,
  sha256: 64,
  sha384: 96,
  sha512: 128,
};

export type Digests = { sizeBytes: number; crc32: number; hex: Record<string, string> };

export async function digestsOf(
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  algorithms: Iterable<string>,
): Promise<Digests> {
  const hashes = [...algorithms].map((name): [string, Hash] => [name, createHash(name)]);
  let sizeBytes = 0;
  let checksum = 0;
  for await (const chunk of stream) {
    sizeBytes += chunk.length;
    checksum = crc32(chunk, checksum);
    for (const [, hash] of hashes) hash.update(chunk);
  }
  return {
    sizeBytes,
    crc32: checksum,
    hex: Object.fromEntries(hashes.map(([name, hash]) => [name, hash.digest('hex')])),
  };
}
