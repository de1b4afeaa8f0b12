import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Draft } from '../record/record.ts';
import type { Reading } from './format.ts';
import { fileInMemory, fileOnDisk } from './reading/open.ts';
import { sampleOf } from './reading/sample.ts';
import { readProfile } from './table/profile.ts';
import table, { fits } from './table.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/table');

async function readings(text: string | Uint8Array, profile: unknown, zone?: string): Promise<Reading[]> {
  const file = fileInMemory('table.csv', Buffer.from(text as string));
  const declared = zone === undefined ? undefined : { zone, basis: 'declared by examiner' as const };
  return listed(table.read(file, { profile: readProfile(profile), zone: declared, siblings: [] }));
}

async function listed(read: AsyncIterable<Reading>): Promise<Reading[]> {
  const list: Reading[] = [];
  for await (const reading of read) list.push(reading);
  return list;
}

function drafts(read: Reading[]): Draft[] {
  return read.flatMap((reading) => ('record' in reading ? [reading.record] : []));
}

const lease = {
  profile: 'leases',
  format: 'table',
  kind: 'lease',
  category: 'DC-02',
  columns: {
    IP: { role: ['ip', 'subject'], type: 'ip' },
    From: { role: 'time', time: 'DD/MM/YYYY HH:mm' },
    To: { role: 'ended', time: 'DD/MM/YYYY HH:mm' },
    Zone: { role: 'zone' },
    Name: { role: 'subscriber', category: 'DC-01' },
  },
};
const header = ['IP', 'From', 'To', 'Zone', 'Name'];
const row = ['203.0.113.7', '04/03/2017 05:06', '04/03/2017 06:06', 'UTC', 'Ada Sample'];
const csv = (...rows: string[][]) =>
  rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');

test('columns in any order, with others among them, give the same record', async () => {
  const [expected] = drafts(await readings(csv(header, row), lease));
  assert.ok(expected?.began);
  const orders = fc
    .shuffledSubarray([...header, 'Other', 'More'], { minLength: 5 })
    .filter((order) => header.every((text) => order.includes(text)));
  await fc.assert(
    fc.asyncProperty(orders, async (order) => {
      const cells = order.map((text) => row[header.indexOf(text)] ?? 'unknown column');
      const [draft] = drafts(await readings(csv(order, cells), lease));
      const { raw, ...rest } = draft!;
      const { raw: _, ...wanted } = expected;
      assert.deepEqual(rest, wanted);
      assert.deepEqual(Object.keys(raw).sort(), [...order].sort());
    }),
    { seed: 17, numRuns: 60 },
  );
});

test('a missing cell never shifts the others', async () => {
  const filled = drafts(await readings(csv(header, row), lease))[0]!;
  for (const [index, text] of header.entries()) {
    const read = await readings(csv(header, row.with(index, '')), lease);
    const { raw } = read.map((one) => ('record' in one ? one.record : (one as { raw: Draft['raw'] })))[0]!;
    assert.deepEqual(raw, { ...filled.raw, [text]: '' });
    const short = await readings(csv(header, row.toSpliced(index, 1)), lease);
    assert.deepEqual(
      short.map((one) => 'unreadable' in one),
      [true],
    );
  }
});

test('no input throws, and every row with something in it is a record or unreadable', async () => {
  const cell = fc.oneof(fc.string(), fc.constantFrom(...row, '', '<script>alert(1)</script>', '__proto__', '\u0000'));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { maxLength: 6 }), async (rows) => {
      const read = await readings(csv(header, ...rows), lease);
      const blank = rows.filter((cells) => cells.every((text) => text.trim() === '')).length;
      const counted = read.filter((one) => 'record' in one || 'unreadable' in one).length;
      assert.equal(counted + blank, rows.length);
    }),
    { seed: 17, numRuns: 100 },
  );
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      await readings(bytes, lease);
    }),
    { seed: 17, numRuns: 100 },
  );
});

test('a time without zone is undetermined until a zone is declared with the import or in the profile', async () => {
  const text = csv(header, row.with(3, ''));
  const bare = drafts(await readings(text, lease))[0]!;
  assert.deepEqual([bare.began, bare.undetermined, bare.zoneBasis], [null, 'no zone', 'unknown']);
  const noon = Temporal.Instant.from('2017-03-04T12:06:00Z').epochNanoseconds / 1000n;
  const declared = drafts(await readings(text, lease, 'America/Denver'))[0]!;
  assert.deepEqual([declared.began, declared.zoneBasis], [noon, 'declared by examiner']);
  const profiled = drafts(await readings(text, { ...lease, zone: 'America/Denver' }, 'UTC'))[0]!;
  assert.deepEqual([profiled.began, profiled.zoneBasis], [noon, 'declared by examiner']);
});

test('a zone word that nothing explains is not answered by the declared zone', async () => {
  const text = csv(header, row.with(3, 'MST'));
  assert.equal(drafts(await readings(text, lease, 'UTC'))[0]?.undetermined, 'no zone');
  const named = drafts(await readings(text, { ...lease, zoneNames: { MST: '-07:00' } }))[0]!;
  assert.equal(named.zoneBasis, 'declared by examiner');
  assert.ok(named.began);
});

test('a value that is not written as the profile says makes its row unreadable, by column and without the value', async () => {
  const [read] = await readings(csv(header, row.with(1, '03/13/2017 05:06')), lease);
  assert.ok(read && 'unreadable' in read);
  assert.equal(read.unreadable, 'column "From": time not of the declared shape');
  assert.equal((read.raw as Draft['raw']).From, '03/13/2017 05:06');
});

