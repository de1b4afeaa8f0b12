import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textFrom } from '../base/interval.ts';
import type { Draft } from '../record/record.ts';
import type { ReadContext, Reading } from './format.ts';
import { fileInMemory } from './reading/open.ts';
import verizon from './verizon-cdr.ts';
import sites from './verizon-sites.ts';

async function listed(readings: AsyncIterable<Reading>): Promise<Reading[]> {
  const list: Reading[] = [];
  for await (const reading of readings) list.push(reading);
  return list;
}

const HEADER =
  'Network Element Name,Mobile Directory Number,Dialed Digit Number,Call Direction,Seizure Dt Tm,Seizure Duration,' +
  'First Serving Cell Site,First Serving Cell Face,Last Serving Cell Site,Last Serving Cell Face,Calling Party Number';
const CALL = 'Anytown_1,5755550123,5755550199,1,3/4/2018 0:06,62,83,2,91,3,5755550123';
const DENVER = { zone: 'America/Denver', basis: 'declared by examiner' } as const;

const table = (name: string, ...lines: string[]) => fileInMemory(name, new TextEncoder().encode(lines.join('\n')));

async function read(lines: string[], context: Partial<ReadContext> = {}): Promise<Reading[]> {
  return listed(verizon.read(table('calls.csv', ...lines), { siblings: [], ...context }));
}

async function only(lines: string[], context?: Partial<ReadContext>): Promise<Draft> {
  const [reading] = await read(lines, context);
  assert.ok(reading && 'record' in reading);
  return reading.record;
}

test('a time without a zone is placed only by a zone the examiner declared', async () => {
  const silent = await only([HEADER, CALL]);
  assert.deepEqual([silent.began, silent.undetermined, silent.timeAsStored], [null, 'no zone', '3/4/2018 0:06']);
  const declared = await only([HEADER, CALL], { zone: DENVER });
  assert.equal(textFrom(declared.began!), '2018-03-04T07:06:00Z');
  assert.equal(declared.zoneBasis, 'declared by examiner');
  assert.equal(declared.precision, 'minute');
});

test('columns are found by name in any order and with a banner above them', async () => {
  const order = [10, 3, 4, 0, 1, 2, 5, 6, 7, 8, 9];
  const turned = [HEADER, CALL].map((line) => order.map((place) => line.split(',')[place]).join(','));
  const call = await only(turned);
  assert.equal(call.values.counterpart, '+15755550199');
  assert.equal(call.values.cell_first, 'Anytown_1/83/2');
  const [stated] = await read(['Subscriber Number,5755550123', ...turned]);
  assert.ok(stated && 'stated' in stated);
  assert.equal(stated.stated.targets[0]!.value, '+15755550123');
});

test('each direction code says who called', async () => {
  const told: [code: string, unknown][] = [
    ['0', ['inbound', 'voice', '+15755550177']],
    ['6', ['inbound', 'voice', '+15755550177']],
    ['1', ['outbound', 'voice', '+15755550199']],
    ['3', ['outbound', 'voice', '+15755550199']],
    ['2', ['mobile-to-mobile', 'voice', '+15755550177']],
    ['F', [undefined, 'voicemail', '+15755550177']],
    ['9', [undefined, undefined, '+15755550177']],
  ];
  for (const [code, expected] of told) {
    const { values } = await only([
      HEADER,
      `Anytown_1,5755550123,5755550199,${code},3/4/2018 0:06,62,83,2,91,3,5755550177`,
    ]);
    assert.deepEqual([values.direction, values.medium, values.counterpart], expected, `code ${code}`);
  }
});

test('a cell has a place only when the list beside it gives one place on the day of the call', async () => {
  const list = table(
    'sites.csv',
    'Switch,Site,Face,Latitude,Longitude,Azimuth,Valid From,Valid To',
    'Anytown_1,083,D2,32.319,-106.765,120,1/1/2018,3/4/2018',
    'Anytown_1,91,3,32.33,-106.77,0,3/5/2018,',
  );
  const call = await only([HEADER, CALL], { siblings: [list] });
  assert.deepEqual([call.values.latitude, call.values.longitude, call.values.azimuth], [32.319, -106.765, 120]);
  assert.equal(call.values.cell_last, 'Anytown_1/91/3');
  assert.equal(call.values.last_latitude, undefined);
  const moved = table(
    'sites.csv',
    'Switch,Site,Face,Latitude,Longitude',
    'Anytown_1,83,2,32.319,-106.765',
    'Anytown_1,83,2,32.4,-106.9',
  );
  const unsure = await only([HEADER, CALL], { siblings: [moved] });
  assert.deepEqual([unsure.values.cell_first, unsure.values.latitude], ['Anytown_1/83/2', undefined]);
});

test('the list holds only where every reading of its days agrees', async () => {
  const list = table(
    's.csv',
    'Switch,Site,Face,Lat,Long,Start Date,End Date',
    'A,083,D2,32.3,-106.7,1/1/2018,6/30/2018',
  );
  const [row] = await listed(sites.read(list, { siblings: [] }));
  assert.ok(row && 'reference' in row);
  const { site, sector, valid_from, valid_to } = row.reference;
  assert.deepEqual(
    { site, sector, valid_from, valid_to },
    {
      site: 'A/83',
      sector: '2',
      valid_from: '2018-01-01T12:00:00Z',
      valid_to: '2018-06-29T10:00:00Z',
    },
  );
});

test('a row that lacks a field is not read, and markup stays text', async () => {
  const readings = await read([
    HEADER,
    CALL.replace('83,2,', '83,'),
    CALL.replace('Anytown_1', '<script>alert(1)</script>'),
  ]);
  assert.ok('unreadable' in readings[0]!);
  assert.ok('record' in readings[1]!);
  assert.equal(readings[1].record.raw['Network Element Name'], '<script>alert(1)</script>');
});

test('a table cut short at any byte never throws', async () => {
  const whole = [HEADER, CALL, CALL.replace('5755550199', '"575"')].join('\n');
  for (let end = 0; end <= whole.length; end += 3) await read([whole.slice(0, end)]);
});
