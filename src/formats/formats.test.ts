/**
 * One test for every format: each fixture's files are claimed once and read as expected, and files cut short harm nobody.
 *
 * A fixture is `fixtures/<format>/<case>/` with `return/`, `about.md` and `expected.jsonl`, which `UPDATE=1` writes and a
 * person then reads. `profile.json` beside them is the mapping profile to read with; files named in `unclaimed.txt`, one
 * a line, are claimed by no format.
 */
import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { textFrom } from '../base/interval.ts';
import { isProblem } from '../base/problem.ts';
import { KIND_COLUMNS } from '../record/record.ts';
import type { Format, ReadContext, Reading, ReturnFile } from './format.ts';
import { fileInMemory, fileOnDisk, openReturn } from './reading/open.ts';
import { formats, recognise } from './register.ts';
import { readProfile } from './table/profile.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
const all = await formats();
const fixtures = globSync('*/*/return', { cwd: FIXTURES })
  .map((path) => path.replaceAll('\\', '/').replace(/\/return$/, ''))
  .sort();

test('there is a fixture for every format, and a format for every fixture', async () => {
  const shown = new Set(fixtures.map((fixture) => fixture.split('/')[0]!));
  const strangers = [...shown].filter((name) => !(name in all));
  assert.deepEqual(strangers, [], 'fixtures without a format');
  for (const opened of await Promise.all(fixtures.map(open))) {
    for (const leaf of opened.leaves)
      for (const { format } of await recognise(leaf, without(opened.leaves, leaf))) shown.add(format);
  }
  const bare = Object.keys(all).filter((name) => !shown.has(name));
  assert.deepEqual(bare, [], 'formats without a fixture');
});

for (const [name, declared] of Object.entries(all)) {
  test(`${name} says what it reads, from what it is known and what it does not show`, () => {
    assert.match(declared.title, /\S/);
    assert.ok(declared.sources.length > 0 && declared.sources.every((source) => source.trim() !== ''));
    assert.match(declared.limits, /\S/);
    assert.ok(declared.kinds.length > 0 || declared.reference !== undefined);
    assert.notEqual(declared.support, 'observed', 'no format has been tried on a real return yet');
  });
}

for (const fixture of fixtures) {
  test(`${fixture}: each file is claimed by exactly one format`, async () => {
    const { leaves, profile, unclaimed, formatName } = await open(fixture);
    if (profile) return assert.equal(formatName, 'table');
    const claimed = new Set<string>();
    for (const leaf of leaves) {
      const claims = await recognise(leaf, without(leaves, leaf));
      const names = claims.map((claim) => claim.format);
      assert.equal(names.length, unclaimed.includes(leaf.name) ? 0 : 1, `${leaf.name} is claimed by [${names}]`);
      for (const name of names) claimed.add(name);
    }
    assert.ok(claimed.has(formatName), `no file is claimed by ${formatName}`);
  });

  test(`${fixture}: is read as expected, and twice the same`, async () => {
    const opened = await open(fixture);
    const [once, twice] = [await written(opened), await written(opened)];
    assert.equal(once, twice);
    const path = join(FIXTURES, fixture, 'expected.jsonl');
    if (process.env.UPDATE === '1') writeFileSync(path, once);
    assert.ok(existsSync(path), 'no expected.jsonl: write it with UPDATE=1 and read it');
    const [actual, expected] = [once, readFileSync(path, 'utf8')].map((text) => text.split('\n'));
    actual!.forEach((line, i) => {
      assert.equal(line, expected![i], `line ${i + 1}`);
    });
    assert.equal(actual!.length, expected!.length);
  });

  test(`${fixture}: every reading has its place, and its values are text as stored`, async () => {
    const opened = await open(fixture);
    for (const leaf of opened.leaves) {
      const declared = await formatOf(opened, leaf);
      if (!declared) continue;
      const places = new Set<string>();
      for await (const reading of declared.read(leaf, contextOf(opened, leaf))) soundness(reading, declared, places);
    }
  });

  test(`${fixture}: a file cut short is read as far as it goes`, async () => {
    const opened = await open(fixture);
    for (const leaf of opened.leaves) {
      const declared = await formatOf(opened, leaf);
      if (!declared) continue;
      const bytes = await leaf.bytes(64 * 2 ** 20);
      const whole = [] as Raw[];
      for await (const reading of declared.read(leaf, contextOf(opened, leaf))) {
        if ('record' in reading) whole.push(reading.record.raw);
      }
      for (const end of cuts(bytes.length, leaf.name)) {
        const records = await readCut(opened, leaf, declared, bytes.subarray(0, end));
        const changed = records.filter(([, raw]) => !whole.some((one) => isPartOf(raw, one)));
        assert.ok(
          changed.length <= 1,
          `${leaf.name} cut at ${end}: only the torn row may differ, not ${changed.map(([place]) => place)}`,
        );
      }
    }
  });
}

test('files that are nobody’s are claimed by nobody', async () => {
  const strangers = [
    '',
    '\n',
    '{}',
    '[]',
    '<html></html>',
    '<?xml version="1.0"?><a/>',
    'PK',
    'a,b\n1,2\n',
    '\0'.repeat(99),
  ];
  for (const text of strangers) {
    assert.deepEqual(await recognise(fileInMemory('records', Buffer.from(text)), []), [], JSON.stringify(text));
  }
  for (let seed = 0; seed < 50; seed += 1) {
    const noise = createHash('shake256', { outputLength: 500 }).update(`${seed}`).digest();
    assert.deepEqual(await recognise(fileInMemory('records', noise), []), [], `seed ${seed}`);
  }
});

