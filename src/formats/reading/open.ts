/**
 * The files a return really holds: zips opened in place, one inside the other, nothing written to a disk.
 *
 * A zip is known by its first bytes, not by its name. What is refused is listed with its reason; the rest is read.
 */
import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { isProblem } from '../../base/problem.ts';
import type { ReturnFile } from '../format.ts';
import { fileInMemory, fileOnDisk, gathered, isSeekable, type SeekableFile } from './files.ts';
import type { Member, Refusal, ZipLimits } from './zip.ts';
import { ignorable } from './zip-name.ts';

export { fileInMemory, fileOnDisk, fileSealed } from './files.ts';

export type Opened = { file: ReturnFile } | Refusal;

export type OpenLimits = ZipLimits & {
  /** Archives inside archives: 1 opens only the outer one. */
  depth: number;
  /** All members together as a multiple of the files given, once they are above `overallFloorBytes`. */
  overallRatio: number;
  overallFloorBytes: number;
  /** Inner archives kept in this process at once; more go to `memoryDir`. */
  heldBytes: number;
};

const LIMITS: OpenLimits = {
  entries: 100_000,
  totalBytes: 200 * 2 ** 30,
  ratio: 1000,
  ratioFloorBytes: 2 ** 20,
  depth: 4,
  overallRatio: 200,
  overallFloorBytes: 2 ** 30,
  heldBytes: 256 * 2 ** 20,
};

/** `memoryDir` is a folder on a memory file system, emptied by whoever made it; without one a large inner zip is refused. */
export type OpenOptions = { limits?: Partial<OpenLimits> | undefined; memoryDir?: string | undefined };

/**
 * Every file of the return that is not an archive, and every refusal, in the order of the archives' own lists.
 *
 * A workbook is a file although it is a zip. Files stay readable after the iteration, as long as `files` and `memoryDir`
 * are there; reading one can still throw `zip/size-lie`, `zip/damaged`, `zip/overlap` or `zip/header-mismatch`.
 */
export async function* openReturn(files: ReturnFile[], options: OpenOptions = {}): AsyncGenerator<Opened> {
  const limits = { ...LIMITS, ...options.limits };
  const inBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const unpacking: Unpacking = { limits, memoryDir: options.memoryDir, inBytes, outBytes: 0, entries: 0, heldBytes: 0 };
  for (const file of files) {
    const trouble = ignorable(file.name);
    if (trouble) yield { ...trouble, name: file.name };
    else yield* opened(unpacking, file, 0);
  }
}

type Unpacking = {
  limits: OpenLimits;
  memoryDir: string | undefined;
  inBytes: number;
  outBytes: number;
  entries: number;
  heldBytes: number;
};

async function* opened(unpacking: Unpacking, file: ReturnFile, depth: number): AsyncGenerator<Opened> {
  const { limits } = unpacking;
  try {
    if (!(await beginsAsZip(file))) {
      yield { file };
      return;
    }
    const source = isSeekable(file) ? file : await held(unpacking, file);
    if ('refused' in source) {
      yield source;
      return;
    }
    // Loaded with the first archive: many returns are none.
    const { readDirectory } = await import('./zip.ts');
    const directory = await readDirectory(source, { ...limits, entries: limits.entries - unpacking.entries });
    if ('refused' in directory) yield directory;
    else if (directory.document) yield { file };
    else if (depth === limits.depth) {
      yield { refused: `it is an archive more than ${limits.depth} deep`, name: file.name, code: 'zip/too-deep' };
    } else if (directory.members.length === 0) {
      yield { refused: 'the archive holds no files', name: file.name, code: 'zip/empty' };
    } else {
      unpacking.entries += directory.members.length;
      for (const member of directory.members) {
        const refusal = 'refused' in member ? member : overBudget(unpacking, member);
        if (refusal) yield refusal;
        else yield* opened(unpacking, fileOf(member as Member), depth + 1);
      }
    }
  } catch (error) {
    if (!isProblem(error)) throw error;
    yield { refused: String(error.facts.why ?? error.message), name: file.name, code: error.code };
  }
}

/** Counts a member before it is touched; once the sum is too large every later one is refused. */
function overBudget(unpacking: Unpacking, member: Member): Refusal | null {
  const { limits } = unpacking;
  unpacking.outBytes += member.sizeBytes;
  if (unpacking.outBytes > limits.totalBytes) {
    return {
      refused: `the archives unpack to more than ${limits.totalBytes} bytes`,
      name: member.name,
      code: 'zip/too-large',
    };
  }
  if (unpacking.outBytes > limits.overallFloorBytes && unpacking.outBytes > limits.overallRatio * unpacking.inBytes) {
    const refused = `the archives unpack to more than ${limits.overallRatio} times their size`;
    return { refused, name: member.name, code: 'zip/ratio' };
  }
  return null;
}

/** A member that is itself an archive, where it can be read from any offset. */
async function held(unpacking: Unpacking, file: ReturnFile): Promise<SeekableFile | Refusal> {
  const { limits, memoryDir } = unpacking;
  if (unpacking.heldBytes + file.sizeBytes <= limits.heldBytes) {
    unpacking.heldBytes += file.sizeBytes;
    return fileInMemory(file.name, await file.bytes(file.sizeBytes));
  }
  if (memoryDir === undefined) {
    return { refused: 'it is an inner archive too large to hold in memory', name: file.name, code: 'zip/too-large' };
  }
  const path = join(memoryDir, `inner-${randomBytes(8).toString('hex')}`);
  await using handle = await open(path, 'wx', 0o600);
  for await (const chunk of file.stream()) await handle.writeFile(chunk);
  return fileOnDisk(path, file.name);
}

async function beginsAsZip(file: ReturnFile): Promise<boolean> {
  if (file.sizeBytes < 22) return false;
  const [p, k, high, low] = await beginning(file);
  return (
    p === 0x50 && k === 0x4b && ((high === 3 && low === 4) || (high === 5 && low === 6) || (high === 7 && low === 8))
  );
}

async function beginning(file: ReturnFile): Promise<Uint8Array> {
  if ('begins' in file) return (file as ReturnFile & Member).begins();
  if (isSeekable(file)) return file.read(0, 4);
  const head: number[] = [];
  for await (const chunk of file.stream()) {
    head.push(...chunk.subarray(0, 4 - head.length));
    if (head.length === 4) break;
  }
  return Uint8Array.from(head);
}

function fileOf(member: Member): ReturnFile {
  return { ...member, bytes: (limitBytes) => gathered(member.name, member.stream(), limitBytes) };
}
