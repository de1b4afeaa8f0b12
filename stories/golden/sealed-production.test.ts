/** G-14: a production with three rows outside the paper reaches the prosecution and, through it, the defence. */
import assert from 'node:assert/strict';
import { copyFileSync, createReadStream, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { memoryFolder } from '../../src/custody/memory.ts';
import { unseal } from '../../src/custody/seal.ts';
import { openHouse } from '../../src/desk/house.ts';
import type { Receipt } from '../../src/importing/receipt.ts';
import { order } from '../../src/instrument/rules/example.ts';
import { verifyPackage } from '../../src/package/verify.ts';
import { type Office, office, paperFor } from '../command.ts';
import { rowsOf, SELLER, timesOf } from './data.ts';
import { goldenDesk, handedOver, SECOND, told, verified } from './desk.ts';

const prosecution = office();
const defence = office();
const desk = await goldenDesk({ 'ag-fbi-abq': prosecution.run('recipient').out.trim() });
after(() => {
  for (const one of [desk, prosecution, defence]) one[Symbol.dispose]();
});

/** As the provider read the order, and where the order ends: three sessions earlier. */
const READ = { from: '2026-02-01T00:00:00Z', to: '2026-05-01T00:00:00Z' };
const TIMES = timesOf('sessions', SELLER, READ.from, READ.to);
const ENDED = TIMES.at(-3)!;
const BEYOND = TIMES.slice(-3);
const TOTAL = rowsOf('profiles', SELLER) + TIMES.length;

/** The court's paper, as each side has it. */
const paper = {
  ...paperFor('account-id', SELLER, ['DC-01', 'DC-02'], 'US-2703D'),
  number: '26-mc-0514',
  servedOn: 'Example Social',
  issuedOn: '2026-09-08',
  items: [
    { target: { type: 'account-id', value: SELLER }, categories: ['DC-01', 'DC-02'], began: READ.from, ended: ENDED },
  ],
};

type Imported = { matter: string; receipt: Receipt };

function imported(side: Office, file: string): Imported {
  const { matter, instrument } = side.matterWith(paper);
  const ran = side.run('import', '--matter', matter, '--instrument', instrument, file, '--json');
  assert.equal(ran.status, 0, ran.err);
  return { matter, receipt: ran.json() as unknown as Receipt };
}

const counts = ({ seen, kept, sealed, unreadable, duplicates, sealedBy }: Receipt) => ({
  seen,
  kept,
  sealed,
  unreadable,
  duplicates,
  sealedBy,
});

/** The package as the prosecution hands it over in discovery: opened with its own key. */
async function openedBy(side: Office, path: string, to: string): Promise<string> {
  await using house = await openHouse(side.data, 'R. Alder');
  using memory = memoryFolder();
  const { archive, said } = await verifyPackage(path, { identities: [house.keys.identity()!], memory });
  assert.ok(archive, said);
  copyFileSync(archive.path, to);
  return to;
}

function sealedFiles(side: Office): string[] {
  return readdirSync(side.data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /sealed-.*\.age$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

async function unsealedWith(identity: string, path: string): Promise<string> {
  let text = '';
  for await (const chunk of unseal(identity, createReadStream(path))) text += Buffer.from(chunk).toString('latin1');
  return text;
}

test('G-14: three rows outside the order are sealed on both sides, counted the same, and opened by neither', async () => {
  const one = desk.receive('2026-09-09T16:00:00Z', order({ instrument: { caseNo: paper.number } }));
  verified(one, '2026-09-09T17:00:00Z');
  one.does('2026-09-09T18:00:00Z', 'request review');
  one.decides('2026-09-09T18:10:00Z', 'all', 'approve', 'Reached by the order.');
  one.as(SECOND, '2026-09-09T18:20:00Z', 'request approve');
  told(one, '2026-09-09T19:00:00Z', 'ann@mail.example');
  const { packaged } = handedOver(one, '2026-09-22T07:00:00Z', desk.path('out'));
  assert.equal(packaged.rows, TOTAL);

  const ours = imported(prosecution, packaged.file);
  assert.deepEqual(counts(ours.receipt), {
    seen: TOTAL,
    kept: TOTAL - 3,
    sealed: 3,
    unreadable: 0,
    duplicates: 0,
    sealedBy: { 'outside the range': 3 },
  });
  assert.match(
    ours.receipt.verified!.beyond.join(),
    new RegExp(`item 2: DC-02 of ${SELLER}, ${READ.from.slice(0, 10)}`),
  );
  const handed = await openedBy(prosecution, packaged.file, defence.path('production.zip'));
  assert.equal(
    defence.run('import', '--matter', 'm-none', '--instrument', 'i-none', packaged.file).status,
    1,
    'the package itself is sealed to the prosecution',
  );
  const theirs = imported(defence, handed);
  assert.deepEqual(counts(theirs.receipt), counts(ours.receipt));

  for (const [side, { matter, receipt }] of [
    [prosecution, ours],
    [defence, theirs],
  ] as const) {
    const shown = side.run('records', '--matter', matter).out;
    assert.ok(shown.includes(TIMES.at(-4)!.slice(0, 19)), 'the last session within the order is shown');
    for (const at of BEYOND) assert.ok(!shown.includes(at.slice(0, 19)), `${at} is shown`);
    const receipts = side.run('receipts', '--matter', matter).out;
    assert.match(receipts, /3 .*outside the range|outside the range.* 3/);
    const ledger = side.run('ledger', 'show', '--matter', matter, '--json').json() as unknown as {
      entries: { act: string; phase: string; counts?: Record<string, number> }[];
    };
    const entry = ledger.entries.find(
      ({ act, phase, counts: counted }) => act === 'import' && phase === 'outcome' && counted,
    );
    assert.deepEqual([entry?.counts?.['kept'], entry?.counts?.['sealed']], [TOTAL - 3, 3], 'the ledger has the count');
    // The only way to it is a paper approved after it came, and there is none here.
    const asked = side.run(
      ...['unseal', 'propose', '--matter', matter, '--instrument', receipt.instrument, '--return', receipt.return],
      ...['--reason', 'To see what is in the three rows.'],
    );
    assert.match(asked.err, /^unseal\/no-new-authority/);

    // With every key the desk has, what was sealed stays sealed; the key of oversight is not one of them.
    const files = sealedFiles(side);
    assert.ok(files.length > 0);
    await using house = await openHouse(side.data, 'R. Alder');
    const own = house.keys.identity();
    const oversight = readFileSync(`${side.data}.oversight-key`, 'utf8').match(/AGE-SECRET-KEY-\S+/)![0];
    let opened = '';
    for (const file of files) {
      if (own !== null) await assert.rejects(unsealedWith(own, file));
      opened += await unsealedWith(oversight, file);
    }
    for (const at of BEYOND) assert.ok(opened.includes(at.slice(0, 19)), `${at} was not sealed`);
    for (const at of TIMES.slice(0, -3)) assert.ok(!opened.includes(at.slice(0, 19)), `${at} was sealed`);
  }
});
