/**
 * Looks up addresses and cell sites in what the office brought: operators' own answers first, then databases.
 *
 * Rows are those the formats `address-overlay`, `cell-sites` and `verizon-sites` read. An overlay speaks only for the time
 * it states; the longest prefix that holds at the instant wins.
 */
import { Address4, Address6 } from 'ip-address';
import { Reader } from 'mmdb-lib';
import { type Micros, microsFrom } from '../base/interval.ts';
import type { AddressClass, AddressPlace, CellSite, KnownPlaces } from './places.ts';

export type ReferenceTable = {
  kind: 'addresses' | 'cell-sites';
  name: string;
  digest: string;
  rows: Record<string, string>[];
};
export type AddressDatabase = { name: string; digest: string; bytes: Uint8Array };

/** Points that vendors give for a whole country or none; on them a row says nothing about a place. */
const DEFAULT_POINTS = ['38,-97', '37.751,-97.822', '39.76,-98.5'];
/** A row that covers more addresses than this is a default, whatever it says. */
const DEFAULT_ROW_BITS = 20;

export function knownPlaces(tables: ReferenceTable[], databases: AddressDatabase[]): KnownPlaces {
  const overlays = tables
    .filter(({ kind }) => kind === 'addresses')
    .flatMap(({ rows, name }) => rows.flatMap((row) => overlayOf(row, name)));
  const byPrefix = indexed(overlays);
  const sites = tables.filter(({ kind }) => kind === 'cell-sites').flatMap(({ rows }) => rows.flatMap(siteOf));
  const readers = databases.map((database) => readerOf(database));
  return {
    address(ip, instant) {
      const found = byPrefix(ip)
        .filter((row) => holds(row, instant))
        .map((row) => row.place);
      return [...found, ...readers.flatMap((read) => read(ip))];
    },
    cellSites: (instant) => sites.filter((site) => holds({ from: site.validFrom, to: site.validTo }, instant)),
    used: [
      ...tables.map(({ name, digest }) => ({ name, digest, dated: null })),
      ...databases.map(({ name, digest }, index) => ({ name, digest, dated: readers[index]!.dated })),
    ],
  };
}

type Overlay = {
  low: bigint;
  length: number;
  bits: 32 | 128;
  from: Micros | null;
  to: Micros | null;
  place: AddressPlace;
};

function holds({ from, to }: { from: Micros | null; to: Micros | null }, instant: Micros): boolean {
  return (from === null || from <= instant) && (to === null || instant < to);
}

function overlayOf(row: Record<string, string>, table: string): Overlay[] {
  const parsed = numberOf(row['prefix'] ?? '');
  if (!parsed) return [];
  const number = (text: string | undefined) => (text === undefined || text === '' ? null : Number(text));
  const place: AddressPlace = {
    row: row['prefix']!,
    class: (row['class'] || 'unknown') as AddressClass,
    latitude: number(row['latitude']),
    longitude: number(row['longitude']),
    radiusMetres: number(row['radius_metres']),
    area: row['area'] || null,
    operator: row['operator'] || null,
    source: row['source'] || table,
    kind: 'overlay',
    built: null,
    sharedDefault: false,
  };
  return [{ ...parsed, from: microsFrom(row['valid_from'] ?? ''), to: microsFrom(row['valid_to'] ?? ''), place }];
}

function indexed(overlays: Overlay[]): (ip: string) => Overlay[] {
  const lengths = [...new Set(overlays.map(({ bits, length }) => `${bits}/${length}`))];
  const rows = new Map<string, Overlay[]>();
  for (const overlay of overlays) {
    const key = `${overlay.bits}/${overlay.length}/${overlay.low}`;
    rows.set(key, [...(rows.get(key) ?? []), overlay]);
  }
  return (ip) => {
    const parsed = numberOf(ip);
    if (!parsed) return [];
    return lengths
      .map((text) => text.split('/').map(Number) as [32 | 128, number])
      .filter(([bits]) => bits === parsed.bits)
      .sort(([, a], [, b]) => b - a)
      .flatMap(([bits, length]) => rows.get(`${bits}/${length}/${masked(parsed.low, bits, length)}`) ?? []);
  };
}

function masked(value: bigint, bits: number, length: number): bigint {
  const below = BigInt(bits - length);
  return (value >> below) << below;
}

