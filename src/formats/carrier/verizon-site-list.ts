/**
 * Verizon’s cell-site list, which comes as a file of its own: network element, site, face, and where each stood.
 *
 * Column names differ between lists and are found in several spellings. A face is written `1` in one and `D1` in the other;
 * both become `1`. Site ids are used again, so a list is good for its own time only.
 */
import type { ReadContext, ReturnFile } from '../format.ts';
import { dayIn } from './clock.ts';
import { HEADER_ROWS, type Header } from './header.ts';
import { digitsOf } from './party.ts';
import { azimuthOf, latitudeOf, longitudeOf } from './position.ts';
import { tableRows } from './rows.ts';

const ELEMENT = ['Network Element Name', 'Network Element', 'Switch Name', 'Switch'];
const SITE = ['Cell Site Number', 'Cell Number', 'Site Number', 'Cell Site', 'Cell Site ID', 'Cell', 'Site'];
const FACE = ['Cell Face', 'Face', 'Sector', 'Sector Number', 'Face/Sector', 'Cell Site Face'];
const LATITUDE = ['Latitude', 'Lat', 'Cell Latitude', 'Tower Latitude'];
const LONGITUDE = ['Longitude', 'Long', 'Lon', 'Cell Longitude', 'Tower Longitude'];
const AZIMUTH = ['Azimuth', 'Sector Azimuth', 'Azimuth (degrees)', 'Azimuth Deg'];
const TECHNOLOGY = ['Technology', 'Tech'];
const FROM = ['Valid From', 'Effective Date', 'Effective From', 'Start Date', 'Date From'];
const UNTIL = ['Valid To', 'Valid Until', 'Expiration Date', 'Effective To', 'End Date', 'Date To'];

export const SITE_COLUMNS = [ELEMENT, SITE, FACE, LATITUDE, LONGITUDE];

export type Sector = {
  /** `Anytown_1/83`. */
  site: string;
  sector: string;
  latitude: number;
  longitude: number;
  azimuth: number | undefined;
  technology: string;
  /** As stored. */
  from: string;
  until: string;
};

/** The name of a sector in both files: element, site number without zeros at its front, face without its `D`. */
export function sectorName(element: string, site: string, face: string): { site: string; sector: string } | null {
  const number = digitsOf(site).replace(/^0+(?=\d)/, '');
  const bare = digitsOf(face)
    .replace(/^D(?=\d)/i, '')
    .replace(/^0+(?=\d)/, '');
  return element === '' || number === '' || bare === '' ? null : { site: `${element}/${number}`, sector: bare };
}

/** One row of the list, or why it cannot be used. */
export function sectorIn(header: Header, row: string[]): Sector | string {
  const cell = (names: string[]) => header.cell(row, ...names);
  const name = sectorName(cell(ELEMENT), cell(SITE), cell(FACE));
  if (!name) return 'network element, site or face is missing';
  const [latitude, longitude] = [latitudeOf(cell(LATITUDE)), longitudeOf(cell(LONGITUDE))];
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return 'latitude or longitude is not in degrees';
  const azimuth = azimuthOf(cell(AZIMUTH));
  if (azimuth === null) return 'azimuth is not between 0 and 360';
  return { ...name, latitude, longitude, azimuth, technology: cell(TECHNOLOGY), from: cell(FROM), until: cell(UNTIL) };
}

/** Sectors of all lists among the files that came with a record, by `site/sector`. */
export async function sectorsBeside(context: ReadContext): Promise<Map<string, Sector[]>> {
  const sectors = new Map<string, Sector[]>();
  for (const file of context.siblings) {
    for await (const sector of sectorsOf(file)) {
      const key = `${sector.site}/${sector.sector}`;
      const known = sectors.get(key);
      if (known) known.push(sector);
      else sectors.set(key, [sector]);
    }
  }
  return sectors;
}

async function* sectorsOf(file: ReturnFile): AsyncIterable<Sector> {
  if (!/\.(csv|txt|xlsx|xls|xlsb|ods)$/i.test(file.name)) return;
  let above = 0;
  for await (const line of tableRows(file, SITE_COLUMNS)) {
    if ('row' in line) {
      const sector = sectorIn(line.header, line.row);
      if (typeof sector !== 'string') yield sector;
    } else if ('header' in line) above = Number.NEGATIVE_INFINITY;
    else {
      above += 1;
      if (above > HEADER_ROWS) return;
    }
  }
}

/**
 * The one place the list gives for a sector on a calendar day of the carrier (`YYYY-MM-DD`).
 *
 * Null when no row holds on that day, when rows that do disagree, and when the day is unknown and the rows differ.
 */
export function placeOn(rows: Sector[] | undefined, day: string | null): Sector | null {
  const holding = (rows ?? []).filter(({ from, until }) => {
    const [first, last] = [dayIn(from), dayIn(until)];
    if ((from !== '' && first === null) || (until !== '' && last === null)) return false;
    return day === null || ((first === null || first <= day) && (last === null || day <= last));
  });
  const [one, ...more] = holding;
  if (!one) return null;
  const same = (other: Sector) =>
    other.latitude === one.latitude && other.longitude === one.longitude && other.azimuth === one.azimuth;
  return more.every(same) ? one : null;
}
