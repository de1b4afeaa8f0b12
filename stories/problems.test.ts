/** Wrong input: a code, the place and what to do, on one line; never a stack trace, and nothing done by half. */
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openHouse } from '../src/desk/house.ts';
import { type Office, office, paperFor, type Ran } from './command.ts';

const LEASES =
  'subscriber,start,end,public_ip,port_low,port_high\n+15755550142,2017-02-10T00:00:00Z,2017-02-10T01:00:00Z,203.0.113.7,1024,1535\n';

let desk: Office;
let matter: string;
let instrument: string;
let unapproved: string;

before(() => {
  desk = office();
  const paper = paperFor('phone', '+15755550142', ['DC-02']);
  ({ matter, instrument } = desk.matterWith(paper));
  writeFileSync(desk.path('paper.json'), JSON.stringify(paper));
  writeFileSync(desk.path('empty'), '');
  writeFileSync(
    desk.path('junk.bin'),
    Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 167 + 13) % 256)),
  );
  writeFileSync(desk.path('esc.json'), '\u001b[2Jnot json\u0007\nsecond line');
  writeFileSync(desk.path('half.json'), '{"profile":');
  writeFileSync(desk.path('table.csv'), 'colour,weight\nred,3\n');
  writeFileSync(desk.path('leases.csv'), LEASES);
  mkdirSync(desk.path('folder'));
  unapproved = String(
    desk.run('instrument', 'add', '--matter', matter, '--file', 'paper.json', '--json').json()['instrument'],
  );
  assert.equal(desk.run('import', '--matter', matter, '--instrument', instrument, 'leases.csv').status, 0);
});
after(() => desk[Symbol.dispose]());

