/** The servers that other tests talk to: they start, answer through the clients the house uses, and are gone after. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import pg from 'pg';
import { startClickHouse } from './clickhouse.ts';
import { startPostgres } from './postgres.ts';

/** Refusals are what the test is after; the client would print each. */
const QUIET = { level: ClickHouseLogLevel.OFF };

async function gone(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const refused = await once(socket, 'connect').then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ECONNREFUSED',
  );
  socket.destroy();
  return refused;
}

test('PostgreSQL starts, answers with bound parameters, and is gone after', async () => {
  let port: number;
  {
    await using server = await startPostgres();
    port = server.port;
    assert.equal(await gone(port), false);
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    await client.query('create table logins (account text, began timestamptz, address inet)');
    await client.query('insert into logins values ($1, $2, $3)', [
      'O\'Hare \\ "quoted"',
      '2017-02-01T00:00:00.000001Z',
      '2001:db8::1',
    ]);
    const { rows } = await client.query(
      'select account, (extract(epoch from began) * 1000000)::bigint::text as micros, host(address) as address from logins where account = $1',
      ['O\'Hare \\ "quoted"'],
    );
    assert.deepEqual(rows, [{ account: 'O\'Hare \\ "quoted"', micros: '1485907200000001', address: '2001:db8::1' }]);
    await client.end();
  }
  assert.ok(await gone(port));
});

test('PostgreSQL with passwords lets in who has theirs', async () => {
  await using server = await startPostgres({ password: 'invented' });
  const place = { host: '127.0.0.1', port: server.port, user: server.user, database: server.database };
  const client = new pg.Client({ ...place, password: 'invented' });
  await client.connect();
  await client.end();
  const wrong = new pg.Client({ ...place, password: 'another' });
  await assert.rejects(wrong.connect(), { code: '28P01' });
});

test('ClickHouse starts, answers with bound parameters, and is gone after', async () => {
  let url: string;
  {
    await using server = await startClickHouse();
    url = server.url;
    const client = createClient({ url });
    assert.equal((await client.ping()).success, true);
    await client.command({
      query:
        'CREATE TABLE logins (account String, began DateTime64(6), address IPv6) ENGINE = MergeTree ORDER BY account',
    });
    const account = 'O\'Hare \\ "quoted"\ttab\nline';
    await client.insert({
      table: 'logins',
      values: [{ account, began: '2017-02-01 00:00:00.000001', address: '2001:db8::1' }],
      format: 'JSONEachRow',
    });
    const answer = await client.query({
      query: `SELECT account, toString(toUnixTimestamp64Micro(began)) AS micros, toString(address) AS address FROM logins
        WHERE account = {account:String} AND began >= fromUnixTimestamp64Micro({began:Int64})`,
      query_params: { account, began: 1_485_907_200_000_001n },
      format: 'JSONEachRow',
    });
    assert.deepEqual(await answer.json(), [{ account, micros: '1485907200000001', address: '2001:db8::1' }]);
    await client.close();
  }
  assert.ok(await gone(Number(new URL(url).port)));
});

test('ClickHouse sends a long answer in parts, keeps each request’s settings apart, and names its errors', async () => {
  await using server = await startClickHouse({ password: 'invented' });
  const client = createClient({ url: server.url, password: 'invented', log: QUIET });
  const answer = await client.query({ query: 'SELECT number FROM numbers(300000)', format: 'JSONCompactEachRow' });
  let rows = 0;
  for await (const part of answer.stream()) rows += part.length;
  assert.equal(rows, 300_000);
  await client.command({ query: 'CREATE TABLE one (a UInt8) ENGINE = Memory' });
  const reading = { clickhouse_settings: { readonly: '1' as const } };
  await assert.rejects(client.command({ query: 'DROP TABLE one', ...reading }), { code: '164' });
  await client.command({ query: 'DROP TABLE one' });
  await assert.rejects(client.command({ query: 'SELECT * FROM one' }), { code: '60' });
  const stranger = createClient({ url: server.url, password: 'another', log: QUIET });
  await assert.rejects(stranger.query({ query: 'SELECT 1' }), { code: '516' });
  await stranger.close();
  await client.close();
});
