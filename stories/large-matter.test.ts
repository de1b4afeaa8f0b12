/** A matter too large to be put in order whenever someone looks: the order is kept, made anew, and never shows another record. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { exploreColumns, exploreRecord, exploreRows } from '../src/desk/explore.ts';
import { Keeper } from '../src/desk/keeper.ts';
import type { Operation } from '../src/desk/operation.ts';
import { perform } from '../src/desk/perform.ts';
import { importOperation, receipts } from '../src/desk/return.ts';
import { importUndo } from '../src/desk/undo.ts';
import type { Receipt } from '../src/importing/receipt.ts';
import { paperFor } from './command.ts';
import { type Door, door, EXAMINER } from './door.ts';

/** Five parts of 8,000 rows and a rest: more than a page of the table reads where they lie. */
const ROWS = 44_000;
const ACCOUNT = '100000000000042';
const began = (row: number) => Date.UTC(2017, 1, 1) + ((row * 7919) % ROWS) * 1000;

let desk: Door;
let keeper: Keeper;
let under: { matter: string; instrument: string };
let receipt: Receipt;
let views: string;
const served = <T>(operation: Operation, given: object) =>
  perform(operation, given, { dir: desk.data, actor: EXAMINER, within: (actor, run) => keeper.within(actor, run) }) as Promise<T>; // biome-ignore format: one call

before(async () => {
  desk = await door();
  keeper = new Keeper(desk.data);
  under = await desk.matterWith({ ...paperFor('account-id', ACCOUNT, ['DC-02']) });
  views = join(desk.data, 'matters', under.matter, 'views');
  const lines = Array.from({ length: ROWS }, (_, row) => `${ACCOUNT},${new Date(began(row)).toISOString().slice(0, 19)}Z,203.0.113.${row % 256},${row}`); // biome-ignore format: one list
  const table = desk.write('logins.csv', `account,at,ip,port\n${lines.join('\n')}\n`);
  const profile = desk.write('profile.json', {
    profile: 'invented-logins', title: 'Invented logins', format: 'table', kind: 'session', category: 'DC-02',
    columns: { account: { role: 'account', type: 'account-id' }, at: { role: 'time' }, ip: { role: 'ip' }, port: { role: 'port' } },
  }); // biome-ignore format: a profile
  receipt = await served<Receipt>(importOperation, { ...under, files: [table], profile });
  assert.equal(receipt.kept, ROWS);
});
after(async () => {
  await keeper[Symbol.asyncDispose]();
  desk[Symbol.dispose]();
});

async function columns(): Promise<Buffer> {
  const pieces: Buffer[] = [];
  await perform(
    exploreColumns,
    { matter: under.matter },
    {
      dir: desk.data,
      actor: EXAMINER,
      within: (actor, run) => keeper.within(actor, run),
      out: async (bytes) => void pieces.push(Buffer.from(bytes)),
    },
  );
  return Buffer.concat(pieces);
}
const keptFiles = () => {
  try {
    return readdirSync(views).filter((name) => name.endsWith('.enc'));
  } catch {
    return [];
  }
};
async function until(what: () => boolean): Promise<void> {
  for (let waited = 0; !what(); waited += 50) {
    assert.ok(waited < 30_000, 'it did not come');
    await new Promise((done) => setTimeout(done, 50));
  }
}
type Rows = { rows: { at: number; texts: Record<string, string> }[] };
const rowsOf = async (places: number[]) => (await served<Rows>(exploreRows, { matter: under.matter, places })).rows;

test('a served import puts the records in order before anyone asks, encrypted', async () => {
  await until(() => keptFiles().length === 1);
  const bytes = readFileSync(join(views, keptFiles()[0]!));
  assert.ok(bytes.length > ROWS * 30);
  for (const word of ['began', 'session', ACCOUNT])
    assert.equal(bytes.indexOf(word), -1, `${word} is not in the clear`);
});

test('an import that nobody used is taken back with the order that was made of it, however late it comes', async () => {
  await served(importUndo, { matter: under.matter, return: receipt.return });
  await new Promise((done) => setTimeout(done, 500));
  assert.deepEqual(keptFiles(), []);
  receipt = await served<Receipt>(importOperation, { ...under, files: [desk.write('again.csv', readFileSync(join(desk.data, '../logins.csv')))], profile: join(desk.data, '../profile.json') }); // biome-ignore format: one call
  assert.equal(receipt.kept, ROWS);
});

test('rows far apart, rows side by side and one row alone are the same records, in order of time', async () => {
  const apart = Array.from({ length: 40 }, (_, step) => step * 1097);
  const together = await rowsOf(apart);
  assert.deepEqual(together.map(({ at }) => at), apart); // biome-ignore format: one line
  for (const { at, texts } of together) {
    // The row of place n is the one whose second is n.
    assert.equal(texts['began'], `${new Date(Date.UTC(2017, 1, 1) + at * 1000).toISOString().slice(0, 19)}Z`);
    const port = /port (\d+)/.exec(texts['says']!)![1];
    assert.equal((Number(port) * 7919) % ROWS, at);
  }
  for (const place of [0, 1097, 40 * 1000, ROWS - 1]) {
    const [alone] = await rowsOf([place]);
    const known = together.find(({ at }) => at === place);
    if (known) assert.deepEqual(alone, known);
    const record = await served<{ columns: Record<string, string> }>(exploreRecord, { matter: under.matter, place });
    assert.deepEqual([record.columns['id'], record.columns['began']], [alone!.texts['id'], alone!.texts['began']]);
  }
  assert.deepEqual(await rowsOf([ROWS, ROWS + 7]), [], 'beyond the last there is none');
});

test('what is kept is read back as it was; spoilt, or not writable, it is made anew and the view is the same', async () => {
  await until(() => keptFiles().length === 1);
  const first = await columns();
  const anew = async () => {
    await keeper[Symbol.asyncDispose]();
    keeper = new Keeper(desk.data);
    return await columns();
  };
  assert.ok((await anew()).equals(first), 'as kept');
  const path = join(views, keptFiles()[0]!);
  const bytes = readFileSync(path);
  for (const spoil of [() => (bytes[bytes.length >> 1]! ^= 1), () => bytes.fill(0)]) {
    spoil();
    writeFileSync(path, bytes);
    assert.ok((await anew()).equals(first), 'spoilt');
    await until(() => keptFiles().length === 1 && !readFileSync(path).equals(bytes));
  }
  rmSync(views, { recursive: true });
  writeFileSync(views, 'no folder');
  assert.ok((await anew()).equals(first), 'nowhere to keep it');
  rmSync(views);
  mkdirSync(views);
});

test('whoever reads the receipts of a large matter finds it in order', async () => {
  await keeper[Symbol.asyncDispose]();
  keeper = new Keeper(desk.data);
  rmSync(views, { recursive: true, force: true });
  await served(receipts, { matter: under.matter });
  await until(() => keptFiles().length === 1);
});
