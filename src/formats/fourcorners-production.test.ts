import assert from 'node:assert/strict';
import { test } from 'node:test';
import production from './fourcorners-production.ts';
import { fileInMemory } from './reading/files.ts';
import { sampleOf } from './reading/sample.ts';

const ROOT = 'x.zip!p-1/';
const NOTE = fileInMemory(`${ROOT}production.note`, Buffer.from('fourcorners-production/1\n'));
const BAG = fileInMemory(`${ROOT}bagit.txt`, Buffer.from('BagIt-Version: 1.0\n'));

const claims = async (name: string, siblings = [NOTE, BAG]) =>
  production.recognise(await sampleOf(fileInMemory(name, Buffer.from('x')), siblings)) !== null;

test('every file of a package is claimed beside its note, also one inside an attachment of the request', async () => {
  for (const name of [
    'data/request/order.pdf',
    'data/request/mail.zip!order.pdf',
    'proof/0.entry',
    'data/records/x.parquet',
  ])
    assert.equal(await claims(ROOT + name), true, name);
  assert.equal(await claims('x.zip!other/data/records/x.parquet'), false);
  assert.equal(await claims('x.zip!p-1/data/x', [NOTE]), false);
  assert.equal(await claims('x.zip!p-1/data/x', [BAG]), false);
});

async function readings(name: string, text: string) {
  const found = [];
  for await (const reading of production.read(fileInMemory(name, Buffer.from(text)), { siblings: [] }))
    found.push(reading);
  return found;
}

test('an accounting that does not say whom or when states less, and one that is none is said to be none', async () => {
  const line = { item: '1', category: 'DC-01', account: 'a', found: 1, produced: 1, withheld: {}, files: [] };
  const accounting = { items: [line], withheld: {}, produced: 1, zone: 'UTC' };
  const [reading] = await readings(`${ROOT}data/accounting.json`, JSON.stringify(accounting));
  assert.deepEqual(reading, {
    stated: { targets: [], began: null, ended: null, generated: null, fields: { produced: '1' } },
  });
  for (const text of [
    '',
    '[]',
    '{}',
    JSON.stringify({ ...accounting, zone: 'local' }),
    JSON.stringify({ ...accounting, items: [{ ...line, found: -1 }] }),
  ]) {
    const [unreadable, ...more] = await readings(`${ROOT}data/accounting.json`, text);
    assert.ok(unreadable && 'unreadable' in unreadable && more.length === 0, text);
  }
});

test('the rows of a Parquet twin are not read again, and a file of records without its columns is unreadable', async () => {
  assert.deepEqual(await readings(`${ROOT}data/records/session.parquet`, 'PAR1'), []);
  assert.deepEqual(await readings(`${ROOT}data/records/session.csv`, 'item,kind\n1,session\n'), [
    { unreadable: 'no header row with the columns of this format', locator: 'file' },
  ]);
});
