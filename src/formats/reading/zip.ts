/**
 * One zip archive: its members as they are listed, each either readable or refused with a reason.
 *
 * Reads in place and decrypts nothing. What a member claims about itself is checked twice: against the limits when it is
 * listed, and against its bytes when they are read.
 */

import { constants, inflateRawSync } from 'node:zlib';
import {
  configure, ERR_AMBIGUOUS_ARCHIVE, ERR_ENCRYPTED, ERR_ENCRYPTED_CENTRAL_DIRECTORY, ERR_INVALID_CRC32,
  ERR_INVALID_UNCOMPRESSED_SIZE, ERR_OVERLAPPING_ENTRY, ERR_SPLIT_ZIP_FILE, type FileEntry, Reader, ZipReader,
} from '@zip.js/zip.js'; // biome-ignore format: a list
import { Problem } from '../../base/problem.ts';
import { collisionKey, type NameTrouble, shownName, troubleWithName } from './zip-name.ts';

configure({ useWebWorkers: false, chunkSize: 512 * 1024 });

/** The part of a file a zip is read from. */
export type Source = { name: string; sizeBytes: number; read(offset: number, length: number): Promise<Uint8Array> };

export type Member = {
  name: string;
  sizeBytes: number;
  stream(): AsyncIterable<Uint8Array>;
  /** Some bytes from the beginning, not checked against anything; none where they cannot be had. */
  begins(): Promise<Uint8Array>;
};
export type Refusal = { refused: string; name: string; code: string };

export type ZipLimits = {
  /** Members of one archive, and of all archives opened together. */
  entries: number;
  /** Bytes of all members of all archives opened together. */
  totalBytes: number;
  /** Largest size of a member as a multiple of its packed size, once it is above `ratioFloorBytes`. */
  ratio: number;
  ratioFloorBytes: number;
};

const DIRECTORY_LIMIT_BYTES = 256 * 1024 * 1024;
const METHODS = new Set([0, 8, 9]);

/** An archive that holds a document whose parts are files: a workbook, a text. Such a zip is one file to a person. */
export type Directory = { document: boolean; members: (Member | Refusal)[] };

/** Everything the archive lists, directories left out; a refusal when the list itself cannot be read. */
export async function readDirectory(source: Source, limits: ZipLimits): Promise<Directory | Refusal> {
  const entries: FileEntry[] = [];
  let count = 0;
  try {
    const reader = new ZipReader(new SourceReader(source), { filenameValidation: 'tolerant' });
    for await (const entry of reader.getEntriesGenerator()) {
      count += 1;
      if (count > limits.entries) {
        return {
          refused: `it lists more than the ${limits.entries} files that are left of the limit`,
          name: source.name,
          code: 'zip/too-many',
        };
      }
      if (!entry.directory || entry.symlink) entries.push(entry as FileEntry);
    }
  } catch (error) {
    return { ...troubleOf(error, source.sizeBytes), name: source.name };
  }
  const overlapping = overlaps(entries);
  const seen = new Set<string>();
  const members = entries.map((entry): Member | Refusal => {
    const key = collisionKey(entry.filename);
    const trouble = seen.has(key)
      ? { code: 'zip/duplicate-name', refused: 'an earlier file of the archive has the same name' }
      : (troubleWithName(entry.filename, entry.rawFilename) ?? troubleWith(entry, overlapping, limits));
    seen.add(key);
    if (trouble) return { ...trouble, name: `${source.name}!${shownName(entry.filename)}` };
    const name = `${source.name}!${entry.filename}`;
    return {
      name,
      sizeBytes: entry.uncompressedSize,
      stream: () => bytesOf(entry, name),
      begins: () => beginning(source, entry, name),
    };
  });
  return { document: isDocument(entries), members };
}

function troubleWith(entry: FileEntry, overlapping: Set<FileEntry>, limits: ZipLimits): NameTrouble | null {
  const { compressedSize, uncompressedSize, compressionMethod } = entry;
  if (entry.symlink) return { code: 'zip/symlink', refused: 'it is a link to another file' };
  if (entry.encrypted) return { code: 'zip/encrypted', refused: 'it is locked with a password' };
  if (overlapping.has(entry)) return { code: 'zip/overlap', refused: 'it shares bytes with another file' };
  if (uncompressedSize > limits.ratioFloorBytes && uncompressedSize > limits.ratio * compressedSize) {
    return { code: 'zip/ratio', refused: `it claims to unpack to more than ${limits.ratio} times its size` };
  }
  if (!METHODS.has(compressionMethod)) {
    return { code: 'zip/unsupported', refused: `it is packed by method ${compressionMethod}, which is not read` };
  }
  return null;
}

