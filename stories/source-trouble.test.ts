/** What a source says when something is not as declared or stops on the way: where, what to do, and no value of a row. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createClient } from '@clickhouse/client';
import pg from 'pg';
import { microsFrom } from '../src/base/interval.ts';
import { isProblem } from '../src/base/problem.ts';
import { identifier } from '../src/record/identifier.ts';
import type { Scope } from '../src/scope/scope.ts';
import { readSource } from '../src/source/declaration.ts';
import { openSource } from '../src/source/source.ts';
import { startClickHouse } from './servers/clickhouse.ts';
import { startPostgres } from './servers/postgres.ts';
import { KEPT, type Kept, openPlace, type Place, type Value } from './servers/tables.ts';

const BEGAN = microsFrom('2017-02-01T00:00:00Z')!;
const SCOPE: Scope = {
  instrument: 'i',
  version: 1,
  items: [
    {
      id: '1',
      target: identifier('account-id', 'a-1')!,
      categories: ['DC-02'],
      range: { began: BEGAN, ended: BEGAN + 1_000_000_000n },
    },
  ],
};
const SECRET = 'content-of-a-row';
const DECLARED = {
  kind: 'session',
  category: 'DC-02',
  key: ['id'],
  identifiers: [{ column: 'account', type: 'account-id' }],
  time: { began: 'began', type: 'instant', precision: 'second' },
  raw: ['note'],
};

let place: Place;
before(async () => {
  place = await openPlace();
  const columns = { id: 'integer', account: 'text', began: 'instant', note: 'text' } as const;
  const row = (index: number): Value[] => [String(index), 'a-1', BEGAN + BigInt(index), SECRET];
  const rows = Array.from({ length: 3000 }, (_, index) => row(index));
  for (const where of KEPT) await place.keep({ name: 'logins', columns, rows }, where);
});
after(() => place[Symbol.asyncDispose]());

type Declared = Record<string, unknown>;
const open = (where: Kept, table: Declared = {}, source: Declared = {}) =>
  openSource(readSource(place.declare(where, { table: 'logins', ...DECLARED, ...table }, source), where), {
    folder: place.folder,
  });

async function gatherAll(where: Kept, table: Declared = {}, source: Declared = {}): Promise<number> {
  await using opened = await open(where, table, source);
  let rows = 0;
  for await (const batch of opened.gather(SCOPE)) rows += batch.length;
  return rows;
}

/** The problem has this code and these facts, names them in its message, and says nothing of any row. */
async function fails(work: Promise<unknown>, code: string, facts: Record<string, string>): Promise<void> {
  await assert.rejects(work, (error) => {
    assert.ok(isProblem(error), String(error));
    assert.equal(error.code, code);
    for (const [name, value] of Object.entries(facts)) {
      assert.equal(error.facts[name], value);
      assert.ok(error.message.includes(value), `${error.message} names ${value}`);
    }
    assert.ok(!error.message.includes(SECRET) && !JSON.stringify(error.facts).includes(SECRET));
    return true;
  });
}

