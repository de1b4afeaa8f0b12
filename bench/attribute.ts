/**
 * Who held an address, in a carrier's log of port blocks: one question, and a table of logins, against a truth file.
 *
 * `node bench/attribute.ts [ROWS...] [--logins N] [--runs N] [--engines index,parquet,clickhouse] [--folder DIR]`. Each
 * size is measured on even data and with one address that has a twentieth of all leases and nine logins in ten. A batch is
 * compared with the best plain SQL over the same files in the same minutes, turn by turn; medians.
 */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@clickhouse/client';
import { type Attribution, openAttribution } from '../src/attribution/attribution.ts';
import { ONE_NODE, SCHEMA_COLUMNS } from '../src/attribution/clickhouse-schema.ts';
import { buildIndex } from '../src/attribution/index-build.ts';
import { memoryFolder } from '../src/custody/memory.ts';
import type { LeaseTable, ParquetLeases } from '../src/source/leases.ts';
import { startClickHouse } from '../stories/servers/clickhouse.ts';
import {
  COVERAGE,
  layout,
  loginIp,
  loginsOn,
  type Shape,
  START_SECONDS,
  TOLERANCE,
  truthOf,
  writeLog,
  writeLogins,
} from './carrier-log.ts';
import { median, quantile } from './measure.ts';
import { plainSql } from './plain-sql.ts';

const words = process.argv.slice(2);
const after = (name: string) => (words.includes(name) ? words[words.indexOf(name) + 1] : undefined);
const sizes = words.filter((word, index) => /^\d+$/.test(word) && !words[index - 1]?.startsWith('--')).map(Number);
const logins = Number(after('--logins') ?? 1_000_000);
const runs = Number(after('--runs') ?? 5);
const engines = (after('--engines') ?? 'index,parquet,clickhouse').split(',');
const SEED = 7;

const source: ParquetLeases = {
  engine: 'duckdb',
  files: ['log.parquet'],
  columns: {
    ip: 'public_ip',
    port_low: 'port_low',
    port_high: 'port_high',
    began: 'began',
    ended: 'ended',
    subscriber: 'subscriber',
  },
  times: { type: 'timestamp', offset: 'Z' },
  coverage: COVERAGE,
  clockErrorSeconds: 0,
};

for (const rows of sizes.length > 0 ? sizes : [1_000_000]) {
  for (const hot of [false, true]) await measure({ rows, hot });
}

