/**
 * How fast the workbench is with many records, in a real Chromium with software rendering at 1440 × 900: first useful view,
 * brush to all views, map frames, table pages, memory of the tab.
 *
 * `node bench/workbench.ts [ROWS]`. The records are invented, and come in by the real import through the real server.
 */
import { execSync } from 'node:child_process';
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { perform } from '../src/desk/perform.ts';
import { importOperation } from '../src/desk/return.ts';
import { serve } from '../src/http/serve.ts';
import { deskOn } from '../stories/web/person.ts';
import { median, quantile } from './measure.ts';
import { bench } from './office.ts';

const rows = Number(process.argv[2] ?? 1_000_000);
const ACCOUNTS = Array.from({ length: 8 }, (_, index) => `100000000000${100 + index}`);
const TOWNS = [[32.31, -106.76], [35.08, -106.65], [31.76, -106.49], [33.45, -112.07], [39.74, -104.99]]; // biome-ignore format: places

using place = await bench(ACCOUNTS.map((value) => ({ type: 'account-id', value })));
const table = join(place.folder, 'fixes.csv');
const profile = join(place.folder, 'profile.json');
writeTable(table, rows);
writeFileSync(profile, JSON.stringify({
  profile: 'bench-fixes', title: 'Invented fixes', format: 'table', kind: 'session', category: 'DC-02', placeCategory: 'DC-02', placeKind: 'device fix',
  columns: {
    account: { role: 'account', type: 'account-id' }, at: { role: 'time' }, ip: { role: 'ip' },
    latitude: { role: 'latitude' }, longitude: { role: 'longitude' }, radius: { role: 'radius', unit: 'metres', quantile: 0.68 },
  },
})); // biome-ignore format: a profile
const { matter, instrument } = await place.newMatter();
const receipt = (await perform(
  importOperation,
  { matter, instrument, files: [table], profile },
  { dir: place.dir, actor: 'A' },
)) as { kept: number; seen: number };
if (receipt.kept !== rows) throw new Error(`kept ${receipt.kept} of ${rows}`);

const desk = await deskOn(place.dir);
const person = await desk.enters('R. Alder', 'examiner', matter);
const { page } = person;
const cdp = await page.context().newCDPSession(page);
await cdp.send('Performance.enable');

/** From the click to the first rows and a drawn map. */
async function opening(): Promise<number> {
  const opened = performance.now();
  await page.evaluate(
    `history.pushState(null, '', '/matters/${matter}/explore'); dispatchEvent(new PopStateEvent('popstate'))`,
  );
  await page.locator('.rows [role=row] .open').first().waitFor({ timeout: 120_000 });
  await page.locator('canvas').first().waitFor();
  return performance.now() - opened;
}
async function leaving(): Promise<void> {
  await page.evaluate(`history.pushState(null, '', '/matters'); dispatchEvent(new PopStateEvent('popstate'))`);
  await page.getByRole('heading', { name: 'Matters', exact: true }).waitFor();
}
// The command line imported it, and nobody has looked: the records are put in order now, once.
const onceMs = await opening();
await leaving();
const againMs = await opening();
await leaving();
// As in the morning: the server is started anew, and nothing is open.
await desk.served.close();
const pages = fileURLToPath(new URL('../dist/web', import.meta.url));
const served = await serve({ dir: place.dir, port: Number(new URL(desk.url).port), pages });
await page.waitForTimeout(1000);
const firstMs = await opening();
await page.waitForTimeout(2500);
const steps = (await page.evaluate(
  `performance.getEntriesByType('measure').filter(({ name }) => name.startsWith('open ')).map(({ name, duration }) => name + ' ' + duration.toFixed(0) + ' ms')`,
)) as string[];

const measures = async (name: string) =>
  (await page.evaluate(
    `performance.getEntriesByName(${JSON.stringify(name)}).map(({ duration }) => duration)`,
  )) as number[];
const clear = () => page.evaluate('performance.clearMeasures()');

