import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ZoneRule } from '../record/stamp.ts';
import camt from './camt.ts';
import type { Reading, ReturnFile } from './format.ts';
import { fileInMemory } from './reading/files.ts';

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/camt/${name}`, import.meta.url));

async function readings(file: Uint8Array | ReturnFile, zone?: ZoneRule): Promise<Reading[]> {
  const given = 'stream' in file ? file : fileInMemory('test.xml', file);
  const read: Reading[] = [];
  for await (const one of camt.read(given, { zone, siblings: [] })) read.push(one);
  return read;
}

async function transfers(bytes: Uint8Array, zone?: ZoneRule) {
  return (await readings(bytes, zone)).flatMap((one) =>
    'record' in one && one.record.kind === 'transfer' ? [{ ...one.record, locator: one.locator }] : [],
  );
}

function message(entries: string, before = ''): Buffer {
  return Buffer.from(
    `${before}<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>` +
      `<Acct><Id><IBAN>ZZ00TEST0000000001</IBAN></Id></Acct>${entries}</Stmt></BkToCstmrStmt></Document>`,
  );
}

test('every version and a namespace prefix are recognised, another message is not', () => {
  const sample = (text: string) => ({
    name: 'x',
    sizeBytes: 1,
    head: new Uint8Array(),
    text,
    sheets: null,
    siblings: [],
  });
  for (const kind of ['052', '053', '054']) {
    for (let version = 1; version <= 13; version += 1) {
      const name = `urn:iso:std:iso:20022:tech:xsd:camt.${kind}.001.${String(version).padStart(2, '0')}`;
      assert.ok(camt.recognise(sample(`<?xml version="1.0"?>\n<a:Document xmlns:a="${name}">`)));
    }
  }
  assert.equal(camt.recognise(sample('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">')), null);
  assert.equal(camt.recognise(sample('camt.053.001.02 is a message')), null);
});

test('a bank day stays a day and is never an instant', async () => {
  const [row] = await transfers(fixture('053-v2/return/statement.xml'));
  assert.equal(row?.precision, 'day');
  assert.equal(row!.ended! - row!.began!, 180_000_000_000n);
});

test('a time without a zone is kept as written and not placed', async () => {
  const bytes = fixture('datetime-without-zone/return/local.xml');
  const [first] = await transfers(bytes);
  assert.deepEqual([first?.began, first?.undetermined], [null, 'no zone']);
  assert.equal(first?.timeAsStored, '2020-01-02T03:04:05.123456789');
  const [placed] = await transfers(bytes, { zone: '+01:00', basis: 'declared by examiner' });
  assert.deepEqual([placed?.began, placed?.precision], [1_577_930_645_123_456n, 'microsecond']);
});

test('each transaction of a batch has its own fields and only those', async () => {
  const rows = await transfers(fixture('053-v8-batch/return/batch.xml'));
  assert.deepEqual(
    rows.map((row) => [
      row.locator,
      row.raw.NtryRef,
      row.values.reference,
      row.values.amount,
      row.values.currency,
      row.values.sender,
    ]),
    [
      ['Stmt[1]/Ntry[1]/TxDtls[1]', 'BATCH-1', 'B-1', '10.00', 'CHF', 'Cy Sample'],
      ['Stmt[1]/Ntry[1]/TxDtls[2]', 'BATCH-1', 'B-2', '20.00', 'CHF', undefined],
      ['Stmt[1]/Ntry[1]/TxDtls[3]', 'BATCH-1', 'B-3', undefined, undefined, 'Eve Sample'],
      ['Stmt[1]/Ntry[2]', 'BATCH-2', 'BATCH-2', '500', 'EUR', '000-111-222'],
      ['Stmt[1]/Ntry[3]/TxDtls[1]', 'SUM-1', 'C-1', '4.00', 'EUR', '000-111-222'],
      ['Stmt[1]/Ntry[3]/TxDtls[2]', 'SUM-1', 'C-2', '5.00', 'EUR', '000-111-222'],
    ],
  );
});

test('statements of two accounts stay apart', async () => {
  const rows = await transfers(fixture('two-statements/return/two.xml'));
  assert.deepEqual(rows.map((row) => [row.locator, row.subjects[0]?.value]), [
    ['Stmt[1]/Ntry[1]', 'ZZ00TEST0000000007'], ['Stmt[2]/Ntry[1]', undefined],
  ]); // biome-ignore format: pairs
});

test('the holder is not masked, the other side is, wherever its name is repeated', async () => {
  const [row] = await transfers(fixture('053-v2/return/statement.xml'));
  assert.deepEqual(row?.mentions?.map((one) => [one.column, one.who.type, one.who.text]), [
    ['receiver', 'name', 'Bo Sample'], [null, 'iban', 'ZZ00TEST0000000002'],
  ]); // biome-ignore format: pairs
  assert.ok(row?.mentions?.[0]?.fields.includes('TxDtls/RmtInf/Ustrd[2]'));
});

test('a reversal names nobody as the other side', async () => {
  const row = (await transfers(fixture('053-v2/return/statement.xml')))[2];
  assert.deepEqual([row?.values.direction, row?.values.sender, row?.values.receiver], ['credit', undefined, undefined]);
  assert.equal(row?.mentions?.length, 2);
});

test('an amount with a comma and a day that does not exist make their own entries unreadable', async () => {
  const read = await readings(fixture('053-v2/return/statement.xml'));
  const places = read.flatMap((one) => ('unreadable' in one ? [one.locator] : []));
  assert.deepEqual(places, ['Stmt[1]/Ntry[5]', 'Stmt[1]/Ntry[6]']);
});

test('a UETR stands before every other reference', async () => {
  const [row] = await transfers(fixture('054-uetr/return/notification.xml'));
  assert.equal(row?.values.reference, '00000000-0000-4000-8000-000000000001');
});

test('the range of a statement is stated', async () => {
  const [first] = await readings(fixture('053-v2/return/statement.xml'));
  assert.ok(first && 'stated' in first);
  assert.deepEqual([first.stated.began, first.stated.ended], [1_519_858_800_000_000n, 1_522_533_600_000_000n]);
});

test('a document type declaration is refused and its entities are never expanded', async () => {
  const entry = '<Ntry><Amt Ccy="EUR">1.00</Amt><AddtlNtryInf>&boom;</AddtlNtryInf></Ntry>';
  const read = await readings(message(entry, '<!DOCTYPE Document [<!ENTITY boom "boom">]>'));
  assert.deepEqual(read, [{ unreadable: 'a document type declaration is refused', locator: 'file' }]);
  const undeclared = await readings(message(entry));
  assert.deepEqual(undeclared.at(-1), {
    unreadable: 'the XML is not well formed from here on',
    locator: 'Stmt[1]/Ntry[1]',
  });
});

test('a script tag stays text', async () => {
  const rows = await transfers(fixture('053-v2/return/statement.xml'));
  assert.equal(rows[1]?.values.sender, '<script>alert(1)</script>');
});

test('bytes that are not in the declared encoding end the reading at their entry', async () => {
  const text = message('<Ntry><Amt Ccy="EUR">1.00</Amt></Ntry><Ntry><AddtlNtryInf>x</AddtlNtryInf></Ntry>');
  const bad = text.indexOf('>x<') + 1;
  const read = await readings(Buffer.concat([text.subarray(0, bad), Buffer.from([0xff]), text.subarray(bad)]));
  const why = 'the bytes from here on are not valid in the encoding the file states';
  assert.deepEqual(read.at(-1), { unreadable: why, locator: 'Stmt[1]/Ntry[2]' });
  assert.equal(read.filter((one) => 'record' in one).length, 1);
});

test('what is read does not depend on how the bytes arrive', async () => {
  for (const name of ['053-v2/return/statement.xml', '053-v8-batch/return/batch.xml', '052-v6/return/report.xml']) {
    const bytes = fixture(name);
    const whole = await readings(bytes);
    const slow: ReturnFile = {
      ...fileInMemory('test.xml', bytes),
      async *stream() {
        for (let from = 0; from < bytes.length; from += 11) yield bytes.subarray(from, from + 11);
      },
    };
    assert.deepEqual(await readings(slow), whole);
  }
});

test('a file cut at any byte never throws, says so, and changes no row', async () => {
  for (const name of ['053-v2/return/statement.xml', '053-v8-batch/return/batch.xml']) {
    const bytes = fixture(name);
    const whole = new Set((await transfers(bytes)).map((row) => `${row.locator} ${JSON.stringify(row.raw)}`));
    for (let length = 0; length < bytes.length - 1; length += 13) {
      const read = await readings(bytes.subarray(0, length));
      assert.ok(
        read.some((one) => 'unreadable' in one),
        `${name} cut at ${length} is silent`,
      );
      for (const one of read) {
        if (!('record' in one) || one.record.kind !== 'transfer') continue;
        assert.ok(whole.has(`${one.locator} ${JSON.stringify(one.record.raw)}`), `${name} cut at ${length}`);
      }
    }
  }
});
