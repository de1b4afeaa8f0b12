/** Working in a matter: an import taken back or not, notes and hypotheses that stay, records by their place in time. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { exploreColumns, exploreRecord, exploreRows, selectionList, selectionSave } from '../src/desk/explore.ts';
import { perform } from '../src/desk/perform.ts';
import { ask, findingList } from '../src/desk/question.ts';
import { importUndo } from '../src/desk/undo.ts';
import { hypothesisAdd, hypothesisList, matterHistory, noteAdd, noteList } from '../src/desk/work.ts';
import { columnsFrom } from '../web/examiner/explore/columns.ts';
import { door, EXAMINER, SECOND } from './door.ts';

const PAPER = {
  kind: 'US-WARRANT', number: '1', servedOn: 'Example', issuedOn: '2017-04-03', purpose: 'a story', issuer: { name: 'Example Court', role: 'magistrate judge' },
  items: [{ target: { type: 'account-id', value: '42' }, categories: ['DC-02'], began: '2017-02-01T00:00:00Z', ended: '2017-04-01T00:00:00Z' }],
}; // biome-ignore format: a paper
const PROFILE = {
  profile: 'story', title: 'Story', format: 'table', kind: 'session', category: 'DC-02', placeCategory: 'DC-02', placeKind: 'device fix',
  columns: { account: { role: 'account', type: 'account-id' }, at: { role: 'time' }, ip: { role: 'ip' }, latitude: { role: 'latitude' }, longitude: { role: 'longitude' } },
}; // biome-ignore format: a profile
const TABLE =
  'account,at,ip,latitude,longitude\n42,2017-02-03T10:00:00Z,203.0.113.7,32.3,-106.8\n42,2017-02-02T10:00:00Z,203.0.113.8,,\n41,2017-02-02T10:00:00Z,203.0.113.9,,\n42,2017-02-04T10:00:00Z,203.0.113.7,32.4,-106.9\n';

test('an import is taken back while nobody has looked, and stays once someone has', async () => {
  using office = await door();
  const under = await office.matterWith(PAPER);
  const profile = office.write('profile.json', PROFILE);
  const table = office.write('logins.csv', TABLE);
  const receipt = await office.import(under, [table], { profile });
  const returns = join(office.data, 'matters', under.matter, 'returns');
  assert.equal(readdirSync(returns).length, 1);
  await office.as(EXAMINER, importUndo, { matter: under.matter, return: receipt.return });
  assert.equal(readdirSync(returns).length, 0);
  assert.ok(!existsSync(join(office.data, 'matters', under.matter, 'staging')));
  await assert.rejects(office.as(EXAMINER, importUndo, { matter: under.matter, return: receipt.return }), {
    code: 'import/no-such-return',
  });

  const again = await office.import(under, [table], { profile });
  assert.deepEqual([again.kept, again.sealed, again.duplicates], [3, 1, 0]);
  await office.records(under.matter);
  await assert.rejects(office.as(EXAMINER, importUndo, { matter: under.matter, return: again.return }), {
    code: 'import/used',
  });
  assert.equal(readdirSync(returns).length, 1);
});

test('records are spoken of by their place in time: as columns, as rows, and one as it was stored', async () => {
  using office = await door();
  const under = await office.matterWith(PAPER);
  await office.import(under, [office.write('logins.csv', TABLE)], { profile: office.write('profile.json', PROFILE) });
  const pieces: Uint8Array[] = [];
  const out = async (bytes: Uint8Array | string) => void pieces.push(Buffer.from(bytes));
  await perform(exploreColumns, { matter: under.matter }, { dir: office.data, actor: EXAMINER, out });
  const whole = new Uint8Array(Buffer.concat(pieces));
  const columns = columnsFrom(whole.buffer as ArrayBuffer);
  assert.deepEqual(
    [...columns.began].map((at) => new Date(at).toISOString().slice(0, 10)),
    ['2017-02-02', '2017-02-03', '2017-02-04'],
  );
  assert.deepEqual(
    [...columns.latitude].map((one) => (Number.isNaN(one) ? null : Number(one.toFixed(1)))),
    [null, 32.3, 32.4],
  );
  assert.deepEqual(
    [...columns.place].map((code) => columns.names.place[code]),
    ['none', 'device fix', 'device fix'],
  );
  assert.ok([...columns.radius].every(Number.isNaN), 'how sure it is, the table does not say');

  const { rows } = await office.as<{ rows: { at: number; texts: Record<string, string> }[] }>(EXAMINER, exploreRows, {
    matter: under.matter,
    places: [2, 0, 99],
  });
  assert.deepEqual(
    rows.map(({ at, texts }) => [at, texts['time_as_stored'], texts['locator']]),
    [
      [2, '2017-02-04T10:00:00Z', 'row 5'],
      [0, '2017-02-02T10:00:00Z', 'row 3'],
    ],
  );
  const listed = await office.records(under.matter);
  assert.deepEqual(
    rows.map(({ texts }) => texts['id']),
    [listed[2]!['id'], listed[0]!['id']],
    'the same ids as everywhere',
  );
  const one = await office.as<{
    raw: Record<string, string>;
    columns: Record<string, string>;
    original: { files: { name: string }[] };
  }>(EXAMINER, exploreRecord, { matter: under.matter, place: 1 });
  assert.equal(one.raw['ip'], '203.0.113.7');
  assert.equal(one.columns['began'], '2017-02-03T10:00:00Z');
  assert.equal(one.original.files[0]!.name, 'logins.csv');
  await assert.rejects(office.as(EXAMINER, exploreRecord, { matter: under.matter, place: 3 }), {
    code: 'explore/no-such-record',
  });
});

test('what people write stays as it was written, with who and when; findings say whether the records have changed', async () => {
  using office = await door();
  const under = await office.matterWith(PAPER);
  const { matter } = under;
  const profile = office.write('profile.json', PROFILE);
  await office.import(under, [office.write('logins.csv', TABLE)], { profile });
  await office.as(EXAMINER, noteAdd, { matter, text: 'one', label: 'ports' });
  await office.as(SECOND, noteAdd, { matter, text: 'two', about: '1' });
  await assert.rejects(office.as(SECOND, noteAdd, { matter, text: 'three', about: '7' }), { code: 'note/not-found' });
  const { notes } = await office.as<{ notes: { text: string; by: string; about: string | null }[] }>(SECOND, noteList, {
    matter,
  });
  assert.deepEqual(
    notes.map(({ text, by, about }) => [text, by, about]),
    [
      ['one', EXAMINER, null],
      ['two', SECOND, '000001'],
    ],
  );
  await office.as(EXAMINER, hypothesisAdd, {
    matter,
    one: 'The holder made them.',
    other: 'Another person made them.',
  });
  await office.as(SECOND, hypothesisAdd, {
    matter,
    hypothesis: 'h-0001',
    one: 'The holder made them all.',
    other: 'Another person made some.',
  });
  await assert.rejects(
    office.as(SECOND, hypothesisAdd, {
      matter,
      hypothesis: 'h-0009',
      one: 'The holder made them.',
      other: 'Another person made some.',
    }),
    { code: 'hypothesis/not-found' },
  );
  const { hypotheses } = await office.as<{ hypotheses: { versions: { version: number; by: string }[] }[] }>(
    EXAMINER,
    hypothesisList,
    { matter },
  );
  assert.deepEqual(
    hypotheses.map(({ versions }) => versions.map(({ by }) => by)),
    [[EXAMINER, SECOND]],
  );
  await office.as(EXAMINER, selectionSave, { matter, name: 'evenings', selection: '{"hours":[18]}' });
  const { selections } = await office.as<{ selections: { name: string }[] }>(SECOND, selectionList, { matter });
  assert.deepEqual(
    selections.map(({ name }) => name),
    ['evenings'],
  );

  await office.as(EXAMINER, ask, { question: 'timeline', matter, parameters: {} });
  const current = async () =>
    (await office.as<{ findings: { isCurrent: boolean }[] }>(EXAMINER, findingList, { matter })).findings.map(
      ({ isCurrent }) => isCurrent,
    );
  assert.deepEqual(await current(), [true]);
  await office.import(under, [office.write('more.csv', TABLE.replaceAll('2017-02', '2017-03'))], { profile });
  assert.deepEqual(await current(), [false]);

  const { acts } = await office.as<{ acts: { act: string; by: string; result: string }[] }>(SECOND, matterHistory, {
    matter,
  });
  assert.equal(acts[0]!.act, 'matter history');
  assert.ok(acts.some(({ act, by, result }) => act === 'note add' && by === SECOND && result === 'ok'));
  assert.ok(acts.some(({ act, result }) => act === 'hypothesis add' && result === 'problem:hypothesis/not-found'));
});
