/** Delimited text read record by record: exact numbers, lossless values, and one bad record costs one record. */
import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { ReturnFile } from '../format.ts';
import { type CsvRow, readCsv } from './csv.ts';
import { fileInMemory } from './files.ts';

const SEED = 20_260_711;

const READ: [string, string | Buffer, string[][]][] = [
  ['a header and a row', 'a,b\n1,2\n', [['a', 'b'], ['1', '2']]],
  ['no end of line at the end', 'a,b\n1,2', [['a', 'b'], ['1', '2']]],
  ['ends of both kinds in one file', 'a\r\nb\nc\r\n', [['a'], ['b'], ['c']]],
  ['a byte order mark', '\ufeffa,b\n', [['a', 'b']]],
  ['a byte order mark before a quote', '\ufeff"a",b\n', [['a', 'b']]],
  ['empty lines, which count', 'a\n\n\nb\n', [['a'], [''], [''], ['b']]],
  ['empty values', ',\n"",\n', [['', ''], ['', '']]],
  ['a quoted line end, delimiter and quote', '"a\r\nb","c,d","e""f"\nx,y,z\n', [['a\r\nb', 'c,d', 'e"f'], ['x', 'y', 'z']]],
  ['a quote inside a value that is not quoted', '5" phone,b\nc,d\n', [['5" phone', 'b'], ['c', 'd']]],
  ['ragged records as they are', 'a,b\n1\n1,2,3\n', [['a', 'b'], ['1'], ['1', '2', '3']]],
  ['spaces and zeros as they are', ' a , 007\n', [[' a ', ' 007']]],
  ['a carriage return inside a line', 'a\rb,c\n', [['a\rb', 'c']]],
  ['text of other scripts', 'Zoë,名,😀\n"Zoë","名","😀"\n', [['Zoë', '名', '😀'], ['Zoë', '名', '😀']]],
  ['UTF-16 with its mark, little end first', Buffer.from('\ufeffa,"é😀"\n', 'utf16le'), [['a', 'é😀']]],
  ['UTF-16 with its mark, big end first', Buffer.from('\ufeffa,"é😀"\n', 'utf16le').swap16(), [['a', 'é😀']]],
  ['nothing', '', []],
]; // biome-ignore format: a table

for (const [what, content, rows] of READ) {
  test(`reads ${what}, however the bytes arrive`, async () => {
    const expected = rows.map((fields, i) => ({ number: i + 1, fields }));
    for (const size of [1, 2, 3, 7, 1000]) assert.deepEqual(await all(inChunks(content, size)), expected, `by ${size}`);
  });
}

const BROKEN: [string, Buffer, (string | string[])[]][] = [
  ['a quote never closed', Buffer.from('a,b\n1,"x\n2,y\n3,z\n'), [['a', 'b'], 'a quote that is not closed', ['2', 'y'], ['3', 'z']]],
  ['a quote closed by a later row’s', Buffer.from('1,"x\n2,"y"\n3,z\n'), [
    'a value goes on after its closing quote', ['2', 'y'], ['3', 'z']]],
  ['the tail of a torn value', Buffer.from('1,"x\ny"q,2\n3,z\n'), [
    'a value goes on after its closing quote', 'a quote inside a value that is not quoted', ['3', 'z']]],
  ['bytes that are not UTF-8', Buffer.from('a,b\n1,\xe9\n2,\n"\xe9",3\n4,\n', 'latin1'), [
    ['a', 'b'], 'the record is not UTF-8 text', ['2', ''], 'the record is not UTF-8 text', ['4', '']]],
  ['a NUL', Buffer.from('a\n1\0\n2\n'), [['a'], 'a NUL byte', ['2']]],
  ['half a surrogate pair', Buffer.from('\ufeffa\n\ud83d\nb\n', 'utf16le'), [['a'], 'the record is not UTF-8 text', ['b']]],
  ['an odd byte at the end of UTF-16', Buffer.concat([Buffer.from('\ufeffa\nb', 'utf16le'), Buffer.of(65)]), [
    ['a'], 'the record is not UTF-8 text']],
  ['more columns than there may be', Buffer.from(`${','.repeat(16_384)}\nb\n`), ['more than 16384 columns', ['b']]],
  ['more quoted columns than there may be', Buffer.from(`"",${','.repeat(16_384)}\nb\n`), ['more than 16384 columns', ['b']]],
]; // biome-ignore format: a table

