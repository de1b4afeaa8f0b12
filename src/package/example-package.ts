/** The example production, written once: sealed, opened, and in pieces, for the tests of this room. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { memoryFolder } from '../custody/memory.ts';
import { gathered } from '../formats/reading/files.ts';
import { publicKeyOf } from '../ledger/ed25519.ts';
import { keyOf, ORIGIN } from '../ledger/example.ts';
import { verifierKey, vkeyText } from '../ledger/verifier-key.ts';
import { archiveBytes } from './archive.ts';
import { COURT, examplePackage, LAB } from './example.ts';
import { openPackage } from './open.ts';
import { sealed } from './recipients.ts';
import { verifyPackage } from './verify.ts';
import { writePackage } from './write.ts';

const VKEY = vkeyText(verifierKey(ORIGIN, publicKeyOf(keyOf(7))));
export const OTHER_VKEY = vkeyText(verifierKey(ORIGIN, publicKeyOf(keyOf(9))));
export const ID = 'p-0001';

export type Files = Map<string, Buffer>;

/** Shared by the tests: one good package, its clear files and its zip. */
export const memory = memoryFolder();
export const out = join(memory.path, 'out');
mkdirSync(out);
export const written = await writePackage(await examplePackage(memory.path, out, [LAB, COURT]));
export const sealedBytes = readFileSync(written.file);
const opened = await openPackage(written.file, { identities: [LAB.identity], memory });
export const zipBytes = readFileSync(opened.archive!.path);
export const files: Files = new Map();
for (const file of opened.listing!.files)
  files.set(file.path, Buffer.from(await gathered(file.path, file.stream(), 1 << 30)));

let made = 0;
export const fresh = (ending: string) => join(memory.path, `t-${made++}${ending}`);

export function saved(bytes: Uint8Array, ending: string): string {
  const path = fresh(ending);
  writeFileSync(path, bytes);
  return path;
}

export function asFolder(given: Files): string {
  const path = join(fresh(''), ID);
  for (const [name, bytes] of given) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), bytes);
  }
  return path;
}

export async function asZip(given: Files, top = ID): Promise<Buffer> {
  const entries = [...given].map(([name, bytes]) => ({
    name: `${top}/${name}`,
    sizeBytes: bytes.length,
    crc32: crc32(bytes),
  }));
  const whole = archiveBytes(entries, async function* (name) {
    yield given.get(name.slice(top.length + 1))!;
  });
  return Buffer.from(await gathered('zip', whole, 1 << 30));
}

export async function sealedTo(recipients: string[], zip: Uint8Array): Promise<string> {
  const source = async function* () {
    yield zip;
  };
  return saved(await gathered('fcp', sealed(recipients, source()), 1 << 30), '.fcp');
}

export const verify = (path: string, over: Partial<Parameters<typeof verifyPackage>[1]> = {}) =>
  verifyPackage(path, { identities: [LAB.identity], vkey: VKEY, memory, ...over });

export const failed = (verdict: { facts: { code: string; place: string | null; ok: boolean }[] }) =>
  verdict.facts.filter(({ ok }) => !ok).map(({ code, place }) => `${code} ${place}`);
