/** A lease log in ClickHouse: which servers are asked, with what rights, and what a cluster is told to do. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { openAttribution } from '../src/attribution/attribution.ts';
import { ALL_SHARDS, EACH_NODE, ONE_NODE, SCHEMA_COLUMNS } from '../src/attribution/clickhouse-schema.ts';
import { countingStatement, fittingStatement, keyText } from '../src/attribution/clickhouse-statement.ts';
import { tableOf } from '../src/attribution/clickhouse-table.ts';
import { microsFrom } from '../src/base/interval.ts';
import { isProblem } from '../src/base/problem.ts';
import type { LeaseSource } from '../src/source/leases.ts';
import { type ClickHouseServer, startClickHouse } from './servers/clickhouse.ts';

const SOURCE: LeaseSource & { engine: 'clickhouse' } = {
  engine: 'clickhouse',
  table: 'leases',
  columns: SCHEMA_COLUMNS,
  times: { type: 'timestamptz' },
  coverage: { complete: [{ began: '2017-02-01T00:00:00Z', ended: '2017-03-01T00:00:00Z' }], gaps: [] },
  clockErrorSeconds: 0,
};
const QUIET = { level: ClickHouseLogLevel.OFF };

let server: ClickHouseServer;
before(async () => {
  server = await startClickHouse();
  const client = createClient({ url: server.url });
  await client.command({ query: ONE_NODE });
  await client.command({
    query: `INSERT INTO leases (ip_low, ip_high, port_low, port_high, began, ended, subscriber)
      SELECT toIPv6('::ffff:203.0.113.7') AS ip, ip, 1024 + number % 4 * 512 AS low, low + 511,
        toDateTime64('2017-02-01 00:00:00', 6, 'UTC') + intDiv(number, 4) * 3600 AS began, began + 3600, concat('line-', toString(number))
      FROM numbers(400)`,
  });
  // The same under other names and types.
  await client.command({
    query: `CREATE TABLE sessions (address String, whole UInt8, "from" UInt32, "to" Nullable(UInt32), line LowCardinality(String), id UInt64)
      ENGINE = MergeTree ORDER BY address`,
  });
  await client.command({
    query: `INSERT INTO sessions VALUES ('203.0.113.9', 1, 1485907200, NULL, 'line-9', 77), ('2001:DB8::9', 1, 1485907200, 1485910800, 'line-6', 78)`,
  });
  await client.close();
});
after(() => server[Symbol.asyncDispose]());

const question = (time: string, port: number | null = 1100, ip = '203.0.113.7') => ({
  ip,
  port,
  time: microsFrom(time)!,
  toleranceSeconds: 0,
});
const open = (client: ClickHouseClient, source: LeaseSource = SOURCE) =>
  openAttribution(source, { folder: '/', client, now: 0n });

async function batch(log: Awaited<ReturnType<typeof open>>, rows: string[]): Promise<string[]> {
  const parts: Buffer[] = [];
  async function* table() {
    yield Buffer.from(`ip,port,time\n${rows.join('\n')}\n`);
  }
  await log.batch(table(), (bytes) => void parts.push(Buffer.from(bytes)), { toleranceSeconds: 0 });
  return Buffer.concat(parts).toString().trim().split('\n').slice(1);
}

test('an account that may only read is enough, for one question and for a table', async () => {
  const client = createClient({ url: server.url, clickhouse_settings: { readonly: '1' }, log: QUIET });
  try {
    await assert.rejects(client.command({ query: 'CREATE TABLE other (a Int32) ENGINE = Memory' }), /readonly/i);
    await using log = await open(client);
    const { answer, subscriber, shown } = await log.one(question('2017-02-01T05:30:00Z'));
    assert.deepEqual([answer, subscriber], ['one', 'line-20']);
    assert.equal(shown[0]?.row, `203.0.113.7 ports 1024-1535 from ${microsFrom('2017-02-01T05:00:00Z')} µs`);
    // More rows than one statement of such an account may hold.
    const rows = Array.from(
      { length: 5000 },
      (_, index) => `203.0.113.7,${1024 + (index % 2048)},2017-02-0${1 + (index % 4)}T05:30:00Z`,
    );
    const answers = await batch(log, rows);
    assert.equal(answers.length, rows.length);
    for (const [index, line] of answers.entries()) {
      const line1 = 20 + (index % 4) * 96 + Math.floor((index % 2048) / 512);
      assert.ok(line.startsWith(`${rows[index]},one,held,line-${line1},`), line);
    }
  } finally {
    await client.close();
  }
});

test('a log under other names and types, with a name for each row', async () => {
  const client = createClient({ url: server.url });
  try {
    const columns = { ip: 'address', began: 'from', ended: 'to', subscriber: 'line', row: 'id' };
    await using log = await open(client, { ...SOURCE, table: 'sessions', columns, times: { type: 'seconds' } });
    for (const [ip, time, expected] of [
      ['203.0.113.9', '2017-02-20T00:00:00Z', 'held line-9 77'],
      ['2001:db8::9', '2017-02-01T00:59:59Z', 'held line-6 78'],
      ['2001:db8::9', '2017-02-01T01:00:00Z', 'log names nobody null undefined'],
      ['2001:db8::a', '2017-02-01T00:59:59Z', 'address not in this source null undefined'],
    ] as const) {
      const { reason, subscriber, shown } = await log.one(question(time, null, ip));
      assert.equal(`${reason} ${subscriber} ${shown[0]?.row}`, expected);
      const [line] = await batch(log, [`${ip},,${time}`]);
      assert.ok(line!.includes(`,${reason},${subscriber ?? ''},`), line!);
    }
  } finally {
    await client.close();
  }
});

test('a table or a column that is not there, or of another kind, is refused', async () => {
  const client = createClient({ url: server.url, log: QUIET });
  const refused = (source: Partial<typeof SOURCE>, code: string) =>
    assert.rejects(
      open(client, { ...SOURCE, ...source }),
      (error) => isProblem(error) && error.code === code,
      JSON.stringify(source),
    );
  try {
    await refused({ table: 'leases`; DROP TABLE leases' }, 'attribution/no-table');
    await refused({ columns: { ...SCHEMA_COLUMNS, began: 'start' } }, 'attribution/columns');
    await refused({ times: { type: 'seconds' } }, 'attribution/columns');
    await refused({ columns: { ...SCHEMA_COLUMNS, ip_low: 'port_low', ip_high: 'port_high' } }, 'attribution/columns');
  } finally {
    await client.close();
  }
});

/** In front of the server: what it is asked, or answers, otherwise. */
async function between(change: {
  asked?(sql: string): string;
  version?: string;
}): Promise<{ url: string; server: Server }> {
  const own = createServer((incoming, outgoing) => {
    void text(incoming).then((sql) => {
      if (change.version !== undefined && /version\(\)/.test(sql))
        return void outgoing.end(`{"version":"${change.version}"}\n`);
      const body = change.asked?.(sql) ?? sql;
      const { 'transfer-encoding': _, ...headers } = {
        ...incoming.headers,
        'content-length': String(Buffer.byteLength(body)),
      };
      request(`${server.url}${incoming.url}`, { method: incoming.method ?? 'GET', headers }, (answer) => {
        outgoing.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(outgoing);
      }).end(body);
    });
  });
  own.listen(0, '127.0.0.1');
  await once(own, 'listening');
  return { url: `http://127.0.0.1:${(own.address() as AddressInfo).port}`, server: own };
}

