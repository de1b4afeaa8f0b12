/** Unsealing: a second warrant reaches some of what the first one sealed; two people, one return, and nothing else. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { office, paperFor } from './command.ts';

const desk = office();
after(() => desk[Symbol.dispose]());

const [FEBRUARY, MAY, AUGUST] = ['203.0.113.2', '203.0.113.5', '203.0.113.8'];
const ACCOUNT = '100000000000042';

/** A business record with these logins. */
function record(...logins: [day: string, ip: string][]): string {
  const pair = (label: string, value: string) =>
    `<div class="t o"><div class="t i">${label}<div class="m"><div>${value}</div></div></div></div>`;
  const rows = logins.map(([day, ip]) => pair('IP Address', ip) + pair('Time', `${day} 00:00:00 UTC`)).join('');
  return `<html><head><title>Facebook Business Record</title></head><body>
<div class="content-pane" id="property-request_parameters">${pair('Service', 'Facebook')}${pair('Target', ACCOUNT)}${pair('Date Range', '2017-01-01 00:00:00 UTC to 2017-12-31 23:59:59 UTC')}</div>
<div class="content-pane" id="property-ip_addresses">${rows}</div>
</body></html>`;
}

test('what a later paper reaches is read, the rest is sealed again, by two people with the oversight key', () => {
  const { matter, instrument } = desk.matterWith(paperFor('facebook-id', ACCOUNT, ['DC-02']));
  const html = record(['2017-02-10', FEBRUARY], ['2017-05-10', MAY], ['2017-08-10', AUGUST]);
  writeFileSync(desk.path('records.html'), html);
  const asked = (...words: string[]) => desk.run(...words, '--matter', matter, '--json');
  const first = asked('import', '--instrument', instrument, 'records.html').json() as Record<string, unknown>;
  assert.deepEqual([first['seen'], first['kept'], first['sealed']], [3, 1, 2]);
  const returned = String(first['return']);
  const reason = 'The second warrant, of 3 May, reaches May of 2017.';

  // The paper it came under is no new authority, nor is one nobody approved.
  const propose = (paper: string, ...more: string[]) =>
    asked('unseal', 'propose', '--return', returned, '--instrument', paper, '--reason', reason, ...more);
  assert.match(propose(instrument).err, /^unseal\/no-new-authority/);
  const second = { ...paperFor('facebook-id', ACCOUNT, ['DC-02']), number: '17-mr-0002' };
  second.items[0] = { ...second.items[0]!, began: '2017-05-01T00:00:00Z', ended: '2017-06-01T00:00:00Z' };
  writeFileSync(desk.path('second.json'), JSON.stringify(second));
  const paper = String(asked('instrument', 'add', '--file', 'second.json').json()['instrument']);
  assert.match(propose(paper).err, /^instrument\/not-approved/);
  desk.as('D. Quill', 'instrument', 'approve', '--matter', matter, '--instrument', paper);
  assert.match(
    asked('unseal', 'propose', '--return', 'ffff', '--instrument', paper, '--reason', reason).err,
    /^import\/no-such-return/,
  );
  const unsealing = String(propose(paper).json()['unsealing']);

  const open = (person: string, key: string) =>
    desk.as(person, 'unseal', 'open', '--matter', matter, '--unsealing', unsealing, '--key', key, '--json');
  const key = `${desk.data}.oversight-key`;
  assert.match(open('R. Alder', key).err, /^unseal\/same-person/);
  writeFileSync(desk.path('other.key'), readFileSync(key, 'utf8').replace(/AGE-SECRET-KEY-\S+/, OTHER_KEY));
  assert.match(open('M. Stone', 'other.key').err, /^unseal\/wrong-key/);
  assert.match(open('M. Stone', 'second.json').err, /^unseal\/wrong-key/);
  assert.ok(!desk.run('records', '--matter', matter).out.includes(MAY), 'nothing is read before it is opened');

  const opened = open('M. Stone', key);
  assert.equal(opened.status, 0, opened.err);
  const receipt = opened.json() as Record<string, unknown>;
  assert.deepEqual([receipt['seen'], receipt['kept'], receipt['sealed'], receipt['duplicates']], [3, 1, 2, 0]);
  assert.deepEqual(receipt['unsealed'], {
    from: returned,
    unsealing,
    reason,
    proposedBy: 'R. Alder',
    openedBy: 'M. Stone',
  });
  const shown = desk.run('records', '--matter', matter).out;
  assert.ok(shown.includes(FEBRUARY) && shown.includes(MAY) && !shown.includes(AUGUST));
  assert.match(open('M. Stone', key).err, /^unseal\/ended/);
  assert.match(asked('import', 'undo', '--return', returned).err, /^import\/used/);

  const listed = desk.run('unseal', 'list', '--json').json() as unknown as Listed;
  assert.deepEqual(
    listed.sealed.map(({ sealed, unsealed }) => [sealed, unsealed]),
    [
      [2, null],
      [2, unsealing],
    ],
  );
  assert.deepEqual([listed.unsealings[0]!.ending!.answer, listed.unsealings[0]!.ending!.by], ['opened', 'M. Stone']);
  const acts = desk.run('ledger', 'show', '--json').out;
  assert.match(acts, /"unseal.propose"/);
  assert.match(acts, /"unseal.open"/);
});

