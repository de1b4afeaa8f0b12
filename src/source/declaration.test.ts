import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isProblem } from '../base/problem.ts';
import { readSource } from './declaration.ts';

const TABLE = {
  table: 'logins',
  key: ['id'],
  kind: 'session',
  category: 'DC-02',
  identifiers: [{ column: 'account', type: 'account-id' }],
  time: { began: 'logged_in', ended: 'logged_out', type: 'instant', precision: 'second' },
  columns: { ip: 'address', user_agent: 'agent' },
  constants: { action: 'login' },
  mentions: [{ column: 'friend', type: 'handle' }],
  parts: [{ category: 'DC-05', columns: ['agent'] }],
  raw: ['address'],
};
const FILES = { ...TABLE, table: undefined, key: undefined, files: 'logins/*.parquet', name: 'logins' };
const SERVER = {
  name: 'app',
  engine: 'postgresql',
  url: 'postgresql://db.example.net:5432',
  database: 'app',
  user: 'reader',
  passwordVariable: 'APP_PASSWORD',
  tables: [TABLE],
};
const FOLDER = { name: 'app', engine: 'duckdb', folder: 'data', tables: [FILES] };

const read = (source: unknown) => readSource(JSON.stringify(source), 'app.json');
const withTable = (over: object) => ({ ...SERVER, tables: [{ ...TABLE, ...over }] });
const withFiles = (over: object) => ({ ...FOLDER, tables: [{ ...FILES, ...over }] });

test('reads a declaration for each engine, with what it leaves out at its default', () => {
  assert.deepEqual(
    [SERVER, FOLDER, { ...SERVER, engine: 'clickhouse', url: 'https://logs.example.net:8443' }].map((source) => {
      const { engine, timeLimitSeconds, tables } = read(source);
      return [engine, timeLimitSeconds, tables[0]!.identifiers[0]!.role, tables[0]!.identifiers[0]!.exact];
    }),
    [
      ['postgresql', 60, 'subject', false],
      ['duckdb', 60, 'subject', false],
      ['clickhouse', 60, 'subject', false],
    ],
  );
});