// Brushing the timeline: a drag in many small moves.
await clear();
const chart = page.locator('.chart canvas');
const box = (await chart.boundingBox())!;
await page.mouse.move(box.x + 40, box.y + 60);
await page.mouse.down();
for (let step = 0; step < 60; step++) {
  await page.mouse.move(box.x + 40 + step * 8, box.y + 60);
  await page.waitForTimeout(60);
}
await page.mouse.up();
await page.waitForTimeout(800);
const brushes = await measures('brush');

await clear();
const map = page.locator('.map canvas');
await map.scrollIntoViewIfNeeded();
const area = (await map.boundingBox())!;
const [x, y] = [area.x + area.width / 2, area.y + area.height / 2];
for (let round = 0; round < 4; round++) {
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 0; step < 20; step++) await page.mouse.move(x + step * 6 * (round % 2 ? -1 : 1), y + step * 3);
  await page.mouse.up();
  for (let step = 0; step < 6; step++) {
    await page.mouse.wheel(0, round < 2 ? -120 : 120);
    await page.waitForTimeout(50);
  }
}
await page.waitForTimeout(500);
const frames = await measures('map frame');

await clear();
await page.locator('.rows').scrollIntoViewIfNeeded();
for (let step = 1; step <= 100; step++) {
  await page.evaluate(`document.querySelector('.rows').scrollTop = ${step * 70_000}`);
  await page.waitForTimeout(150);
}
const turned = await measures('table page');

const { metrics } = await cdp.send('Performance.getMetrics');
const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')!.value / 2 ** 20;
const show = (name: string, values: number[], goal: string) =>
  console.log(
    `  ${name.padEnd(26)} p50 ${median(values).toFixed(0).padStart(5)} ms   p95 ${quantile(values, 0.95).toFixed(0).padStart(5)} ms   (${values.length} measured; goal p95 ${goal})`,
  );
console.log(`${rows.toLocaleString('en-US')} records, ${receipt.seen.toLocaleString('en-US')} rows imported`);
console.log(
  `  first useful view          ${(firstMs / 1000).toFixed(2)} s with nothing open (goal 3 s), ${(againMs / 1000).toFixed(2)} s opened again, ${(onceMs / 1000).toFixed(2)} s the first time after an import by command line`,
);
console.log(`  of which                   ${steps.join(', ')}`);
show('brush to all views', brushes, '≤ 200 ms');
show('map pan and zoom', frames, '≤ 100 ms a frame');
show('table page', turned, '≤ 50 ms');
console.log(
  `  memory of the tab          ${residentOfTab().toFixed(0)} MiB resident in its process, of which ${heap.toFixed(0)} MiB heap (goal < 700 MB)`,
);
if (person.trouble.length > 0) console.log(person.trouble.join('\n'));
await desk.browser.close();
await served.close();

/** Resident memory of the largest renderer of this browser. */
function residentOfTab(): number {
  const lines = execSync('ps -eo rss,args', { encoding: 'utf8' }).split('\n');
  return Math.max(
    0,
    ...lines.filter((line) => line.includes('--type=renderer')).map((line) => Number(line.trim().split(' ')[0]) / 1024),
  );
}

function writeTable(path: string, count: number): void {
  const file = openSync(path, 'w');
  let seed = 7;
  const next = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  writeSync(file, 'account,at,ip,latitude,longitude,radius\n');
  const began = Date.UTC(2017, 1, 1);
  const span = 58 * 86_400_000;
  for (let first = 0; first < count; first += 10_000) {
    const lines: string[] = [];
    for (let row = first; row < Math.min(count, first + 10_000); row++) {
      const [latitude, longitude] = TOWNS[Math.floor(next() * next() * TOWNS.length)]! as [number, number];
      const at = new Date(began + Math.floor((row / count) * span)).toISOString().slice(0, 19);
      const spread = () => (next() + next() + next() - 1.5) * 0.4;
      lines.push(
        `${ACCOUNTS[Math.floor(next() * ACCOUNTS.length)]},${at}Z,203.0.113.${Math.floor(next() * 256)},${(latitude + spread()).toFixed(5)},${(longitude + spread()).toFixed(5)},${Math.floor(20 + next() * 2000)}`,
      );
    }
    writeSync(file, `${lines.join('\n')}\n`);
  }
  closeSync(file);
}
