/** Cells of workbooks as text: nothing shifted, nothing rounded, nothing invented. */
import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import type * as SheetJs from '@e965/xlsx';
import { isProblem } from '../../base/problem.ts';
import { fileInMemory } from './files.ts';
import { sampleOf } from './sample.ts';
import { readWorkbook } from './workbook.ts';

const XLSX = createRequire(import.meta.url)('@e965/xlsx') as typeof SheetJs;

type Cell = { v: string | number | boolean; t: 's' | 'n' | 'b' | 'e'; z?: string };
const number = (v: number, z?: string): Cell => (z === undefined ? { v, t: 'n' } : { v, t: 'n', z });
const text = (v: string): Cell => ({ v, t: 's' });

const CELLS: [string, Cell, string][] = [
  ['a telephone number is not shortened', number(15555550123), '15555550123'],
  ['a number that could be a date stays a number', number(45696.76), '45696.76'],
  ['fifteen digits are kept', number(999999999999999), '999999999999999'],
  ['a very large number has no exponent', number(1e21), '1000000000000000000000'],
  ['a very small number has no exponent', number(1.5e-9), '0.0000000015'],
  ['a number with a unit in its format stays a number', number(12.5, '"days" 0.00'), '12.5'],
  ['text keeps its zeros', text('007'), '007'],
  ['text keeps its spaces', text(' a  b '), ' a  b '],
  ['text that looks like a formula stays text', text('=1+1'), '=1+1'],
  ['yes is TRUE', { v: true, t: 'b' }, 'TRUE'],
  ['an error is its text', { v: 42, t: 'e' }, '#N/A'],
  ['a date and time', number(45696.760416666664, 'yyyy-mm-dd hh:mm:ss'), '2025-02-08 18:15:00'],
  ['a time with thousandths', number(45696 + 0.25 + 7 / 86_400_000, 'm/d/yy h:mm'), '2025-02-08 06:00:00.007'],
  ['midnight, where the format has a time', number(45696, 'm/d/yy h:mm'), '2025-02-08 00:00:00'],
  ['a day, where neither has a time', number(45696, 'm/d/yy'), '2025-02-08'],
  ['a time the format hides', number(45696.5, '[$-409]mmmm d\\, yyyy'), '2025-02-08 12:00:00'],
  ['a time without a day', number(0.5, 'h:mm AM/PM'), '12:00:00'],
  ['an elapsed time', number(1.5, '[h]:mm:ss'), '36:00:00'],
  ['the first day there is', number(1, 'm/d/yy'), '1900-01-01'],
  ['the day that never was stays a number', number(60, 'm/d/yy'), '60'],
  ['the day after it', number(61, 'm/d/yy'), '1900-03-01'],
  ['a date before all dates stays a number', number(-1, 'm/d/yy'), '-1'],
];

for (const [what, cell, expected] of CELLS) {
  test(`${what}, in new and old workbooks`, async () => {
    for (const bookType of ['xlsx', 'xlsb', 'biff8'] as const) {
      const [sheet] = await readWorkbook(fileInMemory('book', bookOf({ A1: cell }, bookType)));
      assert.deepEqual(sheet!.rows, [{ number: 1, cells: [expected] }], bookType);
    }
  });
}

test('an OpenDocument sheet gives the same text and numbers', async () => {
  const [sheet] = await readWorkbook(fileInMemory('book', bookOf({ A1: number(15555550123), B1: text('007') }, 'ods')));
  assert.deepEqual(sheet!.rows[0]!.cells, ['15555550123', '007']);
});

