/**
 * S2: addresses whose kind is known — fixed lines, gateways, services, stale rows — and a person’s records from a radio city.
 *
 * Everything is invented: addresses of RFC 5737, accounts that do not exist.
 */
import { microsFrom } from '../../base/interval.ts';
import type { AddressClass, AddressPlace, CellSite, KnownPlaces } from '../places.ts';
import type { MemoryRecord } from './memory-records.ts';
import { radioSubject } from './radio-city.ts';

export const FIRST_DAY = microsFrom('2017-02-01T18:00:00Z')!;
const DAY = 86_400_000_000n;

export function addressRow(given: Partial<AddressPlace> = {}): AddressPlace {
  return {
    row: '203.0.113.0/26', class: 'fixed', latitude: 32.29, longitude: -106.75, radiusMetres: 3500, area: 'Las Cruces, NM 88001',
    operator: 'Rio Lantern Fiber', source: 'letter of the operator', kind: 'overlay', built: null, sharedDefault: false, ...given,
  }; // biome-ignore format: a row
}

export function placesOf(rows: Record<string, AddressPlace[]>, sites: CellSite[] = []): KnownPlaces {
  return { address: (ip) => rows[ip] ?? [], cellSites: () => sites, used: [] };
}

/** One row of each kind of address that must not be put on a map, each with a tempting coordinate. */
export const NOT_A_PLACE: [string, string, AddressPlace[]][] = [
  ...(['mobile-gateway', 'vpn', 'hosting', 'anycast', 'satellite', 'unknown'] as AddressClass[]).map(
    (kind, n): [string, string, AddressPlace[]] => [`an address of class ${kind}`, `192.0.2.${n + 1}`, [addressRow({ class: kind })]],
  ),
  ['an inside address', '100.64.3.9', [addressRow()]],
  ['a private address', '10.1.2.3', [addressRow()]],
  ['a gateway that a city database puts on a map', '192.0.2.20',
    [addressRow({ kind: 'database', built: FIRST_DAY }), addressRow({ class: 'mobile-gateway', kind: 'database' })]],
  ['a database older than 180 days', '192.0.2.21', [addressRow({ kind: 'database', built: FIRST_DAY - 200n * DAY })]],
  ['a database made later than 180 days', '192.0.2.22', [addressRow({ kind: 'database', built: FIRST_DAY + 200n * DAY })]],
  ['a database without a date', '192.0.2.23', [addressRow({ kind: 'database' })]],
  ['a point that stands for a country', '192.0.2.24', [addressRow({ latitude: 37.751, longitude: -97.822 })]],
  ['a point that many rows share', '192.0.2.25', [addressRow({ sharedDefault: true })]],
  ['a radius of 200 km', '192.0.2.26', [addressRow({ radiusMetres: 200_000 })]],
  ['an address of which nothing is known', '192.0.2.27', []],
]; // biome-ignore format: a table

export function login(n: number, ip: string, more: Partial<MemoryRecord> = {}): MemoryRecord {
  return {
    id: `login-${String(n).padStart(4, '0')}`, kind: 'session', return: 'r1', format: 'meta-business-record', item: '1',
    account: 'orrin', began: FIRST_DAY + BigInt(n) * DAY, precision: 'second', category: 'DC-02', action: 'Login', ip, ...more,
  } as MemoryRecord; // biome-ignore format: a record
}

/** Calls of one person of the radio city on as many days, and the operator's table of sites. */
export function calls(seed: number, count = 24): { records: MemoryRecord[]; sites: CellSite[] } {
  const subject = radioSubject(seed, 0, { records: count });
  const records = subject.records.map(
    (cell, n) =>
      ({
        id: `call-${String(n).padStart(4, '0')}`, kind: 'contact', return: 'r2', format: 't-mobile-cdr', item: '2', account: 'orrin',
        began: FIRST_DAY + BigInt(n) * DAY + 7_200_000_000n, precision: 'second', category: 'DC-06', medium: 'voice',
        action: 'mSOriginating', cell_first: `LTE ${cell.site}-${cell.sector}`, place_kind: 'sector', latitude: cell.latitude,
        longitude: cell.longitude, azimuth: cell.azimuth,
      }) as MemoryRecord, // biome-ignore format: a record
  );
  const sites = subject.sites.map(({ latitude, longitude }, site) => ({
    site: String(site), sector: '0', latitude, longitude, azimuth: null, technology: 'LTE', validFrom: null, validTo: null,
  })); // biome-ignore format: a site
  return { records, sites };
}
