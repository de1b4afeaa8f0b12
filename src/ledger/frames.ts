/**
 * Entries one after the other in a file: length (4 bytes, big-endian), SHA-256 of the bytes (32), the bytes.
 *
 * Tells a tail that a crash tore, which can be cut, from a frame that is wrong inside the file, which never is.
 */
import { hash } from 'node:crypto';

const HEAD = 36;

/** C2SP entry bundles give an entry's length in 16 bits. */
const LONGEST_ENTRY = 65_535;

export type Frames = {
  /** The bytes of each whole entry, as views into what was read. */
  entries: Uint8Array[];
  /** Where each whole entry's frame starts, and at the end where the next would. */
  offsets: number[];
  /** What is after the last whole frame, if it is what a torn write leaves: cut short, or whole with a wrong digest. */
  tail: { lengthBytes: number; left: 'incomplete' | 'digest-differs' } | null;
  /** The first frame that is wrong although more follows it. Reading stops there. */
  damaged: { index: number; offset: number } | null;
};

export function frame(entry: Uint8Array): Uint8Array {
  if (entry.length === 0 || entry.length > LONGEST_ENTRY) throw new RangeError(`an entry of ${entry.length} bytes`);
  const head = Buffer.alloc(HEAD);
  head.writeUInt32BE(entry.length);
  head.set(digest(entry), 4);
  return Buffer.concat([head, entry]);
}

export function readFrames(file: Uint8Array): Frames {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const frames: Frames = { entries: [], offsets: [0], tail: null, damaged: null };
  let offset = 0;
  while (offset < bytes.length) {
    const entry = entryAt(bytes, offset);
    if (entry === null) {
      const left = leftBy(bytes, offset);
      if (left === null) frames.damaged = { index: frames.entries.length, offset };
      else frames.tail = { lengthBytes: bytes.length - offset, left };
      return frames;
    }
    offset += HEAD + entry.length;
    frames.entries.push(entry);
    frames.offsets.push(offset);
  }
  return frames;
}

/** The entry of a whole and sound frame at `offset`, or null. */
function entryAt(bytes: Buffer, offset: number): Uint8Array | null {
  if (offset + HEAD > bytes.length) return null;
  const length = bytes.readUInt32BE(offset);
  const ended = offset + HEAD + length;
  if (length === 0 || length > LONGEST_ENTRY || ended > bytes.length) return null;
  const entry = bytes.subarray(offset + HEAD, ended);
  return digest(entry).equals(bytes.subarray(offset + 4, offset + HEAD)) ? entry : null;
}

/** How a torn write could have left what starts at `offset`; null when it could not. */
function leftBy(bytes: Buffer, offset: number): 'incomplete' | 'digest-differs' | null {
  const rest = bytes.subarray(offset);
  if (rest.length < 4 || rest.every((byte) => byte === 0)) return 'incomplete';
  const length = bytes.readUInt32BE(offset);
  if (length === 0 || length > LONGEST_ENTRY) return null;
  if (rest.length === HEAD + length) return 'digest-differs';
  if (rest.length > HEAD + length) return null;
  // A length that was changed swallows the frames behind it: if a sound one is in there, nothing was torn.
  for (let inside = offset + 1; inside < bytes.length; inside += 1) {
    if (entryAt(bytes, inside) !== null) return null;
  }
  return 'incomplete';
}

function digest(entry: Uint8Array): Buffer {
  return hash('sha256', entry, 'buffer');
}
