import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sha256 } from '../base/digest.ts';
import { type Policy, PolicyInput } from '../instrument/policy.ts';
import { order, POLICY } from '../instrument/rules/example.ts';
import { openEngine } from '../store/engine.ts';
import { definitionRows } from './definitions.ts';
import { dealtWith, ledgerOf } from './example.ts';
import type { Kept } from './facts.ts';
import { lifelikeDocket } from './lifelike.ts';
import { readPeriod } from './period.ts';
import { type TransparencyInput, transparencyReport } from './report.ts';
import { TABLES } from './schema.ts';

const YEAR = readPeriod('2026');
const DOCKET = YEAR.parts.flatMap((part, index) => lifelikeDocket(part, 40, index + 1));

function folder() {
  const path = mkdtempSync(join(tmpdir(), 'fourcorners-transparency-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

const input = (requests: Kept[], more: Partial<TransparencyInput> = {}): TransparencyInput => ({
  period: '2026-H2',
  policy: POLICY,
  requests,
  ledger: ledgerOf(requests),
  ...more,
});

const NAMES = ['definitions.csv', 'dsa.csv', 'epoc.csv', 'first-response.csv', 'index.html', 'readme.txt', 'totals.csv', 'transparency.csv', 'transparency.sql']; // biome-ignore format: a list

test('a report is a folder of tables, the query, a page and how to make it again', async () => {
  using at = folder();
  const written = await transparencyReport(input(DOCKET), at.path);
  assert.deepEqual(readdirSync(at.path).sort(), NAMES);
  for (const { name, sha256: digest } of written.files)
    assert.equal(sha256(readFileSync(join(at.path, name))), digest, name);
  const readme = readFileSync(join(at.path, 'readme.txt'), 'utf8');
  for (const { name, sha256: digest } of written.files.filter((one) => one.name !== 'readme.txt'))
    assert.ok(readme.includes(`${digest}  ${name}`), name);
  assert.equal(written.requests, 40, 'those of the other half-year are not counted');
});

test('the same acts give the same bytes, in whatever order the requests come', async () => {
  using one = folder();
  using other = folder();
  const first = await transparencyReport(input(DOCKET, { period: '2026' }), one.path);
  const second = await transparencyReport(input([...DOCKET].reverse(), { period: '2026' }), other.path);
  assert.deepEqual(second.files, first.files);
});

test('what an earlier report left is replaced', async () => {
  using at = folder();
  const tampered = DOCKET.map((kept, index) => (index === 50 ? { ...kept, acts: kept.acts.slice(0, -1) } : kept));
  await transparencyReport(input(tampered, { ledger: ledgerOf(DOCKET), showDifferences: true, withFacts: true }), at.path); // biome-ignore format: one line
  assert.ok(existsSync(join(at.path, 'differences.csv')) && existsSync(join(at.path, 'facts/acts.csv')));
  await transparencyReport(input(DOCKET), at.path);
  assert.deepEqual(readdirSync(at.path).sort(), NAMES);
});

test('acts that differ from the ledger stop the report before anything is written', async () => {
  using at = folder();
  const tampered = DOCKET.map((kept, index) => (index === 50 ? { ...kept, acts: kept.acts.slice(0, -1) } : kept));
  const out = join(at.path, 'report');
  await assert.rejects(transparencyReport(input(tampered, { ledger: ledgerOf(DOCKET) }), out), (error: Error & { code?: string; facts?: { differences: unknown[] } }) => {
    assert.equal(error.code, 'transparency/ledger-differs');
    assert.match(error.message, new RegExp(`${DOCKET[50]!.request} .*Nothing was written`));
    assert.equal(error.facts!.differences.length, 1);
    return true;
  }); // biome-ignore format: one line
  assert.ok(!existsSync(out));
});

test('asked to show the differences, the report says on its first page that it is not to be relied on', async () => {
  using at = folder();
  const ledger = ledgerOf(DOCKET).filter(({ matter }) => matter !== DOCKET[60]!.request);
  const { differences } = await transparencyReport(input(DOCKET, { ledger, showDifferences: true }), at.path);
  assert.ok(differences.length > 0);
  assert.match(readFileSync(join(at.path, 'index.html'), 'utf8'), /does not agree with the ledger/);
  assert.match(readFileSync(join(at.path, 'readme.txt'), 'utf8'), /THE ACTS DIFFER FROM THE LEDGER/);
  assert.match(readFileSync(join(at.path, 'differences.csv'), 'utf8'), new RegExp(`${DOCKET[60]!.request},`));
});

test('a period that is none, and a request nobody received, write nothing and everything', async () => {
  using at = folder();
  await assert.rejects(transparencyReport(input([], { period: '2026-H3' }), join(at.path, 'x')), { code: 'transparency/period' }); // biome-ignore format: one line
  assert.ok(!existsSync(join(at.path, 'x')));
  const empty = await transparencyReport(input([]), at.path);
  assert.deepEqual([empty.requests, empty.rows, empty.hidden], [0, 1, { small: 0, withheld: 0 }]);
  assert.match(readFileSync(join(at.path, 'index.html'), 'utf8'), /No demand for data was received\./);
  assert.match(readFileSync(join(at.path, 'totals.csv'), 'utf8'), /2026-07-01,2027-01-01,all,0,0/);
});

test('the page runs no script and fetches nothing', async () => {
  using at = folder();
  await transparencyReport(input(DOCKET, { period: '2026' }), at.path);
  const page = readFileSync(join(at.path, 'index.html'), 'utf8');
  assert.doesNotMatch(page, /<script|<link|<iframe|<img|javascript:|\son[a-z]+=|@import/i);
  assert.doesNotMatch(page.replaceAll('http://www.w3.org/2000/svg', ''), /https?:\/\//);
  assert.match(page, /default-src 'none'/);
  for (const part of YEAR.parts) assert.ok(page.includes(part.name));
});

test('nothing of a demand but codes and counts is in any file', async () => {
  using at = folder();
  const hostile = Array.from(
    { length: 9 },
    (_, index) =>
    dealtWith(`r-h${index}`, order({ service: '=HYPERLINK("http://attacker.example")', requester: { officer: 'Canary Name' } })), // biome-ignore format: one line
  );
  await transparencyReport(input(hostile, { withFacts: true }), at.path);
  const names = readdirSync(at.path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const entry of names) {
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
    for (const canary of ['attacker', 'Canary', '100000000000042', 'Ortega', '26-cr-0117', 'inquiry.example'])
      assert.ok(!text.includes(canary), `${canary} in ${entry.name}`);
  }
});

test('a cell that a spreadsheet would run is text', async () => {
  using at = folder();
  const policy: Policy = PolicyInput.parse({ provider: { ...POLICY.provider, services: ['=1+1', '@sum', '-x'] } });
  const requests = policy.provider.services.map((service, index) => dealtWith(`r-f${index}`, order({ service })));
  await transparencyReport(input(requests, { policy }), at.path);
  const cells = readFileSync(join(at.path, 'transparency.csv'), 'utf8');
  for (const service of policy.provider.services) {
    assert.ok(cells.includes(`,'${service},`));
    assert.ok(!cells.includes(`,${service},`));
  }
});

test('whoever is given the facts gets the figures from the published query', async () => {
  using at = folder();
  await transparencyReport(input(DOCKET, { withFacts: true, policy: { ...POLICY, limits: { ...POLICY.limits, smallCell: 1 } } }), at.path); // biome-ignore format: one line
  await using engine = await openEngine([at.path]);
  for (const [table, columns] of Object.entries(TABLES)) {
    const declared = columns.map(([name, type]) => `"${name}" ${type}`).join(', ');
    await engine.run(`create table ${table} (${declared})`);
    await engine.run(`insert into ${table} select * from read_csv('${join(at.path, 'facts', `${table}.csv`)}', header = true, all_varchar = true)`); // biome-ignore format: one line
  }
  const readme = readFileSync(join(at.path, 'readme.txt'), 'utf8');
  for (const [statement] of readme.matchAll(/^ {5}(?:create table|insert into) .*;$/gm)) await engine.run(statement);
  await engine.run(readFileSync(join(at.path, 'transparency.sql'), 'utf8'));
  const [total] = await engine.rows("select * from transparency_totals where counted = 'all'");
  const [names, , ...lines] = readFileSync(join(at.path, 'totals.csv'), 'utf8')
    .replace('\ufeff', '')
    .trim()
    .split('\r\n');
  const shown = lines.at(-1)!.split(',');
  for (const [index, name] of names!.split(',').entries())
    assert.equal(Number.isNaN(Number(shown[index])) ? shown[index] : Number(shown[index]), typeof total![name] === 'bigint' ? Number(total![name]) : total![name], name); // biome-ignore format: one line
});

test('every column of every table is defined, and the page of the documentation says the same', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/transparency.md'), 'utf8').replace(/\s+/g, ' ');
  for (const [file, name, , says, from] of definitionRows().rows)
    assert.ok(page.includes(`| \`${name}\` | ${says} | ${from} |`), `${file} ${name}`);
  for (const [table, columns] of Object.entries(TABLES))
    for (const [name, type, says] of columns) assert.ok(page.includes(`| \`${name}\` | ${type} | ${says} |`), `${table}.${name}`); // biome-ignore format: one line
});
