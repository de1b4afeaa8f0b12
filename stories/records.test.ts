/** Writing records out: in order of time, whole, and as no spreadsheet runs them. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import { KINDS } from '../src/record/record.ts';
import { type Office, office, paperFor } from './command.ts';

const fixture = (path: string) => fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url));
const MAIN = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const EVERY_ROW = [
  'id', 'kind', 'return', 'file', 'locator', 'item', 'account', 'began', 'ended', 'precision', 'time_as_stored',
  'zone_basis', 'raw',
]; // biome-ignore format: design.md, section 3

/** A login table with a profile, whose user agents are formulas; times not in order. */
function logins(desk: Office): { matter: string; instrument: string } {
  const agents = [
    '=HYPERLINK("http://x.invalid")',
    '+1',
    '-2+3',
    '@SUM(1)',
    '\t=1',
    'plain, with "quotes"\nand a line',
  ];
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = agents.map(
    (agent, index) => `2017-02-0${6 - index}T05:06:07Z,10042,203.0.113.${index},${quoted(agent)}`,
  );
  writeFileSync(
    desk.path('logins.csv'),
    `Login Time,Account,IP,User Agent\n${lines.join('\n')}\n2017-02-20T00:00:00Z,10042,203.0.113.9,last\n`,
  );
  const under = desk.matterWith(paperFor('account-id', '10042', ['DC-02']));
  const profile = fixture('table/no-zone/profile.json');
  const ran = desk.run(
    'import',
    '--matter',
    under.matter,
    '--instrument',
    under.instrument,
    '--profile',
    profile,
    'logins.csv',
    '--json',
  );
  assert.deepEqual([ran.status, ran.json()['kept']], [0, 7], ran.err);
  return under;
}

test('records come by time, as JSON lines, as CSV that no spreadsheet runs, and as Parquet', async () => {
  using desk = office();
  const { matter } = logins(desk);
  const lines = desk.run('records', '--matter', matter, '--format', 'jsonl');
  assert.equal(
    desk.run('records', '--matter', matter, '--kind', 'session').out,
    lines.out,
    'jsonl is what is given unasked',
  );
  const rows = lines.out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string>);
  for (const row of rows) for (const column of EVERY_ROW) assert.ok(Object.hasOwn(row, column), column);
  const began = rows.map((row) => row['began']!);
  assert.deepEqual(began, began.toSorted());
  assert.deepEqual(began.slice(0, 2), ['2017-02-01T05:06:07Z', '2017-02-02T05:06:07Z']);
  assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
  assert.deepEqual([rows[0]!['kind'], rows[0]!['item'], rows[0]!['zone_basis']], ['session', '1', 'stated']);

  const csv = desk.run('records', '--matter', matter, '--format', 'csv');
  const cells = parse(csv.out, { columns: true }) as Record<string, string>[];
  assert.equal(cells.length, rows.length);
  for (const row of cells) for (const cell of Object.values(row)) assert.doesNotMatch(cell, /^[=+\-@\t\r\n]/);
  assert.deepEqual(
    cells.map((row) => row['user_agent']!.replace(/^'/, '')),
    rows.map((row) => row['user_agent']),
  );
  assert.deepEqual(Object.keys(cells[0]!).slice(0, 3), ['id', 'return', 'file']);

  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const bytes = execFileSync(process.execPath, [MAIN, 'records', '--matter', matter, '--format', 'parquet'], {
    env: desk.env,
  });
  writeFileSync(desk.path('records.parquet'), bytes);
  const read = await connection.runAndReadAll(
    `select id, epoch_us(began) as began, user_agent, typeof(began) as type from read_parquet('${desk.path('records.parquet')}')`,
  );
  const table = read.getRowObjects();
  assert.deepEqual(
    table.map(({ id }) => id),
    rows.map(({ id }) => id),
  );
  assert.deepEqual(
    table.map((row) => row['user_agent']),
    rows.map((row) => row['user_agent']),
  );
  assert.deepEqual(
    table.map((row) => Number(row['began']) / 1000),
    began.map((text) => Date.parse(text)),
  );
  assert.equal(table[0]!['type'], 'TIMESTAMP');
  connection.closeSync();
  instance.closeSync();
});

test('records of one kind in CSV lose no column that holds something', () => {
  using desk = office();
  const paper = paperFor('phone', '+15755550123', ['DC-06', 'DC-11']);
  const items = paper.items.map((item) => ({ ...item, began: '2018-03-01T00:00:00Z', ended: '2018-04-01T00:00:00Z' }));
  const { matter, instrument } = desk.matterWith({ ...paper, items });
  const cdr = fixture('t-mobile-cdr/location-version/return/CDR_15755550123.xlsx');
  assert.equal(desk.run('import', '--matter', matter, '--instrument', instrument, cdr).status, 0);
  const [first] = parse(desk.run('records', '--matter', matter, '--kind', 'contact', '--format', 'csv').out, {
    columns: true,
  }) as Record<string, string>[];
  assert.deepEqual(
    [first!['latitude'], first!['longitude'], first!['action']],
    ['32.319', '-106.765', 'mSOriginating'],
  );
  for (const kind of KINDS) assert.equal(desk.run('records', '--matter', matter, '--kind', kind).status, 0, kind);
});
