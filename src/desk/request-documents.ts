/** The papers of a request, kept as they came: under their digest, encrypted with the request's own key, never changed. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { sha256 } from '../base/digest.ts';
import { Problem } from '../base/problem.ts';
import { decryptFile, encrypt, syncFolder } from '../custody/frames.ts';
import { writeSmallDurably } from '../custody/small.ts';
import type { KeptDocument } from '../request/act.ts';
import type { House } from './house.ts';

export type Paper = { name: string; mediaType: string; bytes: Uint8Array };

const TYPES: Record<string, string> = {
  '.json': 'application/json',
  '.pdf': 'application/pdf',
  '.eml': 'message/rfc822',
  '.xml': 'application/xml',
  '.txt': 'text/plain',
  '.html': 'text/html',
  '.csv': 'text/csv',
};

/** Throws `input/no-file`. */
export function paperFrom(path: string): Paper {
  try {
    const mediaType = TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
    return { name: basename(path), mediaType, bytes: readFileSync(path) };
  } catch {
    throw new Problem('input/no-file', `There is no readable file ${path}. Nothing was received.`, { path });
  }
}

export function folderOf(house: House, request: string): string {
  return join(house.dir, 'requests', request);
}

/** Writes each paper once; the same bytes are one document. */
export async function keepPapers(
  house: House,
  request: string,
  key: Uint8Array,
  papers: Paper[],
): Promise<KeptDocument[]> {
  const folder = join(folderOf(house, request), 'documents');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const kept: KeptDocument[] = [];
  for (const { name, mediaType, bytes } of papers) {
    const digest = sha256(bytes);
    const path = join(folder, `${digest}.enc`);
    if (!existsSync(path)) {
      const pieces: Uint8Array[] = [];
      for await (const piece of encrypt(key, contextOfDocument(request, digest), [bytes])) pieces.push(piece);
      writeSmallDurably(path, Buffer.concat(pieces));
    }
    kept.push({ name, sha256: digest, sizeBytes: bytes.length, mediaType });
  }
  await syncFolder(folder);
  return kept;
}

/** Throws `custody/damaged`, and `input/no-file` for a document this request does not have. */
export async function readPaper(house: House, request: string, digest: string): Promise<Buffer> {
  const path = join(folderOf(house, request), 'documents', `${digest}.enc`);
  if (!/^[0-9a-f]{64}$/.test(digest) || !existsSync(path)) {
    throw new Problem('input/no-file', `${request} has no document ${digest}.`, { request, digest });
  }
  const pieces: Uint8Array[] = [];
  const key = house.docket().keyFor(request);
  for await (const piece of decryptFile(path, key, contextOfDocument(request, digest))) pieces.push(piece);
  return Buffer.concat(pieces);
}

const contextOfDocument = (request: string, digest: string) => `${request}/document/${digest}`;
