/**
 * What was not approved is nowhere: a word stands in every row and column of two sources that no approved item reaches, and
 * none of these words is in the package, in what was printed, or on the disk.
 */
import assert from 'node:assert/strict';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { lettersOfPdf } from '../../src/document/pdf-letters.ts';
import { SENDER } from '../../src/sample/cast.ts';
import { canariesOf, filesBelow } from '../canaries.ts';
import { type Office, office, type Ran } from '../command.ts';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';
import { filesIn, identityOf, opened } from './package-file.ts';
import { approve, CHECKED, messageOn, openDesk, PACKAGED, PRODUCED, SECOND, verify } from './sample-desk.ts';
import { demand, RANGE, write } from './sample-order.ts';

const hidden = canariesOf('canaryrow');
const shown = canariesOf('wantedrow');
const OTHER = '200000000000001';

type Rows = (string | null)[][];
type Table = { name: string; header: string[]; rows: Rows };

/** Each table: rows of the account in range, and beside them what an item does not reach, every text of it a canary. */
function tables(): Table[] {
  const { word: no } = hidden;
  const { word: yes } = shown;
  const [inside, last] = ['2017-02-10T08:00:00Z', '2017-03-31T23:59:59.999999Z'];
  const [early, late] = ['2017-01-31T23:59:59.999999Z', RANGE.to];
  const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));
  const own = SENDER.facebookId;
  const mail = (word: string) => `${word}@example.net`;
  return [
    {
      // `city` needs a category that was not asked for; no column of records is read from `note`.
      name: 'sessions',
      header: ['id', 'account', 'began', 'action', 'ip', 'agent', 'city', 'note'],
      rows: [
        ...many(20, (index) => [`i${index}`, own, index % 2 ? inside : last, yes(), '203.0.113.7', yes(), no(), no()]),
        ...many(20, (index) => [no(), own, index % 2 ? early : late, no(), '203.0.113.7', no(), no(), no()]),
        ...many(20, () => [no(), OTHER, inside, no(), '203.0.113.7', no(), no(), no()]),
        ...many(5, () => [no(), own, null, no(), '203.0.113.7', no(), no(), no()]),
        ...many(5, () => [no(), null, inside, no(), '203.0.113.7', no(), no(), no()]),
      ],
    },
    {
      // Whom it was with is masked; what it was about needs content.
      name: 'contacts',
      header: ['id', 'account', 'began', 'counterpart', 'direction', 'medium', 'subject'],
      rows: [
        ...many(20, (index) => [`c${index}`, own, inside, mail(no()), 'sent', yes(), no()]),
        ...many(10, () => [no(), own, early, mail(no()), no(), no(), no()]),
        ...many(10, () => [no(), OTHER, inside, mail(no()), no(), no(), no()]),
      ],
    },
    {
      name: 'messages',
      header: ['id', 'account', 'began', 'counterpart', 'body'],
      rows: many(20, (index) => [no(), index % 2 ? own : OTHER, inside, mail(no()), no()]),
    },
    {
      name: 'profiles',
      header: ['id', 'account', 'name', 'value'],
      rows: [...many(5, (index) => [`p${index}`, own, yes(), yes()]), ...many(10, () => [no(), OTHER, no(), no()])],
    },
    {
      name: 'payments',
      header: ['id', 'account', 'name', 'value'],
      rows: many(10, (index) => [no(), index % 2 ? own : OTHER, no(), no()]),
    },
    {
      name: 'accounts',
      header: ['account', 'email', 'handle'],
      rows: [[own, SENDER.emails[0], no()], ...many(10, () => [OTHER, mail(no()), no()])],
    },
  ];
} // biome-ignore format: one row a line

/** The declaration, but for where each table is. */
function declared(where: (name: string) => object) {
  const identifiers = [{ column: 'account', type: 'facebook-id' }];
  const time = { began: 'began', type: 'instant', precision: 'microsecond' };
  const fact = (name: string, category: string) => ({
    ...where(name), kind: 'fact', category, state: true, identifiers, columns: { name: 'name', value: 'value' }, raw: ['id'],
  });
  return {
    tables: [
      {
        ...where('sessions'), kind: 'session', category: 'DC-02', identifiers, time, raw: ['id', 'city'],
        columns: { action: 'action', ip: 'ip', user_agent: 'agent' }, parts: [{ category: 'DC-11', columns: ['city'] }],
      },
      {
        ...where('contacts'), kind: 'contact', category: 'DC-06', identifiers, time, raw: ['id', 'counterpart', 'subject'],
        columns: { counterpart: 'counterpart', direction: 'direction', medium: 'medium' },
        mentions: [{ column: 'counterpart', type: 'email' }], parts: [{ category: 'DC-12', columns: ['subject'] }],
      },
      {
        ...where('messages'), kind: 'contact', category: 'DC-12', identifiers, time, raw: ['id', 'body'],
        columns: { counterpart: 'counterpart' }, mentions: [{ column: 'counterpart', type: 'email' }],
      },
      fact('profiles', 'DC-01'),
      fact('payments', 'DC-04'),
    ],
    accounts: [
      { ...where('accounts'), identifiers: [...identifiers, { column: 'email', type: 'email' }], account: { column: 'account', type: 'facebook-id' } },
    ],
  };
} // biome-ignore format: as a file has it

