import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { textFrom } from '../base/interval.ts';
import { CellWriter } from './cells.ts';

async function written(write: (cells: CellWriter) => void, delimiter = ','): Promise<string> {
  const parts: Buffer[] = [];
  const cells = new CellWriter(delimiter.charCodeAt(0), (bytes) => void parts.push(Buffer.from(bytes)));
  write(cells);
  await cells.flush();
  return Buffer.concat(parts).toString();
}

test('times are written as everywhere else', async () => {
  const micros = fc.oneof(
    fc.maxSafeInteger(),
    fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }).map((second) => second * 1e6),
    fc.constantFrom(0, -1, 1, 999_999, 1_000_000, 951_782_400_000_000, -62_135_596_800_000_000 / 10),
  );
  await fc.assert(
    fc.asyncProperty(micros.filter(Number.isSafeInteger), async (value) => {
      assert.equal(await written((cells) => cells.time(value)), textFrom(BigInt(value)));
    }),
    { seed: 3, numRuns: 2000 },
  );
});

test('whatever a cell holds, a reader of CSV gets it back', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.array(fc.string({ unit: fc.constantFrom('a', ',', ';', '"', '\n', '\r', ' ', 'é', '日') }), {
          minLength: 3,
          maxLength: 3,
        }),
        { minLength: 1 },
      ),
      fc.constantFrom(',', ';'),
      async (rows, delimiter) => {
        const text = await written((cells) => {
          for (const row of rows) {
            for (const [place, cell] of row.entries()) {
              if (place > 0) cells.next();
              cells.text(cell);
            }
            cells.raw(Buffer.from('\n'));
          }
        }, delimiter);
        assert.deepEqual(parse(text, { delimiter, record_delimiter: '\n', skip_empty_lines: false }), rows);
      },
    ),
    { seed: 4 },
  );
});

test('whole numbers and IPv4 addresses', async () => {
  for (const value of [0, 7, 10, 99, 100, 65_535, 4_294_967_295]) {
    assert.equal(await written((cells) => cells.whole(value)), String(value));
  }
  assert.equal(await written((cells) => cells.fourBytes(0xcb007107)), '203.0.113.7');
});
