/**
 * What operators themselves said about the addresses: `prefix,valid_from,valid_to,latitude,…`.
 *
 * A line is stated to the ZIP area it serves, never to the house; a gateway, a VPN and a hosting range to no place at all.
 */
import { HOME_LINE, SECOND_LINE } from './cast.ts';
import { chance } from './chance.ts';
import { type City, moved, type Point, rounded } from './city.ts';

const ISP = 'Rio Lantern Fiber';
const LETTER = 'letter of the operator, 2017-04-18';

export function addressesCsv(seed: number, city: City): string {
  const draw = chance(seed, 'overlay');
  /** A ZIP centre near a point: the operator's area holds the point in about two of three cases or better. */
  const zipCentre = (point: Point, radiusMetres: number) => {
    const [metres, direction] = [radiusMetres * draw.between(0.25, 0.75), draw.between(0, 2 * Math.PI)];
    return rounded(moved(point, metres * Math.sin(direction), metres * Math.cos(direction)));
  };
  const [home, second] = [zipCentre(city.home, 3500), zipCentre(city.second, 4500)];
  const fixed = (prefix: string, { latitude, longitude }: Point, radius: number, area: string) =>
    [prefix, '2016-10-01T00:00:00Z', '', latitude, longitude, radius, area, ISP, 'fixed', LETTER]; // biome-ignore format: one row
  const nowhere = (prefix: string, area: string, operator: string, kind: string) =>
    [prefix, '2016-01-01T00:00:00Z', '', '', '', '', area, operator, kind, LETTER]; // biome-ignore format: one row
  const rows = [
    // The same range served another town until the autumn before: a lookup without a date would find it.
    [
      HOME_LINE.prefix,
      '2014-05-01T00:00:00Z',
      '2016-10-01T00:00:00Z',
      33.3943,
      -104.523,
      4000,
      'Roswell, NM 88201',
      ISP,
      'fixed',
      LETTER,
    ],
    fixed(HOME_LINE.prefix, home, 3500, 'Las Cruces, NM 88001'),
    fixed('2001:db8:a:86::/64', home, 3500, 'Las Cruces, NM 88001'),
    fixed(SECOND_LINE.prefix, second, 4500, 'Dona Ana, NM 88032'),
    nowhere('198.51.100.0/24', 'New Mexico and West Texas market', 'T-Mobile', 'mobile-gateway'),
    nowhere('2001:db8:b::/48', 'New Mexico and West Texas market', 'T-Mobile', 'mobile-gateway'),
    nowhere('192.0.2.0/25', '', 'Hollow Reed VPN', 'vpn'),
    nowhere('192.0.2.128/25', '', 'Hollow Reed VPN', 'vpn'),
  ];
  const header = 'prefix,valid_from,valid_to,latitude,longitude,radius_metres,area,operator,class,source';
  return `${[header, ...rows.map((row) => row.map(field).join(','))].join('\n')}\n`;
}

function field(value: string | number): string {
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text}"` : text;
}