type Raw = Record<string, string>;
type OpenedFixture = Awaited<ReturnType<typeof open>>;

async function open(fixture: string) {
  const folder = join(FIXTURES, fixture);
  const paths = readdirSync(join(folder, 'return'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(join(folder, 'return'), join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
  const leaves: ReturnFile[] = [];
  for await (const opened of openReturn(paths.map((path) => fileOnDisk(join(folder, 'return', path), path)))) {
    assert.ok(!('refused' in opened), `refused: ${JSON.stringify(opened)}`);
    leaves.push(opened.file);
  }
  const text = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : null);
  const profile = text('profile.json');
  return {
    formatName: fixture.split('/')[0]!,
    leaves,
    profile: profile === null ? undefined : readProfile(JSON.parse(profile)),
    unclaimed: (text('unclaimed.txt') ?? '').split('\n').filter((line) => line !== ''),
  };
}

async function formatOf(opened: OpenedFixture, leaf: ReturnFile): Promise<Format | undefined> {
  if (opened.profile) return all.table;
  const [claim] = await recognise(leaf, without(opened.leaves, leaf));
  return claim && all[claim.format];
}

function contextOf(opened: OpenedFixture, leaf: ReturnFile): ReadContext {
  return { profile: opened.profile, siblings: without(opened.leaves, leaf) };
}

function without(leaves: ReturnFile[], leaf: ReturnFile): ReturnFile[] {
  return leaves.filter((other) => other !== leaf);
}

/** The readings of the whole return, one a line, times as text. */
async function written(opened: OpenedFixture): Promise<string> {
  const lines: string[] = [];
  for (const leaf of opened.leaves) {
    const declared = await formatOf(opened, leaf);
    if (!declared) continue;
    for await (const reading of declared.read(leaf, contextOf(opened, leaf))) {
      const asText = (_: string, value: unknown) => (typeof value === 'bigint' ? textFrom(value) : value);
      lines.push(`${JSON.stringify({ file: leaf.name, ...reading }, asText)}\n`);
    }
  }
  return lines.join('');
}

function soundness(reading: Reading, declared: Format, places: Set<string>): void {
  if ('stated' in reading) return;
  assert.match(reading.locator, /\S/);
  if ('reference' in reading) {
    assert.ok(declared.reference, 'only a format of reference data yields it');
    for (const value of Object.values(reading.reference)) assert.equal(typeof value, 'string');
    return;
  }
  if ('unreadable' in reading) {
    assert.match(reading.unreadable, /\S/);
    const values = typeof reading.raw === 'string' ? [reading.raw] : Object.values(reading.raw ?? {});
    for (const value of values) {
      assert.equal(typeof value, 'string');
      // A reason may say a word that a cell also holds, such as a column's name, but no number or address of one.
      const telling = value.length >= 6 && (/\d/.test(value) || value.length >= 20);
      assert.ok(
        !telling || !reading.unreadable.includes(value),
        `the reason repeats the content at ${reading.locator}`,
      );
    }
    return;
  }
  const { record, locator } = reading;
  assert.ok(!places.has(locator), `two records at ${locator}`);
  places.add(locator);
  assert.ok(declared.kinds.includes(record.kind), `${record.kind} is not declared`);
  assert.match(record.category, /^DC-\d\d$/);
  for (const value of Object.values(record.raw)) assert.equal(typeof value, 'string');
  for (const column of Object.keys(record.values)) assert.ok(column in KIND_COLUMNS, column);
  assert.ok(
    record.began === null || record.ended === null || record.began <= record.ended,
    `${locator} ends before it begins`,
  );
  if (record.began === null && record.kind !== 'fact')
    assert.ok(record.undetermined, `${locator} does not say why it has no time`);
  for (const { fields } of [...(record.parts ?? []), ...(record.mentions ?? [])]) {
    for (const field of fields)
      assert.ok(field in record.raw, `${locator} speaks of a field it does not have: ${field}`);
  }
}

/** A row made of several lines has lost those after the cut; what it has is what the whole file says. */
function isPartOf(raw: Raw, whole: Raw): boolean {
  return Object.entries(raw).every(([field, text]) => whole[field] === text);
}

/** Every place to cut a small file, and sixty spread over a larger one, the same in every run. */
function cuts(sizeBytes: number, name: string): number[] {
  if (sizeBytes < 2048) return Array.from({ length: sizeBytes }, (_, end) => end);
  const jitter = createHash('shake256', { outputLength: 60 }).update(name).digest();
  return Array.from(jitter, (byte, i) => Math.floor(((i + byte / 256) * sizeBytes) / 60));
}

/** The records left in a file. Reading it may refuse by name; anything else that is thrown is a bug and fails the test. */
async function readCut(
  opened: OpenedFixture,
  leaf: ReturnFile,
  declared: Format,
  bytes: Uint8Array,
): Promise<[string, Raw][]> {
  const records: [string, Raw][] = [];
  const cut = fileInMemory(leaf.name, bytes);
  try {
    await recognise(cut, without(opened.leaves, leaf));
    const places = new Set<string>();
    for await (const reading of declared.read(cut, contextOf(opened, leaf))) {
      soundness(reading, declared, places);
      if ('record' in reading) records.push([reading.locator, reading.record.raw]);
    }
  } catch (error) {
    if (isProblem(error)) return records;
    assert.fail(`${leaf.name} cut at ${bytes.length}: ${error instanceof Error ? error.stack : error}`);
  }
  return records;
}
