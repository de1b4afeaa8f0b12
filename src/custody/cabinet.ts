/**
 * A matter's papers: small documents, each encrypted with the matter's key and bound to its name.
 *
 * Written whole or not at all. A document is never changed: a new version has a new name.
 */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Problem } from '../base/problem.ts';
import { decryptFile, encrypt } from './frames.ts';
import { writeSmallDurably } from './small.ts';

export type Cabinet = {
  folder: string;
  /** Throws `custody/exists` when a document of that name is there. Big integers survive the way. */
  put(name: string, document: unknown): Promise<void>;
  /** Throws `custody/missing`. */
  get<T>(name: string): Promise<T>;
  has(name: string): boolean;
  /** Names of the documents directly in a drawer, without its name, sorted. */
  list(drawer: string): string[];
  /** Names of the drawers in a drawer, sorted. */
  drawers(drawer: string): string[];
};

export function cabinetIn(folder: string, key: Uint8Array, matter: string): Cabinet {
  const pathOf = (name: string) => join(folder, `${name}.enc`);
  return {
    folder,
    async put(name, document) {
      const path = pathOf(name);
      if (existsSync(path))
        throw new Problem('custody/exists', `${name} is there already and is never changed.`, { name });
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeSmallDurably(path, await documentBytes(key, `${matter}/${name}`, document));
    },
    async get<T>(name: string) {
      if (!existsSync(pathOf(name)))
        throw new Problem(
          'custody/missing',
          `The paper ${name} is missing from this matter. Restore it from a backup.`,
          { name },
        );
      return (await readDocument(pathOf(name), key, `${matter}/${name}`)) as T;
    },
    has: (name) => existsSync(pathOf(name)),
    list(drawer) {
      const path = join(folder, drawer);
      if (!existsSync(path)) return [];
      return readdirSync(path)
        .filter((name) => name.endsWith('.enc'))
        .map((name) => name.slice(0, -4))
        .sort();
    },
    drawers(drawer) {
      const path = join(folder, drawer);
      if (!existsSync(path)) return [];
      return readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .sort();
    },
  };
}

export async function documentBytes(key: Uint8Array, context: string, document: unknown): Promise<Buffer> {
  const text = JSON.stringify(document, (_, value) =>
    typeof value === 'bigint' ? { $integer: String(value) } : value,
  );
  const pieces: Uint8Array[] = [];
  for await (const piece of encrypt(key, context, [Buffer.from(text)])) pieces.push(piece);
  return Buffer.concat(pieces);
}

export async function readDocument(path: string, key: Uint8Array, context: string): Promise<unknown> {
  const pieces: Uint8Array[] = [];
  for await (const piece of decryptFile(path, key, context)) pieces.push(piece);
  return JSON.parse(Buffer.concat(pieces).toString('utf8'), (_, value) =>
    isInteger(value) ? BigInt(value.$integer) : value,
  );
}

function isInteger(value: unknown): value is { $integer: string } {
  if (value === null || typeof value !== 'object' || Object.keys(value).length !== 1) return false;
  const { $integer } = value as { $integer?: unknown };
  return typeof $integer === 'string' && /^-?\d+$/.test($integer);
}
