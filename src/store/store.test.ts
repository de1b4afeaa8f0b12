import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryFolder } from '../custody/memory.ts';
import { openEngine } from './engine.ts';
import { onlyRecords } from './within.ts';

test('the engine reads and writes below its folders and nowhere else', async () => {
  using memory = memoryFolder();
  await using engine = await openEngine([memory.path]);
  await engine.run(`copy (select 1 as one) to '${memory.path}/one.parquet' (format parquet)`);
  assert.deepEqual(await engine.rows(`select one from read_parquet('${memory.path}/one.parquet')`), [{ one: 1 }]);
  for (const sql of [
    "select * from read_csv('/etc/hostname')",
    "copy (select 1) to '/tmp/fourcorners-out.csv'",
    "attach '/tmp/fourcorners-out.db'",
    'set enable_external_access = true',
    'install httpfs',
  ]) {
    await assert.rejects(engine.run(sql), sql);
  }
});

test('values come back as they went in: times, large numbers, exact decimals', async () => {
  await using engine = await openEngine([]);
  await engine.run('create table t (id integer, began timestamp, amount decimal(28,8), text varchar)');
  await engine.append('t', [
    [1, 2, 3],
    [253_402_300_799_999_999n, -62_135_596_800_000_000n, null],
    ['12345678901234567890.00000001', '-0.1', null],
    ['a\u0000b', '\u202e', null],
  ]);
  assert.deepEqual(await engine.rows('select began, amount, text from t order by id'), [
    { began: 253_402_300_799_999_999n, amount: '12345678901234567890.00000001', text: 'a\u0000b' },
    { began: -62_135_596_800_000_000n, amount: '-0.1', text: '\u202e' },
    { began: null, amount: null, text: null },
  ]);
  const [counted] = await engine.rows<{ n: bigint }>(
    'select count(*) as n from t where began >= make_timestamp($from)',
    { from: 0n },
  );
  assert.equal(counted!.n, 1n);
});

test('a question may read records and what it makes of them, and nothing else', async () => {
  await using engine = await openEngine([]);
  await engine.run('create table records (id varchar); create table known_contents (content varchar)');
  const within = [
    'select count(*) from records',
    'with found as (select * from records), named as (select id from found) select * from named join found using (id)',
    'select * from (select id from records) where id in (select id from records)',
    'select unnest(range(3)) as n',
    'select * from range(5)',
  ];
  for (const sql of within) await onlyRecords(engine, sql);
  const beyond = [
    'select * from known_contents',
    'select * from records, known_contents',
    'select (select count(*) from known_contents) from records',
    'with records as (select * from known_contents) select * from records',
    "select * from read_parquet('x')",
    "select * from 'x.csv'",
    'select * from duckdb_tables()',
    'select * from information_schema.tables',
    'insert into records values (1)',
    'drop table records',
    'select 1; drop table records',
    'not sql',
  ];
  for (const sql of beyond) await assert.rejects(onlyRecords(engine, sql), { code: 'store/not-within' }, sql);
});
