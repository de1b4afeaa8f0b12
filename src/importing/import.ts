/**
 * An import, from files on a disk to a folder in the matter: keep the originals, read elsewhere, encrypt, rename once.
 *
 * Until the rename nothing has happened; after it everything has. What a stopped import leaves in `staging/` is removed by
 * the next one.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { createReadStream, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { sha256 } from '../base/digest.ts';
import { Problem } from '../base/problem.ts';
import { documentBytes } from '../custody/cabinet.ts';
import { framedStream, type SealedPlace } from '../custody/framed.ts';
import { encrypt, syncFolder, writeDurably } from '../custody/frames.ts';
import { memoryFolder } from '../custody/memory.ts';
import { sealTo } from '../custody/seal.ts';
import { writeSmallDurably } from '../custody/small.ts';
import type { Profile } from '../formats/table/profile.ts';
import type { ZoneRule } from '../record/stamp.ts';
import type { Scope } from '../scope/scope.ts';
import { quoted } from '../store/engine.ts';
import { openRecords } from '../store/records.ts';
import { type ImportPapers, importsOf, partContext, type StoredPart } from '../store/segments.ts';
import { keepOriginal } from './original.ts';
import type { Part } from './parts.ts';
import type { Person } from './people.ts';
import type { ReadOutcome } from './read.ts';
import { readElsewhere } from './reading-process.ts';
import {
  digestOfFiles,
  type Original,
  type Receipt,
  receiptOf,
  type Unsealed,
  type VerifiedPackage,
} from './receipt.ts';

export type ImportOf = {
  matter: string;
  matterFolder: string;
  key: Uint8Array;
  oversightRecipient: string;
  scope: Scope;
  paths: string[];
  /** For a sealed original, where it lies opened in memory: that is what is read, the original is what is kept. */
  opened?: ReadonlyMap<string, string> | undefined;
  /** For a file too large to lie open anywhere: where it lies sealed. It is read there, in parts. */
  sealed?: ReadonlyMap<string, SealedPlace> | undefined;
  /** What the return was found to be before it was read: a package and against what it was verified. */
  verified?: VerifiedPackage | undefined;
  /** What an unsealing reads anew. */
  unsealed?: Unsealed | undefined;
  zone?: ZoneRule | undefined;
  profile?: { profile: Profile; sha256: string } | undefined;
  /** The ledger entry under which this is done. */
  act: string;
  by: string;
  at: string;
  /** Told the rows seen so far. */
  progress?: (rows: number) => void;
};

