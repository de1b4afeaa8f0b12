/** The index of a log: the same answers from the same files, and none from others. */
import assert from 'node:assert/strict';
import {
  copyFileSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { microsFrom, textFrom } from '../base/interval.ts';
import { isProblem } from '../base/problem.ts';
import { memoryFolder } from '../custody/memory.ts';
import type { LeaseTimes, ParquetLeases } from '../source/leases.ts';
import { openAttribution } from './attribution.ts';
import { openColumns } from './columns.ts';
import { buildIndex } from './index-build.ts';

const memory = memoryFolder();
const folders: string[] = [];
after(() => {
  memory[Symbol.dispose]();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const SOURCE: ParquetLeases = {
  engine: 'duckdb',
  files: ['log*.parquet'],
  columns: {
    ip: 'ip',
    port_low: 'port_low',
    port_high: 'port_high',
    began: 'began',
    ended: 'ended',
    subscriber: 'who',
  },
  times: { type: 'timestamptz' },
  coverage: { complete: [{ began: '2017-02-01T00:00:00Z', ended: '2017-03-01T00:00:00Z' }], gaps: [] },
  clockErrorSeconds: 0,
};

async function place(...sql: string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'fourcorners-index-'));
  folders.push(folder);
  await using engine = await openColumns([folder], { spill: join(folder, 'spill'), memoryBytes: 2 ** 28 });
  for (const [index, one] of sql.entries()) {
    await engine.run(`copy (${one}) to '${join(folder, `log${index}.parquet`)}' (format parquet)`);
  }
  return folder;
}

const HOURS = (count: number, first = 0) => `select '203.0.113.7' as ip, 1024 as port_low, 1535 as port_high,
  '2017-02-01T00:00:00Z'::timestamptz + to_hours((${first} + i)::integer) as began, began + interval 50 minute as ended,
  'line-' || (${first} + i) as who from range(${count}) t(i)`;

const open = (folder: string, source = SOURCE, options = {}) =>
  openAttribution(source, { folder, index: join(folder, 'index'), memoryFolder: memory.path, now: 0n, ...options });

const at = (time: string, port: number | null = 1100, ip = '203.0.113.7') => ({
  ip,
  port,
  time: microsFrom(time)!,
  toleranceSeconds: 0,
});

test('an answer names its row by file and number, and what it rests on', async () => {
  const folder = await place(HOURS(10), HOURS(10, 10));
  const built = await buildIndex(SOURCE, { folder, into: join(folder, 'index') });
  assert.equal(built.rows, 20);
  await using log = await open(folder);
  assert.equal(log.basis.engine, 'index');
  assert.match(log.basis.stated, /over 2 Parquet files, sources’ digest [0-9a-f]{64}; their sizes and ends checked/);
  const { answer, subscriber, shown, looked } = await log.one(at('2017-02-01T13:10:00Z'));
  assert.deepEqual([answer, subscriber], ['one', 'line-13']);
  assert.deepEqual(shown, [
    {
      subscriber: 'line-13',
      network: '203.0.113.7',
      portLow: 1024,
      portHigh: 1535,
      began: microsFrom('2017-02-01T13:00:00Z'),
      ended: microsFrom('2017-02-01T13:50:00Z'),
      row: 'log1.parquet row 4',
    },
  ]);
  assert.deepEqual(looked, { began: microsFrom('2017-02-01T13:10:00Z'), ended: microsFrom('2017-02-01T13:10:00Z') });
});

test('without an index the files are asked as they stand, with the same answer', async () => {
  const folder = await place(HOURS(10), HOURS(10, 10));
  await using log = await open(folder);
  assert.equal(log.basis.engine, 'parquet');
  const { subscriber, shown } = await log.one(at('2017-02-01T13:10:00Z'));
  assert.deepEqual([subscriber, shown[0]?.row], ['line-13', 'log1.parquet row 4']);
});

test('an index is not used for a source that is not as it was', async () => {
  for (const [what, change] of [
    ['a file more', async (folder: string) => copyFileSync(join(folder, 'log0.parquet'), join(folder, 'log1.parquet'))],
    ['a file less', async (folder: string) => rmSync(join(folder, 'log0.parquet'))],
    [
      'another size',
      async (folder: string) =>
        copyFileSync(join(await place(HOURS(11)), 'log0.parquet'), join(folder, 'log0.parquet')),
    ],
    [
      'other rows',
      async (folder: string) =>
        copyFileSync(join(await place(HOURS(10, 100)), 'log0.parquet'), join(folder, 'log0.parquet')),
    ],
  ] as const) {
    const folder = await place(HOURS(10));
    await buildIndex(SOURCE, { folder, into: join(folder, 'index') });
    await change(folder);
    await assert.rejects(
      open(folder),
      (error) => isProblem(error) && /^attribution\/(index-stale|no-files)$/.test(error.code),
      what,
    );
  }
  const folder = await place(HOURS(10));
  await buildIndex(SOURCE, { folder, into: join(folder, 'index') });
  const otherwise = { ...SOURCE, columns: { ...SOURCE.columns, began: 'ended', ended: 'began' } };
  await assert.rejects(
    open(folder, otherwise),
    (error) => isProblem(error) && error.code === 'attribution/index-stale',
  );
});

function changeByte(file: string, place: number): void {
  const [byte] = readFileSync(file).subarray(place, place + 1);
  writeSync(openSync(file, 'r+'), Uint8Array.of(byte! ^ 1), 0, 1, place);
}

test('a byte changed in the middle of a file is found when every byte is compared', async () => {
  // A row group is longer than the end that is always compared.
  const folder = await place(`${HOURS(400_000)} order by hash(i)`);
  await buildIndex(SOURCE, { folder, into: join(folder, 'index') });
  changeByte(join(folder, 'log0.parquet'), 1000);
  assert.ok(statSync(join(folder, 'log0.parquet')).size > 2 << 20);
  await (await open(folder))[Symbol.asyncDispose]();
  await assert.rejects(
    open(folder, SOURCE, { wholeCheck: true }),
    (error) => isProblem(error) && error.code === 'attribution/index-stale',
  );
});

test('an index with a byte changed or missing is damaged', async () => {
  for (const name of ['leases', 'slots', 'network-slots', 'names', 'name-starts', 'networks-4', 'index.json']) {
    const folder = await place(HOURS(10));
    const index = join(folder, 'index');
    await buildIndex(SOURCE, { folder, into: index });
    const damaged = (error: unknown) => isProblem(error) && error.code === 'attribution/index-damaged';
    changeByte(join(index, name), name === 'index.json' ? 0 : 3);
    await assert.rejects(open(folder, SOURCE, { wholeCheck: true }), damaged, name);
    truncateSync(join(index, name), statSync(join(index, name)).size - 1);
    await assert.rejects(open(folder), damaged, name);
  }
});

test('building again replaces the index and leaves nothing else behind', async () => {
  const folder = await place(HOURS(10));
  await buildIndex(SOURCE, { folder, into: join(folder, 'index') });
  copyFileSync(join(await place(HOURS(30)), 'log0.parquet'), join(folder, 'log0.parquet'));
  assert.equal((await buildIndex(SOURCE, { folder, into: join(folder, 'index') })).rows, 30);
  await using log = await open(folder);
  assert.equal((await log.one(at('2017-02-01T20:10:00Z'))).subscriber, 'line-20');
  assert.deepEqual(
    readdirSync(folder)
      .filter((name) => name !== 'spill')
      .sort(),
    ['index', 'log0.parquet'],
  );
});

test('an index that cannot be made leaves nothing behind', async () => {
  const folder = await place(HOURS(10));
  const without = { ...SOURCE, columns: { ...SOURCE.columns, subscriber: 'nobody' } };
  await assert.rejects(
    buildIndex(without, { folder, into: join(folder, 'index') }),
    (error) => isProblem(error) && error.code === 'attribution/columns',
  );
  assert.deepEqual(
    readdirSync(folder).filter((name) => name !== 'spill'),
    ['log0.parquet'],
  );
});

test('rows that are no leases are counted by why', async () => {
  const folder = await place(`select * from (values
    ('203.0.113.7', 1024, 1535, timestamptz '2017-02-01 00:00:00Z', timestamptz '2017-02-01 01:00:00Z', 'a'),
    ('203.0.113.7', 1024, 1535, timestamptz '2017-02-01 02:00:00Z', timestamptz '2017-02-01 01:00:00Z', 'b'),
    ('203.0.113.8', 1535, 1024, timestamptz '2017-02-01 00:00:00Z', null, 'c'),
    ('203.0.113.8', null, 1024, timestamptz '2017-02-01 00:00:00Z', null, 'd'),
    ('203.0.113.8', 70000, 70001, timestamptz '2017-02-01 00:00:00Z', null, 'e'),
    ('203.0.113.9', null, null, null, null, 'f'),
    ('nowhere', null, null, timestamptz '2017-02-01 00:00:00Z', null, 'g'),
    (' ', null, null, timestamptz '2017-02-01 00:00:00Z', null, 'h'),
    ('203.0.113.10', null, null, timestamptz '2017-02-01 00:00:00Z', 'infinity'::timestamptz, 'i')
  ) t(ip, port_low, port_high, began, ended, who)`);
  const built = await buildIndex(SOURCE, { folder, into: join(folder, 'index') });
  assert.equal(built.rows, 2);
  assert.deepEqual(built.unusable, {
    'address not read': 1, 'ends before it begins': 1, 'no address': 1, 'no beginning': 1, 'not a range of ports': 2, 'one port of two': 1,
  }); // biome-ignore format: counts
  await using log = await open(folder);
  assert.equal(log.basis.rows, 9);
  for (const [ip, time, reason] of [
    ['203.0.113.7', '2017-02-01T00:30:00Z', 'held'],
    ['203.0.113.7', '2017-02-01T01:30:00Z', 'row not read'],
    ['203.0.113.8', '2017-02-01T01:30:00Z', 'row not read'],
    ['203.0.113.9', '2017-02-01T01:30:00Z', 'row not read'],
    ['203.0.113.10', '2017-02-27T01:30:00Z', 'held'],
    ['203.0.113.11', '2017-02-01T01:30:00Z', 'address not in this source'],
  ] as const) {
    assert.equal((await log.one(at(time, 1100, ip))).reason, reason, `${ip} ${time}`);
  }
});

test('times are read as the declaration says, to the microsecond', async () => {
  const began = '2017-02-01T10:00:00.000001Z';
  const kinds: [LeaseTimes, string][] = [
    [{ type: 'timestamptz' }, `timestamptz '2017-02-01 10:00:00.000001Z'`],
    [{ type: 'timestamp', offset: 'Z' }, `timestamp '2017-02-01 10:00:00.000001'`],
    [{ type: 'timestamp', offset: '+05:30' }, `timestamp '2017-02-01 15:30:00.000001'`],
    [{ type: 'timestamp', offset: '-03:00' }, `timestamp_ns '2017-02-01 07:00:00.000001999'`],
    [{ type: 'microseconds' }, '1485943200000001::bigint'],
    [{ type: 'text' }, `'2017-02-01T12:00:00.000001+02:00'`],
  ];
  for (const [times, sql] of kinds) {
    const folder =
      await place(`select '203.0.113.7' as ip, null::integer as port_low, null::integer as port_high, ${sql} as began,
      ${times.type === 'text' ? 'null::varchar' : `case when false then began end`} as ended, 'a' as who`);
    const source = { ...SOURCE, times };
    await buildIndex(source, { folder, into: join(folder, 'index') });
    for (const options of [{}, { index: undefined }]) {
      await using log = await open(folder, source, options);
      const { shown } = await log.one(at(began));
      assert.equal(shown[0] && textFrom(shown[0].began), began, sql);
      assert.equal((await log.one(at('2017-02-01T10:00:00Z'))).answer, 'none', sql);
    }
  }
});

test('a time without a zone where each must have its own is no beginning', async () => {
  const folder = await place(
    `select '203.0.113.7' as ip, null::integer as port_low, null::integer as port_high, '2017-02-01T12:00:00' as began, null::varchar as ended, 'a' as who`,
  );
  const built = await buildIndex({ ...SOURCE, times: { type: 'text' } }, { folder, into: join(folder, 'index') });
  assert.deepEqual(built, { ...built, rows: 0, unusable: { 'beginning not read': 1 } });
});

test('columns of another kind than declared are refused', async () => {
  const folder = await place(HOURS(3));
  for (const wrong of [
    { times: { type: 'timestamp' as const, offset: 'Z' } },
    { times: { type: 'seconds' as const } },
    { columns: { ...SOURCE.columns, ip: 'began' } },
    { columns: { ...SOURCE.columns, port_low: 'began', port_high: 'ended' } },
    { columns: { ...SOURCE.columns, ended: 'gone' } },
  ]) {
    await assert.rejects(
      open(folder, { ...SOURCE, ...wrong }),
      (error) => isProblem(error) && error.code === 'attribution/columns',
      JSON.stringify(wrong),
    );
  }
});

test('ends in the year 9999 are kept as they are, and cost no precision', async () => {
  const folder = await place(`select '203.0.113.7' as ip, null::integer as port_low, null::integer as port_high,
    timestamptz '2017-02-01 10:00:00.000001Z' as began, timestamptz '9999-12-31 23:59:59.999999Z' as ended, 'a' as who`);
  await buildIndex(SOURCE, { folder, into: join(folder, 'index') });
  await using log = await open(folder);
  const { shown } = await log.one(at('2017-02-10T00:00:00Z'));
  assert.deepEqual(
    shown.map(({ began, ended }) => [textFrom(began), textFrom(ended!)]),
    [['2017-02-01T10:00:00.000001Z', '9999-12-31T23:59:59.999999Z']],
  );
  const answers: Buffer[] = [];
  async function* table() {
    yield Buffer.from('ip,port,time\n203.0.113.7,1,2017-02-10T00:00:00Z\n');
  }
  await log.batch(table(), (bytes) => void answers.push(Buffer.from(bytes)), { toleranceSeconds: 0 });
  assert.match(Buffer.concat(answers).toString(), /9999-12-31T23:59:59\.999999Z/);
});

test('files outside the declaration’s folder are not reached', async () => {
  const folder = await place(HOURS(3));
  for (const files of [['../*/log0.parquet'], [join(folder, 'log0.parquet')], ['none*.parquet']]) {
    const inner = await place();
    await assert.rejects(
      open(inner, { ...SOURCE, files }),
      (error) => isProblem(error) && error.code === 'attribution/no-files',
      String(files),
    );
  }
});

test('a translator’s inside address goes on to who had it', async () => {
  const folder = await place(`select '100.64.0.2' as ip, null::integer as port_low, null::integer as port_high,
    timestamptz '2017-02-01 10:00:00Z' + to_hours(i::integer) as began, began + interval 1 hour as ended, 'line-' || i as who from range(5) t(i)`);
  const translator = {
    began: '2017-02-01T00:00:00Z', ended: '2017-02-01T14:30:00Z', inside: { first: '100.64.0.1', last: '100.64.0.14' },
    outside: { first: '203.0.113.1', last: '203.0.113.1' }, insidePerOutside: 14, portsPerAddress: 4032,
    reserved: [{ low: 0, high: 1023 }], algorithm: 'sequential' as const,
  }; // biome-ignore format: one setting
  await using log = await openAttribution(
    { engine: 'deterministic', translators: [translator], inside: SOURCE, clockErrorSeconds: 0 },
    { folder, memoryFolder: memory.path, now: 0n },
  );
  const told = async (time: string, port: number | null, toleranceSeconds = 0) => {
    const { answer, reason, subscriber } = await log.one({
      ip: '203.0.113.1',
      port,
      time: microsFrom(time)!,
      toleranceSeconds,
    });
    return `${answer}: ${reason}${subscriber ? `: ${subscriber}` : ''}`;
  };
  assert.equal(await told('2017-02-01T12:10:00Z', 5056), 'one: held: line-2');
  assert.equal(await told('2017-02-01T12:59:59Z', 5056, 5), 'cannot tell: tolerance reaches a neighbour');
  assert.equal(await told('2017-02-01T09:00:00Z', 5056), 'none: log names nobody');
  assert.equal(await told('2017-02-01T12:10:00Z', 1024), 'cannot tell: address not in this source');
  assert.equal(await told('2017-02-01T12:10:00Z', null), 'cannot tell: port missing');
  assert.equal(await told('2017-02-01T14:31:00Z', 5056), 'cannot tell: no log for that time');
  const answers: Buffer[] = [];
  async function* table() {
    yield Buffer.from(
      'ip,port,time\n203.0.113.1,80,2017-02-01T12:10:00Z\n203.0.113.1,5056,2017-02-01T12:10:00Z\nx,5056,2017-02-01T12:10:00Z\n203.0.113.1,,2017-02-01T12:10:00Z\n',
    );
  }
  const receipt = await log.batch(table(), (bytes) => void answers.push(Buffer.from(bytes)), { toleranceSeconds: 0 });
  assert.deepEqual(receipt.reasons, { held: 1, 'port reserved': 1, 'port missing': 1, 'not an address': 1 });
  assert.match(
    Buffer.concat(answers).toString(),
    /5056,2017-02-01T12:10:00Z,one,held,line-2,1,,100\.64\.0\.2,,,2017-02-01T12:00:00Z,2017-02-01T13:00:00Z,log0\.parquet row 3/,
  );
});
