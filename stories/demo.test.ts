/** The sample matter from files to report, through the door a person uses, with the truth beside it and a look at the page. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { sha256 } from '../src/base/digest.ts';
import { sampleMatter } from '../src/sample/matter.ts';

const MAIN = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const ARTEFACTS = fileURLToPath(new URL('../artefacts/', import.meta.url));
const CHROMIUM =
  process.env['CHROMIUM'] ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

type Demo = {
  matter: string;
  data: string;
  reportFolder: string;
  areasHoldTruth: boolean;
  hoursHoldTruth: boolean;
  lines: string[];
};
let folder = '';
let demo: Demo;

function command(words: string[], env: NodeJS.ProcessEnv = {}): string {
  const ran = spawnSync(process.execPath, [MAIN, ...words], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  assert.equal(ran.status, 0, ran.stderr);
  return ran.stdout;
}

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'fourcorners-demo-'));
  demo = JSON.parse(command(['demo', '--no-serve', '--json', '--out', join(folder, 'demo')])) as Demo;
});
after(() => rmSync(folder, { recursive: true, force: true }));

test('the printed areas and hours hold the simulator’s truth', () => {
  assert.equal(demo.areasHoldTruth, true, demo.lines.join('\n'));
  assert.equal(demo.hoursHoldTruth, true, demo.lines.join('\n'));
  for (const heading of ['Received', 'Corroboration', 'Area of the transfers', 'Hours of the transfers'])
    assert.ok(demo.lines.includes(heading));
});

test('what was kept, sealed and found twice is what the simulator says', async () => {
  const { truth } = await sampleMatter(42);
  const { receipts } = JSON.parse(command(['receipts', '--data', demo.data, '--matter', demo.matter, '--json'])) as {
    receipts: { originals: { name: string }[]; sealedBy: Record<string, number>; kept: number; format: string }[];
  };
  for (const receipt of receipts.filter(({ format }) => format !== 'meta-business-record' && format !== 'ofx')) {
    const expected = truth.counts[receipt.originals[0]!.name]!;
    const facts = Object.values(truth.facts[receipt.originals[0]!.name] ?? {}).reduce((sum, count) => sum + count, 0);
    const sealed = Object.fromEntries(Object.entries(receipt.sealedBy).sort());
    const rows = command(['records', '--data', demo.data, '--matter', demo.matter])
      .split('\n')
      .filter((line) => line.includes(receipt.originals[0]!.name) && !line.includes('"kind":"fact"'));
    assert.equal(rows.length, expected.kept, `${receipt.originals[0]!.name}: ${facts} facts`);
    for (const [reason, count] of Object.entries(expected.sealed))
      assert.equal(sealed[reason], count, `${receipt.originals[0]!.name}: ${reason}`);
  }
});

test('the same question gives the same bytes whatever the zone, the language and the number of processors', () => {
  for (const words of [
    ['hours', '--kinds', 'transfer'],
    ['areas', '--kinds', 'transfer'],
    ['corroboration'],
    ['timeline'],
  ]) {
    const asked = ['ask', ...words, '--data', demo.data, '--matter', demo.matter, '--json'];
    const here = sha256(command(asked, { TZ: 'UTC', LANG: 'C' }));
    const elsewhere = sha256(command(asked, { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', UV_THREADPOOL_SIZE: '1' }));
    assert.equal(elsewhere, here, words.join(' '));
  }
});

test('the report written twice is the same, file for file', () => {
  const digests = (out: string) =>
    Object.fromEntries(
      readdirSync(out, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => [path.slice(out.length), sha256(readFileSync(path))]),
    );
  const again = join(folder, 'again');
  // Further questions were kept by the tests before this one, so the first run here is the one to compare with.
  command(['report', '--data', demo.data, '--matter', demo.matter, '--out', again]);
  const first = digests(again);
  command(['report', '--data', demo.data, '--matter', demo.matter, '--out', again], {
    TZ: 'Asia/Kathmandu',
    LANG: 'tr_TR.UTF-8',
  });
  assert.deepEqual(digests(again), first);
  assert.ok(Object.keys(first).includes('/report.pdf') && Object.keys(first).includes('/report.html'));
});

test('the ledger of the sample verifies, and its export too', () => {
  command(['verify', demo.data]);
  command(['ledger', 'export', '--data', demo.data, '--out', join(folder, 'ledger')]);
  assert.match(command(['verify', join(folder, 'ledger')]), /^VERIFIED/);
});

test('the report is readable in a browser without script and without a network, on paper, a desk and a telephone', async (context) => {
  assert.ok(CHROMIUM, 'Chromium is there: script/test installs it');
  mkdirSync(ARTEFACTS, { recursive: true });
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  context.after(() => browser.close());
  for (const [name, width, height] of [
    ['desk', 1440, 900],
    ['tablet', 1024, 768],
    ['telephone', 390, 844],
  ] as const) {
    const page = await (await browser.newContext({ viewport: { width, height }, javaScriptEnabled: false })).newPage();
    const requests: string[] = [];
    const troubles: string[] = [];
    page.on('request', (request) => requests.push(request.url().slice(0, 80)));
    page.on('console', (message) => troubles.push(message.text()));
    page.on('dialog', () => troubles.push('a dialog'));
    const url = pathToFileURL(join(demo.reportFolder, 'report.html')).href;
    await page.goto(url);
    assert.deepEqual(
      requests.filter((one) => !one.startsWith('data:') && !one.startsWith(url.slice(0, 80))),
      [],
    );
    assert.deepEqual(troubles, []);
    assert.equal(await page.locator('h1').count(), 1);
    assert.ok((await page.locator('figure svg').count()) >= 3);
    assert.ok(
      (await page.locator('caption').count()) === (await page.locator('table').count()),
      'every table has a caption',
    );
    const box = await page.locator('main').boundingBox();
    assert.ok(box!.x >= 0 && box!.x + box!.width <= width, `nothing sticks out at ${width} pixels`);
    await page.screenshot({ path: join(ARTEFACTS, `report-${name}.png`) });
    for (const figure of ['map', 'hours', 'timeline']) {
      const shown = page.locator(`figure[id$="-${figure}"]`).first();
      await shown.scrollIntoViewIfNeeded();
      if (name === 'desk') await shown.screenshot({ path: join(ARTEFACTS, `report-${figure}.png`) });
    }
    await page.close();
  }
});
