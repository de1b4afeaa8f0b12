/** An account holder reads the download of their own account: their statement is the ground, and no second person is asked. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { instrumentAdd, instrumentAmend, instrumentApprove, instrumentList } from '../src/desk/instrument.ts';
import { matterCreate } from '../src/desk/matter.ts';
import { paperFor } from './command.ts';
import { type Door, door, EXAMINER, SECOND } from './door.ts';

const RETURN = fileURLToPath(new URL('../fixtures/meta-download/facebook-2023/return', import.meta.url));
const HOLDER = 'Ann Example';

const OWN = {
  kind: 'OWN-DATA',
  servedOn: 'Facebook',
  purpose: 'to see where my account was used from',
  statement: { holder: HOLDER, text: 'This is the download of my own account, and I want it read.' },
  items: [
    {
      target: { type: 'facebook-id', value: '100000000000042' },
      categories: ['DC-01', 'DC-02', 'DC-03', 'DC-05'],
      began: '2004-02-04T00:00:00Z',
      ended: '2026-01-01T00:00:00Z',
    },
  ],
};

/** The export as the portal hands it over: one zip with its folders. */
async function download(desk: Door): Promise<string> {
  const zip = new ZipWriter(new Uint8ArrayWriter());
  for (const entry of readdirSync(RETURN, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    await zip.add(relative(RETURN, path), new Uint8ArrayReader(readFileSync(path)));
  }
  return desk.write('facebook-ann.zip', Buffer.from(await zip.close()));
}

async function begun() {
  const desk = await door();
  const { matter } = await desk.as<{ matter: string }>(HOLDER, matterCreate, { name: 'My account' });
  const add = (paper: unknown) =>
    desk.as<{ instrument: string; approved: boolean; findings: unknown[] }>(HOLDER, instrumentAdd, {
      matter,
      file: desk.write('paper.json', paper),
    });
  return { desk, matter, add };
}

test('a holder alone adds a statement, imports the download and reads every record of their own', async () => {
  const { desk, matter, add } = await begun();
  using _ = desk;
  const { instrument, approved, findings } = await add(OWN);
  assert.deepEqual([approved, findings], [true, []]);
  const receipt = await desk.import({ matter, instrument }, [await download(desk)]);
  const { seen, kept, sealed, unreadable, duplicates } = receipt;
  assert.equal(receipt.format, 'meta-download');
  assert.equal(seen, kept + sealed + unreadable + duplicates);
  assert.deepEqual([seen, kept], [32, 25]);
  assert.deepEqual(receipt.sealedBy, { 'undetermined: no time': 1 });
  assert.deepEqual(receipt.mismatches, []);
  assert.ok(receipt.statedScope.some(({ targets }) => targets.some(({ value }) => value === '100000000000042')));
  const photo = receipt.files.find(({ file }) => file.endsWith('photos/1.jpg'))!;
  assert.deepEqual([photo.seen, photo.unreadable], [1, 1], 'a file that is not read is accounted for');

  const rows = await desk.records(matter);
  assert.equal(rows.length, 25);
  assert.deepEqual([...new Set(rows.map(({ account }) => account))], ['100000000000042']);
  assert.ok(rows.some(({ kind, ip }) => kind === 'session' && typeof ip === 'string'));
  assert.ok(!JSON.stringify(rows).includes('invented view'), 'a political view goes nowhere');
});

test('what the holder did not name stays sealed from whoever works with it', async () => {
  const { desk, matter, add } = await begun();
  using _ = desk;
  const narrow = { ...OWN, items: [{ ...OWN.items[0]!, categories: ['DC-02'] }] };
  const { instrument } = await add(narrow);
  const receipt = await desk.import({ matter, instrument }, [await download(desk)]);
  const rows = await desk.records(matter);
  assert.equal(rows.length, receipt.kept);
  assert.deepEqual([...new Set(rows.map(({ category }) => category))], ['DC-02']);
  assert.ok(receipt.sealedBy['category not covered']! >= 10);
});

test('without the statement there is no ground, and nothing is added', async () => {
  const { desk, matter, add } = await begun();
  using _ = desk;
  const { statement: _statement, ...without } = OWN;
  const fault = (message: RegExp) => ({ code: 'instrument/invalid', message });
  await assert.rejects(add(without), fault(/statement: needed for OWN-DATA/));
  await assert.rejects(add({ ...OWN, statement: { holder: ' ', text: 'mine' } }), fault(/statement\.holder: /));
  await assert.rejects(add({ ...OWN, statement: { holder: HOLDER, text: '' } }), fault(/statement\.text: /));
  assert.deepEqual(await desk.as(HOLDER, instrumentList, { matter }), { instruments: [] });
});

test('the list says on whose word it rests, and nobody approves it again', async () => {
  const { desk, matter, add } = await begun();
  using _ = desk;
  const { instrument } = await add(OWN);
  const { instruments } = await desk.as<{ instruments: Record<string, unknown>[] }>(HOLDER, instrumentList, { matter });
  assert.deepEqual(
    [instruments[0]!['kind'], instruments[0]!['approvedBy'], instruments[0]!['addedBy']],
    ['OWN-DATA', HOLDER, HOLDER],
  );
  await assert.rejects(desk.as(SECOND, instrumentApprove, { matter, instrument }), {
    code: 'instrument/already-approved',
  });
});

test('a warrant cannot be amended into a statement of one’s own, which nobody would have to approve', async () => {
  using desk = await door();
  const { matter, instrument } = await desk.matterWith(paperFor('facebook-id', '100000000000042', ['DC-01']));
  const file = desk.write('own.json', OWN);
  await assert.rejects(desk.as(EXAMINER, instrumentAmend, { matter, instrument, file }), {
    code: 'instrument/other-ground',
  });
  const { instruments } = await desk.as<{ instruments: unknown[] }>(EXAMINER, instrumentList, { matter });
  assert.equal(instruments.length, 1);
});
