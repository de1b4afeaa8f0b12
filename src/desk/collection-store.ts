/**
 * A collection at rest: the files of a production and what was counted, encrypted under the request's key until they are
 * packaged. One at a time; collecting anew replaces it by one rename.
 */
import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '../base/problem.ts';
import { documentBytes, readDocument } from '../custody/cabinet.ts';
import { decryptFile, encrypt, syncFolder, writeDurably } from '../custody/frames.ts';
import { writeSmallDurably } from '../custody/small.ts';
import type { Accounting } from '../formats/production/accounting.ts';
import type { Unreached } from '../production/approved-scope.ts';
import type { ProducedFile } from '../production/collection.ts';
import type { House } from './house.ts';
import { folderOf } from './request-documents.ts';

export type CollectionPapers = {
  digest: string;
  files: ProducedFile[];
  accounting: Accounting;
  unreached: Unreached[];
  people: number;
  sources: { name: string; engine: string; says: string }[];
  scope: { item: string; target: string; categories: string[]; began: string; ended: string }[];
  collectedAt: string;
};

/** Encrypts the files of a memory folder into the request's folder; they take the place of an earlier collection. */
export async function keepCollection(
  house: House,
  request: string,
  key: Uint8Array,
  memoryPath: string,
  papers: CollectionPapers,
): Promise<void> {
  const folder = folderOf(house, request);
  const staging = join(folder, 'staging', randomBytes(6).toString('hex'));
  mkdirSync(staging, { recursive: true, mode: 0o700 });
  for (const { path } of papers.files) {
    const clear = createReadStream(join(memoryPath, path), { highWaterMark: 1 << 20 });
    await writeDurably(join(staging, nameOf(path)), encrypt(key, contextOf(request, path), clear));
  }
  writeSmallDurably(join(staging, 'papers.enc'), await documentBytes(key, contextOf(request, 'papers'), papers));
  await syncFolder(staging);
  rmSync(join(folder, 'collection'), { recursive: true, force: true });
  renameSync(staging, join(folder, 'collection'));
  await syncFolder(folder);
  rmSync(join(folder, 'staging'), { recursive: true, force: true });
}

/** Throws `production/nothing-collected`, `custody/damaged`. */
export async function collectionPapers(house: House, request: string, key: Uint8Array): Promise<CollectionPapers> {
  const path = join(folderOf(house, request), 'collection', 'papers.enc');
  if (!existsSync(path)) {
    throw new Problem(
      'production/nothing-collected',
      `Nothing is collected for ${request}. Run \`fourcorners produce\` first.`,
      { request },
    );
  }
  return (await readDocument(path, key, contextOf(request, 'papers'))) as CollectionPapers;
}

/** Opens the collected files into a memory folder. Throws `custody/damaged` for one that was changed. */
export async function openCollection(
  house: House,
  request: string,
  key: Uint8Array,
  papers: CollectionPapers,
  memoryPath: string,
): Promise<void> {
  for (const { path } of papers.files) {
    const to = join(memoryPath, path);
    mkdirSync(dirname(to), { recursive: true });
    const source = decryptFile(
      join(folderOf(house, request), 'collection', nameOf(path)),
      key,
      contextOf(request, path),
    );
    await pipeline(Readable.from(source), createWriteStream(to, { mode: 0o600 }));
  }
}

export function dropCollection(house: House, request: string): void {
  rmSync(join(folderOf(house, request), 'collection'), { recursive: true, force: true });
}

const nameOf = (path: string) => `${path.replaceAll('/', '-')}.enc`;
const contextOf = (request: string, path: string) => `${request}/collection/${path}`;
