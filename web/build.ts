/** Builds the pages into `dist/web`. With `--if-stale` only when something they are made of has changed. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';

const HERE = import.meta.dirname;
const OUT = join(HERE, '../dist/web');
const STAMP = join(OUT, '.made-of');

function madeOf(): string {
  const hash = createHash('sha256').update(readFileSync(join(HERE, '../package-lock.json')));
  const files = readdirSync(HERE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) hash.update(file.slice(HERE.length)).update(readFileSync(file));
  return hash.digest('hex');
}

const now = madeOf();
const isFresh = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === now;
if (!process.argv.includes('--if-stale') || !isFresh) {
  await build({
    root: HERE,
    configFile: false,
    logLevel: 'warn',
    plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
    worker: { format: 'es' },
    build: {
      outDir: OUT,
      emptyOutDir: true,
      target: 'es2023',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2000,
      modulePreload: { polyfill: false },
    },
  });
  writeFileSync(STAMP, now);
}
