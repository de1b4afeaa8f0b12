/** The directory as a table that people keep: what is taken, what is refused, and what a second person reads of a change. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import fc from 'fast-check';
import { Problem } from '../base/problem.ts';
import type { Agency, Directory } from '../instrument/agency.ts';
import { DIRECTORY } from '../instrument/rules/example.ts';
import { type DirectoryFault, directoryDiff, directoryDigest, readDirectory } from './directory.ts';
import { csvRows } from './directory-csv.ts';
import { DIRECTORY_HEADER, directoryTable } from './directory-table.ts';

const KEY = await identityToRecipient(await generateX25519Identity());
const HEADER = DIRECTORY_HEADER.join(',');
const ROW = 'ag-1,County Sheriff,US,local,sheriff.county.example,+15755550102,county web page,,ok';
const table = (...lines: string[]) => Buffer.from([HEADER, ...lines].join('\n'));

test('a table becomes a directory, cell by cell', () => {
  const { version, agencies } = readDirectory(
    table(
      ROW,
      `ag-2,"Procura, ""Milano""",IT,eu_ms,procura.milano.example PM.procura.example,+390255550104,judicial atlas,${KEY},suspended`,
    ),
    4,
  );
  assert.equal(version, 4);
  assert.deepEqual(agencies[0], {
    id: 'ag-1',
    name: 'County Sheriff',
    country: 'US',
    level: 'local',
    domains: ['sheriff.county.example'],
    phone: '+15755550102',
    phoneSource: 'county web page',
    recipient: null,
    credential: 'ok',
  });
  assert.equal(agencies[1]!.name, 'Procura, "Milano"');
  assert.deepEqual(agencies[1]!.domains, ['procura.milano.example', 'pm.procura.example']);
  assert.equal(agencies[1]!.recipient, KEY);
  assert.equal(agencies[1]!.credential, 'suspended');
});

test('line ends of either kind, a byte-order mark and empty lines at the end are allowed', () => {
  const expected = readDirectory(table(ROW), 1);
  assert.deepEqual(readDirectory(Buffer.from(`\ufeff${HEADER}\r\n${ROW}\r\n\r\n\n`), 1), expected);
});

test('a table with a header and nothing else is an empty directory', () => {
  assert.deepEqual(readDirectory(table(), 9), { version: 9, agencies: [] });
});

function faultsOf(bytes: Uint8Array): DirectoryFault[] {
  try {
    readDirectory(bytes, 1);
  } catch (error) {
    assert.ok(error instanceof Problem);
    assert.equal(error.code, 'directory/invalid');
    return error.facts['faults'] as DirectoryFault[];
  }
  return [];
}

/** The row with one cell put in. */
const changed = (column: (typeof DIRECTORY_HEADER)[number], value: string) => {
  const cells = ROW.split(',');
  cells[DIRECTORY_HEADER.indexOf(column)] = value;
  return cells.join(',');
};