for (const where of KEPT) {
  test(`a column that is not there is named (${where})`, async () => {
    await fails(open(where, { raw: ['note', 'nope'] }), 'source/no-column', {
      source: where,
      table: 'logins',
      column: 'nope',
    });
    const begins = { began: 'nope', type: 'instant', precision: 'second' };
    await fails(open(where, { time: begins }), 'source/no-column', { table: 'logins', column: 'nope' });
    const hostile = 'id" from logins; drop table logins; --';
    await fails(open(where, { raw: [hostile] }), 'source/no-column', { table: 'logins', column: hostile });
    assert.equal(await gatherAll(where), 3000);
  });

  test(`a column that holds something else than is declared is named (${where})`, async () => {
    const time = where === 'csv' ? null : { began: 'began', type: { local: 'America/Denver' }, precision: 'second' };
    if (time) await fails(open(where, { time }), 'source/column-type', { table: 'logins', column: 'began' });
    const epoch = { began: where === 'csv' ? 'note' : 'began', type: 'epoch seconds', precision: 'second' };
    if (where !== 'csv')
      await fails(open(where, { time: epoch }), 'source/column-type', { table: 'logins', column: 'began' });
    else assert.equal(await gatherAll(where, { time: epoch }), 0);
  });

  test(`a table that is not there is named (${where})`, async () => {
    const files = where === 'parquet' || where === 'csv' ? { files: 'nope/*.csv' } : {};
    await fails(open(where, { table: 'nope', ...files }), 'source/no-table', { source: where, table: 'nope' });
  });

  test(`the caller can stop it, and use it again (${where})`, async () => {
    await using source = await open(where);
    for (const reason of [new Error('enough'), undefined]) {
      const stop = new AbortController();
      const rows = source.gather(SCOPE, { signal: stop.signal });
      await rows.next();
      stop.abort(reason);
      await assert.rejects(rows.next(), (error) => error === stop.signal.reason);
    }
    for await (const batch of source.gather(SCOPE)) {
      assert.ok(batch.length > 0);
      break;
    }
    assert.equal((await source.count(SCOPE))[0]!.produced, 3000);
  });
}

const SERVERS: Kept[] = ['postgresql', 'clickhouse'];
const urlOf = (where: Kept, port: number) => `${where === 'postgresql' ? 'postgresql' : 'http'}://127.0.0.1:${port}`;

