/**
 * A table of cell sites in our own layout: where each sector stood and looked, and from when until when.
 *
 * `site_id` and `sector_id` are written as the call records name them. Says nothing of how far a sector reached.
 */
import { type Header, hasHeader } from './carrier/header.ts';
import { azimuthOf, latitudeOf, longitudeOf } from './carrier/position.ts';
import { tableRows } from './carrier/rows.ts';
import { validityOf } from './carrier/validity.ts';
import { format, type ReadContext } from './format.ts';

const COLUMNS = ['site_id', 'sector_id', 'latitude', 'longitude', 'azimuth', 'technology', 'valid_from', 'valid_to'];
const REQUIRED = COLUMNS.map((name) => [name]);

export default format({
  title: 'Cell sites (CSV in our own layout)',
  support: 'documented',
  sources: ['This project’s own layout'],
  limits:
    'A bare day is a UTC day and valid_to is the first day the row no longer holds. Cell ids are reused and antennas are ' +
    'turned, so a table is good for its own time only. An empty azimuth is unknown or all round.',
  kinds: [],
  reference: 'cell-sites',
  recognise: (sample) => (hasHeader(sample, REQUIRED, 1) ? 'columns site_id, sector_id and azimuth' : null),
  async *read(file, context) {
    for await (const line of tableRows(file, REQUIRED)) {
      if ('unreadable' in line) yield line;
      else if ('banner' in line) {
        yield { unreadable: 'above the header', locator: line.locator, raw: line.banner.join(',') };
      } else if ('row' in line) {
        const { header, row, locator } = line;
        const site = siteOf(header, row, context);
        yield typeof site === 'string'
          ? { unreadable: site, locator, raw: header.raw(row) }
          : { reference: site, locator };
      }
    }
  },
});

/** The row under the names a question knows, or why it cannot be used. Columns of its own stay. */
function siteOf(header: Header, row: string[], context: ReadContext): Record<string, string> | string {
  const cell = (name: string) => header.cell(row, name);
  const [latitude, longitude] = [latitudeOf(cell('latitude')), longitudeOf(cell('longitude'))];
  const azimuth = azimuthOf(cell('azimuth'));
  if (cell('site_id') === '') return 'no site_id';
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return 'latitude or longitude is not in degrees';
  if (azimuth === null) return 'azimuth is not between 0 and 360';
  const validity = validityOf(cell('valid_from'), cell('valid_to'), { dayIs: 'UTC', zone: context.zone });
  if (!validity) return 'valid_from or valid_to is no time with a zone, or they are not in order';
  const { site_id: _site, sector_id: _sector, ...raw } = header.raw(row);
  return {
    ...raw,
    site: cell('site_id'),
    sector: cell('sector_id'),
    latitude: String(latitude),
    longitude: String(longitude),
    azimuth: azimuth === undefined ? '' : String(azimuth),
    technology: cell('technology'),
    ...validity,
  };
}
