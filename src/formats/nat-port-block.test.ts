import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { textFrom } from '../base/interval.ts';
import { address } from '../record/identifier.ts';
import type { Reading } from './format.ts';
import natPortBlock from './nat-port-block.ts';
import { fileInMemory } from './reading/open.ts';

async function listed(readings: AsyncIterable<Reading>): Promise<Reading[]> {
  const list: Reading[] = [];
  for await (const reading of readings) list.push(reading);
  return list;
}

const bulk = natPortBlock.bulk!;
const FIELDS = {
  subscriber: '15755550123',
  start: '2018-03-04T05:00:00Z',
  end: '2018-03-04T06:00:00Z',
  public_ip: '203.0.113.3',
  port_low: '1024',
  port_high: '1535',
};

const pick = (...texts: string[]) => fc.constantFrom(...texts);
const ODD_TIMES = [
  '', ' 018-03-04T05:06:07Z', '-018-03-04T05:06:07Z', '2018-03-04T 5:06:07Z', '2018-03-04T24:00:00Z', '2018-03-04T05:06:60Z',
  '2018/03/04T05:06:07Z', '0000-03-04T05:06:07Z', '0999-03-04T05:06:07Z', '9999-12-31T23:59:59Z', '2018-02-29T05:06:07Z',
  '2018-03-04T05:06:07', '2018-03-04 05:06:07Z', '2018-03-04T05:06:07.5Z', '2018-03-04T05:06:07.000000Z', '2018-03-04',
  '2018-03-04T05:06:07+01:00', '2018-03-04t05:06:07z', ' 2018-03-04T05:06:07Z', '2018-03-04T05:06:07Z ', 'infinity', 'epoch',
  '２018-03-04T05:06:07Z',
]; // biome-ignore format: a list reads better as one
const goodTime = fc
  .integer({ min: 1_519_000_000, max: 1_521_000_000 })
  .map((second) => textFrom(BigInt(second) * 1_000_000n));
const slipped = fc
  .tuple(goodTime, fc.nat(19), pick(' ', '0', '-', ':', '9', 'T', '+', '.', '\t', 'Z'))
  .map(([text, place, letter]) => text.slice(0, place) + letter + text.slice(place + 1));
const time = fc.oneof(
  { weight: 12, arbitrary: goodTime },
  { weight: 1, arbitrary: pick(...ODD_TIMES) },
  { weight: 1, arbitrary: slipped },
);
const ODD_PORTS = ['', '007', '+5', '-1', '65536', '5.0', '1e3', ' 80', '80 ', '0x50', '99999', '-0', '1_000'];
const goodPort = fc.integer({ min: 0, max: 65_535 }).map(String);
const port = fc.oneof({ weight: 12, arbitrary: goodPort }, { weight: 1, arbitrary: pick(...ODD_PORTS) });
const row = fc.record({
  subscriber: fc.oneof(
    { weight: 12, arbitrary: pick('15755550123', '<script>', 'a b') },
    { weight: 1, arbitrary: pick('', ' a', 'a ', 'a\t', '\u00a0a', 'a\u2003', '~', 'Ü') },
    { weight: 1, arbitrary: fc.string() },
  ),
  start: time,
  end: time,
  public_ip: pick(
    '203.0.113.3',
    '203.0.113.7',
    '198.51.100.9',
    '192.0.2.1',
    '2001:db8::7',
    '2001:DB8::7',
    '203.0.113.300',
    '',
    ' 203.0.113.3',
    '203.0.113.03',
  ),
  port_low: port,
  port_high: port,
});

/** Each odd text once in a row that is right otherwise. */
const ODD_ROWS = [
  ...ODD_TIMES.flatMap((text) => [{ start: text }, { end: text }]),
  ...ODD_PORTS.flatMap((text) => [{ port_low: text }, { port_high: text }]),
].map((change) => ({ ...FIELDS, ...change }));

