/** A judge who is given a report and the ledger it was written under, and looks at both without the program that made them. */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { after, test } from 'node:test';
import { sha256 } from '../src/base/digest.ts';
import type { Bytes, Files } from '../web/verifier/bytes.ts';
import { verify } from '../web/verifier/verify.ts';
import { office, paperFor } from './command.ts';

const desk = office();
after(() => desk[Symbol.dispose]());

const PHONE = '+15755550142';
const { matter, instrument } = desk.matterWith(paperFor('phone', PHONE, ['DC-02']));
// Forty evenings, each with a lease at eight and one ten minutes after it: forty sessions of an hour’s table.
const leases = Array.from({ length: 40 }, (_, day) => {
  const date = new Date(Date.UTC(2017, 1, 1 + day)).toISOString().slice(0, 10);
  const hour = 18 + (day % 3);
  return [
    `${PHONE},${date}T${hour}:00:00Z,${date}T${hour}:05:00Z,203.0.113.${day + 1},1024,1535`,
    `${PHONE},${date}T${hour}:15:00Z,${date}T${hour}:20:00Z,203.0.113.${day + 1},1024,1535`,
  ];
}).flat();
writeFileSync(desk.path('leases.csv'), `subscriber,start,end,public_ip,port_low,port_high\n${leases.join('\n')}\n`);
const done = (...words: string[]) => {
  const ran = desk.run(...words);
  assert.equal(ran.status, 0, ran.err);
  return ran;
};
done('import', '--matter', matter, '--instrument', instrument, 'leases.csv');
done('ask', 'hours', '--matter', matter, '--kinds', 'lease', '--zone', 'America/Denver');
done('report', '--matter', matter, '--out', desk.path('given/report'));
done('ledger', 'export', '--out', desk.path('given/ledger'));
const vkey = readFileSync(desk.path('given/ledger/log.vkey'), 'utf8').trim();

function filesIn(folder: string): Files {
  const files: Files = new Map();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile())
      files.set(relative(join(folder, '..'), path), async () => new Uint8Array(readFileSync(path)) as Bytes);
  }
  return files;
}
const looked = (folder: string, key: string | null = null) => verify({ files: filesIn(folder), key, identities: '' });
const exhibits = readdirSync(desk.path('given/report/exhibits'));
const exhibit = (question: string) => exhibits.find((name) => name.endsWith(`-${question}.json`))!;
const rowsOf = (question: string) => `${exhibit(question).split('-')[0]}-rows.csv`;

test('report and ledger together are verified, and the tables are counted again from the rows', async () => {
  const verdict = await looked(desk.path('given'), vkey);
  assert.equal(verdict.word, 'VERIFIED', JSON.stringify(verdict.facts.filter(({ ok }) => !ok)));
  const codes = verdict.facts.map(({ code }) => code);
  for (const code of ['ledger/root', 'report/finding', 'report/table', 'report/checkpoint', 'report/in-ledger'])
    assert.ok(codes.includes(code), code);
  assert.equal(verdict.against, 'the key you gave');
  const hours = verdict.counted.find(({ heading }) => heading.endsWith(', hours') && heading.startsWith('Exhibit'))!;
  const counts = Object.fromEntries(hours.rows);
  // 18, 19 and 20 o’clock in UTC are 11, 12 and 13 in Denver, and each pair of leases is one session; the last of them is on
  // 12 March, when the clocks there have gone forward.
  assert.deepEqual(
    ['11', '12', '13'].map((hour) => counts[`${hour}:00 in America/Denver`]),
    [13, 14, 13],
  );
  const kinds = verdict.counted.find(({ heading }) => heading.endsWith(', timeline'))!.rows;
  assert.deepEqual(kinds, [['lease', 80]]);
});

test('alone, a report only agrees with itself, and that is said', async () => {
  const verdict = await looked(desk.path('given/report'));
  assert.deepEqual([verdict.word, verdict.code], ['INCOMPLETE', 'report/no-ledger']);
  assert.match(verdict.against, /only that the report agrees with itself/);
  assert.ok(verdict.facts.filter(({ code }) => code === 'report/finding').length >= 4);
});

const edited = (path: string, change: (text: string) => string) => (folder: string) => {
  const before = readFileSync(join(folder, path), 'utf8');
  const after = change(before);
  assert.notEqual(after, before, 'the spoil changes something');
  writeFileSync(join(folder, path), after);
};
const resealed = (text: string) => {
  const { digest: _digest, ...finding } = JSON.parse(text.replace('stand in order', 'stand in a row')) as Record<string, unknown>; // biome-ignore format: one line
  return JSON.stringify({ ...finding, digest: sha256(JSON.stringify(finding)) });
};
const WAYS: [string, string, (folder: string) => void][] = [
  ['a figure of a finding', 'report/finding-differs', edited(`report/exhibits/${exhibit('timeline')}`, (text) => text.replace(/"inOrder": \d+/, '"inOrder": 7'))],
  ['a finding under a new digest', 'report/finding-unnamed', edited(`report/exhibits/${exhibit('timeline')}`, resealed)],
  ['a finding that is nothing, under its own digest', 'report/finding-unreadable', edited(`report/exhibits/${exhibit('hours')}`, () => {
    const nothing = { question: 'hours', statement: 7, result: null };
    return JSON.stringify({ ...nothing, digest: sha256(JSON.stringify(nothing)) });
  })],
  ['a finding that is gone', 'report/exhibit-missing', (folder) => rmSync(join(folder, `report/exhibits/${exhibit('hours')}`))],
  ['the words of the page', 'report/statement-differs', edited('report/report.html', (text) => text.replaceAll('stand in order', 'stand in some order'))],
  ['a figure of the page', 'report/file-differs', edited('report/report.html', (text) => text.replace('</main>', ' 8</main>').replace('</body>', '<!-- --></body>'))],
  ['a row more', 'report/rows-unreadable', edited(`report/exhibits/${rowsOf('timeline')}`, (text) => `${text}x,2017-02-01T00:00:00Z\r\n`)],
  ['the kind of a row', 'report/table-differs', edited(`report/exhibits/${rowsOf('timeline')}`, (text) => text.replace(',lease,', ',session,'))],
  ['the time of a row', 'report/table-differs', edited(`report/exhibits/${rowsOf('hours')}`, (text) => text.replace(/T18:00:00Z/, 'T05:00:00Z'))],
  ['the head it rests on', 'report/checkpoint-differs', edited('report/recompute.md', (text) => text.replace(/^( {4}— \S+ .{10})(.)/m, (_, start: string, one: string) => start + (one === 'A' ? 'B' : 'A')))],
]; // biome-ignore format: a table