async function measure(shape: Shape): Promise<void> {
  const folder = mkdtempSync(join(after('--folder') ?? tmpdir(), 'fourcorners-attribute-'));
  const memory = memoryFolder();
  try {
    const { rows } = layout(shape);
    console.log(
      `\n${rows} leases, ${shape.hot ? 'one hot address' : 'even'}; ${logins} logins, tolerance ${TOLERANCE} s`,
    );
    await writeLog(join(folder, 'log.parquet'), shape);
    writeLogins(join(folder, 'logins.csv'), join(folder, 'truth.csv'), shape, logins, SEED);
    console.log(`  log: ${(statSync(join(folder, 'log.parquet')).size / rows).toFixed(1)} bytes a row in Parquet`);
    const plain = plainSql(folder, shape);
    if (engines.includes('index')) await withIndex(folder, shape, rows, plain);
    if (engines.includes('parquet')) {
      const [opened, openMs] = await timed(() =>
        openAttribution(source, { folder, memoryFolder: memory.path, now: 0n }),
      );
      await using log = opened;
      console.log(`  Parquet as it stands: opened in ${(openMs / 1000).toFixed(1)} s`);
      await alone('Parquet as it stands', log, shape, 100);
      await batch('Parquet as it stands', log, folder, rows > 2e7 ? 1 : 2, null);
    }
    if (engines.includes('clickhouse')) await onClickHouse(folder, shape, rows);
  } finally {
    memory[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function withIndex(
  folder: string,
  shape: Shape,
  rows: number,
  plain: ReturnType<typeof plainSql>,
): Promise<void> {
  const index = join(folder, 'index');
  const [built, buildMs] = await timed(() => peak(() => buildIndex(source, { folder, into: index })));
  console.log(
    `  index: built in ${(buildMs / 1000).toFixed(1)} s, peak ${built.peakMiB} MiB, ${(built.value.sizeBytes / rows).toFixed(1)} bytes a row`,
  );
  await using log = await openAttribution(source, { folder, index, now: 0n });
  await alone('index', log, shape, 5000);
  await batch('index', log, folder, runs, plain);
}

async function onClickHouse(folder: string, shape: Shape, rows: number): Promise<void> {
  await using server = await startClickHouse();
  const client = createClient({ url: server.url, request_timeout: 3_600_000 });
  try {
    await client.command({ query: ONE_NODE });
    const parquet = join(folder, 'log.parquet').replaceAll("'", "\\'");
    const [, loadMs] = await timed(() =>
      client.command({
        query: `INSERT INTO leases (ip_low, ip_high, port_low, port_high, began, ended, subscriber)
          SELECT toIPv6(toIPv4(public_ip)) AS low, low, port_low, port_high, began, ended, subscriber FROM file('${parquet}', Parquet)`,
      }),
    );
    // As a log that has stood for a while: the server merges what came in, which a fresh load has not been through yet.
    const [, mergeMs] = await timed(() => client.command({ query: 'OPTIMIZE TABLE leases FINAL' }));
    const size = await client.query({
      query: `SELECT toString(sum(bytes_on_disk)) AS bytes FROM system.parts WHERE table = 'leases' AND active`,
      format: 'JSONEachRow',
    });
    const bytes = Number((await size.json<{ bytes: string }>())[0]!.bytes);
    const leases: LeaseTable = {
      engine: 'clickhouse',
      table: 'leases',
      columns: SCHEMA_COLUMNS,
      times: { type: 'timestamptz' },
      coverage: COVERAGE,
      clockErrorSeconds: 0,
    };
    const [opened, openMs] = await timed(() => openAttribution(leases, { folder, client, now: 0n }));
    await using log = opened;
    console.log(
      `  ClickHouse: loaded in ${(loadMs / 1000).toFixed(1)} s, merged in ${(mergeMs / 1000).toFixed(1)} s, ${(bytes / rows).toFixed(1)} bytes a row, opened in ${(openMs / 1000).toFixed(2)} s`,
    );
    await floor(client);
    await alone('ClickHouse over HTTP', log, shape, 1000);
    await batch('ClickHouse over HTTP', log, folder, rows > 2e7 ? 1 : 3, null);
  } finally {
    await client.close();
  }
}

/** What the way to this server costs by itself: it is the engine behind an interface of ours, not a server's own. */
async function floor(client: ReturnType<typeof createClient>): Promise<void> {
  const took: number[] = [];
  for (let turn = 0; turn < 300; turn++) {
    const began = performance.now();
    await (await client.query({ query: 'SELECT 1', format: 'JSONCompactEachRow' })).json();
    if (turn >= 50) took.push(performance.now() - began);
  }
  console.log(`  ClickHouse over HTTP, SELECT 1: p50 ${quantile(took, 0.5).toFixed(3)} ms, which is the way alone`);
}

/** Questions one at a time, of another seed than the table's; each answer is held against the truth. */
async function alone(name: string, log: Attribution, shape: Shape, count: number): Promise<void> {
  const took: number[] = [];
  let wrong = 0;
  let number = 0;
  const warm = Math.ceil(count / 10);
  for (const login of loginsOn(shape, count + warm, SEED + 1)) {
    const question = {
      ip: loginIp(login),
      port: login.port,
      time: BigInt(START_SECONDS + login.at) * 1_000_000n,
      toleranceSeconds: TOLERANCE,
    };
    const began = performance.now();
    const answer = await log.one(question);
    const ms = performance.now() - began;
    if (number++ >= warm) took.push(ms);
    const truth = truthOf(shape, login, TOLERANCE);
    if (
      answer.reason !== truth.reason ||
      answer.subscriber !== truth.subscriber ||
      answer.subscribers !== truth.subscribers
    )
      wrong += 1;
  }
  console.log(
    `  ${name}, one at a time: p50 ${quantile(took, 0.5).toFixed(3)} ms, p99 ${quantile(took, 0.99).toFixed(3)} ms, ${count + warm} asked, ${wrong} wrong`,
  );
}

/** The table of logins, turn by turn with plain SQL where that is given. */
async function batch(
  name: string,
  log: Attribution,
  folder: string,
  times: number,
  plain: ReturnType<typeof plainSql> | null,
): Promise<void> {
  const out = join(folder, 'answers.csv');
  const took: number[] = [];
  const peaks: number[] = [];
  const others = new Map<string, number[]>();
  let said = '';
  for (let run = 0; run < times; run++) {
    const began = performance.now();
    const { value: receipt, peakMiB } = await peak(() =>
      log.batch(join(folder, 'logins.csv'), out, { toleranceSeconds: TOLERANCE }),
    );
    took.push((performance.now() - began) / 1000);
    peaks.push(peakMiB);
    said = Object.entries(receipt.reasons)
      .map(([reason, count]) => `${reason} ${count}`)
      .join(', ');
    for (const [plan, seconds] of Object.entries((await plain?.run()) ?? {})) {
      others.set(plan, [...(others.get(plan) ?? []), seconds]);
    }
  }
  const ours = median(took);
  console.log(
    `  ${name}, batch: ${ours.toFixed(2)} s, peak ${median(peaks)} MiB, ${wrongIn(folder)} of ${logins} wrong; ${said}`,
  );
  if (others.size > 0) {
    const plans = [...others].map(([plan, seconds]) => [plan, median(seconds)] as const).sort((a, b) => a[1] - b[1]);
    console.log(`  plain SQL: ${plans.map(([plan, seconds]) => `${plan} ${seconds.toFixed(2)} s`).join(', ')}`);
    console.log(`  ratio to the best plain SQL: ${(ours / plans[0]![1]).toFixed(2)}`);
  }
}

/** Rows in which the answer differs from the truth file in its reason, its subscriber or the number of candidates. */
function wrongIn(folder: string): number {
  const answers = readFileSync(join(folder, 'answers.csv'), 'utf8').trimEnd().split('\n').slice(1);
  const truths = readFileSync(join(folder, 'truth.csv'), 'utf8').trimEnd().split('\n').slice(1);
  if (answers.length !== truths.length) return Math.abs(answers.length - truths.length);
  let wrong = 0;
  for (const [index, line] of answers.entries()) {
    const [, , , , , reason, held, subscribers] = line.split(',', 8);
    const [expected, subscriber, count] = truths[index]!.split(',');
    if (reason !== expected || held !== subscriber || subscribers !== count) wrong += 1;
  }
  return wrong;
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const began = performance.now();
  return [await work(), performance.now() - began];
}

/** The most resident memory of this process while it works. */
async function peak<T>(work: () => Promise<T>): Promise<{ value: T; peakMiB: number }> {
  writeFileSync('/proc/self/clear_refs', '5');
  const value = await work();
  const most = Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0);
  return { value, peakMiB: Math.round(most / 1024) };
}