/** Throws `import/no-file`, `import/file-changed`, and what the reader throws; then nothing was imported. */
export async function importReturn(of: ImportOf): Promise<Receipt> {
  const stateOf = (path: string) => fileState(of.sealed?.get(path)?.at ?? path);
  const before = of.paths.map(stateOf);
  const staging = join(of.matterFolder, 'staging', randomBytes(8).toString('hex'));
  mkdirSync(staging, { recursive: true, mode: 0o700 });
  try {
    const earlier = await importsOf<Receipt>(of.matterFolder, of.key, of.matter);
    const sequence = 1 + Math.max(0, ...earlier.map(({ papers }) => papers.sequence));
    const folder = `${String(sequence).padStart(6, '0')}-${randomBytes(4).toString('hex')}`;
    const stage = new Stage(of, staging, folder);
    const [originals, outcome] = await both(
      Promise.all(of.paths.map((path, index) => stage.original(path, index))),
      stage.read(
        earlier.flatMap(({ papers }) => papers.people),
        earlier.length > 0,
      ),
    );
    of.paths.forEach((path, index) => {
      if (stateOf(path) !== before[index]) {
        throw new Problem(
          'import/file-changed',
          `${basename(path)} changed while it was read. Nothing was imported; import it again when it is still.`,
        );
      }
    });
    const receipt = receiptOf({
      return: digestOfFiles(originals).slice(0, 16),
      importedAt: of.at,
      importedBy: of.by,
      declaredZone: of.zone?.zone ?? null,
      profile: of.profile ? { name: of.profile.profile.profile, sha256: of.profile.sha256 } : null,
      originals,
      scope: of.scope,
      files: outcome.files,
      stated: outcome.stated,
      ...(of.verified ? { verified: of.verified } : {}),
      ...(of.unsealed ? { unsealed: of.unsealed } : {}),
    });
    const same = earlier.find(({ papers }) => samePaperAndReading(papers.receipt, receipt));
    if (same) return repeated(receipt, same.papers.receipt.return);
    await stage.finish({
      sequence,
      act: of.act,
      receipt,
      parts: stage.parts,
      coverage: coverageOf(outcome),
      people: outcome.met,
    });
    return receipt;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Removes what stopped imports left behind. */
export function clearStaging(matterFolder: string): void {
  rmSync(join(matterFolder, 'staging'), { recursive: true, force: true });
}

class Stage {
  readonly parts: StoredPart[] = [];
  readonly #of: ImportOf;
  readonly #staging: string;
  readonly #folder: string;

  constructor(of: ImportOf, staging: string, folder: string) {
    this.#of = of;
    this.#staging = staging;
    this.#folder = folder;
  }

  async original(path: string, index: number): Promise<Original> {
    const { matter, key, oversightRecipient } = this.#of;
    const name = `original-${index + 1}`;
    const context = partContext(matter, this.#folder, name);
    const sealed = this.#of.sealed?.get(path);
    const received = sealed ? Readable.from(framedStream(sealed)) : createReadStream(path, { highWaterMark: 1 << 18 });
    const kept = await keepOriginal(received, join(this.#staging, name), { key, context, oversightRecipient });
    this.parts.push({ name, role: 'original', rows: 0, ...kept.stored });
    return { name: basename(path), sha256: kept.sha256, sizeBytes: kept.sizeBytes };
  }

  async read(people: Person[], compare: boolean): Promise<ReadOutcome> {
    const { matterFolder, key, matter, paths, opened, sealed, scope, zone, profile, progress } = this.#of;
    using memory = memoryFolder();
    const contentKey = createHmac('sha256', key).update('content').digest('hex');
    let known: string | undefined;
    if (compare) {
      await using records = await openRecords(matterFolder, key, matter);
      known = join(memory.path, 'known.parquet');
      const bytes = await contentsOf(records, known);
      if (!bytes) known = undefined;
    }
    const files = paths.map((path) => ({
      path: opened?.get(path) ?? sealed?.get(path)?.at ?? path,
      name: basename(path),
      ...(sealed?.has(path) && !opened?.has(path) ? { sealed: sealed.get(path) } : {}),
    }));
    const job = { files, scope, zone, profile: profile?.profile, people, contentKey, memoryFolder: memory.path, known };
    return await readElsewhere(job, (part) => this.#take(part), progress ?? (() => {}));
  }

  async #take(part: Part): Promise<void> {
    const { matter, key, oversightRecipient } = this.#of;
    const number = this.parts.filter((stored) => stored.role === part.role).length + 1;
    const kind = part.path.endsWith('.parquet') ? 'parquet' : 'jsonl';
    const name = part.role === 'sealed' ? `sealed-${number}.${kind}.age` : `${part.role}-${number}`;
    const clear = createReadStream(part.path, { highWaterMark: 1 << 20 });
    const source =
      part.role === 'sealed'
        ? sealTo(oversightRecipient, clear)
        : encrypt(key, partContext(matter, this.#folder, name), clear);
    const written = await writeDurably(join(this.#staging, name), source);
    rmSync(part.path);
    this.parts.push({ name, role: part.role, rows: part.rows, ...written, view: part.view });
  }

  async finish(papers: ImportPapers<Receipt>): Promise<void> {
    const { matter, key, matterFolder } = this.#of;
    const bytes = await documentBytes(key, partContext(matter, this.#folder, 'receipt'), papers);
    writeSmallDurably(join(this.#staging, 'receipt.enc'), bytes);
    await syncFolder(this.#staging);
    const returns = join(matterFolder, 'returns');
    mkdirSync(returns, { recursive: true, mode: 0o700 });
    renameSync(this.#staging, join(returns, this.#folder));
    await syncFolder(returns);
    await syncFolder(matterFolder);
  }
}

/** Both, and when one fails, the other has ended too before the failure goes on. */
async function both<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  const [first, second] = await Promise.allSettled([a, b]);
  if (second.status === 'rejected') throw second.reason;
  if (first.status === 'rejected') throw first.reason;
  return [first.value, second.value];
}

function fileState(path: string): string {
  try {
    const { size, mtimeMs, ino, isFile } = { ...statSync(path), isFile: statSync(path).isFile() };
    if (!isFile) throw new Error('not a file');
    return `${size} ${mtimeMs} ${ino}`;
  } catch {
    throw new Problem('import/no-file', `There is no file ${path}. Nothing was imported.`, { path });
  }
}

async function contentsOf(records: Awaited<ReturnType<typeof openRecords>>, path: string): Promise<boolean> {
  const [some] = await records.engine.rows<{ n: bigint }>('select count(*) as n from records');
  if (some!.n === 0n) return false;
  const file = join(records.memoryPath, 'known.parquet');
  await records.engine.run(
    `copy (select content, return || '/' || file as file, locator from records) to ${quoted(file)} (format parquet)`,
  );
  renameSync(file, path);
  return true;
}

function samePaperAndReading(earlier: Receipt, now: Receipt): boolean {
  const of = (receipt: Receipt) =>
    sha256(
      JSON.stringify([
        receipt.sha256,
        receipt.instrument,
        receipt.version,
        receipt.declaredZone,
        receipt.profile?.sha256 ?? null,
      ]),
    );
  return of(earlier) === of(now);
}

/** The same production again: every row is a duplicate of one already accounted for. */
function repeated(receipt: Receipt, earlier: string): Receipt {
  const files = receipt.files.map((file) => ({
    ...file,
    kept: 0,
    sealed: 0,
    unreadable: 0,
    duplicates: file.seen,
    partlySealed: 0,
    sealedBy: {},
    keptBy: {},
    unreadableBy: {},
    unreadablePlaces: [],
  }));
  return {
    ...receipt,
    kept: 0,
    sealed: 0,
    unreadable: 0,
    duplicates: receipt.seen,
    sealedBy: {},
    partlySealed: 0,
    files,
    alreadyImported: earlier,
  };
}

function coverageOf(outcome: ReadOutcome): ImportPapers['coverage'] {
  return outcome.stated.map(({ file, began, ended }) => ({
    file,
    format: outcome.files.find((account) => account.file === file)?.format ?? '',
    began,
    ended,
  }));
}