function inFiles(desk: Office): void {
  const quoted = (cell: string | null) => (cell === null ? '' : `"${cell}"`);
  mkdirSync(desk.path('files'));
  for (const { name, header, rows } of tables()) {
    const lines = [header.join(), ...rows.map((row) => row.map(quoted).join())];
    writeFileSync(desk.path(`files/${name}.csv`), `${lines.join('\n')}\n`);
  }
  const source = declared((name) => ({ files: `${name}.csv`, name }));
  write(desk.path('files.json'), { name: 'files', engine: 'duckdb', folder: 'files', ...source });
}

async function inPostgres(desk: Office, { port, user, database }: PostgresServer): Promise<void> {
  const client = new pg.Client({ host: '127.0.0.1', port, user, database });
  await client.connect();
  for (const { name, header, rows } of tables()) {
    const type = (column: string) => (column === 'began' ? 'timestamptz' : column === 'ip' ? 'inet' : 'text');
    await client.query(`create table ${name} (${header.map((column) => `${column} ${type(column)}`).join()})`);
    const places = header.map((column, index) => `$${index + 1}::${type(column)}`);
    for (const row of rows) await client.query(`insert into ${name} values (${places})`, row);
  }
  await client.query('create role desk_reader login; grant select on all tables in schema public to desk_reader');
  await client.end();
  const source = declared((table) => ({ table, ...(table === 'accounts' ? {} : { key: ['id'] }) }));
  const place = { engine: 'postgresql', url: `postgresql://127.0.0.1:${port}`, database, user: 'desk_reader' };
  write(desk.path('rows.json'), { name: 'rows', ...place, ...source });
}

const FORM = {
  ...demand(),
  items: [
    ['1', 0, 'DC-01'], ['2', 0, 'DC-02'], ['3', 1, 'DC-06'], ['4', 0, 'DC-12'],
  ].map(([id, target, category]) => ({ id, target, category, ...RANGE, rawText: 'as the order has it' })),
} as ReturnType<typeof demand>; // biome-ignore format: items in a line