const REFUSED: [name: string, source: unknown, field: string][] = [
  ['an engine it does not know', { ...SERVER, engine: 'mysql' }, 'engine'],
  ['a field it does not know', { ...SERVER, password: 'secret' }, 'password'],
  ['a field of a table it does not know', withTable({ kinds: 'session' }), 'tables[0].kinds'],
  ['a name that cannot stand in provenance', { ...SERVER, name: 'App 1' }, 'name'],
  ['a password in the address', { ...SERVER, url: 'postgresql://reader:secret@db.example.net' }, 'url'],
  ['an address of another engine', { ...SERVER, url: 'https://db.example.net' }, 'url'],
  ['a database in the address', { ...SERVER, url: 'postgresql://db.example.net/app' }, 'url'],
  ['a variable that is none', { ...SERVER, passwordVariable: 'pass word' }, 'passwordVariable'],
  ['nothing declared', { ...SERVER, tables: [] }, 'tables'],
  ['a time limit of nothing', { ...SERVER, timeLimitSeconds: 0 }, 'timeLimitSeconds'],
  [
    'an unencrypted way to another machine that nobody said was meant',
    { ...SERVER, engine: 'clickhouse', url: 'http://logs.example.net:8123' },
    'tls',
  ],
  ['a folder that leads out', { ...FOLDER, folder: '../data' }, 'folder'],
  ['a folder from the root', { ...FOLDER, folder: '/srv/data' }, 'folder'],
  ['files that lead out', withFiles({ files: 'a/../../b.csv' }), 'tables[0].files'],
  ['files of another format', withFiles({ files: 'logins.xlsx' }), 'tables[0].files'],
  ['no files', withFiles({ files: undefined }), 'tables[0].files'],
  ['a table of a server among files', withFiles({ table: 'logins' }), 'tables[0].table'],
  ['files on a server', withTable({ files: '*.csv' }), 'tables[0].files'],
  ['no key on a server', withTable({ key: undefined }), 'tables[0].key'],
  ['a kind it does not know', withTable({ kind: 'login' }), 'tables[0].kind'],
  ['a category it does not know', withTable({ category: 'DC-99' }), 'tables[0].category'],
  ['nobody whose row it is', withTable({ identifiers: [] }), 'tables[0].identifiers'],
  [
    'a type of identifier it does not know',
    withTable({ identifiers: [{ column: 'a', type: 'mail' }] }),
    'tables[0].identifiers[0].type',
  ],
  ['no time for what happens', withTable({ time: undefined }), 'tables[0].time'],
  ['a state that is no fact', withTable({ state: true }), 'tables[0].state'],
  ['a fact that is no state', withTable({ kind: 'fact', columns: {}, constants: {}, parts: [] }), 'tables[0].state'],
  [
    'a zone there is not',
    withTable({ time: { ...TABLE.time, type: { local: 'America/Albuquerque' } } }),
    'tables[0].time.type.local',
  ],
  ['days that are instants', withTable({ time: { ...TABLE.time, precision: 'day' } }), 'tables[0].time.precision'],
  ['a column the kind has not', withTable({ columns: { amount: 'a' } }), 'tables[0].columns.amount'],
  ['a column there is not', withTable({ columns: { address: 'a' } }), 'tables[0].columns.address'],
  ['a constant beside a column', withTable({ constants: { ip: '203.0.113.1' } }), 'tables[0].constants.ip'],
  ['a constant of another type', withTable({ constants: { port: '443' } }), 'tables[0].constants.port'],
  [
    'a time as a plain column',
    withTable({
      kind: 'fact', time: undefined, state: true, columns: { as_of: 'seen' }, constants: {}, parts: [],
    }),
    'tables[0].columns.as_of',
  ],
  ['a part that nothing reads', withTable({ parts: [{ category: 'DC-05', columns: ['x'] }] }), 'tables[0].parts[0].columns'],
  [
    'a part that says whose the row is',
    withTable({ raw: ['account'], parts: [{ category: 'DC-05', columns: ['account'] }] }),
    'tables[0].parts[0].columns',
  ],
  [
    'a part of the category of the row',
    withTable({ parts: [{ category: 'DC-02', columns: ['agent'] }] }),
    'tables[0].parts[0].category',
  ],
  ['one table declared twice under one name', { ...SERVER, tables: [TABLE, TABLE] }, 'tables[0].name'],
  [
    'accounts with times of no type',
    {
      ...SERVER,
      accounts: [{ table: 'emails', identifiers: [{ column: 'email', type: 'email' }], account: { column: 'id' }, from: 'since' }],
    },
    'accounts[0].type',
  ],
  ['leases of another engine', { ...FOLDER, leases: [{ engine: 'clickhouse', table: 'l', columns: { ip: 'i', began: 'b', ended: 'e', subscriber: 's' }, times: { type: 'text' }, coverage: 'not declared' }] }, 'leases[0].engine'],
]; // biome-ignore format: a table

for (const [name, source, field] of REFUSED) {
  test(`refuses ${name}, and names the field`, () => {
    assert.throws(
      () => read(source),
      (error) => {
        assert.ok(isProblem(error) && error.code === 'source/invalid');
        const fields = (error.facts['fields'] as { field: string }[]).map((one) => one.field);
        assert.ok(fields.includes(field), `${field} is among ${fields.join(', ')}`);
        return error.message.includes(`${field}: `);
      },
    );
  });
}

test('says of a text that is no JSON that it is none', () => {
  assert.throws(() => readSource('{', 'app.json'), { code: 'source/invalid' });
});

test('the examples of docs/sources.md are declarations', () => {
  const text = readFileSync(new URL('../../docs/sources.md', import.meta.url), 'utf8');
  const examples = [...text.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(([, json]) => readSource(json!, 'an example'));
  assert.deepEqual(
    examples.map(({ engine }) => engine),
    ['postgresql', 'clickhouse', 'duckdb'],
  );
});