test('an old server is not asked, and one that answers wrongly is found out by two rows', async () => {
  for (const [what, change, code] of [
    ['Debian’s', { version: '18.16.1' }, 'attribution/server-too-old'],
    ['the year before the oldest', { version: '24.2.3.70' }, 'attribution/server-too-old'],
    ['no version', { version: '' }, 'attribution/server-too-old'],
    [
      'one match where there are two',
      { asked: (sql: string) => sql.replaceAll('INNER JOIN', 'ANY INNER JOIN') },
      'attribution/server-wrong',
    ],
    ['times not compared', { asked: (sql: string) => sql.replaceAll('> k.lo', '> 0') }, 'attribution/server-wrong'],
    ['no rows', { asked: (sql: string) => sql.replaceAll('k.hi', '0') }, 'attribution/server-wrong'],
  ] as const) {
    const stand = await between(change);
    const client = createClient({ url: stand.url, log: QUIET, keep_alive: { enabled: false } });
    try {
      await assert.rejects(open(client), (error) => isProblem(error) && error.code === code, what);
    } finally {
      await client.close();
      stand.server.close();
    }
  }
  const stand = await between({});
  const client = createClient({ url: stand.url, keep_alive: { enabled: false } });
  try {
    await using log = await open(client);
    assert.equal((await log.one(question('2017-02-01T05:30:00Z'))).subscriber, 'line-20');
  } finally {
    await client.close();
    stand.server.close();
  }
});