test('where the engine reads a row exactly its values are those of the row read alone', async () => {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run("set TimeZone = 'UTC'");
  const rows = [...ODD_ROWS, ...fc.sample(row, { seed: 20_181_104, numRuns: 4000 })];
  // A text with a NUL or half a character never reaches the engine.
  const texts = rows.filter((fields) =>
    Object.values(fields).every((text) => text.isWellFormed() && !text.includes('\0')),
  );
  await connection.run(
    `create table staged (place integer, ${bulk.columns.map((name) => `"${name}" varchar`).join(', ')})`,
  );
  const appender = await connection.createAppender('staged');
  for (const [place, fields] of texts.entries()) {
    appender.appendInteger(place);
    for (const name of bulk.columns as (keyof typeof fields)[]) {
      // An unquoted empty value comes as NULL, a quoted one as an empty text.
      if (fields[name] === '' && place % 2 === 0) appender.appendNull();
      else appender.appendVarchar(fields[name]);
    }
    appender.endRow();
  }
  appender.closeSync();
  const { values, began, ended } = bulk.sql;
  const typed = [
    `${began} as "typed began", ${ended} as "typed ended", ${values.subscriber} as "value subscriber", ${values.ip} as "value ip"`,
    `${values.port_low} as "typed port_low", ${values.port_high} as "typed port_high"`,
  ];
  const result = await connection.runAndReadAll(`
    with typed as (select *, ${typed.join(', ')} from staged),
      read as (select place, "value subscriber", "value ip", "typed port_low" as "value port_low",
        "typed port_high" as "value port_high", "typed began" as began, "typed ended" as ended
        from typed where coalesce(${bulk.sql.exact}, false))
    select place, epoch_us(began)::varchar as began, epoch_us(ended)::varchar as ended,
      "value subscriber" as subscriber, "value ip" as ip, "value port_low" as port_low, "value port_high" as port_high,
      ${Object.entries(bulk.sql.restore)
        .map(([name, sql]) => `${sql.replaceAll(/\bport_(low|high)\b/g, '"value port_$1"')} as "${name} again"`)
        .join(', ')}
    from read order by place`);
  let compared = 0;
  for (const read of result.getRowObjectsJS() as Record<string, string | number | null>[]) {
    const fields = texts[Number(read.place)]!;
    // The importer sends every address that is not canonical to the row reader.
    if (address(fields.public_ip) !== fields.public_ip) continue;
    compared += 1;
    const draft = bulk.row(fields);
    assert.ok(!('unreadable' in draft), `the row reader refuses ${JSON.stringify(fields)}`);
    const { subscriber, ip, port_low, port_high } = read;
    assert.deepEqual({ subscriber, ip, port_low, port_high }, { ...draft.values }, JSON.stringify(fields));
    assert.deepEqual(
      [read.began, read.ended],
      [String(draft.began), draft.ended === null ? null : String(draft.ended)],
    );
    assert.deepEqual([draft.precision, draft.zoneBasis, draft.undetermined], ['second', 'stated', undefined]);
    assert.equal(draft.timeAsStored, bulk.timeColumns.map((name) => fields[name as 'start']).join(' / '));
    for (const name of Object.keys(bulk.sql.restore)) assert.equal(read[`${name} again`], fields[name as 'start']);
  }
  assert.ok(compared > 200, `only ${compared} of ${texts.length} rows were read by the engine`);
  connection.closeSync();
  instance.closeSync();
});

test('each wrong value is refused with a reason that does not repeat it', () => {
  const wrong: [Partial<typeof FIELDS>, RegExp][] = [
    [{ public_ip: '203.0.113.300' }, /address/],
    [{ public_ip: '203.0.113.0/24' }, /address/],
    [{ port_low: '1536' }, /ports/],
    [{ port_high: '65536' }, /ports/],
    [{ port_high: '' }, /ports/],
    [{ start: '2018-03-04T24:00:00Z' }, /time/],
    [{ start: '04.03.2018' }, /time/],
    [{ end: '2018-03-04T04:59:59Z' }, /before/],
    [{ subscriber: ' ' }, /subscriber/],
  ];
  for (const [change, reason] of wrong) {
    const read = bulk.row({ ...FIELDS, ...change });
    assert.ok('unreadable' in read, JSON.stringify(change));
    assert.match(read.unreadable, reason);
    for (const text of Object.values(change)) if (text.trim()) assert.ok(!read.unreadable.includes(text));
  }
});

test('an empty end is an open lease, and a lease without ports is of the whole address', () => {
  const open = bulk.row({ ...FIELDS, end: '', port_low: '', port_high: '' });
  assert.ok(!('unreadable' in open));
  assert.equal(open.ended, null);
  assert.equal(open.undetermined, undefined);
  assert.deepEqual(open.values, { subscriber: '15755550123', ip: '203.0.113.3' });
});

test('a time without a zone is placed only by a zone the examiner declared', async () => {
  const bytes = new TextEncoder().encode(
    'port_high,port_low,public_ip,end,start,subscriber,node\n1535,1024,203.0.113.3,2018-03-04T06:00:00,2018-03-04T05:00:00,a,b1\n',
  );
  const file = fileInMemory('leases.csv', bytes);
  const [silent] = await listed(natPortBlock.read(file, { siblings: [] }));
  assert.ok(silent && 'record' in silent);
  assert.deepEqual([silent.record.undetermined, silent.record.raw.node], ['no zone', 'b1']);
  const zone = { zone: 'America/Denver', basis: 'declared by examiner' } as const;
  const [declared] = await listed(natPortBlock.read(file, { siblings: [], zone }));
  assert.ok(declared && 'record' in declared);
  assert.equal(textFrom(declared.record.began!), '2018-03-04T12:00:00Z');
});

test('a row that lacks a field is not read, and a table cut short at any byte never throws', async () => {
  const whole = `${bulk.columns.join(',')}\n${Object.values(FIELDS).join(',')}\n"a,b",2018-03-04T05:00:00Z,,203.0.113.3,1,2\n`;
  for (let end = 0; end <= whole.length; end += 1) {
    const file = fileInMemory('leases.csv', new TextEncoder().encode(whole.slice(0, end)));
    const readings = await listed(natPortBlock.read(file, { siblings: [] }));
    for (const reading of readings)
      if ('record' in reading) assert.match(reading.record.values.subscriber!, /^(15755550123|a,b)$/);
  }
});
