/**
 * Which formats there are, and which of them claims a file.
 *
 * The folder is the register: every file beside this one whose default export can recognise is a format, and its name is
 * the file's. The register does not choose; who imports demands exactly one claim.
 */
import { readdirSync } from 'node:fs';
import type { Format, ReturnFile, Sample } from './format.ts';
import { sampleOf } from './reading/sample.ts';

export type Claim = { format: string; why: string };

let loaded: Promise<Record<string, Format>> | undefined;

/** All formats by name, in the order of their names. */
export function formats(): Promise<Record<string, Format>> {
  loaded ??= load();
  return loaded;
}

/** Every format that says the file is its own, and what in it makes it so. */
export async function recognise(file: ReturnFile, siblings: ReturnFile[]): Promise<Claim[]> {
  return claimsOn(await sampleOf(file, siblings));
}

export async function claimsOn(sample: Sample): Promise<Claim[]> {
  return Object.entries(await formats()).flatMap(([format, { recognise: claim }]) => {
    const why = claim(sample);
    return why === null ? [] : [{ format, why }];
  });
}

async function load(): Promise<Record<string, Format>> {
  const names = readdirSync(import.meta.dirname)
    .filter((name) => /^[a-z0-9-]+\.ts$/.test(name) && name !== 'format.ts' && name !== 'register.ts')
    .sort();
  const found: Record<string, Format> = {};
  for (const name of names) {
    const { default: declared } = (await import(`./${name}`)) as { default?: Format };
    if (typeof declared?.recognise === 'function') found[name.slice(0, -3)] = declared;
  }
  return found;
}
