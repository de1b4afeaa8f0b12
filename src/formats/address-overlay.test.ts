import assert from 'node:assert/strict';
import { test } from 'node:test';
import overlay from './address-overlay.ts';
import cellSites from './cell-sites.ts';
import type { Format, Reading } from './format.ts';
import { fileInMemory } from './reading/open.ts';

async function listed(readings: AsyncIterable<Reading>): Promise<Reading[]> {
  const list: Reading[] = [];
  for await (const reading of readings) list.push(reading);
  return list;
}

const OVERLAY = 'prefix,valid_from,valid_to,latitude,longitude,radius_metres,area,operator,class,source';
const SITES = 'site_id,sector_id,latitude,longitude,azimuth,technology,valid_from,valid_to';

async function rows(format: Format, ...lines: string[]) {
  const file = fileInMemory('table.csv', new TextEncoder().encode(lines.join('\n')));
  const readings = await listed(format.read(file, { siblings: [] }));
  return readings.map((reading) => {
    if ('reference' in reading) return reading.reference;
    return 'unreadable' in reading ? reading.unreadable : assert.fail('a row about networks is no record');
  });
}

test('a prefix is in comparable form and a bare day is a day in UTC', async () => {
  const [row] = await rows(overlay, OVERLAY, '2001:DB8:0::/48,2017-01-01,,,,,,Example,vpn,letter');
  assert.ok(typeof row === 'object');
  assert.deepEqual([row.prefix, row.valid_from, row.valid_to], ['2001:db8::/48', '2017-01-01T00:00:00Z', '']);
});

test('a prefix with bits beyond its length is refused in both families', async () => {
  const row = (prefix: string) => `${prefix},,,,,,,Example,fixed,letter`;
  const prefixes: [string, boolean][] = [
    ['203.0.113.64/26', true], ['203.0.113.65/26', false], ['0.0.0.0/0', true], ['128.0.0.0/0', false],
    ['2001:db8:0:1::/64', true], ['2001:db8:0:1::/63', false], ['::/0', true], ['2001:db8::1/128', true], ['203.0.113.9', true],
  ]; // biome-ignore format: pairs
  for (const [prefix, holds] of prefixes) {
    const [read] = await rows(overlay, OVERLAY, row(prefix));
    assert.equal(typeof read === 'object', holds, prefix);
  }
});

test('an unknown class, half a coordinate, a time without a zone and a missing source are refused', async () => {
  const read = await rows(
    overlay,
    OVERLAY,
    '203.0.113.0/26,,,,,,,Example,cable,letter',
    '203.0.113.0/26,,,32.3,,,,Example,fixed,letter',
    '203.0.113.0/26,2017-01-01T00:00:00,,,,,,Example,fixed,letter',
    '203.0.113.0/26,,,,,,,Example,fixed,',
    '203.0.113.0/26,,,,,,,Example,fixed',
  );
  assert.equal(read.length, 5);
  for (const one of read) assert.equal(typeof one, 'string');
});

test('a site needs a name and a coordinate, and an azimuth of 360 is north', async () => {
  const read = await rows(
    cellSites,
    SITES,
    'LTE 50123,3,32.3,-106.7,360,LTE,,',
    'LTE 50123,3,32.3,-106.7,361,LTE,,',
    ',3,32.3,-106.7,0,LTE,,',
    'LTE 50123,3,91,-106.7,0,LTE,,',
    'LTE 50123,3,32°18′N,-106.7,0,LTE,,',
  );
  assert.ok(typeof read[0] === 'object');
  assert.deepEqual([read[0].site, read[0].sector, read[0].azimuth], ['LTE 50123', '3', '0']);
  for (const one of read.slice(1)) assert.equal(typeof one, 'string');
});

test('markup stays text and a table cut short at any byte never throws', async () => {
  const whole = `${OVERLAY}\n203.0.113.0/26,,,,,,"<script>alert(1)</script>",Example,fixed,letter`;
  const [row] = await rows(overlay, whole);
  assert.ok(typeof row === 'object');
  assert.equal(row.area, '<script>alert(1)</script>');
  for (let end = 0; end < whole.length; end += 1) await rows(overlay, whole.slice(0, end));
});
