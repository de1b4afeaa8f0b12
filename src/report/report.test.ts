import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Finding } from '../analysis/finding.ts';
import { html } from '../document/html.ts';
import { compose } from './compose.ts';
import { exampleFinding, exampleInput } from './example.ts';
import { EARTH_METRES, viewOf } from './figure/projection.ts';
import { scaleBarAt } from './figure/scale-bar.ts';
import { writeReport } from './report.ts';
import { rowsCsv } from './rows-csv.ts';
import { overclaim } from './wording.ts';

const HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(2)>"\'&\u202egnp.exe\u0007 #let x = 1 $ \\ `raw`';

function written(input = exampleInput()): Promise<Record<string, Buffer>> {
  const folder = mkdtempSync(join(tmpdir(), 'fourcorners-report-'));
  return writeReport(input, folder).then(({ files }) => {
    const made = Object.fromEntries(files.map(({ name }) => [name, readFileSync(join(folder, name))]));
    rmSync(folder, { recursive: true });
    return made;
  });
}

test('two runs give identical bytes, whatever the zone, the language and the hour', async () => {
  const first = await written();
  const again = await written();
  assert.deepEqual(Object.keys(first), Object.keys(again));
  for (const name of Object.keys(first)) assert.ok(first[name]!.equals(again[name]!), name);
  const script = fileURLToPath(new URL('./example.ts', import.meta.url));
  const elsewhere = ['UTC', 'Asia/Kathmandu'].map((TZ) =>
    spawnSync(process.execPath, [script, 'digests'], {
      env: { ...process.env, TZ, LANG: TZ === 'UTC' ? 'C' : 'tr_TR.UTF-8', LC_ALL: '' },
      encoding: 'utf8',
    }),
  );
  assert.equal(elsewhere[0]!.status, 0, elsewhere[0]!.stderr);
  assert.match(elsewhere[0]!.stdout, /report\.pdf/);
  assert.equal(elsewhere[0]!.stdout, elsewhere[1]!.stdout);
});

test('the PDF is tagged, says its language and title, and embeds its letters', async () => {
  const pdf = (await written())['report.pdf']!.toString('latin1');
  assert.ok(pdf.startsWith('%PDF-'));
  assert.match(pdf, /\/MarkInfo/);
  assert.match(pdf, /\/StructTreeRoot/);
  assert.match(pdf, /\/Lang/);
  assert.match(pdf, /\/FontFile[23]/);
});

test('the page has no script, asks for nothing and says every limit, caveat and digest', () => {
  const input = exampleInput();
  const page = html(compose(input));
  assert.doesNotMatch(page, /<script|<link|<iframe|<object|<form|\son[a-z]+=|javascript:|@import/i);
  for (const [, url] of page.matchAll(/(?:src|href)="([^"]*)"|url\(([^)]*)\)/g)) {
    assert.match(url ?? '#', /^(#|data:font\/ttf;base64,)/);
  }
  assert.match(page, /Content-Security-Policy" content="default-src 'none'/);
  for (const finding of input.findings) {
    for (const text of [finding.statement, finding.limits, finding.caveat, finding.digest, finding.inputs.digest]) {
      assert.ok(page.includes(text), text);
    }
  }
  for (const receipt of input.receipts) for (const { sha256 } of receipt.originals) assert.ok(page.includes(sha256));
});

test('hostile text stays text in both renderings', async () => {
  const input = exampleInput();
  input.matter.name = HOSTILE;
  input.receipts[0]!.originals[0]!.name = HOSTILE;
  input.receipts[0]!.mismatches = [{ about: 'target', says: 'x', stated: HOSTILE, instrument: HOSTILE }];
  const files = await written(input);
  const page = files['report.html']!.toString();
  assert.doesNotMatch(page, /<script|<img/i);
  assert.ok(page.includes('‹U+202E›') && page.includes('‹U+0007›'), 'what would hide is written out');
  assert.ok(!page.includes('\u202e'));
  assert.ok(files['report.pdf']!.subarray(0, 5).toString() === '%PDF-', 'Typst reads it as data, not as source');
});

test('a cell of a megabyte is cut and says so', () => {
  const input = exampleInput();
  input.receipts[0]!.originals[0]!.name = 'x'.repeat(1_000_000);
  const page = html(compose(input));
  assert.ok(page.length < 3_000_000);
  assert.match(page, /1,000,000 characters, cut here/);
});

test('rows for a spreadsheet hold no formula', () => {
  const csv = rowsCsv({
    columns: ['a'],
    rows: [['=1+1'], ['+1'], ['-1'], ['@x'], ['\tx'], ['＝1'], ['-12.5'], ['plain']],
  });
  assert.deepEqual(csv.split('\r\n').slice(1, -1), ["'=1+1", "'+1", '-1', "'@x", "'\tx", "'＝1", '-12.5', 'plain']);
});

test('a sentence that claims too much stops the report, and the phrase is named', async () => {
  const phrases = [
    'he was at the shop',
    'this places him there',
    'triangulated',
    'pinpoints the phone',
    'the home of the user',
    '95 % certain',
    'it matches the lease',
    'consistent with fraud',
  ];
  for (const phrase of phrases) assert.ok(overclaim(phrase), phrase);
  for (const phrase of [
    'coincides with one lease',
    'consistent with A, and also consistent with B',
    'an area of 116 km²',
  ])
    assert.equal(overclaim(phrase), null, phrase);
  const input = exampleInput();
  input.findings = [exampleFinding({ statement: 'The phone was at the shop.' })];
  await assert.rejects(written(input), { code: 'report/wording' });
});

test('a bar of the map is as long as it says, to one per cent', () => {
  for (const latitude of [0, 32.3, 60, -45]) {
    const view = viewOf(
      [
        [-106.8, latitude],
        [-106.7, latitude + 0.05],
      ],
      720,
      520,
      6,
    );
    const bar = scaleBarAt(view, 500, 170);
    const [left, right] = [view.projection.invert!([200, 500])!, view.projection.invert!([200 + bar.widthPx, 500])!];
    const metres = (((right[0] - left[0]) * Math.PI) / 180) * EARTH_METRES * Math.cos((left[1] * Math.PI) / 180);
    assert.ok(Math.abs(metres / bar.metres - 1) < 0.01, `${latitude}: ${metres} of ${bar.metres}`);
    assert.ok([1, 2, 5].includes(Number(String(bar.metres)[0])));
  }
});

test('a question nobody drew a picture for is shown as it is', () => {
  const input = exampleInput();
  const finding: Finding = exampleFinding({
    question: 'new-question',
    result: { answer: 7, list: [{ a: 1, b: 'two' }] },
  });
  input.findings = [finding];
  const page = html(compose(input));
  assert.match(page, /<dt>answer<\/dt><dd>7<\/dd>/);
  assert.match(page, /<td>two<\/td>/);
});