for (const [what, bytes, expected] of BROKEN) {
  test(`${what}: that record is unreadable with its number, the others are read`, async () => {
    for (const size of [1, 5, 100_000]) {
      if (bytes.length / size > 1000) continue;
      const rows = await all(inChunks(bytes, size));
      assert.deepEqual(
        rows.map((row) => ('fields' in row ? row.fields : row.unreadable)),
        expected,
        `by ${size}`,
      );
      assert.deepEqual(
        rows.map((row) => row.number),
        expected.map((_, i) => i + 1),
      );
    }
  });
}

test('an unreadable record carries what stands there, bytes that are not text as characters', async () => {
  const rows = await all(fileInMemory('f', Buffer.from('a\r\n"x\r\n\xe9\r\n', 'latin1')));
  assert.deepEqual(
    rows.map((row) => ('text' in row ? row.text : '')),
    ['', '"x', '\u00e9'],
  );
});

test('a value of more than 8 MiB is unreadable and the next record is read', async () => {
  for (const quote of ['', '"']) {
    const long = Buffer.from(`a\n1,${quote}${'x'.repeat(9 * 2 ** 20)}${quote}\nb\n`);
    const rows = await all(inChunks(long, 2 ** 18));
    assert.deepEqual(
      rows.map((row) => 'fields' in row),
      [true, false, true],
    );
    assert.ok((rows[1] as { text: string }).text.length <= 65_536);
  }
});

test('a file of one endless line holds no more than it must', async () => {
  const line = async function* () {
    yield Buffer.from('a\n');
    for (let i = 0; i < 40; i += 1) yield Buffer.alloc(2 ** 20, 'x,');
    for (let i = 0; i < 40; i += 1) yield Buffer.alloc(2 ** 20, 'x');
    yield Buffer.from('\nb\n');
  };
  const rows = await all({ ...fileInMemory('f', Buffer.alloc(0)), stream: line });
  assert.deepEqual(
    rows.map((row) => ('fields' in row ? row.fields : row.number)),
    [['a'], 2, ['b']],
  );
});

test('any table written by the rules is read back as it was', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', '😀', '"', ',', '\n', '\r\n', ' ', ';', '0') });
  const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 8 });
  const check = async (rows: string[][], size: number) => {
    const text = rows.map((row) => `${row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')}\r\n`).join('');
    assert.deepEqual(
      await all(inChunks(text, size)),
      rows.map((fields, i) => ({ number: i + 1, fields })),
    );
  };
  await fc.assert(fc.asyncProperty(table, fc.integer({ min: 1, max: 9 }), check), { seed: SEED });
});

test('text that another reader takes is read the same by this one', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '"', ',', '\n', 'é'), maxLength: 30 });
  let agreed = 0;
  const check = async (written: string) => {
    let theirs: string[][];
    try {
      theirs = parse(written, { relax_column_count: true, record_delimiter: '\n' });
    } catch {
      return;
    }
    agreed += 1;
    const ours = await all(fileInMemory('f', Buffer.from(written)));
    assert.deepEqual(
      ours.map((row) => ('fields' in row ? row.fields : row)),
      theirs,
    );
  };
  await fc.assert(fc.asyncProperty(text, check), { seed: SEED, numRuns: 2000 });
  assert.ok(agreed > 300, `${agreed} texts were taken by both`);
});

test('no bytes whatever make it throw, and every line is accounted for', async () => {
  const bytes = fc
    .uint8Array({ maxLength: 60 })
    .map((raw) => Buffer.from(raw.map((byte) => '",\n\ra\0é'.charCodeAt(byte % 7))));
  const check = async (raw: Buffer, size: number) => {
    const [whole, parts] = [await all(fileInMemory('f', raw)), await all(inChunks(raw, size))];
    assert.deepEqual(parts, whole);
    whole.forEach((row, i) => {
      assert.equal(row.number, i + 1);
    });
  };
  await fc.assert(fc.asyncProperty(bytes, fc.integer({ min: 1, max: 9 }), check), { seed: SEED, numRuns: 500 });
});

async function all(file: ReturnFile): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const row of readCsv(file, { delimiter: ',' })) rows.push(row);
  return rows;
}

function inChunks(content: string | Buffer, size: number): ReturnFile {
  const bytes = Buffer.from(content);
  return {
    ...fileInMemory('f', bytes),
    async *stream() {
      for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size));
    },
  };
}
