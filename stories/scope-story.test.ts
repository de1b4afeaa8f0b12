/** Scope through the life of a matter: amended, resolved by a declared zone, parts of a row, two accounts, masked people. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { decryptFile } from '../src/custody/frames.ts';
import { openHouse } from '../src/desk/house.ts';
import { instrumentAmend, instrumentApprove, instrumentList } from '../src/desk/instrument.ts';
import { ledgerShow } from '../src/desk/ledger.ts';
import { reveal } from '../src/desk/records.ts';
import { importsOf, partContext } from '../src/store/segments.ts';
import { paperFor } from './command.ts';
import { type Door, door, EXAMINER, SECOND } from './door.ts';

const fixture = (path: string) => fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url));
const CALLS = fixture('t-mobile-cdr/location-version/return/CDR_15755550123.xlsx');
const RECORD = fixture('meta-business-record/zip-with-preservation/return/5550149.zip');

type Item = ReturnType<typeof paperFor>['items'][number];

const item = (type: string, value: string, categories: string[], began: string, ended: string): Item => ({
  target: { type, value },
  categories,
  began: `${began}T00:00:00Z`,
  ended: `${ended}T00:00:00Z`,
});
const paper = (...items: Item[]) => ({ ...paperFor('phone', '+15755550123', ['DC-06']), items });

function logins(): string {
  const days = ['2017-01-15', '2017-02-15', '2017-03-15', '2017-04-15'];
  return `subscriber,start,end,public_ip,port_low,port_high\n${days
    .map((day, index) => `+15755550142,${day}T10:00:00Z,${day}T11:00:00Z,203.0.113.${index},1024,1535`)
    .join('\n')}\n`;
}

test('an amended paper changes nothing until it is approved; then the same return gives what is newly covered', async () => {
  using desk = await door();
  const file = desk.write('leases.csv', logins());
  const narrow = paper(item('phone', '+15755550142', ['DC-02'], '2017-02-01', '2017-03-01'));
  const under = await desk.matterWith(narrow);
  const first = await desk.import(under, [file]);
  assert.deepEqual([first.version, first.seen, first.kept, first.sealedBy], [1, 4, 1, { 'outside the range': 3 }]);

  const wider = desk.write('wider.json', paper(item('phone', '+15755550142', ['DC-02'], '2017-02-01', '2017-04-01')));
  const amended = await desk.as(EXAMINER, instrumentAmend, { ...under, file: wider });
  assert.equal(amended['version'], 2);
  const between = await desk.import(under, [file]);
  assert.deepEqual([between.version, between.alreadyImported], [1, first.return], 'version 1 is still in force');
  await assert.rejects(desk.as(EXAMINER, instrumentApprove, under), { code: 'instrument/same-person' });
  await desk.as(SECOND, instrumentApprove, under);

  const second = await desk.import(under, [file]);
  assert.deepEqual([second.version, second.seen, second.kept, second.duplicates], [2, 4, 1, 1]);
  assert.deepEqual([second.sealedBy, second.alreadyImported], [{ 'outside the range': 2 }, undefined]);
  const rows = await desk.records(under.matter);
  assert.deepEqual(
    rows.map(({ began }) => began),
    ['2017-02-15T10:00:00Z', '2017-03-15T10:00:00Z'],
  );

  const third = await desk.import(under, [file]);
  assert.deepEqual([third.alreadyImported, third.duplicates], [second.return, 4]);
  const { instruments } = await desk.as<{ instruments: Record<string, unknown>[] }>(SECOND, instrumentList, {
    matter: under.matter,
  });
  assert.deepEqual(
    instruments.map(({ version, approvedBy }) => [version, approvedBy]),
    [
      [1, SECOND],
      [2, SECOND],
    ],
  );
});

test('rows without a zone are sealed until an examiner declares one, which the receipt then says', async () => {
  using desk = await door();
  const file = fixture('table/no-zone/return/logins.csv');
  const profile = fixture('table/no-zone/profile.json');
  const under = await desk.matterWith(paper(item('account-id', '10042', ['DC-02'], '2017-03-01', '2017-04-01')));
  const undeclared = await desk.import(under, [file], { profile });
  assert.equal(undeclared.declaredZone, null);
  const waiting = undeclared.sealedBy['undetermined: no zone']!;
  assert.ok(waiting >= 2);

  const declared = await desk.import(under, [file], { profile, zone: 'America/Denver' });
  assert.equal(declared.declaredZone, 'America/Denver');
  assert.equal(declared.sealedBy['undetermined: no zone'], undefined);
  assert.ok(declared.kept >= waiting);
  const exact = (await desk.records(under.matter)).filter(({ zone_basis }) => zone_basis === 'declared by examiner');
  assert.ok(
    exact.some(
      ({ began, time_as_stored }) => began === '2017-03-04T12:06:07Z' && time_as_stored === '2017-03-04 05:06:07',
    ),
  );
});

test('a call is kept without its cells when the paper does not reach DC-11, and with them when it does', async () => {
  using desk = await door();
  const span = ['2018-03-01', '2018-03-06'] as const;
  const calls = await desk.matterWith(paper(item('phone', '+15755550123', ['DC-06'], ...span)));
  const without = await desk.import(calls, [CALLS]);
  assert.ok(without.kept > 0 && without.partlySealed > 0);
  assert.ok(without.partlySealed <= without.kept, 'a part sealed is not a row sealed');
  const bare = await desk.records(calls.matter);
  for (const row of bare) {
    for (const column of [
      'cell_first',
      'cell_last',
      'latitude',
      'longitude',
      'azimuth',
      'place_kind',
      'last_latitude',
    ]) {
      assert.equal(row[column] ?? null, null, column);
    }
    assert.deepEqual(
      Object.keys(row.raw).filter(
        (name) => /Tower (LAT|LONG|Addr|Azim)|Sector ID|LTE Site/.test(name) && row.raw[name] !== '',
      ),
      [],
    );
  }
  assert.doesNotMatch(JSON.stringify(bare), /Example Way|-106\.7/);

  const cells = await desk.matterWith(paper(item('phone', '+15755550123', ['DC-06', 'DC-11'], ...span)));
  const whole = await desk.import(cells, [CALLS]);
  assert.deepEqual([whole.kept, whole.partlySealed], [without.kept, 0]);
  const [first] = await desk.records(cells.matter);
  assert.deepEqual([first!['latitude'], first!['longitude'], first!['cell_first']], [32.319, -106.765, 'LTE 50123-2']);
});

test('two accounts in one return stay two, and a preservation copy is counted once with both places kept', async () => {
  using desk = await door();
  const year = ['2025-01-01', '2025-07-01'] as const;
  const both = await desk.matterWith(
    paper(
      item('instagram-id', '17841400000000049', ['DC-02'], ...year),
      item('instagram-id', '17841400000000050', ['DC-02'], ...year),
    ),
  );
  const receipt = await desk.import(both, [RECORD]);
  assert.deepEqual([receipt.seen, receipt.kept, receipt.duplicates], [5, 2, 1]);
  const rows = await desk.records(both.matter);
  assert.deepEqual(rows.map(({ account, item: allowed, ip }) => [account, allowed, ip]).sort(), [
    ['17841400000000049', '1', '203.0.113.120'],
    ['17841400000000050', '2', '203.0.113.121'],
  ]);
  const [copy] = await duplicatesOf(desk, both.matter);
  const places = [copy!.file, copy!.first.file].sort();
  assert.deepEqual(places, ['5550149.zip!preservation-1.html', '5550149.zip!records.html']);

  const one = await desk.matterWith(paper(item('instagram-id', '17841400000000050', ['DC-02'], ...year)));
  const other = await desk.import(one, [RECORD]);
  assert.deepEqual([other.kept, other.sealedBy['another account']], [1, 3]);
  const [row] = await desk.records(one.matter);
  assert.equal(row!['account'], '17841400000000050');
});

type Duplicate = { file: string; locator: string; first: { file: string; locator: string } };

async function duplicatesOf(desk: Door, matter: string): Promise<Duplicate[]> {
  await using house = await openHouse(desk.data, EXAMINER);
  const { folder, key, id } = house.matter(matter);
  const found: Duplicate[] = [];
  for (const { folder: name, papers } of await importsOf(folder, key, id)) {
    for (const part of papers.parts.filter(({ role }) => role === 'duplicates')) {
      let text = '';
      for await (const bytes of decryptFile(
        join(folder, 'returns', name, part.name),
        key,
        partContext(id, name, part.name),
      ))
        text += Buffer.from(bytes).toString('utf8');
      found.push(
        ...text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as Duplicate),
      );
    }
  }
  return found;
}

test('people no paper names are numbered; saying who one is takes a reason, and is an act in the ledger', async () => {
  using desk = await door();
  const span = ['2018-03-01', '2018-03-06'] as const;
  const under = await desk.matterWith(paper(item('phone', '+15755550123', ['DC-06'], ...span)));
  const { matter } = under;
  await desk.import(under, [CALLS]);
  const rows = await desk.records(matter);
  assert.ok(!JSON.stringify(rows).includes('5550199'), 'the counterpart is nowhere in the clear');
  const [call] = rows;
  const number = Number(/^person (\d+)$/.exec(String(call!['counterpart']))![1]);
  const same = rows.filter(({ counterpart }) => counterpart === call!['counterpart']);
  assert.ok(same.length > 1, 'the same person has the same number');

  const reason = 'The second subpoena names this subscriber.';
  await assert.rejects(desk.as(EXAMINER, reveal, { matter, number, reason: 'curious' }), { code: 'input/invalid' });
  await assert.rejects(desk.as(EXAMINER, reveal, { matter, number: 999, reason }), { code: 'person/not-found' });
  const shown = await desk.as(EXAMINER, reveal, { matter, number, reason });
  assert.deepEqual(shown, { person: `person ${number}`, type: 'phone', value: '+15755550199' });
  assert.ok(
    !JSON.stringify(await desk.records(matter)).includes('5550199'),
    'revealing one does not unmask the records',
  );

  const { entries } = await desk.as<{ entries: Record<string, unknown>[] }>(SECOND, ledgerShow, { matter });
  const reveals = entries
    .filter(({ act }) => act === 'person.reveal')
    .map(({ phase, result, actorName }) => [phase, result ?? null, actorName]);
  assert.deepEqual(reveals, [
    ['intent', null, EXAMINER],
    ['outcome', 'problem:person/not-found', EXAMINER],
    ['intent', null, EXAMINER],
    ['outcome', 'ok', EXAMINER],
  ]);
  const acts = entries.filter(({ phase }) => phase === 'intent').map(({ act }) => act);
  for (const act of ['instrument.add', 'instrument.approve', 'import', 'records']) assert.ok(acts.includes(act), act);
  const log = readFileSync(join(desk.data, 'ledger', 'entries.log'), 'latin1');
  assert.ok(!log.includes('5550199') && !log.includes(reason), 'the ledger holds digests, not people');

  await using house = await openHouse(desk.data, EXAMINER);
  const { papers } = house.matter(matter);
  const kept = await Promise.all(
    papers.list('reveals').map((name) => papers.get<{ reason: string; number: number }>(`reveals/${name}`)),
  );
  assert.deepEqual(
    kept.map((one) => [one.number, one.reason]),
    [[number, reason]],
  );
});

test('a counterpart whom the paper names is not masked', async () => {
  using desk = await door();
  const span = ['2018-03-01', '2018-03-06'] as const;
  const under = await desk.matterWith(
    paper(item('phone', '+15755550123', ['DC-06'], ...span), item('phone', '+15755550199', ['DC-01'], ...span)),
  );
  await desk.import(under, [CALLS]);
  const [call] = await desk.records(under.matter);
  assert.equal(call!['counterpart'], '+15755550199');
  assert.deepEqual(readdirSync(join(desk.data, 'matters', under.matter)).includes('reveals'), false);
});
