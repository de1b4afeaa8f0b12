/**
 * How long an import of a carrier's port-block log takes, against DuckDB storing the same file as a typed, normalised table.
 *
 * `node bench/import.ts [ROWS...] [--runs N]`. Digest, UTC, scope, provenance, sealing and encryption are all in the import.
 */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, run } from './measure.ts';
import { bench, MAIN } from './office.ts';
import { ORDERED, writeLeases } from './tables.ts';

const words = process.argv.slice(2);
const runs = words.includes('--runs') ? Number(words[words.indexOf('--runs') + 1]) : 3;
const sizes = words.filter((word, index) => /^\d+$/.test(word) && words[index - 1] !== '--runs').map(Number);
const baseline = fileURLToPath(new URL('./baseline.ts', import.meta.url));

using place = await bench(ORDERED.map((digits) => ({ type: 'phone', value: `+${digits}` })));
console.log(
  'rows        file      baseline B   import     ratio   peak memory   bytes a row on disk (all / records / sealed / original)',
);
for (const rows of sizes.length > 0 ? sizes : [1_000_000, 10_000_000]) {
  const file = join(place.folder, 'leases.csv');
  writeLeases(file, rows);
  const taken: { base: number; ours: number; peak: number }[] = [];
  let disk = '';
  for (let index = 0; index < runs; index++) {
    const base = await run([process.execPath, baseline, file, join(place.folder, 'baseline.duckdb')]);
    const { matter, instrument } = await place.newMatter();
    const ours = await run([
      process.execPath,
      MAIN,
      '--data',
      place.dir,
      '--as',
      'A',
      '--json',
      'import',
      '--matter',
      matter,
      '--instrument',
      instrument,
      file,
    ]);
    const receipt = JSON.parse(ours.out) as { seen: number; kept: number; sealed: number };
    if (receipt.seen !== rows || receipt.kept + receipt.sealed !== rows) throw new Error('the receipt does not add up');
    disk = bytesARow(join(place.dir, 'matters', matter, 'returns'), rows);
    rmSync(join(place.dir, 'matters', matter, 'returns'), { recursive: true });
    taken.push({ base: Number(base.out), ours: ours.seconds, peak: ours.peakMiB });
  }
  const of = (pick: (one: (typeof taken)[number]) => number) => median(taken.map(pick));
  const ratio = of(({ base, ours }) => ours / base);
  console.log(
    `${String(rows).padEnd(11)} ${`${(statSync(file).size / 2 ** 20).toFixed(0)} MiB`.padEnd(9)} ${`${of(({ base }) => base).toFixed(1)} s`.padEnd(12)} ${`${of(({ ours }) => ours).toFixed(1)} s`.padEnd(10)} ${ratio.toFixed(2).padEnd(7)} ${`${of(({ peak }) => peak).toFixed(0)} MiB`.padEnd(13)} ${disk}`,
  );
}

function bytesARow(folder: string, rows: number): string {
  const sizes: Record<string, number> = {};
  for (const name of filesBelow(folder)) {
    const role = /\/(records|sealed|original)-/.exec(name)?.[1] ?? 'papers';
    sizes[role] = (sizes[role] ?? 0) + statSync(name).size;
  }
  const of = (role: string) => ((sizes[role] ?? 0) / rows).toFixed(1);
  const all = Object.values(sizes).reduce((sum, size) => sum + size, 0) / rows;
  return `${all.toFixed(1)} / ${of('records')} / ${of('sealed')} / ${of('original')}`;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
