/**
 * What a bag is looked at through: its files by name, from a folder or from an opened archive.
 *
 * Nothing outside the folder is listed or opened, and nothing is written. What is no plain file, or has a name that
 * cannot be one, is refused with its reason and never opened.
 */
import { constants } from 'node:fs';
import { lstat, open, readdir, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { SeekableFile } from '../formats/reading/files.ts';
import { readDirectory, type ZipLimits } from '../formats/reading/zip.ts';
import { shownName } from '../formats/reading/zip-name.ts';

/** `path` is relative to the bag, with `/` between its parts, as stored. */
export type BagFile = { path: string; sizeBytes: number; stream(): AsyncIterable<Uint8Array> };

/** `place` is the name with every misleading character written out. */
export type Refused = { place: string; code: string; said: string };

export type Listing = {
  /** The name of the folder that holds the bag. */
  name: string;
  files: BagFile[];
  /** Folders without files of their own are known only where the source lists them. */
  folders: string[];
  refused: Refused[];
};

const LIMIT_FILES = 100_000;
const LIMIT_DEPTH = 64;
const LIMITS: ZipLimits = { entries: LIMIT_FILES, totalBytes: 200 * 2 ** 30, ratio: 1000, ratioFloorBytes: 2 ** 20 };
const CHUNK_BYTES = 1 << 20;

export async function listFolder(path: string): Promise<Listing> {
  const root = await realpath(path);
  const listing: Listing = { name: basename(root), files: [], folders: [], refused: [] };
  await walk(root, '', 0, listing);
  listing.files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return listing;
}

async function walk(root: string, within: string, depth: number, listing: Listing): Promise<void> {
  const names = await readdir(join(root, within), { encoding: 'buffer', withFileTypes: true });
  for (const entry of names) {
    const path = within + entry.name.toString('utf8');
    const refuse = (code: string, said: string) => listing.refused.push({ place: shownName(path), code, said });
    if (listing.files.length + listing.folders.length >= LIMIT_FILES) {
      refuse('bag/too-many-files', `the bag holds more than ${LIMIT_FILES} files and folders`);
      return;
    }
    if (!Buffer.from(entry.name.toString('utf8')).equals(entry.name)) {
      refuse('bag/name-not-text', 'its name is not UTF-8');
    } else if (entry.isSymbolicLink()) refuse('bag/link', 'it is a link to another file');
    else if (entry.isDirectory()) {
      listing.folders.push(path);
      if (depth === LIMIT_DEPTH) refuse('bag/too-deep', `it lies more than ${LIMIT_DEPTH} folders deep`);
      else await walk(root, `${path}/`, depth + 1, listing);
    } else if (!entry.isFile()) refuse('bag/no-file', 'it is neither a file nor a folder');
    else {
      const { nlink, size } = await lstat(join(root, path));
      if (nlink > 1) refuse('bag/link', 'another name leads to the same file (a hard link)');
      else listing.files.push({ path, sizeBytes: size, stream: () => bytesOn(join(root, path), size) });
    }
  }
}

async function* bytesOn(path: string, expectedBytes: number): AsyncGenerator<Uint8Array> {
  await using file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  for (let left = expectedBytes; ; ) {
    const chunk = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, Math.max(left, 0) + 1));
    const { bytesRead } = await file.read(chunk, 0, chunk.length);
    if (bytesRead === 0) return;
    left -= bytesRead;
    yield chunk.subarray(0, bytesRead);
  }
}

/**
 * The bag in a zip: everything lies in one folder at the top (RFC 8493, section 4.2), which is left out of the paths.
 * A zip that cannot be listed, or has more than one folder at the top, gives a listing of refusals and no files.
 */
export async function listArchive(source: SeekableFile): Promise<Listing> {
  const listing: Listing = { name: '', files: [], folders: [], refused: [] };
  const directory = await readDirectory(source, LIMITS);
  if ('refused' in directory) {
    listing.refused.push({ place: shownName(source.name), code: directory.code, said: directory.refused });
    return listing;
  }
  const tops = new Set<string>();
  let totalBytes = 0;
  for (const member of directory.members) {
    const stored = member.name.slice(source.name.length + 1);
    if ('refused' in member) {
      listing.refused.push({ place: inside(stored), code: member.code, said: member.refused });
      continue;
    }
    const slash = stored.indexOf('/');
    tops.add(slash < 0 ? '' : stored.slice(0, slash));
    totalBytes += member.sizeBytes;
    if (totalBytes > LIMITS.totalBytes) {
      const said = `the archive unpacks to more than ${LIMITS.totalBytes} bytes`;
      listing.refused.push({ place: inside(stored), code: 'zip/too-large', said });
      break;
    }
    listing.files.push({
      path: stored.slice(slash + 1),
      sizeBytes: member.sizeBytes,
      stream: () => member.stream(),
    });
  }
  listing.name = [...tops][0] ?? '';
  if (tops.size !== 1 || listing.name === '') {
    const said = 'the archive does not hold one folder with everything in it';
    listing.refused.push({ place: shownName(source.name), code: 'bag/top-folder', said });
    listing.files = [];
  }
  listing.files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return listing;
}

/** A shown name inside the archive, without the folder at the top. */
function inside(stored: string): string {
  const shown = shownName(stored);
  return shown.slice(shown.indexOf('/') + 1);
}
