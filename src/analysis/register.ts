/** Which questions there are. The folder is the register: a file beside this one that asks is a question, by its name. */
import { readdirSync } from 'node:fs';
import type { Analysis } from './finding.ts';

let loaded: Promise<Record<string, Analysis>> | undefined;

export function questions(): Promise<Record<string, Analysis>> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Record<string, Analysis>> {
  const found: Record<string, Analysis> = {};
  for (const name of readdirSync(import.meta.dirname).sort()) {
    if (!/^[a-z-]+\.ts$/.test(name) || name === 'register.ts') continue;
    const { default: declared } = (await import(`./${name}`)) as { default?: Analysis };
    if (typeof declared?.asks === 'string') found[name.slice(0, -3)] = declared;
  }
  return found;
}
