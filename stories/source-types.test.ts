/** Types of each engine's own, as providers' tables have them; and the accounts an identifier is resolved to. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { createClient } from '@clickhouse/client';
import { DuckDBInstance } from '@duckdb/node-api';
import pg from 'pg';
import { microsFrom, textFrom } from '../src/base/interval.ts';
import { identifier } from '../src/record/identifier.ts';
import type { Draft } from '../src/record/record.ts';
import type { Scope } from '../src/scope/scope.ts';
import { readSource } from '../src/source/declaration.ts';
import { openSource } from '../src/source/source.ts';
import { KEPT, type Kept, openPlace, type Place } from './servers/tables.ts';

const FEBRUARY = { began: microsFrom('2017-02-01T00:00:00Z')!, ended: microsFrom('2017-03-01T00:00:00Z')! };
const scope = (value: string, type: 'account-id' | 'imsi' = 'account-id', range = FEBRUARY): Scope => ({
  instrument: 'i',
  version: 1,
  items: [{ id: '1', target: identifier(type, value)!, categories: ['DC-02'], range }],
});

let place: Place;
before(async () => {
  place = await openPlace();
});
after(() => place[Symbol.asyncDispose]());

type Declared = Record<string, unknown> & { table: string };
const DECLARED = {
  kind: 'session',
  category: 'DC-02',
  key: ['id'],
  time: { began: 'began', type: 'instant', precision: 'microsecond' },
};

async function drafts(where: Kept, declared: Declared, wanted: Scope): Promise<Record<string, Draft>> {
  const text = place.declare(where, { ...DECLARED, ...declared });
  await using source = await openSource(readSource(text, where), { folder: place.folder });
  const found: Record<string, Draft> = {};
  for await (const batch of source.gather(wanted)) {
    for (const { locator, draft } of batch) found[locator.slice(locator.lastIndexOf('=') + 1)] = draft;
  }
  return found;
}

async function sql(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: place.postgres.url });
  await client.connect();
  await client.query(text);
  await client.end();
}

async function commands(...queries: string[]): Promise<void> {
  const client = createClient({ url: place.clickhouse.url });
  for (const query of queries) await client.command({ query });
  await client.close();
}

const UUID = '7d444840-9dc0-11d1-b245-5ffdce74fad2';

test('PostgreSQL: uuid, numeric, varchar and padded accounts are found, by their index where declared exact', async () => {
  await sql(`create table typed (id int, u uuid, n numeric(20, 0), v varchar(9), c char(9), j jsonb, began timestamptz);
    insert into typed select g, '${UUID}', 12345678901234567890, 'a-1', 'a-1', '{"a": 1}', '2017-02-01Z' from generate_series(1, 2) g;
    insert into typed select 100 + g, gen_random_uuid(), g, 'b' || g, 'b' || g, null, '2017-02-01Z' from generate_series(1, 3000) g;
    create index on typed (v); analyze typed`);
  for (const [column, value] of [['u', UUID], ['n', '12345678901234567890'], ['v', 'a-1'], ['c', 'a-1']] as const) {
    const identifiers = [{ column, type: 'account-id', exact: true }];
    const found = await drafts('postgresql', { table: 'typed', identifiers, raw: ['j'] }, scope(value));
    assert.deepEqual(Object.keys(found), ['1', '2'], column);
    assert.deepEqual(found['1']!.raw, { j: '{"a": 1}' });
  }
  const text = place.declare('postgresql', {
    table: 'typed', ...DECLARED, identifiers: [{ column: 'v', type: 'account-id', exact: true }],
  }); // biome-ignore format: one line
  await using source = await openSource(readSource(text, 'x'), { folder: '.' });
  const client = new pg.Client({ connectionString: place.postgres.url });
  await client.connect();
  for (const { sql: asked, values } of source.explain(scope('a-1'))) {
    const plan = await client.query(`explain ${asked}`, values.map(String));
    assert.match(JSON.stringify(plan.rows), /typed_v_idx/);
  }
  await client.end();
}); // biome-ignore format: the table of columns

test('PostgreSQL: infinity is no time, years of any length do not stop a query, and local text needs no zone of the server', async () => {
  await sql(`create table odd (id int, account text, began timestamptz, day date);
    insert into odd values (1, 'a-1', 'infinity', '2017-02-03'), (2, 'a-1', '-infinity', 'infinity'),
      (3, 'a-1', '294276-12-31 23:59:59Z', '5874897-12-31'), (4, 'a-1', '4713-01-01 00:00:00Z BC', '0044-03-15 BC'),
      (5, 'a-1', '2017-02-01Z', '2017-02-28')`);
  const identifiers = [{ column: 'account', type: 'account-id' }];
  await using source = await openSource(
    readSource(place.declare('postgresql', { table: 'odd', ...DECLARED, identifiers }), 'x'),
    { folder: '.' },
  );
  const [count] = await source.count(scope('a-1'));
  assert.deepEqual([count!.produced, count!.withheld], [1, { 'undetermined: no time': 2, 'outside the range': 2 }]);
  const local = { began: 'day', type: { local: 'UTC' }, precision: 'day' };
  const found = await drafts('postgresql', { table: 'odd', identifiers, time: local }, scope('a-1'));
  assert.deepEqual(Object.keys(found), ['1', '5']);
});

test('ClickHouse: seconds, nanoseconds, low cardinality, fixed strings, enumerations and whole numbers', async () => {
  await commands(
    `CREATE TABLE typed (id UInt64, account LowCardinality(String), fixed FixedString(8), imsi UInt64, u UUID,
      began DateTime('America/Denver'), fine DateTime64(9, 'Asia/Tokyo'), kind Enum8('login' = 1, 'logout' = 2), ip IPv4)
      ENGINE = MergeTree ORDER BY (account, began)`,
    `INSERT INTO typed SELECT number, 'a-1', 'a-1', 310150000000001, '${UUID}', toDateTime(1485907199 + number, 'UTC'),
      fromUnixTimestamp64Nano(toInt64(1485907199999999999 + number), 'UTC'), 'logout', '203.0.113.5' FROM numbers(3)`,
  );
  const declared = (column: string, type = 'account-id', began = 'began') => ({
    table: 'typed',
    identifiers: [{ column, type, exact: true }],
    time: { ...DECLARED.time, began },
    columns: { action: 'kind', ip: 'ip' },
  });
  for (const [column, value] of [['account', 'a-1'], ['fixed', 'a-1'], ['u', UUID]] as const) {
    const found = await drafts('clickhouse', declared(column), scope(value));
    assert.deepEqual(Object.keys(found), ['1', '2'], column);
    assert.deepEqual(found['1']!.values, { action: 'logout', ip: '203.0.113.5' });
    assert.equal(found['1']!.timeAsStored, '2017-02-01 00:00:00+00');
  }
  const byNumber = await drafts('clickhouse', declared('imsi', 'imsi'), scope('310150000000001', 'imsi'));
  assert.deepEqual(Object.keys(byNumber), ['1', '2']);
  // The first of the three lies a nanosecond before the range.
  const fine = await drafts('clickhouse', declared('account', 'account-id', 'fine'), scope('a-1'));
  assert.deepEqual(Object.keys(fine), ['1', '2']);
}); // biome-ignore format: the table of columns

test('Parquet: many files are one table, and a row is found again by file and number', async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const [index, month] of ['2017-01', '2017-02'].entries()) {
    await connection.run(`copy (select 'a-1' as account, timestamptz '${month}-15 00:00:00Z' + to_seconds(range) as began,
      ${index} as file_row_number_ from range(3)) to '${place.folder}/data/many-${month}.parquet' (format parquet)`);
  }
  connection.closeSync();
  const table = { ...DECLARED, key: undefined, files: 'many-*.parquet', name: 'logins', identifiers: [{ column: 'account', type: 'account-id' }] };
  const text = place.declare('parquet', { table: 'x' }, { tables: [table] });
  await using source = await openSource(readSource(text, 'x'), { folder: place.folder });
  const found: string[] = [];
  for await (const batch of source.gather(scope('a-1'))) found.push(...batch.map(({ locator }) => locator));
  assert.deepEqual(found, [1, 2, 3].map((row) => `logins many-2017-02.parquet row ${row}`));
}); // biome-ignore format: one line

test('CSV: a row is found again by its number under the header; an empty field is nothing, an empty text a text', async () => {
  writeFileSync(`${place.folder}/data/plain.csv`, 'account;began;note\r\na-2;2017-02-01T00:00:00Z;x\r\na-1;2017-02-01T00:00:00Z;""\r\n"a-1";2017-02-02T00:00:00Z;\r\n');
  const table = { ...DECLARED, key: undefined, files: 'plain.csv', delimiter: ';', raw: ['note'], identifiers: [{ column: 'account', type: 'account-id' }] };
  const text = place.declare('csv', { table: 'x' }, { tables: [table] });
  await using source = await openSource(readSource(text, 'x'), { folder: place.folder });
  const found: unknown[] = [];
  for await (const batch of source.gather(scope('a-1'))) found.push(...batch.map(({ locator, draft }) => [locator, draft.raw]));
  assert.deepEqual(found, [['plain.csv row 2', { note: '' }], ['plain.csv row 3', {}]]);
}); // biome-ignore format: one line

for (const where of KEPT) {
  test(`an identifier is resolved to the accounts that had it, and when (${where})`, async () => {
    const day = (text: string) => microsFrom(`${text}T00:00:00Z`)!;
    await place.keep(
      {
        name: 'emails',
        columns: { email: 'text', number: 'text', account: 'text', since: 'text', until: 'text' },
        rows: [
          ['ann@example.org', '5755550142', 'a-1', '2016-01-01T00:00:00Z', '2017-02-10T00:00:00Z'],
          ['ANN@example.org', null, 'a-2', '2017-02-10T00:00:00Z', null],
          ['ann@example.org', null, 'a-3', 'long ago', null],
          ['ben@example.org', '15755550142', 'a-4', null, null],
          ['ann@example.org', '5755550142', 'a-1', '2016-01-01T00:00:00Z', '2017-02-10T00:00:00Z'],
        ],
      },
      where,
    );
    const files = where === 'parquet' || where === 'csv' ? { name: 'emails', files: `emails.${where}` } : { table: 'emails' };
    const accounts = [
      {
        ...files,
        identifiers: [{ column: 'email', type: 'email' }, { column: 'number', type: 'phone', callingCode: '1' }],
        account: { column: 'account' },
        from: 'since',
        to: 'until',
        type: 'instant',
      },
    ];
    const text = place.declare(where, { table: 'x' }, { tables: [], accounts });
    await using source = await openSource(readSource(text, where), { folder: place.folder });
    const shown = async (...asked: Parameters<typeof source.resolve>) =>
      (await source.resolve(...asked)).map(
        ({ account, from, to, undetermined }) =>
          `${account.type} ${account.value} ${from && textFrom(from).slice(0, 10)} ${to && textFrom(to).slice(0, 10)}${undetermined ? ' undetermined' : ''}`,
      );
    const ann = identifier('email', 'Ann@example.org')!;
    const [first, second, third] = ['account-id a-1 2016-01-01 2017-02-10', 'account-id a-2 2017-02-10 null', 'account-id a-3 null null undetermined'];
    assert.deepEqual(await shown(ann), [first, second, third]);
    assert.deepEqual(await shown(ann, day('2017-02-01'), day('2017-02-10')), [first, third]);
    assert.deepEqual(await shown(ann, day('2017-02-10'), day('2017-02-11')), [second, third]);
    assert.deepEqual(await shown(identifier('phone', '+15755550142')!), [first, 'account-id a-4 null null']);
    assert.deepEqual(await shown(identifier('handle', 'ann@example.org')!), []);
    assert.deepEqual(await shown(identifier('email', "'or'1'='1'--@example.org")!), []);
  }); // biome-ignore format: expectations on a line
}
