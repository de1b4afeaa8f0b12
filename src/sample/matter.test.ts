import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { type FileEntry, TextWriter, Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import { sha256 } from '../base/digest.ts';
import { readProfile } from '../formats/table/profile.ts';
import { type IdentifierType, identifier } from '../record/identifier.ts';
import { type SampleMatter, sampleMatter } from './matter.ts';

const xlsx: typeof import('@e965/xlsx') = createRequire(import.meta.url)('@e965/xlsx');
const SEEDS = [42, 7, 1066];
const matters = new Map<number, SampleMatter>();
for (const seed of SEEDS) matters.set(seed, await sampleMatter(seed));
const matter = matters.get(42)!;

const digests = ({ files, references }: SampleMatter) =>
  [...files, ...references].map(({ name, bytes }) => `${name} ${sha256(bytes)}`);

/** Everything the files say, as one text: workbooks as CSV, zips opened. */
async function textOf(name: string, bytes: Uint8Array): Promise<string> {
  if (name.endsWith('.xlsx')) {
    const book = xlsx.read(bytes, { dense: true });
    return book.SheetNames.map((sheet) => xlsx.utils.sheet_to_csv(book.Sheets[sheet]!)).join('\n');
  }
  if (!name.endsWith('.zip')) return new TextDecoder().decode(bytes);
  const entries = await new ZipReader(new Uint8ArrayReader(bytes)).getEntries();
  const texts = entries.map(async (entry) => {
    const file = entry as FileEntry;
    if (!file.filename.endsWith('.zip')) return file.getData(new TextWriter());
    return textOf(file.filename, await file.getData(new Uint8ArrayWriter()));
  });
  return (await Promise.all(texts)).join('\n');
}
const allText = async ({ files, references }: SampleMatter) =>
  (await Promise.all([...files, ...references].map(({ name, bytes }) => textOf(name, bytes)))).join('\n');

test('the same seed gives the same bytes, also on a computer that keeps another time zone', async () => {
  const before = process.env.TZ;
  process.env.TZ = 'Pacific/Auckland';
  try {
    const again = await sampleMatter(42);
    assert.deepEqual(digests(again), digests(matter));
    assert.deepEqual(again.truth, matter.truth);
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
});

test('another seed gives other bytes in every file', () => {
  const [here, there] = [digests(matter), digests(matters.get(7)!)];
  for (const [n, digest] of here.entries()) assert.notEqual(digest, there[n]);
});

test('the counts of every file add up, and something is sealed in each', () => {
  for (const { truth } of matters.values()) {
    for (const [name, { rows, kept, sealed, repeated }] of Object.entries(truth.counts)) {
      const apart = Object.values(sealed).reduce((sum, count) => sum + count, 0);
      assert.equal(kept + apart, rows, name);
      assert.ok(repeated <= rows, name);
      assert.ok(apart > 0 || repeated > 0, name);
    }
  }
});

test('the matter has the size it promises', () => {
  for (const { truth } of matters.values()) {
    const rows = (part: string) => Object.entries(truth.counts).find(([name]) => name.includes(part))![1].rows;
    const near = (count: number, low: number, high: number) => assert.ok(low <= count && count <= high, `${count}`);
    near(rows('!records.html'), 350, 460);
    near(truth.logins.filter((login) => !login.inRange).length, 25, 60);
    near(rows('preservation'), 40, 80);
    near(rows('cdr'), 500, 700);
    near(rows('nat'), 5700, 6700);
    assert.equal(truth.transfers.filter((transfer) => transfer.inRange).length, 22);
    assert.equal(truth.transfers.length, 24);
  }
});

test('every address is one kept for documentation', async () => {
  const text = await allText(matter);
  const v4 = text.match(/(?<![\d.])\d{1,3}(\.\d{1,3}){3}(?![\d.])/g)!;
  assert.ok(v4.length > 6000);
  for (const ip of v4) assert.match(ip, /^(203\.0\.113|198\.51\.100|192\.0\.2)\./);
  const v6 = text.match(/(?<![0-9a-f:-])[0-9a-f]{1,4}(:[0-9a-f]{1,4}){7}(?![0-9a-f:])/g)!;
  assert.ok(v6.length > 5);
  for (const ip of v6) assert.match(ip, /^2001:db8:/);
});

test('every telephone number is a fictional one', async () => {
  const text = await allText(matter);
  const numbers = text.match(/(?<![\d.-])\+?1?575\d{7}(?![\d.])/g)!;
  assert.ok(numbers.length > 6000);
  for (const number of numbers) assert.match(number, /^\+?1?57555501\d\d$/);
});

test('the instruments name people by the identifiers their returns use', () => {
  const used = new Set([matter.truth.subscriber, matter.truth.facebookId, '4200170042']);
  for (const { items, number } of matter.instruments) {
    for (const { target, began, ended } of items) {
      assert.equal(identifier(target.type as IdentifierType, target.value)?.value, target.value, number);
      assert.ok(used.has(target.value));
      assert.deepEqual([began, ended], ['2017-02-01T00:00:00Z', '2017-04-01T00:00:00Z']);
    }
  }
  const numbers = matter.instruments.map(({ number }) => number);
  for (const { instrument } of matter.files) assert.ok(numbers.includes(instrument));
});

test('the mapping profile of the money-transfer workbook is one the mapper takes', async () => {
  const profile = readProfile(JSON.parse(JSON.stringify(matter.profile)));
  const { name, bytes } = matter.files.find(({ withProfile }) => withProfile)!;
  const header = (await textOf(name, bytes)).split('\n').find((line) => line.startsWith('MTCN'))!;
  assert.deepEqual(new Set(header.split(',')), new Set(Object.keys(profile.columns)));
});