test('on a Distributed table the shards join and add up, and the node that asks only puts together', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fourcorners-cluster-'));
  try {
    const types = new Map(
      [...ONE_NODE.matchAll(/^ {2}(\w+) +(\w+(?:\(.*?\)+)?)/gm)].map(([, name, type]) => [
        name!,
        type!.replace(/ CODEC.*/, ''),
      ]),
    );
    const table = tableOf(SOURCE, types);
    const key = keyText({
      n: 0,
      low: '::ffff:203.0.113.7',
      high: '::ffff:203.0.113.7',
      portLow: 1024,
      portHigh: 1535,
      port: 1100,
      time: 2,
      lo: 1,
      hi: 3,
    });
    const statements = [
      ...[true, false].map((hot) => fittingStatement(table, [hot ? `${key},32,5` : key], { blocked: true, hot })),
      ...[true, false].map((hot) => countingStatement(table, [hot ? `${key},32,5` : key], { blocked: false, hot })),
    ];
    const config = `<clickhouse><remote_servers><carrier>${['a', 'b'].map((shard) => `<shard><replica><host>${shard}.example.com</host><port>9000</port></replica></shard>`).join('')}</carrier></remote_servers></clickhouse>`;
    writeFileSync(join(folder, 'config.xml'), config);
    const asked = {
      chdb: fileURLToPath(new URL('../.tools/chdb/package.json', import.meta.url)),
      before: [
        ONE_NODE.replace('CREATE TABLE leases', 'CREATE TABLE leases_local'),
        ALL_SHARDS.replace(' ON CLUSTER carrier', ''),
      ],
      statements: statements.map((sql) => `EXPLAIN ${sql}`),
    };
    writeFileSync(join(folder, 'asked.json'), JSON.stringify(asked));
    // An engine of its own, because a cluster is part of a server's configuration.
    const program = `
      const { readFileSync } = require('node:fs');
      const { chdb, before, statements } = JSON.parse(readFileSync('asked.json', 'utf8'));
      const { Session } = require('node:module').createRequire(chdb)('chdb');
      const session = new Session('data', { connectionArgs: ['--config-file=config.xml'] });
      (async () => {
        for (const sql of before) await session.queryAsync(sql, { format: 'TSV' });
        for (const sql of statements) console.log(Buffer.from((await session.queryAsync(sql, { format: 'TSVRaw' })).bytes()).toString() + '----');
        process.exit(0);
      })().catch((error) => { console.error(error); process.exit(1); });`;
    const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', program], { cwd: folder, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    const plans = stdout.split('----\n').filter((plan) => plan.trim() !== '');
    assert.equal(plans.length, statements.length);
    for (const plan of plans) {
      const steps = plan
        .split('\n')
        .filter(
          (line) =>
            /^[\s│└├─]*[A-Z]/.test(line) &&
            !/^(Output|[\s│└├─]*(Keys|Aggregates|Filter|Type|Actions|Positions)):/.test(line),
        );
      assert.ok(
        steps.some((step) => /ReadFromRemote/.test(step)),
        plan,
      );
      assert.ok(!steps.some((step) => /Join|Filter|(?<!Merging)Aggregating/.test(step)), plan);
    }
    assert.ok(plans.slice(2).every((plan) => /MergingAggregated/.test(plan)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the tables in the document are the tables of the program', () => {
  const document = readFileSync(new URL('../docs/attribution.md', import.meta.url), 'utf8');
  for (const ddl of [ONE_NODE, EACH_NODE, ALL_SHARDS]) assert.ok(document.includes(ddl), ddl);
});