function numberOf(text: string): { low: bigint; length: number; bits: 32 | 128 } | null {
  try {
    const [base, length] = text.split('/');
    if (base === undefined || base === '') return null;
    const six = base.includes(':');
    const bits = six ? 128 : 32;
    const value = six ? new Address6(base).bigInt() : new Address4(base).bigInt();
    const prefix = length === undefined ? bits : Number(length);
    return { low: masked(value, bits, prefix), length: prefix, bits };
  } catch {
    return null;
  }
}

function siteOf(row: Record<string, string>): CellSite[] {
  const [latitude, longitude] = [Number(row['latitude']), Number(row['longitude'])];
  if (!row['latitude'] || !row['longitude'] || !Number.isFinite(latitude) || !Number.isFinite(longitude)) return [];
  return [
    {
      site: row['site'] ?? row['site_id'] ?? '',
      sector: row['sector'] ?? row['sector_id'] ?? null,
      latitude,
      longitude,
      azimuth: row['azimuth'] ? Number(row['azimuth']) : null,
      technology: row['technology'] || null,
      validFrom: microsFrom(row['valid_from'] ?? ''),
      validTo: microsFrom(row['valid_to'] ?? ''),
    },
  ];
}

type City = {
  location?: { latitude?: number; longitude?: number; accuracy_radius?: number };
  traits?: {
    is_anonymous_vpn?: boolean;
    is_hosting_provider?: boolean;
    is_anycast?: boolean;
    is_satellite_provider?: boolean;
    connection_type?: string;
    isp?: string;
  };
  latitude?: number;
  longitude?: number;
  city?: { names?: { en?: string } } | string;
  state1?: string;
  subdivisions?: { names?: { en?: string } }[];
  country?: { names?: { en?: string } };
  country_code?: string;
};

/** Reads both the nested and the flat layout of city databases. */
function readerOf(database: AddressDatabase): { (ip: string): AddressPlace[]; dated: string } {
  const reader = new Reader<never>(Buffer.from(database.bytes));
  const built = BigInt(reader.metadata.buildEpoch.getTime()) * 1000n;
  const source = `${reader.metadata.databaseType} of ${reader.metadata.buildEpoch.toISOString().slice(0, 10)}`;
  const read = (ip: string): AddressPlace[] => {
    const [row, length] = reader.getWithPrefixLength(ip) as unknown as [City | null, number];
    if (row === null) return [];
    const latitude = row.location?.latitude ?? row.latitude ?? null;
    const longitude = row.location?.longitude ?? row.longitude ?? null;
    const radius = row.location?.accuracy_radius;
    const bits = ip.includes(':') ? 128 : 32;
    const area = [
      typeof row.city === 'string' ? row.city : row.city?.names?.en,
      row.subdivisions?.[0]?.names?.en ?? row.state1,
      row.country?.names?.en ?? row.country_code,
    ].filter(Boolean);
    return [
      {
        row: prefixText(ip, length),
        class: classOf(row),
        latitude,
        longitude,
        radiusMetres: radius === undefined ? null : radius * 1000,
        area: area.length > 0 ? area.join(', ') : null,
        operator: row.traits?.isp ?? null,
        source,
        kind: 'database',
        built,
        sharedDefault:
          DEFAULT_POINTS.includes(`${latitude},${longitude}`) || (bits === 32 && bits - length > DEFAULT_ROW_BITS),
      },
    ];
  };
  return Object.assign(read, { dated: reader.metadata.buildEpoch.toISOString() });
}

function prefixText(ip: string, length: number): string {
  const parsed = numberOf(`${ip}/${length}`);
  if (!parsed) return `${ip}/${length}`;
  const base = parsed.bits === 32 ? Address4.fromBigInt(parsed.low) : Address6.fromBigInt(parsed.low);
  return `${base.correctForm()}/${length}`;
}

function classOf({ traits }: City): AddressClass {
  if (traits?.is_anycast) return 'anycast';
  if (traits?.is_anonymous_vpn) return 'vpn';
  if (traits?.is_hosting_provider) return 'hosting';
  if (traits?.is_satellite_provider) return 'satellite';
  if (traits?.connection_type === 'Cellular') return 'mobile-gateway';
  return traits?.connection_type === 'Cable/DSL' ? 'fixed' : 'unknown';
}