const WRONG: [name: string, lines: string[], row: number, column: string | null, says: RegExp][] = [
  ['an id with capitals', [changed('id', 'AG')], 2, 'id', /lower-case/],
  ['no name', [changed('name', '')], 2, 'name', /between 1 and 200/],
  ['a name with a hidden character', [changed('name', 'County\u202eSheriff')], 2, 'name', /hidden/],
  ['a name with a space at its end', [changed('name', 'County Sheriff ')], 2, 'name', /space/],
  ['a line end in a cell', [changed('name', '"County\nSheriff"')], 2, 'name', /line end/],
  ['a country as a word', [changed('country', 'USA')], 2, 'country', /two capital/],
  ['a level that there is not', [changed('level', 'county')], 2, 'level', /one of federal/],
  ['a number without its country', [changed('phone', '5755550102')], 2, 'phone', /E\.164/],
  ['a number with spaces', [changed('phone', '+1 575 555 0102')], 2, 'phone', /E\.164/],
  ['no number', [changed('phone', '')], 2, 'phone', /E\.164/],
  ['no source of the number', [changed('phone_source', '')], 2, 'phone_source', /where the number was found/],
  [
    'a key with one letter wrong',
    [changed('recipient', `${KEY.slice(0, -1)}${KEY.endsWith('q') ? 'p' : 'q'}`)],
    2,
    'recipient',
    /age key/,
  ],
  ['a secret key', [changed('recipient', 'AGE-SECRET-KEY-1QQQQ')], 2, 'recipient', /age key/],
  ['a credential that there is not', [changed('credential', 'yes')], 2, 'credential', /ok or suspended/],
  ['what is no domain', [changed('domains', 'sheriff_county.example')], 2, 'domains', /not a domain/],
  ['an address instead of a domain', [changed('domains', 'x@county.example')], 2, 'domains', /not a domain/],
  ['an ending', [changed('domains', 'gov')], 2, 'domains', /an ending/],
  ['an ending of two labels', [changed('domains', 'police.uk')], 2, 'domains', /an ending/],
  ['the address of a machine', [changed('domains', '192.0.2.1')], 2, 'domains', /ending or an address/],
  ['a private mailbox', [changed('domains', 'gmail.com')], 2, 'domains', /to anyone/],
  ['other letters', [changed('domains', 'doñaana.example')], 2, 'domains', /ASCII form it is ‘xn--/],
  ['two spaces between domains', [changed('domains', 'a.example  b.example')], 2, 'domains', /one space/],
  ['a column too few', ['ag-1,County Sheriff,US'], 2, null, /3 columns, 9 are expected/],
  ['a column too many', [`${ROW},x`], 2, null, /10 columns/],
  ['an empty line between rows', [ROW, '', changed('id', 'ag-2')], 3, null, /1 columns/],
  ['a quote never closed', [ROW, 'ag-2,"County'], 3, null, /never closed/],
  ['a quote inside a cell', [changed('name', 'County "Sheriff"')], 2, null, /quote stands inside/],
  ['text behind a closing quote', [changed('name', '"County" Sheriff')], 2, null, /quote stands inside/],
  ['an id twice', [ROW, changed('domains', 'b.example')], 3, 'id', /ag-1 stands in row 2/],
  ['a domain twice', [ROW, changed('id', 'ag-2')], 3, 'domains', /sheriff\.county\.example stands in row 2/],
  [
    'a domain twice in one row',
    [changed('domains', 'a.example A.example')],
    2,
    'domains',
    /a\.example stands in row 2/,
  ],
];

for (const [name, lines, row, column, says] of WRONG) {
  test(`${name}: row ${row}${column ? `, ${column}` : ''}`, () => {
    const faults = faultsOf(table(...lines));
    const found = faults.find((fault) => fault.row === row && fault.column === column);
    assert.ok(found, JSON.stringify(faults));
    assert.match(found.says, says);
  });
}

test('every fault of every row is named, and nothing is taken', () => {
  const faults = faultsOf(table(changed('phone', '1'), ROW, changed('country', 'us'), 'x'));
  assert.deepEqual(
    faults.map(({ row, column }) => [row, column]),
    [
      [2, 'phone'],
      [4, 'country'],
      [5, null],
    ],
  );
});

test('a table that is not UTF-8, has other columns or none is refused as a whole', () => {
  assert.match(faultsOf(Buffer.from(`${HEADER}\nDo\xf1a`, 'latin1'))[0]!.says, /UTF-8/);
  for (const text of ['', 'id;name', HEADER.replace('phone,', ''), HEADER.toUpperCase(), ROW])
    assert.match(faultsOf(Buffer.from(text))[0]!.says, /first line/, text);
});

test('written strictly and read again, a table is the same', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', ' ', 'é'), maxLength: 8 });
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (rows) => {
      const text = rows.map((cells) => cells.map(quoted).join(',')).join('\r\n');
      assert.deepEqual(
        csvRows(text),
        rows.map((cells, at) => ({ number: at + 1, cells })),
      );
    }),
    { seed: 20260918 },
  );
});

