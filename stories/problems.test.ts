/** Wrong input: a code, the place and what to do, on one line; never a stack trace, and nothing done by half. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openHouse } from '../src/desk/house.ts';
import { type Office, office, paperFor } from './command.ts';
import { called, refused } from './refusals.ts';

const MAIN = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const LEASES =
  'subscriber,start,end,public_ip,port_low,port_high\n+15755550142,2017-02-10T00:00:00Z,2017-02-10T01:00:00Z,203.0.113.7,1024,1535\n';

let desk: Office;
let matter: string;
let instrument: string;
let unapproved: string;

before(() => {
  desk = office();
  process.chdir(desk.folder);
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
after(() => {
  process.chdir('/');
  desk[Symbol.dispose]();
});

/** The letters of a table row as the ids of this story. */
function filled(text: string): string {
  return text.replace(/\bM\b/, matter).replace(/\bI\b/, instrument).replace(/\bU\b/, unapproved);
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
  ['report --matter M', 'input/usage', /--out/],
  ['report --matter m-none --out new', 'matter/not-found', /m-none/],
  ['report --matter M --out .', 'report/folder-in-use', /other files/],
  ['report --matter M --out leases.csv', 'system/refused', /leases\.csv/],
  ['serve --report nowhere', 'report/not-there', /nowhere/],
  ['demo --no-serve --out folder', 'demo/folder-exists', /folder/],
  ['ledger show --last none', 'input/invalid', /last/],
  ['ledger show --matter m-none', 'matter/not-found', /m-none/],
  ['ledger export --out folder', 'ledger/export-exists', /folder/],
  ['ledger export --out folder/a/b', 'system/refused', /folder\/a\/b/],
  ['verify nowhere', 'ledger/nothing-here', /nowhere/],
  ['verify junk.bin', 'package/not-a-package', /junk\.bin/],
  ['verify data --key bogus', 'ledger/vkey-unreadable', /data/],
  ['verify data --older nowhere', 'input/no-file', /nowhere/],
  ['verify data --older junk.bin', 'ledger/older-unreadable', /data/],
];

describe('each wrong call is answered with its code and its place', () => {
  for (const [words, code, place] of WRONG) {
    test(`fourcorners ${words}`, async () => {
      const given = words === '' ? [] : words.split(' ').map(filled);
      const meant = place.source === 'U' ? new RegExp(unapproved) : place;
      refused(await called(desk, code, given), code, meant, words);
    });
  }
});

test('no wrong call left anything behind', () => {
  refused(desk.run('matter', 'list', '--data='), 'input/usage', /--data/, 'an empty --data');
  const listed = (...words: string[]) => Object.values<unknown[]>(desk.run(...words, '--json').json())[0]!.length;
  assert.deepEqual(
    readdirSync(desk.folder).filter((name) => name.startsWith('new')),
    [],
  );
  assert.equal(listed('receipts', '--matter', matter), 1);
  assert.equal(listed('instrument', 'list', '--matter', matter), 2);
  assert.equal(listed('matter', 'list'), 1);
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

test('output that cannot be written is a problem, not a fault', { skip: !existsSync('/dev/full') }, () => {
  const full = openSync('/dev/full', 'w');
  const { status, stderr } = spawnSync(process.execPath, [MAIN, 'records', '--matter', matter], {
    env: desk.env,
    stdio: ['ignore', full, 'pipe'],
    encoding: 'utf8',
  });
  closeSync(full);
  refused(
    { status, out: '', err: stderr, json: () => ({}) },
    'system/refused',
    /to write: the disk is full/,
    'a full disk',
  );
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
