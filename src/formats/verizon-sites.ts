/** Verizon’s cell-site list: where each site and face stood and looked. Says nothing of how far a face reached. */
import { hasHeader } from './carrier/header.ts';
import { tableRows } from './carrier/rows.ts';
import { validityOf } from './carrier/validity.ts';
import { SITE_COLUMNS, sectorIn } from './carrier/verizon-site-list.ts';
import { format } from './format.ts';

export default format({
  title: 'Verizon cell-site list (CSV or workbook)',
  support: 'inferred',
  sources: ['What practitioners and two public importers say of the list that call records are joined with'],
  limits:
    'The layout is not published: columns are found by several usual names. Neither the zone of its days nor whether the ' +
    'last day counts is stated, so a row holds only where every reading of them agrees. An empty azimuth is unknown.',
  kinds: [],
  reference: 'cell-sites',
  recognise: (sample) =>
    hasHeader(sample, SITE_COLUMNS) ? 'columns for network element, site, face and coordinates' : null,
  async *read(file, context) {
    for await (const line of tableRows(file, SITE_COLUMNS)) {
      if ('unreadable' in line) yield line;
      else if ('row' in line) {
        const { header, row, locator } = line;
        const raw = header.raw(row);
        const sector = sectorIn(header, row);
        if (typeof sector === 'string') {
          yield { unreadable: sector, locator, raw };
          continue;
        }
        const { from, until, azimuth, latitude, longitude, ...named } = sector;
        const validity = validityOf(from, until, { dayIs: 'any', zone: context.zone });
        yield validity
          ? {
              reference: {
                ...raw,
                ...named,
                latitude: `${latitude}`,
                longitude: `${longitude}`,
                azimuth: `${azimuth ?? ''}`,
                ...validity,
              },
              locator,
            }
          : { unreadable: 'the days of validity are no days, or not in order', locator, raw };
      }
    }
  },
});