test('a directory that is written as a table is read again as it was', () => {
  const agencies: Agency[] = [
    ...DIRECTORY.agencies,
    { ...DIRECTORY.agencies[0]!, id: 'ag-quoted', name: 'Procura, "Milano"', domains: [], recipient: KEY },
  ];
  assert.deepEqual(readDirectory(Buffer.from(directoryTable(agencies)), 3), { version: 3, agencies });
  assert.deepEqual(readDirectory(Buffer.from(directoryTable([])), 1), { version: 1, agencies: [] });
});

test('whatever the bytes, a directory is read or refused with its faults', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', '+1', 'age1', '\0', '\ufeff'), maxLength: 60 }),
      (text) => {
        assert.ok(faultsOf(table(text)).every(({ row, says }) => row >= 1 && says !== ''));
      },
    ),
    { seed: 20260919 },
  );
});

const withAgency = (id: string, more: Partial<Agency>): Directory => ({
  version: DIRECTORY.version + 1,
  agencies: DIRECTORY.agencies.map((agency) => (agency.id === id ? { ...agency, ...more } : agency)),
});

test('a changed number is the first thing the second person reads', () => {
  const diff = directoryDiff(
    DIRECTORY,
    withAgency('ag-milano', {
      name: 'Procura di Milano',
      phone: '+390255550199',
      domains: ['procura.milano.example', 'pm.milano.example'],
    }),
  );
  assert.deepEqual(diff.words, [
    'ag-milano: the number was +390255550104 and becomes +390255550199',
    'ag-milano: of the domains, pm.milano.example is added',
    'ag-milano: the name was Procura della Repubblica, Milano and becomes Procura di Milano',
  ]);
  assert.deepEqual(
    diff.changed[0]!.fields.map(({ field }) => field),
    ['phone', 'domains', 'name'],
  );
});

test('agencies that come and go, and a key that is handed over', () => {
  const added: Agency = { ...DIRECTORY.agencies[0]!, id: 'ag-otero', name: 'Otero County', domains: ['otero.example'] };
  const after: Directory = {
    version: 2,
    agencies: [added, ...withAgency('ag-customs', { recipient: KEY }).agencies.filter(({ id }) => id !== 'ag-london')],
  };
  const { words, added: come, removed } = directoryDiff(DIRECTORY, after);
  assert.deepEqual([come.map(({ id }) => id), removed.map(({ id }) => id)], [['ag-otero'], ['ag-london']]);
  assert.deepEqual(words, [
    `ag-customs: the key was none and becomes ${KEY}`,
    'ag-otero is new: Otero County (US), number +15055550101, key none, domains otero.example, credential ok',
    'ag-london is gone: Metropolitan Inquiry Service',
  ]);
});

test('another order, or another number of the version, changes nothing and has the same digest', () => {
  const shuffled: Directory = { version: 7, agencies: [...DIRECTORY.agencies].reverse() };
  const diff = directoryDiff(DIRECTORY, shuffled);
  assert.deepEqual([diff.words, diff.changed, diff.added, diff.removed], [[], [], [], []]);
  assert.equal(diff.digests.before, diff.digests.after);
});

test('any field that changes is in the difference, in words and in the digest', () => {
  const other: Partial<Agency>[] = [
    { name: 'x' },
    { country: 'CA' },
    { level: 'private' },
    { domains: [] },
    { phone: '+15055550177' },
    { phoneSource: 'x' },
    { recipient: KEY },
    { credential: 'suspended' },
  ];
  assert.equal(other.length, Object.keys(DIRECTORY.agencies[0]!).length - 1);
  for (const change of other) {
    const after = withAgency('ag-customs', change);
    const diff = directoryDiff(DIRECTORY, after);
    assert.deepEqual(
      diff.changed.flatMap(({ id, fields }) => fields.map(({ field }) => [id, field])),
      [['ag-customs', Object.keys(change)[0]]],
    );
    assert.equal(diff.words.length, 1);
    assert.notEqual(directoryDigest(after), directoryDigest(DIRECTORY));
  }
});
