/** One file of a return as bytes, on a disk or in memory. */

import { statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { Problem } from '../../base/problem.ts';
import { framedRead, framedSize, framedStream, type SealedPlace } from '../../custody/framed.ts';
import type { ReturnFile } from '../format.ts';

const CHUNK_BYTES = 1024 * 1024;

/** A file whose bytes can be had from any offset; what zips are opened on. */
export type SeekableFile = ReturnFile & {
  /** At most `length` bytes from `offset`; fewer at the end of the file. */
  read(offset: number, length: number): Promise<Uint8Array>;
};

export function isSeekable(file: ReturnFile): file is SeekableFile {
  return 'read' in file && typeof file.read === 'function';
}

/** `name` is what the return calls the file, by default the last part of `path`. */
export function fileOnDisk(path: string, name: string = basename(path)): SeekableFile {
  const sizeBytes = statSync(path).size;
  async function* stream() {
    await using handle = await open(path);
    for (let offset = 0; ; ) {
      const chunk = await readAt(handle, offset, CHUNK_BYTES);
      if (chunk.length === 0) return;
      yield chunk;
      offset += chunk.length;
    }
  }
  return {
    name,
    sizeBytes,
    stream,
    bytes: (limitBytes) => gathered(name, stream(), limitBytes),
    async read(offset, length) {
      await using handle = await open(path);
      return await readAt(handle, offset, Math.max(0, Math.min(length, sizeBytes - offset)));
    },
  };
}

/** A file that lies sealed and is opened frame by frame as it is read. */
export function fileSealed(place: SealedPlace, name: string): SeekableFile {
  return {
    name,
    sizeBytes: framedSize(place),
    stream: () => framedStream(place),
    bytes: (limitBytes) => gathered(name, framedStream(place), limitBytes),
    read: (offset, length) => framedRead(place, offset, length),
  };
}

export function fileInMemory(name: string, bytes: Uint8Array): SeekableFile {
  return {
    name,
    sizeBytes: bytes.length,
    async *stream() {
      for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
    },
    async bytes(limitBytes) {
      if (bytes.length > limitBytes) throw tooLarge(name, limitBytes);
      return bytes;
    },
    read: async (offset, length) => bytes.subarray(offset, offset + length),
  };
}

/** All bytes of a stream. Throws `formats/too-large` as soon as they are more than `limitBytes`. */
export async function gathered(
  name: string,
  stream: AsyncIterable<Uint8Array>,
  limitBytes: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of stream) {
    total += chunk.length;
    if (total > limitBytes) throw tooLarge(name, limitBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(name: string, limitBytes: number): Problem {
  return new Problem(
    'formats/too-large',
    `${name} is larger than the ${limitBytes} bytes this format reads at once. Nothing of it was read.`,
    { name, limitBytes },
  );
}

async function readAt(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