/** What every refusal owes the caller. */
function refused(ran: Ran, code: string, place: RegExp, label: string, status?: number): void {
  assert.equal(ran.status, status ?? (/^input\/(usage|invalid)$/.test(code) ? 2 : 1), `${label}: ${ran.err}`);
  const line = ran.err.trimEnd().split('\n').at(-1)!;
  assert.ok(line.startsWith(`${code}: `), `${label}: ${ran.err}`);
  assert.match(line, place, label);
  assert.doesNotMatch(ran.err, /^\s+at |\bbug:|node:internal|\/src\/|\.ts\b|undefined|\[object/m, label);
  assert.doesNotMatch(ran.err.replaceAll('\n', ''), /\p{Cc}/u, `${label}: nothing that steers a terminal`);
}

/** The words, the code and what of the input the message must name. `M`, `I` and `U` stand for the ids of this story. */
const WRONG: [words: string, code: string, place: RegExp][] = [
  ['', 'input/usage', /command is missing/],
  ['bogus', 'input/usage', /bogus/],
  ['instrument', 'input/usage', /instrument/],
  ['instrument bogus', 'input/usage', /bogus/],
  ['help bogus', 'input/usage', /bogus/],
  ['matter create', 'input/usage', /--name/],
  ['matter create --name', 'input/usage', /--name/],
  ['matter create --name x --colour red', 'input/usage', /--colour/],
  ['matter create --name x extra', 'input/usage', /argument/],
  ['matter list --data=', 'input/usage', /--data/],
  ['matter create --name=', 'input/invalid', /name/],
  ['matter create --name x --as=', 'person/no-name', /--as/],
  ['matter list --data nowhere', 'house/none', /nowhere/],
  ['matter list --data leases.csv', 'house/none', /leases\.csv/],
  ['init', 'house/exists', /data/],
  ['init --data new --oversight-key leases.csv', 'house/oversight-key-exists', /leases\.csv/],
  ['init --data new --oversight-key no/where/key', 'house/oversight-key-place', /no\/where/],
  ['init --data leases.csv', 'system/refused', /leases\.csv/],
  ['init --data /dev/null/new', 'system/refused', /\/dev\/null/],
  ['init --data new --as=', 'person/no-name', /--as/],
  ['instrument add --matter m-none --file paper.json', 'matter/not-found', /m-none/],
  ['instrument add --matter ../.. --file paper.json', 'matter/not-found', /\.\.\/\.\./],
  ['instrument add --matter M --file nowhere.json', 'input/no-file', /nowhere\.json/],
  ['instrument add --matter M --file folder', 'input/no-file', /folder/],
  ['instrument add --matter M --file paper.json --document folder', 'input/no-file', /folder/],
  ['instrument add --matter M --file empty', 'instrument/invalid', /not JSON/],
  ['instrument add --matter M --file junk.bin', 'instrument/invalid', /not JSON/],
  ['instrument add --matter M --file esc.json', 'instrument/invalid', /not JSON/],
  ['instrument approve --matter M --instrument i-0000000000', 'instrument/not-found', /i-0000000000/],
  ['instrument approve --matter M --instrument I --as Second', 'instrument/already-approved', /D\. Quill/],
  ['instrument approve --matter M --instrument U', 'instrument/same-person', /R\. Alder/],
  ['import --matter M --instrument I', 'input/usage', /files/],
  ['import --matter M --instrument U leases.csv', 'instrument/not-approved', /U/],
  ['import --matter M --instrument ../x leases.csv', 'instrument/not-found', /\.\.\/x/],
  ['import --matter M --instrument I nowhere.csv', 'import/no-file', /nowhere\.csv/],
  ['import --matter M --instrument I leases.csv nowhere.csv', 'import/no-file', /nowhere\.csv/],
  ['import --matter M --instrument I folder', 'import/no-file', /folder/],
  ['import --matter M --instrument I empty', 'import/no-format', /empty/],
  ['import --matter M --instrument I junk.bin', 'import/no-format', /junk\.bin/],
  ['import --matter M --instrument I table.csv', 'import/no-format', /table\.csv/],
  ['import --matter M --instrument I --zone Mars/Olympus leases.csv', 'input/invalid', /zone/],
  ['import --matter M --instrument I --zone MST leases.csv', 'input/invalid', /zone/],
  ['import --matter M --instrument I --profile nowhere.json table.csv', 'input/no-file', /nowhere\.json/],
  ['import --matter M --instrument I --profile half.json table.csv', 'formats/profile', /half\.json/],
  ['import --matter M --instrument I --profile paper.json table.csv', 'formats/profile', /columns/],
  ['records', 'input/usage', /--matter/],
  ['records --matter M --format xlsx', 'input/invalid', /format.*jsonl, csv, parquet/],
  ['records --matter M --kind call', 'input/invalid', /kind.*session/],
  ['receipts --matter m-none', 'matter/not-found', /m-none/],
  ['recognise', 'input/usage', /file/],
  ['recognise nowhere', 'input/no-file', /nowhere/],
  ['recognise folder', 'input/no-file', /folder/],
  ['ask hours', 'input/invalid', /matter/],
  ['ask constructor --matter M', 'ask/no-such-question', /constructor.*hours/],
  ['ask hours extra --matter M', 'input/usage', /extra/],
  ['ask hours --matter M --colour red', 'ask/parameters', /colour/],
  ['ask hours --matter M --bins 25', 'ask/parameters', /bins/],
  ['ask hours --matter M --zone Mars', 'analysis/zone-unknown', /Mars/],
  ['ask hours --matter M --kinds calls', 'analysis/kind-unknown', /calls/],
  ['person reveal --matter M --number 99 --reason long-enough-a-reason', 'person/not-found', /99/],
  ['person reveal --matter M --number one --reason long-enough-a-reason', 'input/invalid', /number/],
  ['person reveal --matter M --number 1 --reason because', 'input/invalid', /reason/],
  ['reference add --matter M table.csv', 'reference/not-recognised', /table\.csv/],
  ['reference add --matter M folder', 'input/no-file', /folder/],
  ['ledger show --last none', 'input/invalid', /last/],
  ['ledger show --matter m-none', 'matter/not-found', /m-none/],
  ['ledger export --out folder', 'ledger/export-exists', /folder/],
  ['ledger export --out folder/a/b', 'system/refused', /folder\/a\/b/],
  ['verify nowhere', 'ledger/nothing-here', /nowhere/],
  ['verify junk.bin', 'ledger/nothing-here', /junk\.bin/],
  ['verify data --key bogus', 'ledger/vkey-unreadable', /data/],
  ['verify data --older nowhere', 'input/no-file', /nowhere/],
  ['verify data --older junk.bin', 'ledger/older-unreadable', /data/],
];

describe('each wrong call is answered with its code and its place', { concurrency: 2 }, () => {
  for (const [words, code, place] of WRONG) {
    test(`fourcorners ${words}`, () => {
      const given =
        words === '' ? [] : words.split(' ').map((word) => ({ M: matter, I: instrument, U: unapproved })[word] ?? word);
      const meant = place.source === 'U' ? new RegExp(unapproved) : place;
      refused(desk.run(...given), code, meant, words);
    });
  }
});

test('no wrong call left anything behind', () => {
  assert.deepEqual(
    readdirSync(desk.folder).filter((name) => name.startsWith('new')),
    [],
  );
  assert.equal(desk.run('receipts', '--matter', matter, '--json').json()['receipts'].length, 1);
  assert.equal(
    (desk.run('instrument', 'list', '--matter', matter, '--json').json()['instruments'] as never[]).length,
    2,
  );
  assert.equal((desk.run('matter', 'list', '--json').json()['matters'] as never[]).length, 1);
  assert.match(desk.run('verify', desk.data).out, /^VERIFIED/);
});

test('a refusal is in the ledger with its code', () => {
  const { entries } = desk.run('ledger', 'show', '--matter', matter, '--json').json() as unknown as {
    entries: { act: string; result?: string; actorName: string }[];
  };
  assert.ok(
    entries.some(
      ({ act, result, actorName }) =>
        act === 'instrument.approve' && result === 'problem:instrument/same-person' && actorName === 'R. Alder',
    ),
  );
});

test('one person is one person in any writing of the name', () => {
  for (const name of ['r. alder', '  R.   ALDER ', 'R. Alder\u200b', 'Ｒ. Ａｌｄｅｒ', 'R.\tAlder\n']) {
    refused(
      desk.as(name, 'instrument', 'approve', '--matter', matter, '--instrument', unapproved),
      'instrument/same-person',
      /R\. Alder/,
      JSON.stringify(name),
    );
  }
});

test('a data directory in use by another process is busy, and says so', async () => {
  await using _ = await openHouse(desk.data, 'R. Alder');
  refused(desk.run('matter', 'list'), 'ledger/busy', /process|writer|use/, 'busy');
});

test('a folder in which nothing may be written is refused before anything is made', {
  skip: process.getuid?.() === 0 && 'the superuser may write anywhere',
}, () => {
  mkdirSync(desk.path('locked'), { mode: 0o500 });
  refused(desk.run('init', '--data', desk.path('locked/data')), 'system/refused', /locked/, 'locked');
  assert.deepEqual(readdirSync(desk.path('locked')), []);
});

/** One byte changed in the middle, as a failing disk or a hand does it. */
function flip(path: string): void {
  const bytes = readFileSync(path);
  bytes[Math.floor(bytes.length / 2)]! ^= 0x41;
  writeFileSync(path, bytes);
}

const DAMAGED: [file: string, harm: 'flip' | 'remove', words: string, code: string, place: RegExp][] = [
  ['matters/M/returns/*/receipt.enc', 'flip', 'receipts --matter M', 'custody/damaged', /returns\/.*receipt/],
  ['matters/M/returns/*/records-1', 'flip', 'records --matter M', 'custody/damaged', /returns\/.*records-1/],
  [
    'matters/M/instruments/I/v1.enc',
    'flip',
    'import --matter M --instrument I leases.csv',
    'custody/damaged',
    /instruments\/.*v1/,
  ],
  ['keys/ledger.key', 'flip', 'matter list', 'keys/wrong', /ledger/],
  ['keys/ledger.key', 'remove', 'matter list', 'system/refused', /ledger\.key/],
  ['keys/root.key', 'remove', 'matter list', 'keys/none', /keys/],
  ['keys/matter-M.key', 'remove', 'records --matter M', 'keys/none', /M/],
  ['state/people.json', 'flip', 'matter list', 'person/list-damaged', /people\.json/],
  ['state', 'remove', 'matter list', 'system/refused', /state/],
  ['matters', 'remove', 'matter list', 'system/refused', /matters/],
  ['ledger/entries.log', 'flip', 'matter list', 'ledger/damaged', /Entry \d+.*byte \d+/],
  ['ledger/entries.log', 'remove', 'matter list', 'ledger/rolled-back', /only 0/],
  ['ledger/checkpoint', 'flip', 'matter list', 'ledger/checkpoint-differs', /checkpoint/],
  ['ledger', 'remove', 'matter list', 'ledger/not-found', /ledger/],
];

describe('what was damaged is named, and nothing is written over it', () => {
  for (const [file, harm, words, code, place] of DAMAGED) {
    test(`${harm} ${file}, then ${words}`, () => {
      const data = desk.path(`damaged-${DAMAGED.findIndex((one) => one[0] === file && one[1] === harm)}`);
      cpSync(desk.data, data, { recursive: true });
      const filled = (text: string) => text.replace(/\bM\b/, matter).replace(/\bI\b/, instrument);
      const path = whole(join(data, filled(file)));
      if (harm === 'flip') flip(path);
      else rmSync(path, { recursive: true });
      const held = sizes(join(data, 'ledger'));
      const given = words.split(' ').map((word) => ({ M: matter, I: instrument })[word] ?? word);
      const meant = place.source === 'M' ? new RegExp(matter) : place;
      refused(desk.run(...given, '--data', data), code, meant, `${harm} ${file}`);
      if (file.startsWith('ledger'))
        assert.deepEqual(sizes(join(data, 'ledger')), held, 'a damaged ledger stays as it was found');
    });
  }
});

/** A path with one `*`, as the one file that fits. */
function whole(path: string): string {
  const [above, below] = path.split('*') as [string, string | undefined];
  return below === undefined ? path : join(above, readdirSync(above)[0]!, below);
}

function sizes(folder: string): Record<string, number> {
  if (!existsSync(folder)) return {};
  const names = readdirSync(folder).filter((name) => /^(entries\.log|checkpoint|log\.vkey)$/.test(name));
  return Object.fromEntries(names.map((name) => [name, statSync(join(folder, name)).size]));
}

test('a matter whose key is gone is listed as destroyed and hides no other', () => {
  const data = desk.path('destroyed');
  cpSync(desk.data, data, { recursive: true });
  const other = String(desk.run('matter', 'create', '--name', 'Other', '--data', data, '--json').json()['matter']);
  rmSync(join(data, 'keys', `matter-${matter}.key`));
  writeFileSync(join(data, 'matters', '.DS_Store'), '');
  const { matters } = desk.run('matter', 'list', '--data', data, '--json').json() as unknown as {
    matters: Record<string, string | null>[];
  };
  const [gone, held] = [matter, other].map((id) => matters.find((one) => one['matter'] === id)!);
  assert.deepEqual(
    [gone!['name'], gone!['problem'], held!['name'], held!['problem']],
    [null, 'keys/none', 'Other', null],
  );
  assert.equal(matters.length, 2);
});

test('a name changed in the list of people is not shown as whose act it was', () => {
  const data = desk.path('renamed');
  cpSync(desk.data, data, { recursive: true });
  const list = join(data, 'state', 'people.json');
  writeFileSync(list, readFileSync(list, 'utf8').replace('D. Quill', 'S. Omebody'));
  const shown = desk.run('ledger', 'show', '--data', data).out;
  assert.ok(!shown.includes('S. Omebody'));
  assert.match(shown, /p-[0-9a-f]{16}\s+instrument\.approve\s+ok/);
});