test('one that is refused stays refused, and nothing is opened', () => {
  const { matter, instrument } = desk.matterWith(paperFor('facebook-id', ACCOUNT, ['DC-02']));
  mkdirSync(desk.path('refused'));
  writeFileSync(desk.path('refused/records.html'), record(['2017-05-11', MAY]));
  const first = desk.run('import', '--matter', matter, '--instrument', instrument, 'refused/records.html', '--json');
  const third = { ...paperFor('facebook-id', '100000000000077', ['DC-02']), number: '17-mr-0003' };
  const unsealing = askedUnder(third, matter, String(first.json()['return']), 'A second account is named.');
  const answer = ['--matter', matter, '--unsealing', unsealing];
  const why = ['--reason', 'The second paper names another account.'];
  assert.match(desk.run('unseal', 'refuse', ...answer, ...why).err, /^unseal\/same-person/);
  assert.equal(desk.as('M. Stone', 'unseal', 'refuse', ...answer, ...why).status, 0);
  const later = desk.as('M. Stone', 'unseal', 'open', ...answer, '--key', `${desk.data}.oversight-key`);
  assert.match(later.err, /^unseal\/ended/);
  assert.ok(!desk.run('records', '--matter', matter).out.includes(MAY));
});

/** Adds a later paper, which another person approves, and asks to unseal a return under it. */
function askedUnder(later: { number: string }, matter: string, returned: string, reason: string): string {
  const file = desk.path(`${later.number}.json`);
  writeFileSync(file, JSON.stringify(later));
  const paper = String(
    desk.run('instrument', 'add', '--matter', matter, '--file', file, '--json').json()['instrument'],
  );
  desk.as('D. Quill', 'instrument', 'approve', '--matter', matter, '--instrument', paper);
  const ask = ['--return', returned, '--instrument', paper, '--reason', reason];
  const asked = desk.run('unseal', 'propose', '--matter', matter, ...ask, '--json');
  assert.equal(asked.status, 0, asked.err);
  return String(asked.json()['unsealing']);
}

