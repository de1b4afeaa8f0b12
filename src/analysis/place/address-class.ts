/**
 * What an address may say about place: a fixed line may be put on a map, a gateway, a service or an inside address may not.
 *
 * A class comes from an operator's answer or a dated list; a tempting row of a city database does not change it
 * (reference: inference, 1.1).
 */
import { BlockList, isIPv4, isIPv6 } from 'node:net';
import type { AddressClass, AddressPlace } from '../places.ts';
import { centreAt, metresBetween } from './sphere.ts';

const inside = new BlockList();
for (const [net, bits] of [['10.0.0.0', 8], ['172.16.0.0', 12], ['192.168.0.0', 16], ['100.64.0.0', 10], ['169.254.0.0', 16], ['127.0.0.0', 8]] as const) inside.addSubnet(net, bits, 'ipv4'); // biome-ignore format: a list
for (const [net, bits] of [['fc00::', 7], ['fe80::', 10], ['::1', 128]] as const) inside.addSubnet(net, bits, 'ipv6'); // biome-ignore format: a list

/** Private and shared addresses (RFC 1918, 6598, 4193): they mean nothing outside the network that gave them. */
export function isInside(ip: string): boolean {
  return (isIPv4(ip) && inside.check(ip, 'ipv4')) || (isIPv6(ip) && inside.check(ip, 'ipv6'));
}

const REFUSED_CLASSES: Record<Exclude<AddressClass, 'fixed'>, string> = {
  'mobile-gateway': 'mobile gateway: the address serves a market or a country, not a place',
  vpn: 'exit point of a VPN or relay service: it shows where the service stands, not its user',
  hosting: 'hosting network: it shows where a machine is rented, not a person',
  anycast: 'anycast address: it is announced from many places at once',
  satellite: 'satellite, flight or company egress: it shows where traffic comes to ground',
  unknown: 'kind of network not known, so it cannot be told from a gateway or a service',
};
const INSIDE = 'inside address of a network: it needs the carrier’s translation log';

const DAY = 86_400_000_000n;
/** Points that stand for a whole country in widely used databases. */
const DEFAULT_POINTS = [[38, -97], [37.751, -97.822]] as const; // biome-ignore format: two points

export type FixedLine = { place: AddressPlace & { latitude: number; longitude: number }; r67: number; dated: boolean };

/** Where a fixed line may be, or why nothing may be said. `rows` are the statements on the address, the ranking one first. */
export function fixedLine(ip: string, rows: readonly AddressPlace[], instant: bigint, wider = 1): FixedLine | string {
  if (isInside(ip)) return INSIDE;
  const place = rows[0];
  if (!place) return 'nothing known about the address at that time';
  const odd = rows.find((row) => row.class !== 'fixed' && (row.class !== 'unknown' || row === place));
  if (place.class !== 'fixed') return REFUSED_CLASSES[place.class];
  if (place.kind === 'database' && odd) return REFUSED_CLASSES[odd.class as Exclude<AddressClass, 'fixed'>];
  const { latitude, longitude, radiusMetres } = place;
  if (latitude === null || longitude === null) return 'fixed line without a coordinate';
  if (place.sharedDefault || DEFAULT_POINTS.some(([lat, lon]) => lat === latitude && lon === longitude)) {
    return 'coordinate that stands for a whole country or region';
  }
  if (radiusMetres !== null && radiusMetres >= 200_000) return 'radius of 200 km or more';
  if (place.kind === 'overlay') {
    if (radiusMetres === null || radiusMetres <= 0) return 'operator’s answer without a radius';
    return { place: { ...place, latitude, longitude }, r67: radiusMetres * wider, dated: false };
  }
  if (place.built === null) return 'database without a date';
  const age = instant > place.built ? instant - place.built : place.built - instant;
  if (age > 180n * DAY) return 'database made more than 180 days from the record';
  const apart = vendorsApart(rows);
  return {
    place: { ...place, latitude, longitude },
    r67: Math.max(radiusMetres ?? 0, 25_000, apart) * wider,
    dated: age > 45n * DAY,
  };
}

/** Farthest disagreement in metres between database rows on the same address. */
function vendorsApart(rows: readonly AddressPlace[]): number {
  const points = rows.flatMap(({ kind, latitude, longitude }) =>
    kind === 'database' && latitude !== null && longitude !== null ? [centreAt({ latitude, longitude })] : [],
  );
  return points.reduce(
    (most, a) => points.reduce((far, b) => Math.max(far, metresBetween(a, b.latitude, b.longitude)), most),
    0,
  );
}
