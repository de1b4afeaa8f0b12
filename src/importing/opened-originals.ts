/**
 * The originals of a return, opened to be read again: in memory, or, if large, on the disk under a key of the moment.
 *
 * Both are gone when it is disposed of.
 */
import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type SealedPlace, WHOLE_BYTES } from '../custody/framed.ts';
import { encrypt } from '../custody/frames.ts';
import { partContext } from '../store/segments.ts';
import { openOriginal } from './original.ts';
import type { Original } from './receipt.ts';

export type OpenedOriginals = {
  /** In their order, each in a folder of its own and under its own name. */
  paths: string[];
  /** Where those lie that are read in parts, by path. */
  sealed: ReadonlyMap<string, SealedPlace>;
  [Symbol.dispose](): void;
};

export type OriginalsOf = {
  matter: string;
  matterFolder: string;
  /** The folder of the import below `returns/`. */
  folder: string;
  originals: readonly Original[];
  key: Uint8Array;
  /** The oversight key, an age identity. */
  identity: string;
  /** A memory folder, which the caller removes. */
  memory: string;
};

/** Throws what `openOriginal` throws; then nothing is left. */
export async function openedOriginals(of: OriginalsOf): Promise<OpenedOriginals> {
  const paths: string[] = [];
  const sealed = new Map<string, SealedPlace>();
  const dispose = () => {
    for (const { at } of sealed.values()) rmSync(at, { force: true });
  };
  try {
    for (const [index, { name, sizeBytes }] of of.originals.entries()) {
      const part = `original-${index + 1}`;
      const keys = { key: of.key, context: partContext(of.matter, of.folder, part), identity: of.identity };
      const clear = Readable.from(openOriginal(join(of.matterFolder, 'returns', of.folder, part), keys));
      const own = join(of.memory, `received-${index + 1}`);
      mkdirSync(own, { mode: 0o700 });
      const path = join(own, name);
      paths.push(path);
      // A package is opened whole, whatever its size: it is verified before it is read.
      if (sizeBytes <= WHOLE_BYTES || name.endsWith('.fcp')) {
        await pipeline(clear, createWriteStream(path, { mode: 0o600 }));
        continue;
      }
      const staging = join(of.matterFolder, 'staging');
      mkdirSync(staging, { recursive: true, mode: 0o700 });
      const secret = randomBytes(32);
      const at = join(staging, randomBytes(8).toString('hex'));
      sealed.set(path, { at, secret: secret.toString('base64'), context: 'unsealing' });
      await pipeline(Readable.from(encrypt(secret, 'unsealing', clear)), createWriteStream(at, { mode: 0o600 }));
    }
  } catch (error) {
    dispose();
    throw error;
  }
  return { paths, sealed, [Symbol.dispose]: dispose };
}
