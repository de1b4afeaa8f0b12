/** The example package made anew by its own sender with other files, for tests of what a signature cannot mend. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { keyOf, ORIGIN } from '../ledger/example.ts';
import { noteText, readNote, signNote } from '../ledger/note.ts';
import { digestsOf } from './bag-digests.ts';
import { type Files, files } from './example-package.ts';

export type Change = {
  /** Changes files before everything over them is made anew. */
  files?: (given: Files) => void;
  /** Changes the text of the note before it is signed, and the note after. */
  note?: (text: string) => string;
  signed?: (note: string) => string;
  key?: number;
};

/** The package as its own sender would have made it with other files: manifests, tag manifests and note made anew. */
export async function resigned({ files: change, note, signed, key = 7 }: Change): Promise<Files> {
  const given: Files = new Map(files);
  change?.(given);
  const isPayload = (path: string) => path.startsWith('data/');
  const listed = async (paths: string[], algorithm: string) => {
    const lines = paths
      .sort()
      .map(async (path) => `${(await digestsOf([given.get(path)!], [algorithm])).hex[algorithm]}  ${path}\n`);
    return Buffer.from((await Promise.all(lines)).join(''));
  };
  const payload = [...given.keys()].filter(isPayload);
  const octets = payload.reduce((sum, path) => sum + given.get(path)!.length, 0);
  const info = given.get('bag-info.txt')!.toString();
  given.set('bag-info.txt', Buffer.from(info.replace(/Payload-Oxum: .*/, `Payload-Oxum: ${octets}.${payload.length}`)));
  for (const algorithm of ['sha256', 'sha512']) {
    given.set(`manifest-${algorithm}.txt`, await listed(payload, algorithm));
    given.delete(`tagmanifest-${algorithm}.txt`);
  }
  given.delete('production.note');
  const tags = [...given.keys()].filter((path) => !isPayload(path));
  for (const algorithm of ['sha256', 'sha512'])
    given.set(`tagmanifest-${algorithm}.txt`, await listed([...tags], algorithm));
  let text = readNote(files.get('production.note')!)!.text;
  for (const algorithm of ['sha256', 'sha512']) {
    const hex = createHash(algorithm)
      .update(given.get(`tagmanifest-${algorithm}.txt`)!)
      .digest('hex');
    text = text.replace(new RegExp(`tagmanifest-${algorithm} .*`), `tagmanifest-${algorithm} ${hex}`);
  }
  const again = noteText(signNote(note?.(text) ?? text, ORIGIN, keyOf(key)));
  given.set('production.note', Buffer.from(signed?.(again) ?? again));
  return given;
}

/** Replaces a text that stands in a file, every time. */
export function replaced(path: string, from: string, to: string): Change {
  return {
    files(given) {
      const text = given.get(path)!.toString();
      assert.ok(text.includes(from), `${path} does not say ${from}`);
      given.set(path, Buffer.from(text.replaceAll(from, to)));
    },
  };
}

export const put = (path: string, content: string): Change => ({
  files: (given) => given.set(path, Buffer.from(content)),
});
export const gone = (...paths: string[]): Change => ({
  files: (given) => assert.ok(paths.map((path) => given.delete(path)).every(Boolean)),
});
