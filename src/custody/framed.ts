/** An encrypted file read at any place: the frames that hold the bytes asked for are opened, and no others. */
import { statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { FRAME_BYTES, frameDamaged, frameKey, frameOpened, HEADER_BYTES, TAG_BYTES } from './frames.ts';

/** Where it lies and what opens it; plain data, so that another process can read it. */
export type SealedPlace = { at: string; secret: string; context: string };

/** A file of more than this is read in parts, where it lies; up to here it may lie opened in memory. */
export const WHOLE_BYTES = 512 << 20;

/** Bytes of the clear text. */
export function framedSize({ at }: SealedPlace): number {
  const sealed = statSync(at).size - HEADER_BYTES;
  const frames = Math.max(1, Math.ceil(sealed / (FRAME_BYTES + TAG_BYTES)));
  return sealed - frames * TAG_BYTES;
}

/** At most `length` bytes from `offset`; fewer at the end. Throws `custody/damaged`. */
export async function framedRead(place: SealedPlace, offset: number, length: number): Promise<Uint8Array> {
  await using file = await open(place.at, 'r');
  return await readFrom(await opened(place, file), offset, length);
}

/** The clear bytes in order. Throws `custody/damaged`. */
export async function* framedStream(place: SealedPlace): AsyncGenerator<Uint8Array> {
  await using file = await open(place.at, 'r');
  const frames = await opened(place, file);
  for (let frame = 0; frame < frames.count; frame++) yield await frames.clear(frame);
}

type Frames = { count: number; clear(frame: number): Promise<Buffer> };

async function opened({ secret, context }: SealedPlace, file: FileHandle): Promise<Frames> {
  const { size } = await file.stat();
  const header = Buffer.alloc(HEADER_BYTES);
  await file.read(header, 0, HEADER_BYTES, 0);
  const key = frameKey(header, Buffer.from(secret, 'base64'), context);
  if (key === null) throw frameDamaged(context, 0);
  const count = Math.max(1, Math.ceil((size - HEADER_BYTES) / (FRAME_BYTES + TAG_BYTES)));
  return {
    count,
    async clear(frame) {
      const position = HEADER_BYTES + frame * (FRAME_BYTES + TAG_BYTES);
      const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(FRAME_BYTES + TAG_BYTES, size - position)));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, position);
      const clear = frameOpened(key, bytes.subarray(0, bytesRead), frame, frame === count - 1);
      if (clear === null) throw frameDamaged(context, frame);
      return clear;
    },
  };
}

async function readFrom(frames: Frames, offset: number, length: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (let at = offset; at < offset + length; ) {
    const frame = Math.floor(at / FRAME_BYTES);
    if (frame >= frames.count) break;
    const clear = await frames.clear(frame);
    const piece = clear.subarray(at - frame * FRAME_BYTES, offset + length - frame * FRAME_BYTES);
    if (piece.length === 0) break;
    pieces.push(piece);
    at += piece.length;
  }
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
}