test('a word in every row and column that was not approved is in no package, no output and on no disk', async () => {
  await using server = await startPostgres();
  using lab = office({ ownProcesses: true });
  using desk = office({ ownProcesses: true });
  const temporary = desk.path('tmp');
  mkdirSync(temporary);
  // A memory folder of this test's own: what other processes of this machine have there is not looked at.
  const memory = mkdtempSync('/dev/shm/story-');
  Object.assign(desk.env, { TMPDIR: temporary, FOURCORNERS_MEMORY: memory, NODE_COMPILE_CACHE: desk.path('cache') });
  try {
    inFiles(desk);
    await inPostgres(desk, server);
    const { recipient } = lab.run('recipient', '--json').json() as unknown as { recipient: string };
    const outputs: string[] = [];
    const heard = (ran: Ran, status = 0): Ran => {
      assert.equal(ran.status, status, ran.err);
      outputs.push(ran.out, ran.err);
      return ran;
    };
    await openDesk(desk, recipient);
    for (const file of ['files.json', 'rows.json']) heard(desk.run('source', 'add', '--file', file));
    const received = heard(
      desk.run(
        'request',
        'receive',
        '--file',
        await messageOn(desk, FORM),
        '--received',
        '2017-04-13T16:20:00Z',
        '--json',
      ),
    );
    const { request } = received.json() as unknown as { request: string };
    const on = (words: string, at: string, ...flags: string[]) =>
      desk.run(...words.split(' '), '--request', request, '--at', at, ...flags);
    await verify(desk, request);
    heard(on('request review', '2017-04-13T17:30:00Z', '--json'));
    await approve(desk, request, ['1', '2', '3'], ['4']);
    heard(desk.run('produce', 'preview', '--request', request, '--json'));

    // Once stopped in the middle, once with a source that does not answer; then as it should be.
    await killedOnceItWrites(desk, memory, request);
    const left = filesBelow(memory);
    assert.ok(left.length > 0, 'a killed process leaves its memory folder');
    for (const path of left) assert.deepEqual(hidden.inFile(path), [], path);
    const rows = readFileSync(join(desk.data, 'sources', 'rows.json'), 'utf8');
    writeFileSync(join(desk.data, 'sources', 'rows.json'), rows.replace('"messages"', '"no_such_table"'));
    const failed = heard(on('produce', PRODUCED), 1);
    assert.match(failed.err, /^source\/no-table: /);
    writeFileSync(join(desk.data, 'sources', 'rows.json'), rows);
    const produced = heard(on('produce', PRODUCED, '--json')).json() as unknown as {
      accounting: { produced: number; withheld: Record<string, number> };
    };
    heard(desk.as(SECOND, 'produce', 'check', '--request', request, '--at', CHECKED, '--json'));
    const collected = ownFiles(desk);
    assert.ok(collected.some((path) => path.includes('collection')));
    for (const path of collected) assert.deepEqual(hidden.inFile(path), [], path);
    const handed = heard(on('produce package', PACKAGED, '--out', 'outgoing', '--json')).json() as unknown as {
      file: string;
    };
    const identity = await identityOf(lab.data);
    write(desk.path('identity.txt'), identity);
    heard(desk.run('verify', handed.file, '--identity', 'identity.txt', '--json'));
    heard(desk.run('produce', 'deliver', '--request', request, '--out', 'again'));
    heard(desk.run('request', 'show', '--request', request, '--acts', '--json'));
    heard(desk.run('source', 'list', '--json'));
    heard(desk.run('ledger', 'show', '--json'));
    heard(desk.run('transparency', '--period', '2017-H1', '--out', 'transparency', '--with-facts', '--json'));

    // Two sources of 20 sessions, 20 contacts and 5 facts each, and everything else counted by its reason.
    assert.equal(produced.accounting.produced, 90);
    assert.deepEqual(produced.accounting.withheld, {
      'category not covered': 30,
      'outside the range': 60,
      'undetermined: no time': 10,
    });

    const zip = await opened(handed.file, identity);
    assert.deepEqual(hidden.in(zip), []);
    for (const { path, from, to } of filesIn(zip)) {
      const bytes = zip.subarray(from, to);
      assert.deepEqual(hidden.in(bytes), [], path);
      if (path.endsWith('.pdf')) assert.doesNotMatch(lettersOfPdf(bytes), /canaryrow/i);
      // What was approved is there, so the search finds what is there: as text, and in compressed columns.
      if (/session\.(csv|parquet)$/.test(path)) assert.equal(shown.in(bytes).length, 80, path);
      if (/contact\.(csv|parquet)$/.test(path)) assert.equal(shown.in(bytes).length, 40, path);
      if (/fact\.(csv|parquet)$/.test(path)) assert.equal(shown.in(bytes).length, 20, path);
    }
    assert.ok(hidden.made.length > 1000);
    assert.ok(hidden.inFile(desk.path('files/sessions.csv')).length > 100, 'the search finds them where they are');

    const looked = [...ownFiles(desk), ...filesBelow(memory)];
    for (const name of ['docket.sqlite', '.fcp', '.eml', 'entries.log', 'facts/counts.csv'])
      assert.ok(
        looked.some((path) => path.endsWith(name)),
        name,
      );
    for (const path of looked) assert.deepEqual(hidden.inFile(path), [], path);
    for (const text of outputs) assert.deepEqual(hidden.in(Buffer.from(text)), []);
    assert.deepEqual(readdirSync(memory), [], 'no memory folder is left');
  } finally {
    rmSync(memory, { recursive: true, force: true });
  }
});

/** What lies in the office: all but the provider's own files, to which the data directory has a link. */
function ownFiles(desk: Office): string[] {
  const link = join(desk.data, 'sources', 'files');
  assert.ok(lstatSync(link).isSymbolicLink());
  return filesBelow(desk.folder).filter(
    (path) => ![desk.path('files'), link].some((place) => path.startsWith(`${place}/`)),
  );
}

/** Starts gathering and ends the process with SIGKILL as soon as rows lie in its memory folder. */
async function killedOnceItWrites(desk: Office, memory: string, request: string): Promise<void> {
  const running = desk.start('produce', '--request', request, '--at', PRODUCED);
  const ended = new Promise<void>((end) => running.once('exit', () => end()));
  const watching = watch(memory, { recursive: true }, () => {
    if (filesBelow(memory).some((path) => path.endsWith('.csv'))) running.kill('SIGKILL');
  });
  await ended;
  watching.close();
  assert.ok(existsSync(memory));
}
