/**
 * Who held an address: every engine against the same cases, and against an oracle that goes through all leases one by one.
 *
 * The oracle shares no code with the engines. Seeds are fixed; a failure prints the question and the leases it is about.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createClient } from '@clickhouse/client';
import { parse } from 'csv-parse/sync';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { type Attribution, openAttribution } from '../src/attribution/attribution.ts';
import { ONE_NODE, SCHEMA_COLUMNS } from '../src/attribution/clickhouse-schema.ts';
import { openColumns } from '../src/attribution/columns.ts';
import { buildIndex } from '../src/attribution/index-build.ts';
import { microsFrom, textFrom } from '../src/base/interval.ts';
import { memoryFolder } from '../src/custody/memory.ts';
import type { LeaseCoverage, LeaseTable } from '../src/source/leases.ts';
import { type ClickHouseServer, startClickHouse } from './servers/clickhouse.ts';

/** A row of a log as it is written. Times are seconds since the start of the log, which may have a fraction. */
type Row = {
  /** An address, a prefix, or a first and a last address with a blank between. */
  net: string;
  ports?: [number, number] | null;
  began: number;
  ended: number | null;
  who: string | null;
};

type Asked = { ip: string; port?: number | null; at: number; tolerance?: number };

const START = microsFrom('2017-02-01T00:00:00Z')!;
const micros = (seconds: number) => START + BigInt(Math.round(seconds * 1e6));
const HOUR = 3600;
const DAY = 24 * HOUR;

/** The log speaks for ten days, but for an hour of the third. */
const COVERAGE: LeaseCoverage = {
  complete: [{ began: textFrom(micros(0)), ended: textFrom(micros(10 * DAY)) }],
  gaps: [{ began: textFrom(micros(2 * DAY)), ended: textFrom(micros(2 * DAY + HOUR)) }],
};

type Declared = { coverage: LeaseCoverage; clockErrorSeconds: number; prefixes?: string[] };
type Opened = Attribution;
type Engine = { name: string; open(rows: readonly Row[], declared: Declared): Promise<Opened> };

