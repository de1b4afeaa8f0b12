import assert from 'node:assert/strict';
import { test } from 'node:test';
import { microsFrom } from '../base/interval.ts';
import { knownPlaces, type ReferenceTable } from './known-places.ts';
import { addressDatabase } from './simulation/address-database.ts';

const at = (text: string) => microsFrom(text)!;
const row = (prefix: string, over: Record<string, string> = {}) => ({
  prefix,
  valid_from: '',
  valid_to: '',
  latitude: '32.3',
  longitude: '-106.7',
  radius_metres: '8000',
  area: 'Las Cruces',
  operator: 'Example Fiber',
  class: 'fixed',
  source: 'letter',
  ...over,
});
const table = (...rows: Record<string, string>[]): ReferenceTable => ({
  kind: 'addresses',
  name: 'addresses.csv',
  digest: 'd',
  rows,
});
const NOON = at('2017-02-10T12:00:00Z');

test('the longest prefix that holds at the instant comes first', () => {
  const places = knownPlaces(
    [
      table(
        row('203.0.113.0/24', { area: 'wide' }),
        row('203.0.113.64/26', { area: 'narrow' }),
        row('2001:db8::/48', { area: 'six' }),
      ),
    ],
    [],
  );
  const areas = (ip: string) => places.address(ip, NOON).map((place) => place.area);
  assert.deepEqual(areas('203.0.113.70'), ['narrow', 'wide']);
  assert.deepEqual(areas('203.0.113.7'), ['wide']);
  assert.deepEqual(areas('2001:db8:0:1::7'), ['six']);
  assert.deepEqual(areas('198.51.100.7'), []);
  assert.deepEqual(areas('no address'), []);
});

test('an operator’s answer speaks only for the time it states', () => {
  const places = knownPlaces(
    [table(row('203.0.113.0/24', { valid_from: '2017-02-01T00:00:00Z', valid_to: '2017-02-10T12:00:00Z' }))],
    [],
  );
  const known = (text: string) => places.address('203.0.113.7', at(text)).length;
  assert.deepEqual(
    [
      known('2017-01-31T23:59:59Z'),
      known('2017-02-01T00:00:00Z'),
      known('2017-02-10T11:59:59Z'),
      known('2017-02-10T12:00:00Z'),
    ],
    [0, 1, 1, 0],
  );
});

test('what an operator does not say stays unknown', () => {
  const [place] = knownPlaces(
    [table(row('203.0.113.0/24', { latitude: '', longitude: '', radius_metres: '', class: '' }))],
    [],
  ).address('203.0.113.7', NOON);
  assert.deepEqual(
    [place!.latitude, place!.longitude, place!.radiusMetres, place!.class],
    [null, null, null, 'unknown'],
  );
});

const BUILT = Date.UTC(2017, 0, 15) / 1000;
const city = (over: object) => ({
  city: { names: { en: 'Las Cruces' } },
  location: { latitude: 32.31, longitude: -106.78, accuracy_radius: 20 },
  ...over,
});
const DATABASE = {
  name: 'city.mmdb',
  digest: 'db',
  bytes: addressDatabase(
    [
      { prefix: '203.0.113.0/25', data: city({ traits: { connection_type: 'Cable/DSL' } }) },
      { prefix: '203.0.113.128/25', data: city({ traits: { connection_type: 'Cellular' } }) },
      { prefix: '198.51.100.0/24', data: city({ traits: { is_anonymous_vpn: true } }) },
      {
        prefix: '192.0.2.0/24',
        data: city({ location: { latitude: 37.751, longitude: -97.822, accuracy_radius: 500 } }),
      },
      { prefix: '198.18.0.0/15', data: { city: 'Flat', country_code: 'US', latitude: 32.31, longitude: -106.78 } },
    ],
    BUILT,
  ),
};

test('a database row keeps its prefix, radius and date, and an overlay outranks it', () => {
  const places = knownPlaces([table(row('203.0.113.0/26'))], [DATABASE]);
  const [overlay, database] = places.address('203.0.113.7', NOON);
  assert.equal(overlay!.kind, 'overlay');
  assert.deepEqual(
    [database!.kind, database!.row, database!.radiusMetres, database!.class, database!.built],
    ['database', '203.0.113.0/25', 20_000, 'fixed', at('2017-01-15T00:00:00Z')],
  );
  assert.deepEqual(
    places.used.map(({ name, dated }) => [name, dated]),
    [
      ['addresses.csv', null],
      ['city.mmdb', '2017-01-15T00:00:00.000Z'],
    ],
  );
});

test('mobile, VPN and country-default rows are told apart, and a database without radius says none', () => {
  const places = knownPlaces([], [DATABASE]);
  const only = (ip: string) => places.address(ip, NOON)[0]!;
  assert.equal(only('203.0.113.200').class, 'mobile-gateway');
  assert.equal(only('198.51.100.9').class, 'vpn');
  assert.equal(only('192.0.2.9').sharedDefault, true);
  assert.deepEqual(
    [only('198.18.0.9').radiusMetres, only('198.18.0.9').class, only('198.18.0.9').area],
    [null, 'unknown', 'Flat, US'],
  );
  assert.deepEqual(places.address('100.64.0.1', NOON), []);
});

test('cell sites are those of the instant', () => {
  const rows = [
    {
      site: '1',
      sector: '2',
      latitude: '32.3',
      longitude: '-106.7',
      azimuth: '120',
      technology: 'LTE',
      valid_from: '2017-01-01T00:00:00Z',
      valid_to: '2017-02-01T00:00:00Z',
    },
    {
      site: '1',
      sector: '2',
      latitude: '32.3',
      longitude: '-106.7',
      azimuth: '',
      technology: '',
      valid_from: '2017-02-01T00:00:00Z',
      valid_to: '',
    },
  ];
  const places = knownPlaces([{ kind: 'cell-sites', name: 'cell-sites.csv', digest: 's', rows }], []);
  assert.deepEqual(
    places.cellSites(at('2017-01-15T00:00:00Z')).map((site) => site.azimuth),
    [120],
  );
  assert.deepEqual(
    places.cellSites(NOON).map((site) => site.azimuth),
    [null],
  );
  assert.deepEqual(places.cellSites(at('2016-01-01T00:00:00Z')), []);
});