test('the zone of the machine moves no time', async () => {
  const zone = process.env.TZ;
  try {
    for (process.env.TZ of ['America/Los_Angeles', 'Pacific/Kiritimati', 'Europe/Dublin']) {
      const [sheet] = await readWorkbook(
        fileInMemory('b', bookOf({ A1: number(20000.5, 'yyyy-mm-dd hh:mm') }, 'xlsx')),
      );
      assert.equal(sheet!.rows[0]!.cells[0], '1954-10-03 12:00:00');
    }
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

test('a workbook that counts its days from 1904 is read by its own count', async () => {
  const book = bookOf({ A1: number(0, 'm/d/yy'), B1: number(43830, 'm/d/yy h:mm') }, 'xlsx', true);
  const [sheet] = await readWorkbook(fileInMemory('b', book));
  assert.deepEqual(sheet!.rows[0]!.cells, ['1904-01-01', '2024-01-01 00:00:00']);
});

test('numbers too long for a spreadsheet are read as they stand in the file', async () => {
  const sheets: Record<string, Cell>[] = [{ A1: text('id') }, { A1: text('id'), A2: number(111), B2: number(222) }];
  const book = patched(bookOf(sheets[0]!, 'xlsx', false, sheets[1]), (xml) =>
    xml.replace('<v>111</v>', '<v>17841400000000001</v>').replace('<v>222</v>', '<v>1784140000000000123</v>'),
  );
  const [, second] = await readWorkbook(fileInMemory('b', book));
  assert.deepEqual(second!.rows[1], { number: 2, cells: ['17841400000000001', '1784140000000000123'] });
});

test('rows keep their numbers when others are empty, and all have the same width', async () => {
  const [sheet] = await readWorkbook(fileInMemory('b', bookOf({ A2: text('a'), C5: text('c') }, 'xlsx')));
  assert.deepEqual(sheet, {
    name: 'Sheet1',
    rows: [
      { number: 2, cells: ['a', '', ''] },
      { number: 5, cells: ['', '', 'c'] },
    ],
  });
});

test('a file that is no workbook, or half of one, is refused by name and never read as text', async () => {
  const book = bookOf({ A1: text('a'), B1: number(1) }, 'xlsx');
  const old = bookOf({ A1: text('a') }, 'biff8');
  const bad: Uint8Array[] = [
    Buffer.alloc(0),
    Buffer.from('a,b\n1,2\n'),
    Buffer.from('<html><table>'),
    old.subarray(0, 700),
  ];
  for (let end = 4; end < book.length; end += 397) bad.push(book.subarray(0, end));
  for (const bytes of bad) {
    const refused = (error: unknown) => isProblem(error) && error.code === 'formats/damaged-workbook';
    await assert.rejects(readWorkbook(fileInMemory('b', bytes)), refused, `${bytes.length} bytes`);
  }
});

test('a workbook with a changed byte gives the same cells or a named refusal', async () => {
  const cells = { A1: text('a'), B1: number(15555550123), A2: text('b') };
  const book = bookOf(cells, 'xlsx');
  const [whole] = await readWorkbook(fileInMemory('b', book));
  for (let at = 0; at < book.length; at += 131) {
    const changed = Buffer.from(book);
    changed[at] = changed[at]! ^ 0x41;
    try {
      const [sheet] = await readWorkbook(fileInMemory('b', changed));
      if (sheet) assert.deepEqual(sheet.rows, whole!.rows, `byte ${at}`);
    } catch (error) {
      assert.ok(isProblem(error) && error.code.startsWith('formats/'), `byte ${at}: ${error}`);
    }
  }
});

test('a sample shows the first rows of each sheet, and none of a damaged one', async () => {
  const rows = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`A${i + 1}`, number(i + 1)]));
  const book = bookOf(rows, 'xlsx');
  const sample = await sampleOf(fileInMemory('b.xlsx', book), [fileInMemory('other', Buffer.alloc(0))]);
  assert.deepEqual(
    sample.sheets?.map((sheet) => [sheet.name, sheet.rows.length, sheet.rows[29]]),
    [['Sheet1', 30, ['30']]],
  );
  assert.deepEqual(sample.siblings, ['other']);
  assert.equal((await sampleOf(fileInMemory('b.xlsx', book.subarray(0, 500)), [])).sheets, null);
});

function bookOf(
  cells: Record<string, Cell>,
  bookType: SheetJs.BookType,
  date1904 = false,
  more?: Record<string, Cell>,
): Buffer {
  const book = XLSX.utils.book_new();
  for (const sheet of more ? [cells, more] : [cells]) {
    XLSX.utils.book_append_sheet(book, { ...sheet, '!ref': 'A1:F60' } as SheetJs.WorkSheet);
  }
  book.Workbook = { ...book.Workbook, WBProps: { date1904 } };
  return XLSX.write(book, { type: 'buffer', bookType });
}

/** The workbook with the second sheet's part rewritten, put together again by the library's own zip. */
function patched(book: Buffer, change: (xml: string) => string): Buffer {
  const parts = XLSX.CFB.read(book, { type: 'buffer' });
  const at = parts.FullPaths.findIndex((path: string) => path.endsWith('sheet2.xml'));
  const part = parts.FileIndex[at]!;
  part.content = Buffer.from(change(Buffer.from(part.content as Uint8Array).toString('utf8')));
  part.size = part.content.length;
  return Buffer.from(XLSX.CFB.write(parts, { type: 'buffer', fileType: 'zip' }) as Uint8Array);
}