const folder = mkdtempSync(join(tmpdir(), 'fourcorners-attribution-'));
const memory = memoryFolder();
let server: ClickHouseServer;
before(async () => {
  server = await startClickHouse();
});
after(async () => {
  await server[Symbol.asyncDispose]();
  memory[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

let logs = 0;

async function parquet(
  rows: readonly Row[],
  declared: Declared,
): Promise<{ source: LeaseTable & { engine: 'duckdb' }; place: string }> {
  const place = mkdtempSync(join(folder, 'log-'));
  await using engine = await openColumns([place], { spill: join(place, 'spill'), memoryBytes: 2 ** 29 });
  await engine.run(
    'create table leases (low varchar, high varchar, port_low integer, port_high integer, began bigint, ended bigint, who varchar)',
  );
  const range = rows.some(({ net }) => net.includes(' '));
  const ends = rows.map(({ net }): [string, string] => {
    const found = range ? oracleNet(net) : null;
    return found ? [oracleText(found.low), oracleText(found.high)] : [net, net];
  });
  await engine.append('leases', [
    ends.map(([low]) => low),
    ends.map(([, high]) => high),
    rows.map(({ ports }) => ports?.[0] ?? null),
    rows.map(({ ports }) => ports?.[1] ?? null),
    rows.map(({ began }) => micros(began)),
    rows.map(({ ended }) => (ended === null ? null : micros(ended))),
    rows.map(({ who }) => who),
  ]);
  // Two files, so that a row is named by both its file and its number.
  const half = Math.floor(rows.length / 2);
  for (const [name, where] of [
    ['a', `rowid < ${half}`],
    ['b', `rowid >= ${half}`],
  ] as const) {
    await engine.run(
      `copy (select * from leases where ${where} order by rowid) to '${join(place, name)}.parquet' (format parquet, row_group_size 2048)`,
    );
  }
  const address = range ? { ip_low: 'low', ip_high: 'high' } : { ip: 'low' };
  const columns = {
    ...address,
    port_low: 'port_low',
    port_high: 'port_high',
    began: 'began',
    ended: 'ended',
    subscriber: 'who',
  };
  return {
    source: { engine: 'duckdb', files: ['*.parquet'], columns, times: { type: 'microseconds' }, ...declared },
    place,
  };
}

const NOW = micros(100 * DAY);

const ENGINES: Engine[] = [
  {
    name: 'Parquet as it stands',
    async open(rows, declared) {
      const { source, place } = await parquet(rows, declared);
      return openAttribution(source, { folder: place, memoryFolder: memory.path, now: NOW });
    },
  },
  {
    name: 'Parquet with its index',
    async open(rows, declared) {
      const { source, place } = await parquet(rows, declared);
      const index = join(place, 'index');
      await buildIndex(source, { folder: place, into: index });
      return openAttribution(source, { folder: place, index, now: NOW });
    },
  },
  {
    name: 'ClickHouse',
    async open(rows, declared) {
      const table = `leases_${++logs}`;
      const client = createClient({ url: server.url });
      await client.command({ query: ONE_NODE.replace('CREATE TABLE leases', `CREATE TABLE ${table}`) });
      await client.insert({
        table,
        format: 'JSONEachRow',
        values: rows.flatMap(({ net, ports, began, ended, who }, index) => {
          const found = oracleNet(net);
          if (!found) return []; // A column of addresses cannot hold it.
          const { low, high } = found;
          return {
            ip_low: oracleText(low),
            ip_high: oracleText(high),
            ...(ports ? { port_low: ports[0], port_high: ports[1] } : {}),
            began: textFrom(micros(began)).replace('T', ' ').replace('Z', ''),
            ended: ended === null ? null : textFrom(micros(ended)).replace('T', ' ').replace('Z', ''),
            subscriber: who ?? '',
            row: `row ${index + 1}`,
          };
        }),
      });
      const source: LeaseTable = {
        engine: 'clickhouse',
        table,
        columns: SCHEMA_COLUMNS,
        times: { type: 'timestamptz' },
        ...declared,
      };
      const opened = await openAttribution(source, { folder, client, now: NOW });
      return { ...opened, [Symbol.asyncDispose]: () => client.close() };
    },
  },
];

// The oracle. An IPv4 address is an IPv6 one mapped, so that there is one line of numbers.

const MAPPED = 0xffffn << 32n;

function oracleAddress(text: string): bigint {
  if (!text.includes(':')) return MAPPED + text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const [head = '', tail] = text.split('::');
  const [first, last] = [head, tail ?? ''].map((part) => part.split(':').filter(Boolean)) as [string[], string[]];
  const groups =
    tail === undefined ? first : [...first, ...new Array<string>(8 - first.length - last.length).fill('0'), ...last];
  return groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

function oracleNet(net: string): { low: bigint; high: bigint } | null {
  if (!/^[0-9a-f.:/ ]+$/.test(net)) return null;
  const [low, high] = net.split(' ');
  if (high !== undefined) return { low: oracleAddress(low!), high: oracleAddress(high) };
  const [base, bits] = net.split('/');
  const start = oracleAddress(base!);
  const size = bits === undefined ? 1n : 2n ** BigInt((base!.includes(':') ? 128 : 32) - Number(bits));
  return { low: start - (start % size), high: start - (start % size) + size - 1n };
}

function oracleText(value: bigint): string {
  return value.toString(16).padStart(32, '0').match(/.{4}/g)!.join(':');
}

type Said = {
  answer: string;
  reason: string;
  who: string | null;
  subscribers: number;
  candidates: string[];
  lease: string | null;
};

type Prepared = Row & { b: bigint; e: bigint | null; isBad: boolean };

/** Goes through all leases of every network and block that hold the address and the port. */
class Oracle {
  readonly #declared: Declared;
  readonly #groups = new Map<string, { low: bigint; high: bigint; ports: [number, number] | null; rows: Prepared[] }>();

  constructor(rows: readonly Row[], declared: Declared) {
    this.#declared = declared;
    for (const row of rows) {
      const { net, ports = null, began, ended } = row;
      const found = oracleNet(net);
      if (!found) continue;
      const name = `${net} ${ports}`;
      const held = this.#groups.get(name) ?? { ...found, ports, rows: [] };
      const isBad = (ended !== null && ended < began) || (ports ? ports[0] > ports[1] : false);
      held.rows.push({ ...row, b: micros(began), e: ended === null ? null : micros(ended), isBad });
      this.#groups.set(name, held);
    }
  }

  answer({ ip, port = null, at, tolerance = 0 }: Asked): Said {
    const { coverage, clockErrorSeconds, prefixes } = this.#declared;
    const address = oracleAddress(ip);
    const time = micros(at);
    const reach = BigInt(Math.round((tolerance + clockErrorSeconds) * 1e6));
    const [lo, hi] = [time - reach, time + reach];
    const ofAddress = [...this.#groups.values()].filter(({ low, high }) => low <= address && address <= high);
    const ofPort = ofAddress.filter(({ ports }) => !ports || port === null || (ports[0] <= port && port <= ports[1]));
    const fits = ofPort.flatMap(({ rows }) =>
      rows.filter(({ b, e, isBad }) => !isBad && b <= hi && (e === null || e > lo)),
    );
    const names = [...new Set(fits.flatMap(({ who }) => (who === null ? [] : [who])))].sort();
    const now = new Set(
      fits.filter(({ b, e, who }) => who !== null && b <= time && (e === null || e > time)).map(({ who }) => who),
    );
    const told = { subscribers: names.length, candidates: names.slice(0, 20) };
    const say = (answer: string, reason: string): Said => ({ answer, reason, who: null, lease: null, ...told });
    const ours = prefixes?.map((prefix) => oracleNet(prefix)!);
    const isOurs = ours ? ours.some(({ low, high }) => low <= address && address <= high) : ofAddress.length > 0;
    if (!isOurs) return say('cannot tell', 'address not in this source');
    if (coverage !== 'not declared') {
      const inside = coverage.complete.some(({ began, ended }) => microsFrom(began)! <= lo && hi < microsFrom(ended!)!);
      const gap = coverage.gaps.some(({ began, ended }) => lo < microsFrom(ended)! && hi >= microsFrom(began)!);
      if (!inside || gap) return say('cannot tell', 'no log for that time');
    }
    if (fits.some(({ who }) => who === null)) return say('cannot tell', 'lease without subscriber');
    if (names.length === 0) {
      if (ofAddress.some(({ rows }) => rows.some(({ isBad }) => isBad))) return say('cannot tell', 'row not read');
      return coverage === 'not declared'
        ? say('cannot tell', 'coverage not declared')
        : say('none', 'log names nobody');
    }
    if (names.length > 1) {
      const byPort = fits.some(({ ports }) => ports && ports[1] - ports[0] + 1 < 64_512);
      if (port === null && byPort) return say('cannot tell', 'port missing');
      return now.size > 1 ? say('several', 'leases overlap') : say('cannot tell', 'tolerance reaches a neighbour');
    }
    const far = ({ b, e }: Prepared) => (time < b ? b - time : e !== null && time >= e ? time - e + 1n : 0n);
    const key = (row: Prepared) => [
      far(row),
      row.b,
      row.e ?? 1n << 70n,
      BigInt(row.ports?.[0] ?? -1),
      BigInt(row.ports?.[1] ?? -1),
    ];
    const [nearest] = fits.toSorted((a, b) => {
      const [left, right] = [key(a), key(b)];
      const at = left.findIndex((value, index) => value !== right[index]);
      return at < 0 ? 0 : left[at]! < right[at]! ? -1 : 1;
    });
    return {
      answer: 'one',
      reason: now.size > 0 ? 'held' : 'at the edge',
      who: names[0]!,
      lease: leaseText(nearest!),
      ...told,
    };
  }
}

/** ClickHouse holds a whole address as ports 0 to 65535; that and no ports at all are the same. */
const portText = (low: number | string | null, high: number | string | null) =>
  `${low}` === '0' && `${high}` === '65535' ? ' ' : `${low ?? ''} ${high ?? ''}`;

const leaseText = ({ began, ended, ports }: Row) =>
  `${textFrom(micros(began))} ${ended === null ? '' : textFrom(micros(ended))} ${portText(ports?.[0] ?? null, ports?.[1] ?? null)}`;

// Asking the engines.

async function one(engine: Opened, { ip, port = null, at, tolerance = 0 }: Asked): Promise<Said> {
  const { answer, reason, subscriber, subscribers, candidates, shown } = await engine.one({
    ip,
    port,
    time: micros(at),
    toleranceSeconds: tolerance,
  });
  const lease = shown[0];
  return {
    answer,
    reason,
    who: subscriber,
    subscribers,
    candidates,
    lease:
      answer === 'one' && lease
        ? `${textFrom(lease.began)} ${lease.ended === null ? '' : textFrom(lease.ended)} ${portText(lease.portLow, lease.portHigh)}`
        : null,
  };
}

async function many(engine: Opened, questions: readonly Asked[], tolerance: number): Promise<Said[]> {
  const file = join(folder, `asked-${++logs}.csv`);
  writeFileSync(
    file,
    `n,ip,port,time\n${questions.map(({ ip, port, at }, n) => `${n},${ip},${port ?? ''},${textFrom(micros(at))}\n`).join('')}`,
  );
  const receipt = await engine.batch(file, `${file}.out`, { toleranceSeconds: tolerance });
  assert.equal(receipt.rows, questions.length);
  assert.equal(
    Object.values(receipt.answers).reduce((sum, count) => sum + count, 0),
    questions.length,
  );
  const rows = parse(readFileSync(`${file}.out`), { columns: true }) as Record<string, string>[];
  assert.deepEqual(
    rows.map(({ n }) => Number(n)),
    questions.map((_, n) => n),
  );
  return rows.map((row) => ({
    answer: row['answer']!,
    reason: row['reason']!,
    who: row['held_by'] || null,
    subscribers: Number(row['subscribers']),
    candidates: row['candidates']
      ? (JSON.parse(row['candidates']) as string[])
      : row['held_by']
        ? [row['held_by']]
        : [],
    lease:
      row['answer'] === 'one'
        ? `${row['lease_began']} ${row['lease_ended']} ${portText(row['lease_port_low']!, row['lease_port_high']!)}`
        : null,
  }));
}

// Cases.

const NAT = '203.0.113.7';
const BLOCK: [number, number] = [1024, 1535];
const NEXT: [number, number] = [1536, 2047];

type Case = { name: string; rows: Row[]; declared?: Partial<Declared>; asked: Asked; expect: Partial<Said> };

const lease = (
  who: string | null,
  began: number,
  ended: number | null,
  ports: [number, number] | null = BLOCK,
  net = NAT,
): Row => ({ net, ports, began, ended, who });

const CASES: Case[] = [
  { name: 'one block, one holder', rows: [lease('line-1', 0, HOUR)], asked: { ip: NAT, port: 1100, at: 60 }, expect: { answer: 'one', reason: 'held', who: 'line-1' } },
  { name: 'the last port of a block is in it', rows: [lease('line-1', 0, HOUR), lease('line-2', 0, HOUR, NEXT)], asked: { ip: NAT, port: 1535, at: 60 }, expect: { who: 'line-1' } },
  { name: 'the first port of the next block is the neighbour’s', rows: [lease('line-1', 0, HOUR), lease('line-2', 0, HOUR, NEXT)], asked: { ip: NAT, port: 1536, at: 60 }, expect: { who: 'line-2' } },
  { name: 'a lease holds its first microsecond', rows: [lease('line-1', 60, HOUR)], asked: { ip: NAT, port: 1100, at: 60 }, expect: { answer: 'one', who: 'line-1' } },
  { name: 'a lease does not hold its end', rows: [lease('line-1', 0, 60)], asked: { ip: NAT, port: 1100, at: 60 }, expect: { answer: 'none', reason: 'log names nobody' } },
  { name: 'a microsecond before its end it holds', rows: [lease('line-1', 0, 60)], asked: { ip: NAT, port: 1100, at: 59.999999 }, expect: { answer: 'one', reason: 'held' } },
  { name: 'at a change of hands the one who comes holds', rows: [lease('line-1', 0, 60), lease('line-2', 60, 120)], asked: { ip: NAT, port: 1100, at: 60 }, expect: { who: 'line-2' } },
  { name: 'an open end holds', rows: [lease('line-1', 0, null)], asked: { ip: NAT, port: 1100, at: 9 * DAY }, expect: { answer: 'one', who: 'line-1' } },
  { name: 'no port on a shared address: so many candidates', rows: [lease('line-1', 0, HOUR), lease('line-2', 0, HOUR, NEXT)], asked: { ip: NAT, at: 60 }, expect: { answer: 'cannot tell', reason: 'port missing', subscribers: 2, candidates: ['line-1', 'line-2'] } },
  { name: 'no port, but one subscriber has all blocks in use', rows: [lease('line-1', 0, HOUR), lease('line-1', 0, HOUR, NEXT)], asked: { ip: NAT, at: 60 }, expect: { answer: 'one', who: 'line-1' } },
  { name: 'no port on a whole address', rows: [lease('line-1', 0, HOUR, null)], asked: { ip: NAT, at: 60 }, expect: { answer: 'one', who: 'line-1' } },
  { name: 'a port on a whole address', rows: [lease('line-1', 0, HOUR, null)], asked: { ip: NAT, port: 40_000, at: 60 }, expect: { answer: 'one', who: 'line-1' } },
  { name: 'the tolerance reaches a neighbour', rows: [lease('line-1', 0, 600), lease('line-2', 600, 1200)], asked: { ip: NAT, port: 1100, at: 599, tolerance: 2 }, expect: { answer: 'cannot tell', reason: 'tolerance reaches a neighbour', candidates: ['line-1', 'line-2'] } },
  { name: 'the tolerance stops just short of a neighbour', rows: [lease('line-1', 0, 600), lease('line-2', 600, 1200)], asked: { ip: NAT, port: 1100, at: 598, tolerance: 1.999999 }, expect: { answer: 'one', who: 'line-1' } },
  { name: 'the tolerance ends on a neighbour’s first microsecond', rows: [lease('line-1', 0, 600), lease('line-2', 600, 1200)], asked: { ip: NAT, port: 1100, at: 598, tolerance: 2 }, expect: { answer: 'cannot tell' } },
  { name: 'the same subscriber on both sides is one', rows: [lease('line-1', 0, 600), lease('line-1', 600, 1200)], asked: { ip: NAT, port: 1100, at: 599, tolerance: 5 }, expect: { answer: 'one', who: 'line-1' } },
  { name: 'between two leases of the same subscriber, at the edge of both', rows: [lease('line-1', 0, 600), lease('line-1', 610, 1200)], asked: { ip: NAT, port: 1100, at: 605, tolerance: 6 }, expect: { answer: 'one', reason: 'at the edge', who: 'line-1' } },
  { name: 'the clock of the log counts as tolerance', rows: [lease('line-1', 0, 600), lease('line-2', 600, 1200)], declared: { clockErrorSeconds: 2 }, asked: { ip: NAT, port: 1100, at: 599 }, expect: { answer: 'cannot tell', reason: 'tolerance reaches a neighbour' } },
  { name: 'leases that overlap: all of them count', rows: [lease('line-1', 0, 2 * HOUR), lease('line-2', HOUR, 3 * HOUR)], asked: { ip: NAT, port: 1100, at: 1.5 * HOUR }, expect: { answer: 'several', reason: 'leases overlap', subscribers: 2 } },
  { name: 'a long lease is found behind a short one that began later', rows: [lease('line-1', 0, DAY), lease('line-1', HOUR, 2 * HOUR)], asked: { ip: NAT, port: 1100, at: 12 * HOUR }, expect: { answer: 'one', who: 'line-1' } },
  { name: 'a whole address and a block of it overlap', rows: [lease('line-1', 0, DAY, null), lease('line-2', 0, DAY)], asked: { ip: NAT, port: 1100, at: HOUR }, expect: { answer: 'several', subscribers: 2 } },
  { name: 'beside that block only the whole address counts', rows: [lease('line-1', 0, DAY, null), lease('line-2', 0, DAY)], asked: { ip: NAT, port: 9000, at: HOUR }, expect: { answer: 'one', who: 'line-1' } },
  { name: 'blocks of two sizes overlap', rows: [lease('line-1', 0, DAY, [1024, 5119]), lease('line-2', 0, DAY, [2048, 2111])], asked: { ip: NAT, port: 2100, at: HOUR }, expect: { answer: 'several' } },
  { name: 'nobody, where the log is complete', rows: [lease('line-1', 0, HOUR)], asked: { ip: NAT, port: 1100, at: 2 * HOUR }, expect: { answer: 'none', reason: 'log names nobody' } },
  { name: 'outside the log’s time is not nobody', rows: [lease('line-1', 0, HOUR)], asked: { ip: NAT, port: 1100, at: 20 * DAY }, expect: { answer: 'cannot tell', reason: 'no log for that time' } },
  { name: 'in a gap of the log it cannot tell, and shows what there is', rows: [lease('line-1', 0, 5 * DAY)], asked: { ip: NAT, port: 1100, at: 2 * DAY + 60 }, expect: { answer: 'cannot tell', reason: 'no log for that time', candidates: ['line-1'] } },
  { name: 'the tolerance reaches into a gap of the log', rows: [lease('line-1', 0, 5 * DAY)], asked: { ip: NAT, port: 1100, at: 2 * DAY - 60, tolerance: 60 }, expect: { answer: 'cannot tell', reason: 'no log for that time' } },
  { name: 'coverage that nobody declared never shows absence', rows: [lease('line-1', 0, HOUR)], declared: { coverage: 'not declared' }, asked: { ip: NAT, port: 1100, at: 2 * HOUR }, expect: { answer: 'cannot tell', reason: 'coverage not declared' } },
  { name: 'but a lease that is there is there', rows: [lease('line-1', 0, HOUR)], declared: { coverage: 'not declared' }, asked: { ip: NAT, port: 1100, at: 60 }, expect: { answer: 'one', who: 'line-1' } },
  { name: 'an address that no row names', rows: [lease('line-1', 0, HOUR)], asked: { ip: '203.0.113.8', port: 1100, at: 60 }, expect: { answer: 'cannot tell', reason: 'address not in this source' } },
  { name: 'an address of the declared prefix that no row names', rows: [lease('line-1', 0, HOUR)], declared: { prefixes: ['203.0.113.0/24'] }, asked: { ip: '203.0.113.8', port: 1100, at: 60 }, expect: { answer: 'none' } },
  { name: 'an address beside the declared prefix', rows: [lease('line-1', 0, HOUR)], declared: { prefixes: ['203.0.113.0/25'] }, asked: { ip: '203.0.113.200', port: 1100, at: 60 }, expect: { answer: 'cannot tell', reason: 'address not in this source' } },
  { name: 'a lease that names nobody', rows: [lease(null, 0, HOUR)], asked: { ip: NAT, port: 1100, at: 60 }, expect: { answer: 'cannot tell', reason: 'lease without subscriber' } },
  { name: 'a row that ends before it begins could be the one', rows: [lease('line-1', HOUR, 60)], asked: { ip: NAT, port: 1100, at: 2 * HOUR }, expect: { answer: 'cannot tell', reason: 'row not read' } },
  { name: 'an IPv6 prefix holds its addresses', rows: [lease('line-1', 0, HOUR, null, '2001:db8:0:100::/56')], asked: { ip: '2001:db8:0:1ff::9', at: 60 }, expect: { answer: 'one', who: 'line-1' } },
  { name: 'the next IPv6 prefix is another’s', rows: [lease('line-1', 0, HOUR, null, '2001:db8:0:100::/56'), lease('line-2', 0, HOUR, null, '2001:db8:0:200::/56')], asked: { ip: '2001:db8:0:200::', at: 60 }, expect: { who: 'line-2' } },
  { name: 'a prefix within a prefix: both count', rows: [lease('line-1', 0, HOUR, null, '2001:db8::/48'), lease('line-2', 0, HOUR, null, '2001:db8:0:100::/56')], asked: { ip: '2001:db8:0:1ff::9', at: 60 }, expect: { answer: 'several', subscribers: 2 } },
  { name: 'an IPv4 address written as IPv6', rows: [lease('line-1', 0, HOUR)], asked: { ip: '::ffff:203.0.113.7', port: 1100, at: 60 }, expect: { answer: 'one', who: 'line-1' } },
  { name: 'a range of addresses that is no prefix', rows: [lease('line-1', 0, HOUR, null, '203.0.113.5 203.0.113.9')], asked: { ip: '203.0.113.9', at: 60 }, expect: { answer: 'one', who: 'line-1' } },
  { name: 'names with quotes, commas and other scripts', rows: [lease('O’Hare, "Ann" \\ Łódź', 0, HOUR)], asked: { ip: NAT, port: 1100, at: 60 }, expect: { who: 'O’Hare, "Ann" \\ Łódź' } },
]; // biome-ignore format: a table

const DECLARED: Declared = { coverage: COVERAGE, clockErrorSeconds: 0 };

// Random logs.

type Draw = (below: number) => number;

function drawing(seed: number): Draw {
  const generator = xoroshiro128plus(seed);
  return (below) => (generator.next() >>> 0) % below;
}

const pick = <T>(draw: Draw, from: readonly T[]): T => from[draw(from.length)]!;

/** Blocks of 512 of some addresses, each held by one subscriber after another; now and then one lease runs into the next. */
function blockLog(draw: Draw): Row[] {
  const rows: Row[] = [];
  for (let address = 0; address < 12; address++) {
    for (let block = 0; block < 12; block++) {
      let at = draw(3 * HOUR);
      while (at < 10 * DAY) {
        const ended = at + 600 + draw(2 * DAY);
        const low = 1024 + block * 512;
        rows.push(
          lease(`line-${draw(80)}`, at, draw(60) === 0 ? null : ended, [low, low + 511], `203.0.113.${address}`),
        );
        at = ended + pick(draw, [0, 0, 1, 30, 600, -300]);
      }
    }
  }
  return rows;
}

const MESSY_NETS = [
  '198.51.100.1', '198.51.100.2', '198.51.100.0/30', '198.51.100.0/24', '198.51.100.129 198.51.100.140', '192.0.2.0/31',
  '2001:db8::/48', '2001:db8:0:100::/56', '2001:db8:0:101::/64', '2001:db8:0:101::5', '2001:db8:0:180::3 2001:db8:0:1a0::1', 'not an address',
]; // biome-ignore format: a list

const MESSY_IPS = [
  '198.51.100.0', '198.51.100.1', '198.51.100.2', '198.51.100.3', '198.51.100.4', '198.51.100.130', '198.51.100.141', '198.51.101.0',
  '192.0.2.1', '192.0.2.2', '2001:db8::1', '2001:db8:0:100::1', '2001:db8:0:101::5', '2001:db8:0:101::6', '2001:db8:0:190::', '2001:db8:1::',
]; // biome-ignore format: a list

/** Everything a log may do: networks within networks, blocks of any size that overlap, leases within leases, bad rows. */
function messyLog(draw: Draw): Row[] {
  return Array.from({ length: 400 }, () => {
    const began = draw(10 * DAY * 1000) / 1000;
    const length = pick(draw, [0, 0.000001, 1, 60, HOUR, 6 * HOUR, DAY, 4 * DAY, 400 * DAY]);
    const low = pick(draw, [0, 1024, 1024, 1536, 2048, 40_000]);
    const ports: [number, number] = [low, Math.min(65_535, low + pick(draw, [0, 63, 511, 2047, 64_511, 65_535]))];
    const [who, isBad] = [draw(40) === 0 ? null : `line-${draw(30)}`, draw(150) === 0];
    const ended = isBad
      ? began - 1
      : draw(12) === 0
        ? null
        : draw(40) === 0
          ? 7.9e9 + 0.000001 * draw(3)
          : began + length;
    return { net: pick(draw, MESSY_NETS), ports: draw(4) === 0 ? null : ports, began, ended, who };
  });
}

function questionsOn(rows: readonly Row[], ips: readonly string[], count: number, draw: Draw): Asked[] {
  return Array.from({ length: count }, () => {
    const row = pick(draw, rows);
    const edge = draw(3) === 0 || row.ended === null || row.ended > 20 * DAY ? row.began : row.ended;
    const at =
      draw(4) === 0
        ? draw(12 * DAY) - DAY
        : edge + pick(draw, [0, 0, 0.000001, -0.000001, 1, -1, 59, -61, 3599, -3601]);
    const ip = draw(3) === 0 || !/^[0-9a-f.:]+$/.test(row.net) ? pick(draw, ips) : row.net;
    const [low, high] = row.ports ?? [1024, 2047];
    const port =
      draw(4) === 0 ? null : Math.max(0, Math.min(65_535, pick(draw, [low, high, low - 1, high + 1, low + draw(512)])));
    return { ip, port, at };
  });
}

const BLOCK_IPS = Array.from({ length: 14 }, (_, index) => `203.0.113.${index}`);

/** An address so busy that questions are put to it together. */
function busyLog(draw: Draw): Row[] {
  return Array.from({ length: 70_000 }, (_, index) => {
    const block = draw(126);
    const began = Math.floor((index / 70_000) * 10 * DAY);
    const length = draw(500) === 0 ? DAY : 60 + draw(HOUR);
    return lease(`line-${draw(500)}`, began, began + length, [1024 + block * 512, 1535 + block * 512]);
  });
}

type Trial = { name: string; rows: Row[]; questions: Asked[]; declared: Declared };

function trials(): Trial[] {
  const out: Trial[] = [];
  for (const seed of [1, 2]) {
    const draw = drawing(seed);
    const blocks = blockLog(draw);
    out.push({
      name: `port blocks, seed ${seed}`,
      rows: blocks,
      questions: questionsOn(blocks, BLOCK_IPS, 1600, draw),
      declared: DECLARED,
    });
    const messy = messyLog(draw);
    const declared =
      seed === 1
        ? DECLARED
        : { coverage: 'not declared' as const, clockErrorSeconds: 0.5, prefixes: ['198.51.100.0/25', '2001:db8::/47'] };
    out.push({
      name: `a disorderly log, seed ${seed}`,
      rows: messy,
      questions: questionsOn(messy, MESSY_IPS, 1600, draw),
      declared,
    });
  }
  const draw = drawing(3);
  const busy = busyLog(draw);
  out.push({
    name: 'a busy address, seed 3',
    rows: busy,
    questions: questionsOn(busy, [NAT], 600, draw),
    declared: DECLARED,
  });
  return out;
}

const TOLERANCES = [0, 1.5, 120];
/** Of the questions of each trial, how many are also asked one at a time. */
const ALONE: Record<string, number> = { 'Parquet with its index': 1500 };

for (const engine of ENGINES) {
  describe(engine.name, () => {
    for (const { name, rows, declared, asked, expect } of CASES) {
      test(name, async () => {
        const whole = { ...DECLARED, ...declared };
        await using opened = await engine.open(rows, whole);
        const said = await one(opened, asked);
        for (const [field, value] of Object.entries(expect)) assert.deepEqual(said[field as keyof Said], value, field);
        assert.deepEqual(said, new Oracle(rows, whole).answer({ ...asked, ip: asked.ip.replace('::ffff:', '') }));
        const [inBatch] = await many(opened, [asked], asked.tolerance ?? 0);
        assert.deepEqual(inBatch, said);
      });
    }

    for (const { name, rows, questions, declared } of trials()) {
      test(`agrees with the oracle: ${name}`, async () => {
        const oracle = new Oracle(rows, declared);
        await using opened = await engine.open(rows, declared);
        const reasons = new Set<string>();
        for (const tolerance of TOLERANCES) {
          const answers = await many(opened, questions, tolerance);
          const expected = questions.map((asked) => oracle.answer({ ...asked, tolerance }));
          for (const [index, said] of answers.entries()) {
            reasons.add(said.reason);
            assert.deepEqual(said, expected[index], JSON.stringify({ ...questions[index], tolerance }));
          }
          for (const [index, asked] of questions.slice(0, ALONE[engine.name] ?? 60).entries()) {
            assert.deepEqual(
              await one(opened, { ...asked, tolerance }),
              expected[index],
              JSON.stringify({ ...asked, tolerance }),
            );
          }
        }
        assert.ok(reasons.size >= 5, [...reasons].join(', '));
      });
    }
  });
}