async function deadPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Passes bytes on until so many have come from the server, then breaks the connection. */
async function brittle(target: number, afterBytes: () => number) {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    }
    let passed = 0;
    near.pipe(far);
    far.on('data', (bytes) => {
      passed += bytes.length;
      if (passed > afterBytes()) for (const socket of [near, far]) socket.resetAndDestroy();
      else near.write(bytes);
    });
    far.on('end', () => near.end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

for (const where of SERVERS) {
  const portOf = () => (where === 'postgresql' ? place.postgres.port : Number(new URL(place.clickhouse.url).port));

  test(`a server that is down is said to be (${where})`, async () => {
    await fails(open(where, {}, { url: urlOf(where, await deadPort()) }), 'source/unreachable', { source: where });
  });

  test(`an account that is not known, and a database that is not there (${where})`, async () => {
    await fails(open(where, {}, { user: 'nobody' }), 'source/refused', { source: where });
    await fails(open(where, {}, { database: 'nowhere' }), 'source/refused', { source: where });
  });

  test(`a password that no variable holds (${where})`, async () => {
    const passwordVariable = 'FOURCORNERS_TEST_NOT_SET';
    await fails(open(where, {}, { passwordVariable }), 'source/no-password', {
      source: where,
      variable: passwordVariable,
    });
  });

  test(`a connection that breaks in the middle loses nothing silently, and the next one works (${where})`, async () => {
    let bytes = Number.POSITIVE_INFINITY;
    await using way = await brittle(portOf(), () => bytes);
    await using source = await open(where, {}, { url: urlOf(where, way.port) });
    const rows = source.gather(SCOPE);
    bytes = 100_000;
    await fails(
      (async () => {
        for (;;) if ((await rows.next()).done) return;
      })(),
      'source/lost',
      { source: where, table: 'logins', item: '1' },
    );
    bytes = Number.POSITIVE_INFINITY;
    assert.equal((await source.count(SCOPE))[0]!.produced, 3000);
  });
}

test('a wrong password is refused, and not repeated (postgresql)', async () => {
  await using server = await startPostgres({ password: 'invented' });
  const url = `postgresql://127.0.0.1:${server.port}`;
  const declared = readSource(place.declare('postgresql', { table: 'logins', ...DECLARED }, { url }), 'x');
  await fails(openSource(declared, { folder: '.', password: 'wrong-word' }), 'source/refused', {
    source: 'postgresql',
  });
  await fails(openSource(declared, { folder: '.', password: 'invented' }), 'source/no-table', { table: 'logins' });
});

test('a wrong password is refused, and not repeated (clickhouse)', async () => {
  await using server = await startClickHouse({ password: 'invented' });
  const declared = readSource(place.declare('clickhouse', { table: 'logins', ...DECLARED }, { url: server.url }), 'x');
  await fails(openSource(declared, { folder: '.', password: 'wrong-word' }), 'source/refused', {
    source: 'clickhouse',
  });
  await fails(openSource(declared, { folder: '.', password: 'invented' }), 'source/no-table', { table: 'logins' });
});

test('what takes too long ends in a problem that names item and table (postgresql)', async () => {
  await sql('create view slow as select *, pg_sleep(20)::text as pause from logins');
  await fails(gatherAll('postgresql', { table: 'slow', raw: ['note', 'pause'] }, { timeLimitSeconds: 1 }), 'source/time-limit', {
    source: 'postgresql', table: 'slow', item: '1',
  }); // biome-ignore format: one line
});

test('what takes too long ends in a problem that names item and table (clickhouse)', async () => {
  await command(`create view slow as select *, toString(sleepEachRow(0.01)) as pause from logins`);
  await fails(gatherAll('clickhouse', { table: 'slow', raw: ['note', 'pause'] }, { timeLimitSeconds: 1 }), 'source/time-limit', {
    source: 'clickhouse', table: 'slow', item: '1',
  }); // biome-ignore format: one line
});

test('what takes too long ends in a problem that names the table (duckdb)', async () => {
  writeFileSync(join(place.folder, 'data', 'large.csv'), `a,b\n${'x,y\n'.repeat(400_000)}`);
  const large = {
    ...DECLARED,
    key: undefined,
    name: 'large',
    files: 'large.csv',
    raw: [],
    identifiers: [{ column: 'a', type: 'name' }],
    time: { ...DECLARED.time, began: 'b' },
  };
  const text = place.declare('csv', { table: 'large' }, { timeLimitSeconds: 0.01, tables: [large] });
  const opening = openSource(readSource(text, 'csv'), { folder: place.folder });
  await fails(
    opening.then(async (source) => {
      await using one = source;
      await one.count({ ...SCOPE, items: [{ ...SCOPE.items[0]!, target: identifier('name', 'x')! }] });
    }),
    'source/time-limit',
    { source: 'csv', table: 'large' },
  );
});

test('the account may be allowed some columns only; another is named (postgresql)', async () => {
  await sql(`create role clerk login; grant select (id, account, began) on logins to clerk`);
  assert.equal(await gatherAll('postgresql', { raw: [] }, { user: 'clerk' }), 3000);
  await fails(open('postgresql', {}, { user: 'clerk' }), 'source/no-permission', { table: 'logins', column: 'note' });
});

test('nothing is written, even by a view that would (postgresql)', async () => {
  await sql(`create table trace (seen text);
    create function leave_trace() returns text language sql volatile as $$ insert into trace values ('read') returning seen $$;
    create view sly as select *, leave_trace() as mark from logins`);
  await fails(gatherAll('postgresql', { table: 'sly', raw: ['mark'] }), 'source/failed', {
    table: 'sly',
    detail: 'SQLSTATE 25006',
  });
});

test('the server is told to refuse writing and to keep the time, unless the account already does (clickhouse)', async () => {
  const settings = {
    table: 'settings',
    schema: 'system',
    kind: 'fact',
    category: 'DC-01',
    state: true,
    time: undefined,
    key: ['name'],
    identifiers: [{ column: 'name', type: 'account-id', exact: true }],
    columns: { value: 'value' },
    raw: [],
  };
  const asked = ['readonly', 'max_execution_time'].map((name, index) => ({
    ...SCOPE.items[0]!,
    id: String(index + 1),
    categories: ['DC-01'],
    target: identifier('account-id', name)!,
  }));
  const inForce = async (url: string) => {
    await using source = await open('clickhouse', settings, { url });
    const values: unknown[] = [];
    for await (const batch of source.gather({ ...SCOPE, items: asked })) {
      values.push(...batch.map(({ draft }) => draft.values.value));
    }
    return values;
  };
  assert.deepEqual(await inForce(place.clickhouse.url), ['1', '30']);
  for (const [readonly, seconds] of [
    ['1', '0'],
    ['2', '30'],
  ] as const) {
    await using server = await startClickHouse({ profile: { readonly } });
    assert.deepEqual(await inForce(server.url), [readonly, seconds]);
  }
});

test('a table that changes while it is read gives nothing that was not counted (postgresql)', async () => {
  // Each query of a transaction sees one row less than the one before.
  await sql(`create function shrinking(wanted int) returns boolean language sql volatile as $$
      select set_config('fc.calls', (coalesce(nullif(current_setting('fc.calls', true), ''), '0')::int + 1)::text, true)::int <= wanted $$;
    create view flicker as select * from logins where id < 10 and shrinking(10)`);
  await fails(gatherAll('postgresql', { table: 'flicker' }), 'source/changed', { table: 'flicker', item: '1' });
});

test('a file that cannot be read is named by its table and line, without what stands there', async () => {
  const header = 'id,account,began,note\n';
  writeFileSync(join(place.folder, 'data', 'torn.csv'), `${header}1,a-1,2017-02-01T00:00:01Z,x\n2,a-1,${SECRET}\n`);
  await fails(gatherAll('csv', { files: 'torn.csv', table: 'torn' }), 'source/unreadable', {
    table: 'torn',
    detail: 'line 3',
  });
  writeFileSync(join(place.folder, 'data', 'torn.parquet'), `PAR1${SECRET}`);
  await fails(open('parquet', { files: 'torn.parquet', table: 'torn' }), 'source/unreadable', { table: 'torn' });
});

test('files stay in the folder of their source: links that lead out are not followed', async () => {
  mkdirSync(join(place.folder, 'elsewhere'));
  writeFileSync(join(place.folder, 'elsewhere', 'secret.csv'), `id,account,began,note\n`);
  symlinkSync(join(place.folder, 'elsewhere', 'secret.csv'), join(place.folder, 'data', 'link.csv'));
  await fails(open('csv', { files: 'link.csv', table: 'link' }), 'source/outside', { file: 'link.csv' });
  symlinkSync(join(place.folder, 'elsewhere'), join(place.folder, 'data', 'door'));
  await fails(open('csv', { files: 'door/*.csv', table: 'link' }), 'source/outside', { file: 'door/secret.csv' });
});

test('what the database is asked for is few rows beyond what is given', async () => {
  await using source = await open('postgresql', { identifiers: [{ column: 'account', type: 'account-id' }] });
  const narrow = { ...SCOPE, items: [{ ...SCOPE.items[0]!, range: { began: BEGAN + 10n, ended: BEGAN + 20n } }] };
  await sql(`insert into logins select id + 10000, 'a-' || id, began, note from logins where id > 1`);
  const asked = source.explain(narrow).find(({ asks }) => asks === 'rows')!;
  assert.ok(!asked.sql.includes('a-1') && !asked.sql.includes('2017'), 'values are bound, not written');
  const client = new pg.Client({ connectionString: place.postgres.url });
  await client.connect();
  const met = await client.query(asked.sql, asked.values.map(String));
  await client.end();
  assert.equal(met.rows.length, 10);
});

async function sql(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: place.postgres.url });
  await client.connect();
  await client.query(text);
  await client.end();
}

async function command(query: string): Promise<void> {
  const client = createClient({ url: place.clickhouse.url });
  await client.command({ query });
  await client.close();
}
