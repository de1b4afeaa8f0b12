/**
 * The original, kept so that the people working the case cannot open it alone: it holds what was sealed, too.
 *
 * Its key is derived from the matter's key and a secret that only the oversight key opens. Dropping the matter's key
 * destroys it; opening it needs both. Its digest is that of the bytes as received.
 */
import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';
import { Problem } from '../base/problem.ts';
import { decryptFile, encrypt, type Written, writeDurably } from '../custody/frames.ts';
import { sealTo, unseal } from '../custody/seal.ts';

export type KeptOriginal = { sha256: string; sizeBytes: number; stored: Written };

function originalKey(matterKey: Uint8Array, secret: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', matterKey, secret, 'fourcorners/v1/original', 32));
}

/** Writes `to` (the bytes, compressed with zstd and encrypted) and `to`.key.age (the secret, sealed to oversight). */
export async function keepOriginal(
  received: Readable,
  to: string,
  keys: { key: Uint8Array; context: string; oversightRecipient: string },
): Promise<KeptOriginal> {
  const secret = randomBytes(32);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  received.on('data', (chunk: Buffer) => {
    hash.update(chunk);
    sizeBytes += chunk.length;
  });
  const compressed = received.pipe(createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 1 } }));
  received.on('error', (error) => compressed.destroy(error));
  const stored = await writeDurably(to, encrypt(originalKey(keys.key, secret), keys.context, compressed));
  await writeDurably(`${to}.key.age`, sealTo(keys.oversightRecipient, once(secret)));
  return { sha256: hash.digest('hex'), sizeBytes, stored };
}

/**
 * The bytes as received, of an original at `path`: for whoever holds the matter's key and the oversight key (`identity`).
 * Throws `unseal/wrong-key`, and `custody/damaged` when what is kept was changed.
 */
export async function* openOriginal(
  path: string,
  keys: { key: Uint8Array; context: string; identity: string },
): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of unseal(keys.identity, createReadStream(`${path}.key.age`))) pieces.push(piece);
  } catch {
    throw new Problem(
      'unseal/wrong-key',
      'This is not the oversight key that these originals were sealed to. Nothing was opened.',
    );
  }
  const clear = Readable.from(decryptFile(path, originalKey(keys.key, Buffer.concat(pieces)), keys.context));
  const unpacked = createZstdDecompress();
  clear.on('error', (error) => unpacked.destroy(error));
  yield* clear.pipe(unpacked) as AsyncIterable<Buffer>;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
