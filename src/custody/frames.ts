/**
 * Files at rest: AES-256-GCM in frames of 1 MiB, each bound to its place and the last one marked.
 *
 * Layout: magic `FCF1`, 32 bytes of salt, then frames of ciphertext and 16-byte tag. The key is HKDF-SHA256 of the
 * matter's key with that salt and a context that names matter, return and role, so a file moved elsewhere does not open.
 * The nonce is the frame's number (11 bytes) and a last-frame byte, so frames cannot be cut, swapped or appended.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Digest } from '../base/digest.ts';
import { Problem } from '../base/problem.ts';

export const FRAME_BYTES = 1 << 20;
const MAGIC = Buffer.from('FCF1');
const SALT_BYTES = 32;
export const TAG_BYTES = 16;
export const HEADER_BYTES = MAGIC.length + SALT_BYTES;
/** A whole frame as it lies on the disk. */
const SEALED_BYTES = FRAME_BYTES + TAG_BYTES;

function fileKey(secret: Uint8Array, salt: Uint8Array, context: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, `fourcorners/v1/${context}`, 32));
}

function nonce(frame: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUIntBE(frame, 5, 6);
  bytes[11] = last ? 1 : 0;
  return bytes;
}

/** The key that `header`, the first bytes of a file, and a secret give; null for a file that is none of ours. */
export function frameKey(header: Uint8Array, secret: Uint8Array, context: string): Buffer | null {
  if (header.length < HEADER_BYTES || !MAGIC.equals(header.subarray(0, MAGIC.length))) return null;
  return fileKey(secret, header.subarray(MAGIC.length, HEADER_BYTES), context);
}

/** What a frame with its tag holds; null where it was changed, cut or moved. */
export function frameOpened(key: Uint8Array, sealed: Uint8Array, frame: number, last: boolean): Buffer | null {
  if (sealed.length < TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce(frame, last));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}

export function frameDamaged(context: string, frame: number): Problem {
  return new Problem(
    'custody/damaged',
    `The file kept for ${context} does not open: frame ${frame} was changed or cut, or it belongs elsewhere. Restore it from a backup.`,
    { context, frame },
  );
}

/** The encrypted form of `source`, in order. */
export async function* encrypt(
  secret: Uint8Array,
  context: string,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const salt = randomBytes(SALT_BYTES);
  const key = fileKey(secret, salt, context);
  yield Buffer.concat([MAGIC, salt]);
  let frame = 0;
  const sealFrame = (bytes: Uint8Array, last: boolean) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonce(frame++, last));
    return Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  };
  const pending = Buffer.allocUnsafe(FRAME_BYTES);
  let filled = 0;
  for await (const chunk of source) {
    let taken = 0;
    while (taken < chunk.length) {
      if (filled === FRAME_BYTES) {
        yield sealFrame(pending, false);
        filled = 0;
      }
      const take = Math.min(FRAME_BYTES - filled, chunk.length - taken);
      pending.set(chunk.subarray(taken, taken + take), filled);
      filled += take;
      taken += take;
    }
  }
  yield sealFrame(pending.subarray(0, filled), true);
}

/**
 * The clear bytes of an encrypted file, frame by frame; nothing of a frame is handed out before it is authentic.
 * Throws `custody/damaged` when the file was changed, cut or moved, or the key is another one.
 */
export async function* decryptFile(path: string, secret: Uint8Array, context: string): AsyncGenerator<Uint8Array> {
  await using file = await open(path, 'r');
  const header = Buffer.alloc(HEADER_BYTES);
  const { bytesRead: headed } = await file.read(header, 0, HEADER_BYTES, 0);
  const key = frameKey(header.subarray(0, headed), secret, context);
  if (key === null) throw frameDamaged(context, 0);
  const { size } = await file.stat();
  let position = HEADER_BYTES;
  for (let frame = 0; ; frame++) {
    const bytes = Buffer.allocUnsafe(Math.min(SEALED_BYTES, size - position));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, position);
    position += bytes.length;
    const last = position >= size;
    const clear = frameOpened(key, bytes.subarray(0, bytesRead), frame, last);
    if (clear === null) throw frameDamaged(context, frame);
    yield clear;
    if (last) return;
  }
}

/**
 * The same of a file small enough to be held whole, at once: many small files one after another cost no waiting.
 * Throws `custody/damaged`.
 */
export function decryptSmall(path: string, secret: Uint8Array, context: string): Buffer {
  const bytes = readFileSync(path);
  const key = frameKey(bytes.subarray(0, HEADER_BYTES), secret, context);
  if (key === null) throw frameDamaged(context, 0);
  const pieces: Buffer[] = [];
  for (let frame = 0, at = HEADER_BYTES; ; frame++) {
    const sealed = bytes.subarray(at, at + SEALED_BYTES);
    at += sealed.length;
    const last = at >= bytes.length;
    const clear = frameOpened(key, sealed, frame, last);
    if (clear === null) throw frameDamaged(context, frame);
    pieces.push(clear);
    if (last) return Buffer.concat(pieces);
  }
}

export type Written = { sizeBytes: number; sha256: Digest };

/** Writes a stream to a new file, readable by its owner only, and returns after it is on the disk. */
export async function writeDurably(path: string, source: AsyncIterable<Uint8Array>): Promise<Written> {
  await using file = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of source) {
    hash.update(chunk);
    sizeBytes += chunk.length;
    await file.writeFile(chunk);
  }
  await file.sync();
  return { sizeBytes, sha256: hash.digest('hex') };
}

/** Makes a folder's entries durable: a rename or a new file survives a power cut only after this. */
export async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r');
  await folder.sync();
}
