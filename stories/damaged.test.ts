/** A data directory that was damaged says what and where, writes nothing over it, and hides nothing that is whole. */
import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Office, office, paperFor } from './command.ts';
import { called, refused } from './refusals.ts';

const LEASES =
  'subscriber,start,end,public_ip,port_low,port_high\n+15755550142,2017-02-10T00:00:00Z,2017-02-10T01:00:00Z,203.0.113.7,1024,1535\n';

let desk: Office;
let matter: string;
let instrument: string;

before(() => {
  desk = office();
  process.chdir(desk.folder);
  ({ matter, instrument } = desk.matterWith(paperFor('phone', '+15755550142', ['DC-02'])));
  writeFileSync(desk.path('leases.csv'), LEASES);
  assert.equal(desk.run('import', '--matter', matter, '--instrument', instrument, 'leases.csv').status, 0);
});
after(() => {
  process.chdir('/');
  desk[Symbol.dispose]();
});

/** The letters of a table row as the ids of this story. */
function filled(text: string): string {
  return text.replace(/\bM\b/, matter).replace(/\bI\b/, instrument);
}

/** One byte changed in the middle, as a failing disk or a hand does it. */
function flip(path: string): void {
  const bytes = readFileSync(path);
  bytes[Math.floor(bytes.length / 2)]! ^= 0x41;
  writeFileSync(path, bytes);
}

const DAMAGED: [file: string, harm: 'flip' | 'cut' | 'remove', words: string, code: string, place: RegExp][] = [
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
  ['state/people.json', 'cut', 'matter list', 'person/list-damaged', /people\.json/],
  ['state', 'remove', 'matter list', 'system/refused', /state/],
  ['matters', 'remove', 'matter list', 'system/refused', /matters/],
  ['ledger/entries.log', 'flip', 'matter list', 'ledger/damaged', /Entry \d+.*byte \d+/],
  ['ledger/entries.log', 'remove', 'matter list', 'ledger/rolled-back', /only 0/],
  ['ledger/checkpoint', 'flip', 'matter list', 'ledger/checkpoint-differs', /checkpoint/],
  ['ledger', 'remove', 'matter list', 'ledger/not-found', /ledger/],
];

describe('what was damaged is named, and nothing is written over it', () => {
  for (const [file, harm, words, code, place] of DAMAGED) {
    test(`${harm} ${file}, then ${words}`, async () => {
      const data = desk.path(`damaged-${DAMAGED.findIndex((one) => one[0] === file && one[1] === harm)}`);
      cpSync(desk.data, data, { recursive: true });
      const path = whole(join(data, filled(file)));
      if (harm === 'flip') flip(path);
      else if (harm === 'cut') truncateSync(path, 20);
      else rmSync(path, { recursive: true });
      const held = sizes(join(data, 'ledger'));
      const given = words.split(' ').map(filled);
      const meant = place.source === 'M' ? new RegExp(matter) : place;
      refused(await called(desk, code, [...given, '--data', data]), code, meant, `${harm} ${file}`);
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
