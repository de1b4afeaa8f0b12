/**
 * The one zip that a list of files makes: stored without compression, in the order of their names, at a fixed date.
 *
 * Every byte beside the files follows from names, sizes and checksums, so that an archive changed anywhere is seen to be
 * another. Nothing in it can unpack to more than it is. APPNOTE.TXT 6.3; Zip64 only where a number does not fit.
 */

export type ArchiveEntry = { name: string; sizeBytes: number; crc32: number };

/** A piece of the archive in order: bytes of its own, or those of the entry with that name. */
export type ArchivePiece = { offset: number; bytes: Uint8Array; of: string | null } | { offset: number; entry: string };

const MOST_32 = 0xffff_ffff;
const MOST_16 = 0xffff;
/** Names are UTF-8. */
const FLAGS = 0x0800;
/** 1 January 1980, the first day a zip can name. */
const DATE = 0x0021;
const MADE_ON_UNIX = 3 << 8;
const PLAIN_FILE = 0o100644;

/** The pieces, and the size of the whole. `entries` may come in any order; two of one name are a bug of the caller. */
export function archivePieces(entries: readonly ArchiveEntry[]): { pieces: ArchivePiece[]; sizeBytes: number } {
  const sorted = [...entries].sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
  const pieces: ArchivePiece[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  const put = (bytes: Buffer, of: string | null) => {
    pieces.push({ offset, bytes, of });
    offset += bytes.length;
  };
  for (const entry of sorted) {
    central.push(centralHeader(entry, offset));
    put(localHeader(entry), entry.name);
    pieces.push({ offset, entry: entry.name });
    offset += entry.sizeBytes;
  }
  const start = offset;
  sorted.forEach((entry, index) => {
    put(central[index]!, entry.name);
  });
  put(ending(sorted.length, start, offset - start), null);
  return { pieces, sizeBytes: offset };
}

function localHeader({ name, sizeBytes, crc32 }: ArchiveEntry): Buffer {
  const stored = Buffer.from(name);
  const large = sizeBytes >= MOST_32;
  const extra = large ? zip64([sizeBytes, sizeBytes]) : Buffer.alloc(0);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x0403_4b50, 0);
  common(header, 4, large, crc32, large ? MOST_32 : sizeBytes);
  header.writeUInt16LE(stored.length, 26);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, stored, extra]);
}

function centralHeader({ name, sizeBytes, crc32 }: ArchiveEntry, offset: number): Buffer {
  const stored = Buffer.from(name);
  const large = sizeBytes >= MOST_32;
  const far = offset >= MOST_32;
  const numbers = [...(large ? [sizeBytes, sizeBytes] : []), ...(far ? [offset] : [])];
  const extra = numbers.length > 0 ? zip64(numbers) : Buffer.alloc(0);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x0201_4b50, 0);
  header.writeUInt16LE(MADE_ON_UNIX | (numbers.length > 0 ? 45 : 20), 4);
  common(header, 6, numbers.length > 0, crc32, large ? MOST_32 : sizeBytes);
  header.writeUInt16LE(stored.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE((PLAIN_FILE << 16) >>> 0, 38);
  header.writeUInt32LE(far ? MOST_32 : offset, 42);
  return Buffer.concat([header, stored, extra]);
}

/** What both headers have in a row: version, flags, method (stored), time, date, checksum, both sizes. */
function common(header: Buffer, at: number, large: boolean, crc32: number, sizeBytes: number): void {
  header.writeUInt16LE(large ? 45 : 20, at);
  header.writeUInt16LE(FLAGS, at + 2);
  header.writeUInt16LE(DATE, at + 8);
  header.writeUInt32LE(crc32, at + 10);
  header.writeUInt32LE(sizeBytes, at + 14);
  header.writeUInt32LE(sizeBytes, at + 18);
}

function zip64(numbers: number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * numbers.length);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8 * numbers.length, 2);
  numbers.forEach((number, index) => {
    extra.writeBigUInt64LE(BigInt(number), 4 + 8 * index);
  });
  return extra;
}

function ending(count: number, start: number, sizeBytes: number): Buffer {
  const large = count >= MOST_16 || start >= MOST_32 || sizeBytes >= MOST_32;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(Math.min(count, MOST_16), 8);
  end.writeUInt16LE(Math.min(count, MOST_16), 10);
  end.writeUInt32LE(Math.min(sizeBytes, MOST_32), 12);
  end.writeUInt32LE(Math.min(start, MOST_32), 16);
  if (!large) return end;
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x0606_4b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(MADE_ON_UNIX | 45, 12);
  record.writeUInt16LE(45, 14);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(sizeBytes), 40);
  record.writeBigUInt64LE(BigInt(start), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x0706_4b50, 0);
  locator.writeBigUInt64LE(BigInt(start + sizeBytes), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator, end]);
}

/** The bytes of the archive in order. `bytesOf` gives those of the entry with that name. */
export async function* archiveBytes(
  entries: readonly ArchiveEntry[],
  bytesOf: (name: string) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for (const piece of archivePieces(entries).pieces) {
    if ('bytes' in piece) yield piece.bytes;
    else yield* bytesOf(piece.entry);
  }
}

/**
 * Where the archive in `source` is not the one its files make: the entry whose header differs, `''` for its end, null when
 * it is. The bytes of the entries are taken to be read and held against their digests elsewhere.
 */
export async function archiveDiffers(
  source: { sizeBytes: number; read(offset: number, length: number): Promise<Uint8Array> },
  entries: readonly ArchiveEntry[],
): Promise<string | null> {
  const { pieces, sizeBytes } = archivePieces(entries);
  for (const piece of pieces) {
    if (!('bytes' in piece)) continue;
    const there = await source.read(piece.offset, piece.bytes.length);
    if (Buffer.compare(there, piece.bytes) !== 0) return piece.of ?? '';
  }
  return source.sizeBytes === sizeBytes ? null : '';
}