/** A matter with one sealed row of May, a later paper that reaches it, and the ask. */
function asked(name: string) {
  const { matter, instrument } = desk.matterWith(paperFor('facebook-id', ACCOUNT, ['DC-02']));
  mkdirSync(desk.path(name));
  const html = record(['2017-02-10', FEBRUARY], ['2017-05-10', MAY]);
  writeFileSync(desk.path(`${name}/records.html`), html);
  const came = desk.run('import', '--matter', matter, '--instrument', instrument, `${name}/records.html`, '--json');
  const later = { ...paperFor('facebook-id', ACCOUNT, ['DC-02']), number: '17-mr-0009' };
  later.items[0] = { ...later.items[0]!, began: '2017-05-01T00:00:00Z', ended: '2017-06-01T00:00:00Z' };
  const unsealing = askedUnder(later, matter, String(came.json()['return']), 'The later paper reaches May.');
  const open = () =>
    desk.as('M. Stone', 'unseal', 'open', '--matter', matter, '--unsealing', unsealing, '--key', `${desk.data}.oversight-key`, '--json'); // biome-ignore format: one line
  return { matter, open };
}

const folderOf = (matter: string) => join(desk.data, 'matters', matter);
const partsOf = (matter: string) =>
  readdirSync(join(folderOf(matter), 'returns'), { recursive: true, encoding: 'utf8' }).sort();

test('an original that was changed or cut on the disk opens nothing, and says where', () => {
  for (const spoil of [
    (bytes: Buffer) => {
      bytes[bytes.length - 20]! ^= 1;
      return bytes;
    },
    (bytes: Buffer) => bytes.subarray(0, bytes.length - 30),
    () => Buffer.alloc(0),
  ]) {
    const { matter, open } = asked(`spoilt-${performance.now()}`);
    const before = partsOf(matter);
    const original = before.find((name) => name.endsWith('/original-1'))!;
    const path = join(folderOf(matter), 'returns', original);
    writeFileSync(path, spoil(readFileSync(path)));
    const opened = open();
    assert.equal(opened.status, 1);
    assert.match(opened.err, /^custody\/damaged/);
    assert.deepEqual(partsOf(matter), before, 'nothing was added');
    const [waits] = (desk.run('unseal', 'list', '--matter', matter, '--json').json() as unknown as Listed).unsealings;
    assert.equal(waits!.ending, null, 'it still waits');
  }
});

test('stopped after the records were kept and before it was written down, opening it again ends it and adds nothing', () => {
  const { matter, open } = asked('stopped');
  assert.equal(open().status, 0);
  rmSync(join(folderOf(matter), 'unsealings/u-0001/ended.enc'));
  const before = partsOf(matter);
  const again = open();
  assert.equal(again.status, 0, again.err);
  assert.deepEqual(partsOf(matter), before);
  const [ended] = (desk.run('unseal', 'list', '--matter', matter, '--json').json() as unknown as Listed).unsealings;
  assert.equal(ended!.ending!.answer, 'opened');
});

test('what is sealed is counted once: a return read again is not two returns', () => {
  const { matter, open } = asked('counted');
  assert.equal(open().status, 0);
  const listed = desk.run('unseal', 'list', '--matter', matter, '--json').json() as unknown as Listed;
  assert.deepEqual(
    listed.sealed.map(({ still }) => still),
    [0, null],
    'the one sealed row of May is a record now',
  );
  const out = desk.path('counted/report');
  assert.equal(desk.run('report', '--matter', matter, '--out', out).status, 0);
  const html = readFileSync(join(out, 'report.html'), 'utf8');
  assert.match(html, /Rows sealed<\/dt>\s*<dd[^>]*>0;/);
  assert.match(html, /In all(<[^>]*>|\s)*2(<[^>]*>|\s)*2(<[^>]*>|\s)*0(<[^>]*>|\s)*0(<[^>]*>|\s)*0</);
  assert.match(html, /read again.*u-0001|u-0001.*read again/s);
});

const OTHER_KEY = 'AGE-SECRET-KEY-1PGQ6WE39LP7QK0PVKZ8AN0UDXVQQEMNTPDEJJ8P0JXHX6Y5DTPVQ0HZJUM';
type Listed = {
  sealed: { sealed: number; unsealed: string | null; still: number | null }[];
  unsealings: { ending: { answer: string; by: string } | null }[];
};
