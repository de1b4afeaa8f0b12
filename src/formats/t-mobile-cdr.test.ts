import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { textFrom } from '../base/interval.ts';
import type { Draft } from '../record/record.ts';
import type { Reading } from './format.ts';
import { fileInMemory } from './reading/open.ts';
import tMobile from './t-mobile-cdr.ts';

async function listed(readings: AsyncIterable<Reading>): Promise<Reading[]> {
  const list: Reading[] = [];
  for await (const reading of readings) list.push(reading);
  return list;
}

const HEADER = 'Date,(UTC) Time,Duration,Call Type,Direction,Calling Number,Called Number,IMSI,IMEI';
const LOCATION = '1st LTE Site ID,1st LTE Sector ID,1st LAC,1st Cell ID,1st Tower Azimuth,1st Tower LAT,1st Tower LONG';

async function read(bytes: string | Uint8Array): Promise<Reading[]> {
  const content = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
  return listed(tMobile.read(fileInMemory('calls', content), { siblings: [] }));
}

async function records(...lines: string[]): Promise<Draft[]> {
  return (await read(lines.join('\n'))).flatMap((reading) => ('record' in reading ? [reading.record] : []));
}

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/t-mobile-cdr/${name}`, import.meta.url));

test('a number with the country code and one without are the same person', async () => {
  const [call] = await records(
    'Target: 5755550123',
    HEADER,
    '03/04/2018,05:06:07,62,mSOriginating,Outgoing,15755550123,5755550199,,',
  );
  assert.equal(call!.subjects[0]!.value, '+15755550123');
  assert.equal(call!.values.counterpart, '+15755550199');
  assert.deepEqual(
    call!.mentions!.map(({ column, fields }) => ({ column, fields })),
    [{ column: 'counterpart', fields: ['Called Number'] }],
  );
});

test('times are UTC by the carrier’s rule, month first, and a call lasts for its duration', async () => {
  const [call] = await records('Target: 5755550123', HEADER, '03/04/2018,23:59:30,45,moc,,5755550123,5755550199,,');
  assert.equal(textFrom(call!.began!), '2018-03-04T23:59:30Z');
  assert.equal(textFrom(call!.ended!), '2018-03-05T00:00:15Z');
  assert.equal(call!.zoneBasis, 'provider rule');
  assert.equal(call!.timeAsStored, '03/04/2018 23:59:30');
});

test('an LTE cell and a LAC with a cell number exclude each other', async () => {
  const row = '03/04/2018,05:06:07,62,moc,,15755550123,15755550199,,';
  const calls = await records(
    'Target: 15755550123',
    `${HEADER},${LOCATION}`,
    `${row},50123,2,,,120,32.319,-106.765`,
    `${row},,,7001,40022,240,32.29,-106.78`,
    `${row},50123,2,7001,40022,120,32.319,-106.765`,
    `${row},,,7001,,120,32.319,-106.765`,
  );
  assert.deepEqual(
    calls.map(({ values }) => [values.cell_first, values.latitude, values.azimuth, values.place_kind]),
    [
      ['LTE 50123-2', 32.319, 120, 'sector'],
      ['LAC 7001 CI 40022', 32.29, 240, 'sector'],
      [undefined, undefined, undefined, undefined],
      [undefined, undefined, undefined, undefined],
    ],
  );
  assert.ok(calls.every(({ values }) => values.beam_degrees === undefined));
});

test('a message without a cell has no place and no part that needs another category', async () => {
  const [message] = await records(
    'Target: 15755550123',
    `${HEADER},${LOCATION}`,
    '03/04/2018,05:11:09,0,SMSc,Incoming,15755550144,15755550123,,,,,,,,,',
  );
  assert.equal(message!.values.medium, 'SMS');
  assert.equal(message!.values.place_kind, undefined);
  assert.deepEqual(message!.parts, []);
  assert.equal(message!.ended, null);
});

test('every column that says where is part of what needs DC-11, a column nobody foresaw too', async () => {
  const [call] = await records(
    'Target: 15755550123',
    `${HEADER},${LOCATION},Market eNodeB`,
    '03/04/2018,05:06:07,62,moc,,15755550123,15755550199,,,50123,2,,,120,32.319,-106.765,77',
  );
  const [part] = call!.parts!;
  assert.equal(part!.category, 'DC-11');
  assert.ok(part!.fields.includes('Market eNodeB') && part!.fields.includes('1st Tower LAT'));
  const where = Object.keys(call!.values).filter((name) => /cell|latitude|longitude|azimuth|place/.test(name));
  assert.deepEqual(
    where.filter((name) => !part!.columns.includes(name as 'latitude')),
    [],
  );
});

test('columns are found by name in any order and unknown ones are kept', async () => {
  const [call] = await records(
    'Target: 15755550123',
    'Remark,Called Number,Calling Number,(utc)  time,DATE,Call Type',
    '<script>alert(1)</script>,15755550199,15755550123,05:06:07,03/04/2018,moc',
  );
  assert.equal(call!.raw.Remark, '<script>alert(1)</script>');
  assert.equal(call!.values.counterpart, '+15755550199');
});

test('a row that lacks a field is not read, so that nothing shifts', async () => {
  const readings = await read(`${HEADER}\n03/04/2018,05:06:07,mSOriginating,Outgoing,15755550123,15755550199,,`);
  assert.deepEqual(
    readings.map((reading) => 'unreadable' in reading && [reading.unreadable, reading.locator]),
    [['9 columns expected, 8 found', 'row 2']],
  );
});

test('without a banner the one number in every row is the account, and of two numbers none is', async () => {
  const call = (from: string, to: string) => `03/04/2018,05:06:07,1,moc,,${from},${to},001010123456789,490154203237518`;
  const one = await records(HEADER, call('15755550123', '15755550199'), call('15755550177', '15755550123'));
  assert.deepEqual(
    one.map(({ subjects }) => subjects[0]!.value),
    ['+15755550123', '+15755550123'],
  );
  const two = await records(HEADER, call('15755550123', '15755550199'), call('15755550199', '15755550123'));
  assert.deepEqual(
    two.map(({ subjects }) => subjects.map(({ type }) => type)),
    [['imsi'], ['imsi']],
  );
  assert.ok(two.every(({ mentions }) => mentions!.length === 2));
});

test('a row that does not hold the stated number is not said to be of that account', async () => {
  const [call] = await records('Target: 15755550123', HEADER, '03/04/2018,05:06:07,1,moc,,15755550155,15755550166,,');
  assert.deepEqual(call!.subjects, []);
});

test('numbers a spreadsheet changed are read when all their digits are there', async () => {
  const readings = await read(fixture('excel-floats/return/opened-in-a-spreadsheet.xlsx'));
  const drafts = readings.flatMap((reading) => ('record' in reading ? [reading.record] : []));
  assert.equal(drafts.length, 3);
  assert.ok(drafts.every(({ subjects }) => subjects[0]!.value === '+15755550123'));
  assert.deepEqual(
    drafts.map(({ began }) => textFrom(began!)),
    ['2018-03-04T05:06:07Z', '2018-03-04T06:00:00Z', '2018-03-04T06:00:01Z'],
  );
  // The last row's SIM lost digits and its device lost zeros: neither is a subject.
  assert.deepEqual(
    drafts[2]!.subjects.map(({ type }) => type),
    ['phone'],
  );
});

test('voicemail is no person and its number stays in the clear', async () => {
  const [call] = await records('Target: 15755550123', HEADER, '03/04/2018,05:06:07,9,moc,,15755550123,18056377243,,');
  assert.equal(call!.values.medium, 'voicemail');
  assert.equal(call!.values.counterpart, '+18056377243');
  assert.deepEqual(call!.mentions, []);
});

test('the banner states target and range, and a range without a zone is kept as text only', async () => {
  const [utc] = await read(`MSISDN: 15755550123\nDate Range (UTC): 03/01/2018 to 03/05/2018\n${HEADER}`);
  assert.ok(utc && 'stated' in utc);
  assert.equal(textFrom(utc.stated.began!), '2018-03-01T00:00:00Z');
  assert.equal(textFrom(utc.stated.ended!), '2018-03-06T00:00:00Z');
  const [local] = await read(`MSISDN: 15755550123\nDate Range: 03/01/2018 to 03/05/2018\n${HEADER}`);
  assert.ok(local && 'stated' in local);
  assert.equal(local.stated.began, null);
  assert.equal(local.stated.fields['Date Range'], '03/01/2018 to 03/05/2018');
});

test('a workbook or a table cut short at any byte never throws', async () => {
  const whole = fixture('location-version/return/CDR_15755550123.xlsx');
  for (let end = 0; end < whole.length; end += 997) await read(whole.subarray(0, end));
  const table = fixture('no-banner-two-numbers/return/calls.csv');
  for (let end = 0; end < table.length; end += 7) await read(table.subarray(0, end));
});