/** Members that cannot all have their bytes: from a header on, each needs at least its name and its packed size. */
function overlaps(entries: FileEntry[]): Set<FileEntry> {
  const found = new Set<FileEntry>();
  let furthest: { entry: FileEntry; end: number } | null = null;
  for (const entry of [...entries].sort((a, b) => a.offset - b.offset)) {
    if (furthest && entry.offset < furthest.end) found.add(entry).add(furthest.entry);
    const end = entry.offset + 30 + entry.rawFilename.length + entry.compressedSize;
    if (!furthest || end > furthest.end) furthest = { entry, end };
  }
  return found;
}

/** Office Open XML (ECMA-376, part 2) has these two parts; OpenDocument and EPUB begin with `mimetype`. */
function isDocument(entries: FileEntry[]): boolean {
  const names = new Set(entries.map((entry) => entry.filename));
  return (names.has('[Content_Types].xml') && names.has('_rels/.rels')) || entries[0]?.filename === 'mimetype';
}

/**
 * A member's bytes. Throws `zip/size-lie` when they are not those the archive promised, `zip/overlap`,
 * `zip/header-mismatch` or `zip/damaged`; what was yielded before that is not to be trusted.
 */
async function* bytesOf(entry: FileEntry, name: string): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  let seen = 0;
  const options = { checkCrc32: true, checkOverlappingEntry: true, checkLocalFilename: true };
  const written = entry.getData(writable, options).then(
    () => null,
    // A failure before the first byte leaves the pipe open, and whoever reads it waiting.
    async (error: unknown) => {
      await writable.abort(error).catch(() => undefined);
      return { error };
    },
  );
  try {
    for await (const chunk of readable) {
      seen += chunk.length;
      if (seen > entry.uncompressedSize) throw new Error(ERR_INVALID_UNCOMPRESSED_SIZE);
      if (chunk.length > 0) yield chunk;
    }
    const failed = await written;
    if (failed) throw failed.error;
  } catch (error) {
    const { code, refused } = troubleOf(error, seen);
    throw new Problem(
      code,
      `${shownName(name)} cannot be read: ${refused}. Ask for it again, or read the rest without it.`,
      {
        name,
        why: refused,
        seenBytes: seen,
      },
    );
  }
}

const PEEK_BYTES = 1024;

/** Much cheaper than opening the stream of every member only to see what it is. */
async function beginning(source: Source, entry: FileEntry, name: string): Promise<Uint8Array> {
  if (entry.compressionMethod === 9) for await (const chunk of bytesOf(entry, name)) return chunk;
  const header = Buffer.from(await source.read(entry.offset, 30));
  if (header.length < 30) return header.subarray(0, 0);
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = await source.read(start, Math.min(PEEK_BYTES, entry.compressedSize));
  if (entry.compressionMethod === 0) return packed;
  try {
    return inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    // Whatever is wrong with it is found, and named, when it is read.
    return packed.subarray(0, 0);
  }
}

function troubleOf(error: unknown, seenBytes: number): NameTrouble {
  if (error instanceof Error && 'syscall' in error) throw error;
  switch (error instanceof Error ? error.message : '') {
    case ERR_ENCRYPTED:
    case ERR_ENCRYPTED_CENTRAL_DIRECTORY:
      return { code: 'zip/encrypted', refused: 'it is locked with a password' };
    case ERR_OVERLAPPING_ENTRY:
      return { code: 'zip/overlap', refused: 'it shares bytes with another file' };
    case ERR_INVALID_CRC32:
    case ERR_INVALID_UNCOMPRESSED_SIZE:
      return { code: 'zip/size-lie', refused: 'its bytes are not those the archive promises' };
    case ERR_SPLIT_ZIP_FILE:
      return { code: 'zip/damaged', refused: `it is one part of an archive in several; ${seenBytes} bytes were seen` };
    case ERR_AMBIGUOUS_ARCHIVE:
      return { code: 'zip/header-mismatch', refused: 'the archive describes it in two ways that differ' };
    default:
      return { code: 'zip/damaged', refused: `the archive is damaged or cut short; ${seenBytes} bytes were seen` };
  }
}

class SourceReader extends Reader<Source> {
  readonly #source: Source;

  constructor(source: Source) {
    super(source);
    this.#source = source;
    this.size = source.sizeBytes;
  }

  override async readUint8Array(offset: number, length: number): Promise<Uint8Array> {
    if (length > DIRECTORY_LIMIT_BYTES || offset < 0) throw new RangeError('more than a directory can be');
    return this.#source.read(offset, length);
  }
}
