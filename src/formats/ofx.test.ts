import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ZoneRule } from '../record/stamp.ts';
import type { Reading } from './format.ts';
import ofx from './ofx.ts';
import { fileInMemory } from './reading/files.ts';

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/ofx/${name}`, import.meta.url));

async function readings(bytes: Uint8Array, zone?: ZoneRule): Promise<Reading[]> {
  const read: Reading[] = [];
  for await (const one of ofx.read(fileInMemory('test.ofx', bytes), { zone, siblings: [] })) read.push(one);
  return read;
}

async function transfers(bytes: Uint8Array, zone?: ZoneRule) {
  return (await readings(bytes, zone)).flatMap((one) =>
    'record' in one && one.record.kind === 'transfer' ? [{ ...one.record, locator: one.locator }] : [],
  );
}

function statement(rows: string, header = 'OFXHEADER:100\nENCODING:USASCII\nCHARSET:1252\n\n'): Buffer {
  return Buffer.from(
    `${header}<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>1<ACCTID>77</BANKACCTFROM>` +
      `<BANKTRANLIST>${rows}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`,
    'latin1',
  );
}

test('a missing or empty leaf never takes the value of its neighbour', async () => {
  const rows = await transfers(fixture('sgml-102/return/march.ofx'));
  assert.deepEqual(rows.map((row) => row.raw.NAME), [
    'MONEY TRANSFER', 'René & Daughter', undefined, '<script>alert(1)</script>', 'Ann Example',
  ]); // biome-ignore format: one line
  assert.deepEqual(rows.map((row) => row.raw.MEMO), [
    '', '', 'Cheque to Ann Example', '<b> & more', 'Refund? Ann Example ref 9',
  ]); // biome-ignore format: one line
  assert.deepEqual(
    rows.map((row) => row.values.reference),
    ['A1', 'A2', 'A3', 'A4', 'A5'],
  );
});

test('an empty leaf before the list of transactions hides none of them', async () => {
  const rows =
    '<DTEND><STMTTRN><DTPOSTED>20200101<TRNAMT>1.00<FITID>1</STMTTRN><STMTTRN><TRNAMT>2.00<FITID>2</STMTTRN>';
  assert.deepEqual(
    (await transfers(statement(rows))).map((row) => row.values.reference),
    ['1', '2'],
  );
});

test('a script tag stays text', async () => {
  const [row] = await transfers(statement('<STMTTRN><TRNAMT>-1.00<NAME><script>x</script></STMTTRN>'));
  assert.equal(row?.values.receiver, '<script>x</script>');
});

test('the declared encoding decides, and bytes it does not allow are said', async () => {
  const rows = '<STMTTRN><TRNAMT>-1.00<NAME>Ren\xe9</STMTTRN>';
  assert.equal((await transfers(statement(rows)))[0]?.values.receiver, 'René');
  const sound = '<STMTTRN><TRNAMT>-2.00<FITID>sound</STMTTRN>';
  const utf8 = await readings(statement(sound + rows, 'OFXHEADER:100\nENCODING:UTF-8\nCHARSET:NONE\n\n'));
  const why = utf8.flatMap((one) => ('unreadable' in one ? [one.unreadable] : []));
  assert.equal(why[0], 'the bytes are not valid in the encoding the file states');
  const kept = utf8.flatMap((one) => ('record' in one && one.record.kind === 'transfer' ? [one.record] : []));
  assert.deepEqual(
    kept.map((one) => one.values.reference),
    ['sound'],
  );
});

test('an offset in the time is honoured and its letters are not', async () => {
  const rows = await transfers(fixture('sgml-102/return/march.ofx'));
  assert.deepEqual(rows.map((row) => row.began && String(row.began)), [
    '1520182800000000', '1520237350000000', '1520244000000000', '1520397672000000', '1520528400000000',
  ]); // biome-ignore format: one line
  assert.equal(rows[3]?.zoneBasis, 'stated');
});

test('a clock time without a zone is not placed until an examiner declares one', async () => {
  const bytes = fixture('no-zone/return/local.ofx');
  const [second, minute, day] = await transfers(bytes);
  assert.deepEqual([second?.began, second?.undetermined, minute?.undetermined], [null, 'no zone', 'no zone']);
  assert.deepEqual(
    [day?.precision, day?.undetermined, day!.ended! - day!.began!],
    ['day', undefined, 180_000_000_000n],
  );
  const [placed] = await transfers(bytes, { zone: '+10:00', basis: 'declared by examiner' });
  assert.deepEqual([placed?.began, placed?.zoneBasis], [1_617_467_400_000_000n, 'declared by examiner']);
});

test('zone letters without an offset and days that do not exist make their own row unreadable', async () => {
  const read = await readings(fixture('no-zone/return/local.ofx'));
  const places = read.flatMap((one) => ('unreadable' in one ? [one.locator] : []));
  assert.deepEqual(places, ['STMTRS[1]/STMTTRN[4]', 'STMTRS[1]/STMTTRN[5]']);
  assert.ok(read.every((one) => !('unreadable' in one) || !one.unreadable.includes('EST')));
});

test('an amount with two readings makes its own row unreadable and no other', async () => {
  const read = await readings(fixture('odd-amounts/return/amounts.ofx'));
  const places = read.flatMap((one) => ('unreadable' in one ? [one.locator] : []));
  assert.deepEqual(
    places,
    [8, 9, 14, 16].map((row) => `STMTRS[1]/STMTTRN[${row}]`),
  );
});

test('two accounts stay apart even where they share transaction ids', async () => {
  const rows = await transfers(fixture('two-accounts/return/all.qfx'));
  assert.deepEqual(
    rows.map((row) => [row.values.reference, row.subjects[0]?.value, row.values.currency, row.locator]),
    [
      ['1', '1001', 'USD', 'STMTRS[1]/STMTTRN[1]'],
      ['1', undefined, 'USD', 'STMTRS[2]/STMTTRN[1]'],
      ['1', '2002', 'CAD', 'CCSTMTRS[1]/STMTTRN[1]'],
    ],
  );
});

test('what is no bank or card statement is listed, not passed over', async () => {
  const read = await readings(fixture('two-accounts/return/all.qfx'));
  const places = read.flatMap((one) => ('unreadable' in one ? [one.locator] : []));
  assert.deepEqual(places, ['STMTRS[2]', 'BANKMSGSRSV1/STMTTRNRS[1]', 'INVSTMTMSGSRSV1/INVSTMTTRNRS[1]']);
});

test('CURRENCY changes the currency of the amount and ORIGCURRENCY does not', async () => {
  const rows = await transfers(fixture('xml-211/return/statement.ofx'));
  assert.deepEqual(
    rows.map((row) => row.values.currency),
    ['EUR', 'USD', 'EUR'],
  );
});

test('a type that contradicts the sign leaves the direction unknown', async () => {
  const rows = await transfers(fixture('sgml-102/return/march.ofx'));
  assert.equal(rows[4]?.values.direction, undefined);
  assert.equal(rows[4]?.values.counterpart, 'Ann Example');
});

test('the other side is masked also where the memo repeats the name', async () => {
  const rows = await transfers(fixture('sgml-102/return/march.ofx'));
  assert.deepEqual(rows[4]?.mentions?.[0]?.fields, ['NAME', 'MEMO']);
});

test('a transaction whose end is missing is unreadable and the next one is whole', async () => {
  const read = await readings(statement('<STMTTRN><TRNAMT>1.00<FITID>1<STMTTRN><TRNAMT>2.00<FITID>2</STMTTRN>'));
  assert.deepEqual(
    read.flatMap((one) => ('unreadable' in one ? [one.locator] : 'record' in one ? [one.record.values.reference] : [])),
    [undefined, 'STMTRS[1]/STMTTRN[1]', '2'],
  );
});

test('a file cut at any byte never throws and keeps only whole transactions', async () => {
  for (const name of ['sgml-102/return/march.ofx', 'xml-211/return/statement.ofx']) {
    const bytes = fixture(name);
    const whole = new Set((await transfers(bytes)).map((row) => JSON.stringify(row.raw)));
    for (let length = 0; length < bytes.length; length += 7) {
      const cut = bytes.subarray(0, length);
      for (const row of await transfers(cut)) {
        assert.ok(whole.has(JSON.stringify(row.raw)), `a changed row in ${name} cut at ${length}`);
      }
      const silent = (await readings(cut)).every((one) => !('unreadable' in one));
      assert.ok(
        !silent || bytes.subarray(length).toString('latin1').trim() === '',
        `${name} cut at ${length} is silent`,
      );
    }
  }
});

test('hostile nesting is read without running out of stack', async () => {
  const deep = `<OFX>${'<A>'.repeat(50_000)}${'</A>'.repeat(10)}`;
  assert.ok((await readings(Buffer.from(deep))).length > 0);
});