test('the parts of a row that need another category are named with their columns and fields', async () => {
  const [draft] = drafts(await readings(csv(header, row), lease));
  assert.deepEqual(draft?.parts, [{ category: 'DC-01', columns: ['subscriber'], fields: ['Name'] }]);
});

const transfer = {
  profile: 'transfers',
  format: 'table',
  kind: 'transfer',
  category: 'DC-08',
  zone: 'UTC',
  account: { type: 'phone', value: '+15055550142' },
  columns: {
    Sent: { role: 'time' },
    From: { role: 'sender', type: 'phone' },
    To: { role: ['receiver', 'subject'], type: 'name' },
    'To Tel': { role: 'receiver-detail', type: 'phone' },
    Amount: { role: 'amount' },
    Clerk: { role: 'keep', mask: true, type: 'name' },
  },
};

test('one person in several cells is one mention, and the account itself is none', async () => {
  const text =
    'Sent,From,To,To Tel,Amount,Clerk\n2017-03-04 05:06,+1 505 555 0142,Ben Muster,15055550171.0,5.00,Cora Clerk\n';
  const [draft] = drafts(await readings(text, transfer));
  assert.deepEqual(
    draft?.mentions?.map(({ column, who, fields }) => [column, who.type, fields]),
    [
      ['receiver', 'name', ['To', 'To Tel']],
      [null, 'name', ['Clerk']],
    ],
  );
  assert.deepEqual(
    draft?.subjects.map(({ type, value }) => [type, value]),
    [
      ['phone', '+15055550142'],
      ['name', 'ben muster'],
    ],
  );
  assert.deepEqual([draft?.values.sender, draft?.values.amount], ['+15055550142', '5.00']);
  assert.equal(draft?.raw['To Tel'], '15055550171.0');
});

test('an ambiguous amount is unreadable until the profile declares the decimal sign', async () => {
  const text = 'Sent,From,To,To Tel,Amount,Clerk\n2017-03-04 05:06,,Ben Muster,,1.234,\n';
  const [read] = await readings(text, transfer);
  assert.ok(read && 'unreadable' in read && read.unreadable.includes('declare decimal'));
  assert.equal(drafts(await readings(text, { ...transfer, decimal: 'comma' }))[0]?.values.amount, '1234');
});

test('a fact as of a time is a state, not an event', async () => {
  const profile = {
    profile: 'facts',
    format: 'table',
    kind: 'fact',
    category: 'DC-01',
    account: { column: 'Account', type: 'account-id' },
    columns: { Field: { role: 'name' }, Value: { role: 'value' }, 'As of': { role: 'as-of', zone: 'UTC' } },
  };
  const [draft] = drafts(
    await readings('Account,Field,Value,As of\n10042,email,ada@example.com,2017-03-04 05:06:07\n', profile),
  );
  assert.deepEqual([draft?.began, draft?.undetermined, draft?.values.as_of], [null, undefined, 1488603967000000n]);
  assert.deepEqual(draft?.subjects, [{ type: 'account-id', value: '10042', text: '10042' }]);
});

test('claims no file by itself; a profile fits a file that has all its columns, and says why not otherwise', async () => {
  for (const name of readdirSync(fixtures)) {
    const profile = readProfile(JSON.parse(readFileSync(join(fixtures, name, 'profile.json'), 'utf8')));
    for (const entry of readdirSync(join(fixtures, name, 'return'))) {
      const sample = await sampleOf(fileOnDisk(join(fixtures, name, 'return', entry)), []);
      assert.equal(table.recognise(sample), null);
      assert.equal(fits(profile, sample), null, name);
      assert.notEqual(fits(readProfile(lease), sample), null, name);
    }
  }
  const sample = async (text: string) => sampleOf(fileInMemory('x.csv', Buffer.from(text)), []);
  const exact = readProfile({ ...lease, headerRow: 1 });
  assert.equal(fits(exact, await sample('IP,From,To,Zone\n')), 'no column "Name"');
  assert.equal(fits(exact, await sample('IP,From,To,Zone,Name,name\n')), 'the column "Name" stands twice');
  assert.equal(
    fits(
      readProfile({ ...lease, columns: { ...lease.columns, Extra: { role: 'keep', optional: true } } }),
      await sample('\n ip ;FROM;To;Zone;Name\n'),
    ),
    null,
  );
});

test('a file without the header is one unreadable, and so is one read without a profile', async () => {
  assert.deepEqual(await readings('a,b\n1,2\n3,4\n', lease), [
    { unreadable: 'no row has the columns of the profile', locator: 'file' },
  ]);
  const file = fileInMemory('x.csv', Buffer.from(csv(header, row)));
  const without = await listed(table.read(file, { siblings: [] }));
  assert.deepEqual(
    without.map((one) => 'unreadable' in one),
    [true],
  );
  assert.deepEqual(
    (await readings(Uint8Array.of(0x50, 0x4b, 3, 4, 0), lease)).map((one) => 'unreadable' in one),
    [true],
  );
});

test('text in UTF-16 is read when the profile says so', async () => {
  const text = Buffer.from(`\ufeff${csv(header, row.with(4, 'Åda'))}`, 'utf16le');
  const [draft] = drafts(await readings(text, { ...lease, encoding: 'utf-16le' }));
  assert.equal(draft?.values.subscriber, 'Åda');
});
