/** The table of logins: every row answered once, in its place, as it stood. A translator is asked: it needs no log. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { microsFrom } from '../base/interval.ts';
import { isProblem } from '../base/problem.ts';
import { readIso } from '../formats/reading/times.ts';
import type { LeaseSource } from '../source/leases.ts';
import { openAttribution } from './attribution.ts';
import { ADDED, type BatchOptions } from './batch.ts';

const SOURCE: LeaseSource = {
  engine: 'deterministic',
  clockErrorSeconds: 0,
  translators: [
    {
      began: '2017-02-01T00:00:00Z',
      ended: '2017-03-01T00:00:00Z',
      inside: { first: '100.64.0.1', last: '100.64.0.14' },
      outside: { first: '203.0.113.1', last: '203.0.113.1' },
      insidePerOutside: 14,
      portsPerAddress: 4032,
      reserved: [{ low: 0, high: 1023 }],
      algorithm: 'sequential',
    },
    {
      began: '2017-03-01T00:00:00Z',
      ended: null,
      inside: { first: '100.64.0.101', last: '100.64.0.114' },
      outside: { first: '203.0.113.1', last: '203.0.113.1' },
      insidePerOutside: 14,
      portsPerAddress: 4032,
      reserved: [{ low: 0, high: 1023 }],
      algorithm: 'sequential',
    },
  ],
};

const OPENED = openAttribution(SOURCE, { folder: '/', now: 0n });

type Row = Record<string, string>;

async function answered(table: string | AsyncIterable<Uint8Array>, options: Partial<BatchOptions> = {}) {
  const attribution = await OPENED;
  const parts: Buffer[] = [];
  const bytes = typeof table === 'string' ? once(Buffer.from(table)) : table;
  const receipt = await attribution.batch(bytes, (part) => void parts.push(Buffer.from(part)), {
    toleranceSeconds: 0,
    ...options,
  });
  const text = Buffer.concat(parts).toString();
  return {
    receipt,
    text,
    rows: parse(text, {
      columns: true,
      bom: true,
      delimiter: options.delimiter ?? ',',
      relax_column_count: false,
    }) as Row[],
  };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const told = ({ answer, reason, held_by }: Row) => `${answer}: ${reason}${held_by ? `: ${held_by}` : ''}`;

test('each row is answered in its place, by what it says', async () => {
  const { rows, receipt } = await answered(`time,ip,port
2017-02-10T12:00:00Z,203.0.113.1,5055
2017-02-10T12:00:00Z,203.0.113.1,5056
2017-02-10T14:00:00+02:00,203.0.113.1,5056
2017-02-10T12:00:00Z,203.0.113.1,
2017-02-10T12:00:00Z,203.0.113.1,80
2017-02-10T12:00:00Z,203.0.113.1,60000
2017-02-10T12:00:00Z,203.0.113.2,5056
2017-01-10T12:00:00Z,203.0.113.1,5056
2017-02-28T23:59Z,203.0.113.1,5056
2017-02-28T23:59:59.999999Z,::ffff:203.0.113.1,5056
2017-03-01T00:00:00Z,203.0.113.1,5056
2017-02-10T12:00:00,203.0.113.1,5056
2017-02-10,203.0.113.1,5056
2017-02-30T12:00:00Z,203.0.113.1,5056
yesterday,203.0.113.1,5056
2017-02-10T12:00:00Z,203.0.113.1.5,5056
2017-02-10T12:00:00Z,203.0.113.01,5056
2017-02-10T12:00:00Z,203.0.113.1,65536
2017-02-10T12:00:00Z,203.0.113.1,5056.0
2017-02-10T12:00:00Z,203.0.113.1
2017-02-10T12:00:00Z,203.0.113.1,5056,more

9999-12-31T00:00:00Z,203.0.113.1,5056
`);
  assert.deepEqual(rows.map(told), [
    'one: held: 100.64.0.1',
    'one: held: 100.64.0.2',
    'one: held: 100.64.0.2',
    'cannot tell: port missing',
    'none: port reserved',
    'cannot tell: dynamic port pool',
    'cannot tell: address not in this source',
    'cannot tell: no log for that time',
    'one: held: 100.64.0.2',
    'one: held: 100.64.0.2',
    'one: held: 100.64.0.102',
    'cannot tell: time without zone',
    'cannot tell: time too coarse',
    'unreadable: not a time',
    'unreadable: not a time',
    'unreadable: not an address',
    'unreadable: not an address',
    'unreadable: not a port',
    'unreadable: not a port',
    'unreadable: not a row',
    'unreadable: not a row',
    'unreadable: not a row',
    'unreadable: not a time',
  ]);
  assert.equal(rows[3]!['subscribers'], '14');
  assert.equal(JSON.parse(rows[3]!['candidates']!).length, 14);
  assert.deepEqual(
    [
      rows[1]!['lease_port_low'],
      rows[1]!['lease_port_high'],
      rows[1]!['lease_began'],
      rows[1]!['lease_ended'],
      rows[10]!['lease_ended'],
    ],
    ['5056', '9087', '2017-02-01T00:00:00Z', '2017-03-01T00:00:00Z', ''],
  );
  assert.equal(receipt.rows, rows.length);
  assert.deepEqual(receipt.answers, { one: 6, several: 0, none: 1, 'cannot tell': 6, unreadable: 10 });
  assert.equal(
    Object.values(receipt.reasons).reduce((sum, count) => sum + count, 0),
    rows.length,
  );
  assert.deepEqual(receipt.notAsked.slice(0, 3), [
    { row: 13, reason: 'time without zone' },
    { row: 14, reason: 'time too coarse' },
    { row: 15, reason: 'not a time' },
  ]);
  assert.equal(receipt.notAsked.length, 12);
});

test('a time written to the minute is asked for the whole minute', async () => {
  const table = 'time,ip,port\n2017-02-28T23:59Z,203.0.113.1,5056\n2017-02-28 23:59 UTC,203.0.113.1,5056\n';
  const { rows } = await answered(table, { toleranceSeconds: 0.000001 });
  assert.deepEqual(rows.map(told), [
    'cannot tell: tolerance reaches a neighbour',
    'cannot tell: tolerance reaches a neighbour',
  ]);
  assert.equal(rows[0]!['candidates'], '["100.64.0.102","100.64.0.2"]');
});

test('a declared zone places times that carry none, but for the hour that was twice and the one that was not', async () => {
  const { rows } = await answered(
    'time,ip,port\n2017-02-28 23:59:59,203.0.113.1,5056\n2017-03-26 02:30:00,203.0.113.1,5056\n2017-10-29 02:30:00,203.0.113.1,5056\n2017-03-01 00:30:00Z,203.0.113.1,5056\n',
    { zone: 'Europe/Berlin' },
  );
  assert.deepEqual(rows.map(told), [
    'one: held: 100.64.0.2',
    'cannot tell: time does not exist',
    'cannot tell: time exists twice',
    'one: held: 100.64.0.102',
  ]);
});

test('times may be counts, columns may have other names, and other columns stay', async () => {
  const table =
    'who;Source IP;src_port;"when";note\nA;203.0.113.1;5056;1486728000;"a;b"\nB;203.0.113.1;x;1486728000;\n';
  const { rows, text } = await answered(table, {
    columns: { ip: 'source ip', port: 'src_port', time: 'when' },
    unit: 's',
    delimiter: ';',
  });
  assert.deepEqual(rows.map(told), ['one: held: 100.64.0.2', 'unreadable: not a port']);
  assert.equal(rows[0]!['note'], 'a;b');
  assert.ok(
    text.startsWith(
      `who;Source IP;src_port;"when";note;${ADDED.join(';')}\nA;203.0.113.1;5056;1486728000;"a;b";one;held;`,
    ),
  );
});

test('rows stay as they stood: quotes, line ends within values, CRLF, a byte order mark, no line end at the end', async () => {
  const given = [
    '\uFEFFtime,ip,port,note',
    '"2017-02-10T12:00:00Z",203.0.113.1,5056,"two\r\nlines, ""quoted"""',
    '2017-02-10T12:00:00Z,203.0.113.1,5056,  spaces  ',
  ];
  const { text, rows } = await answered(given.join('\r\n'));
  const lines = text.split(/\r\n(?=2017|"2017|$)/);
  assert.deepEqual(
    lines.slice(0, 3).map((line, index) => line.startsWith(given[index]!)),
    [true, true, true],
  );
  assert.ok(text.endsWith('\r\n'));
  assert.deepEqual(rows.map(told), ['one: held: 100.64.0.2', 'one: held: 100.64.0.2']);
  assert.equal(rows[0]!['note'], 'two\r\nlines, "quoted"');
});

test('a quote that is never closed costs one row', async () => {
  const { rows } = await answered(
    'time,ip,port\n2017-02-10T12:00:00Z,"203.0.113.1,5056\n2017-02-10T12:00:00Z,203.0.113.1,5056\n',
  );
  assert.deepEqual(rows.map(told), ['unreadable: not a row', 'one: held: 100.64.0.2']);
  assert.equal(rows[0]!['time'], '2017-02-10T12:00:00Z,"203.0.113.1,5056');
});

test('however the bytes arrive, the answers are the same', async () => {
  const cell = fc.constantFrom(
    '203.0.113.1',
    '"203.0.113.1"',
    '',
    'x',
    '"a\n""b"',
    '5056',
    '2017-02-10T12:00:00Z',
    '2017-02-10 12:00:00.5Z',
    '"open',
  );
  const line = fc.array(cell, { minLength: 1, maxLength: 4 }).map((cells) => cells.join(','));
  const table = fc.tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), fc.boolean());
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 1, max: 40 }), async ([lines, end, closed], size) => {
      const bytes = Buffer.from(['ip,port,time', ...lines].join(end) + (closed ? end : ''));
      async function* pieces() {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
      }
      const [whole, parts] = [await answered(bytes.toString()), await answered(pieces())];
      assert.equal(parts.text, whole.text);
      assert.deepEqual(parts.receipt, whole.receipt);
      assert.equal(whole.rows.length, whole.receipt.rows);
    }),
    { seed: 11, numRuns: 300 },
  );
});

test('times are read as returns’ times are read, whatever their form', async () => {
  const two = fc.integer({ min: 0, max: 61 }).map((value) => String(value).padStart(2, '0'));
  const form = fc
    .tuple(
      fc.integer({ min: 1990, max: 2100 }),
      two,
      two,
      two,
      two,
      two,
      fc.constantFrom('T', ' '),
      fc.constantFrom('', '.5', '.123456', '.1234567', '.'),
      fc.constantFrom('Z', '+02:00', ' UTC', ''),
    )
    .map(
      ([year, month, day, hour, minute, second, between, fraction, zone]) =>
        `${year}-${month}-${day}${between}${hour}:${minute}:${second}${fraction}${zone}`,
    );
  await fc.assert(
    fc.asyncProperty(fc.array(form, { minLength: 1, maxLength: 40 }), async (times) => {
      const { rows } = await answered(`time,ip,port\n${times.map((time) => `${time},203.0.113.1,5056\n`).join('')}`);
      for (const [index, time] of times.entries()) {
        const stamp = readIso(time);
        const march = microsFrom('2017-03-01T00:00:00Z')!;
        const began = stamp?.began ?? null;
        const expected =
          stamp === null ? 'unreadable: not a time'
          : began === null ? 'cannot tell: time without zone'
          : began < microsFrom('2017-02-01T00:00:00Z')! ? 'cannot tell: no log for that time'
          : `one: held: 100.64.0.${began < march ? 2 : 102}`; // biome-ignore format: a ladder
        assert.equal(told(rows[index]!), expected, time);
      }
    }),
    { seed: 5, numRuns: 200 },
  );
});

const refused = async (table: string, options: Partial<BatchOptions> = {}) => {
  await assert.rejects(answered(table, options), (error) => isProblem(error) && error.code === 'attribution/columns');
};

test('a table without the columns that are needed is refused before anything is looked up', async () => {
  await refused('');
  await refused('address,port,time\n');
  await refused('ip,port\n');
  await refused('ip,ip,time\n');
  await refused('ip,time\n', { columns: { port: 'port' } });
  await refused('ip,time,answer\n');
});

test('a table without a port column is asked without ports', async () => {
  const { rows } = await answered('ip,time\n203.0.113.1,2017-02-10T12:00:00Z\n');
  assert.deepEqual(rows.map(told), ['cannot tell: port missing']);
});

test('the answers are a file when they are whole, and none when they are not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fourcorners-batch-'));
  try {
    const attribution = await OPENED;
    const [table, out] = [join(folder, 'logins.csv'), join(folder, 'answers.csv')];
    writeFileSync(table, 'ip,port,time\n203.0.113.1,5056,2017-02-10T12:00:00Z\n');
    await attribution.batch(table, out, { toleranceSeconds: 0 });
    assert.match(readFileSync(out, 'utf8'), /one,held,100\.64\.0\.2/);
    async function* broken() {
      yield Buffer.from('ip,port,time\n203.0.113.1,5056,2017-02-10T12:00:00Z\n');
      throw new Error('the line went dead');
    }
    await assert.rejects(attribution.batch(broken(), join(folder, 'other.csv'), { toleranceSeconds: 0 }), /went dead/);
    assert.ok(!existsSync(join(folder, 'other.csv')));
    assert.deepEqual(readdirSync(folder).sort(), ['answers.csv', 'logins.csv']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