for (const [what, code, spoil] of WAYS) {
  test(`changed, ${what} is found: ${code}`, async () => {
    const folder = desk.path(`spoilt-${code.replace('/', '-')}-${what.length}`);
    cpSync(desk.path('given'), folder, { recursive: true });
    spoil(folder);
    const verdict = await looked(folder, vkey);
    assert.notEqual(verdict.word, 'VERIFIED');
    assert.ok(verdict.facts.some((fact) => !fact.ok && fact.code === code), JSON.stringify(verdict.facts.filter(({ ok }) => !ok))); // biome-ignore format: one line
  });
}

test('a row of which only the words were changed is found, though it is counted the same', async () => {
  const folder = desk.path('spoilt-words');
  cpSync(desk.path('given'), folder, { recursive: true });
  edited(`report/exhibits/${rowsOf('hours')}`, (text) => text.replace('row 2', 'row 3'))(folder);
  const verdict = await looked(folder, vkey);
  assert.deepEqual([verdict.word, verdict.code], ['NOT VERIFIED', 'report/file-differs']);
});

test('a changed report is not taken for a written one because someone imported it as a return', async () => {
  const folder = desk.path('imported');
  cpSync(desk.path('given'), folder, { recursive: true });
  edited('report/report.html', (text) => text.replace('</body>', '<p>He was there.</p></body>'))(folder);
  const listed = readFileSync(join(folder, 'report/sha256sums.txt'), 'utf8').replace(/^\S+ {2}report\.html$/m, `${sha256(readFileSync(join(folder, 'report/report.html')))}  report.html`); // biome-ignore format: one line
  writeFileSync(join(folder, 'report/sha256sums.txt'), listed);
  // As a table whose header is its first line: then an act of the ledger names the digest of the list.
  writeFileSync(
    desk.path('as-table.json'),
    JSON.stringify({ profile: 'as-table', format: 'table', delimiter: ',', kind: 'fact', category: 'DC-01', account: { type: 'phone', value: PHONE }, columns: { [listed.split('\n')[0]!]: { role: 'value' } } }),
  ); // biome-ignore format: a profile
  done('import', '--matter', matter, '--instrument', instrument, '--profile', 'as-table.json', join(folder, 'report/sha256sums.txt')); // biome-ignore format: one line
  rmSync(join(folder, 'ledger'), { recursive: true });
  done('ledger', 'export', '--out', join(folder, 'ledger'));
  const own = sha256(readFileSync(join(folder, 'report/sha256sums.txt')));
  assert.ok(
    done('ledger', 'show', '--last', '20', '--json').out.includes(own),
    'an act of the ledger names the digest',
  );
  const verdict = await looked(folder, vkey);
  assert.deepEqual([verdict.word, verdict.code], ['NOT VERIFIED', 'report/not-in-ledger']);
});

test('report and ledger may lie in one folder; nothing else may', async () => {
  const folder = desk.path('flat');
  cpSync(desk.path('given/ledger'), folder, { recursive: true });
  cpSync(desk.path('given/report'), folder, { recursive: true });
  const verdict = await looked(folder, vkey);
  assert.equal(verdict.word, 'VERIFIED', JSON.stringify(verdict.facts.filter(({ ok }) => !ok)));
  writeFileSync(join(folder, 'exhibits/9-more.json'), '{}');
  assert.equal((await looked(folder, vkey)).word, 'NOT VERIFIED');
});

test('with the ledger of another house it is not verified', async () => {
  const other = office();
  try {
    other.matterWith(paperFor('phone', PHONE, ['DC-02']));
    mkdirSync(desk.path('mixed'));
    assert.equal(other.run('ledger', 'export', '--out', desk.path('mixed/ledger')).status, 0);
  } finally {
    other[Symbol.dispose]();
  }
  cpSync(desk.path('given/report'), desk.path('mixed/report'), { recursive: true });
  const verdict = await looked(desk.path('mixed'));
  assert.equal(verdict.word, 'NOT VERIFIED');
  assert.ok(verdict.facts.some(({ code }) => code === 'report/not-in-ledger'));
  assert.ok(verdict.facts.some(({ code }) => code === 'report/checkpoint-differs'));
});
