/**
 * The order of a matter's records, kept beside them: encrypted with the matter's key, named by the imports it was made from.
 * It says nothing that the records do not; whoever takes an import back or adds one makes another.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '../base/canonical.ts';
import { decryptFile, encrypt, writeDurably } from '../custody/frames.ts';

/** How it is laid out; another number is another layout, and what is kept is then made anew. */
const LAYOUT = 2;

export type KeptPlace = { path: string; key: Uint8Array; context: string; folders: readonly string[] };

/** `folders` are the imports in their order. */
export function keptPlace(of: {
  folder: string;
  key: Uint8Array;
  matter: string;
  folders: readonly string[];
}): KeptPlace {
  const name = digestOf([LAYOUT, ...of.folders]).slice(0, 24);
  const path = join(of.folder, 'views', `${name}.enc`);
  return { path, key: of.key, context: `${of.matter}/views/${name}`, folders: of.folders };
}

/** Null where there is none, or it does not open: it can be made again. */
export async function readKept({ path, key, context }: KeptPlace): Promise<Uint8Array<ArrayBuffer> | null> {
  if (!existsSync(path)) return null;
  try {
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of decryptFile(path, key, context)) {
      pieces.push(piece);
      size += piece.length;
    }
    const whole = new Uint8Array(size);
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  } catch {
    return null;
  }
}

/** Appears whole; the ones of other imports go, and so does this one when an import was taken back meanwhile. */
export async function writeKept({ path, key, context, folders }: KeptPlace, bytes: Uint8Array): Promise<void> {
  const views = join(path, '..');
  mkdirSync(views, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(views)) rmSync(join(views, name));
  await writeDurably(`${path}.part`, encrypt(key, context, [bytes]));
  renameSync(`${path}.part`, path);
  if (!folders.every((name) => existsSync(join(views, '..', 'returns', name)))) rmSync(path, { force: true });
}
