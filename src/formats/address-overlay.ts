/**
 * An operator's own answer about its addresses, in our own layout: what a prefix was used for, where, and when.
 *
 * Speaks of networks. A coordinate with a radius is the operator's statement about the prefix, never about a person.
 */
import { identifier } from '../record/identifier.ts';
import { type Header, hasHeader } from './carrier/header.ts';
import { decimal, latitudeOf, longitudeOf } from './carrier/position.ts';
import { startsAtItsBase } from './carrier/prefix.ts';
import { tableRows } from './carrier/rows.ts';
import { validityOf } from './carrier/validity.ts';
import { format, type ReadContext } from './format.ts';

const COLUMNS = [
  'prefix', 'valid_from', 'valid_to', 'latitude', 'longitude', 'radius_metres', 'area', 'operator', 'class', 'source',
]; // biome-ignore format: the header
const REQUIRED = COLUMNS.map((name) => [name]);

/** The words a question about addresses understands. */
const CLASSES = ['fixed', 'mobile-gateway', 'vpn', 'hosting', 'anycast', 'satellite', 'unknown'];

export default format({
  title: 'Address overlay (CSV in our own layout)',
  support: 'documented',
  sources: ['This project’s own layout'],
  limits:
    'A bare day is a UTC day and valid_to is the first day the row no longer holds. The radius is the source’s own and ' +
    'empty when it states none. An empty class is unknown.',
  kinds: [],
  reference: 'addresses',
  recognise: (sample) => (hasHeader(sample, REQUIRED, 1) ? 'columns prefix, radius_metres and class' : null),
  async *read(file, context) {
    for await (const line of tableRows(file, REQUIRED)) {
      if ('unreadable' in line) yield line;
      else if ('banner' in line) {
        yield { unreadable: 'above the header', locator: line.locator, raw: line.banner.join(',') };
      } else if ('row' in line) {
        const { header, row, locator } = line;
        const place = placeOf(header, row, context);
        yield typeof place === 'string'
          ? { unreadable: place, locator, raw: header.raw(row) }
          : { reference: place, locator };
      }
    }
  },
});

/** The row in comparable form, or why it cannot be used. Columns of its own stay. */
function placeOf(header: Header, row: string[], context: ReadContext): Record<string, string> | string {
  const cell = (name: string) => header.cell(row, name);
  const prefix = prefixOf(cell('prefix'));
  if (prefix === null) return 'prefix is not an address prefix, or has bits set beyond its length';
  const [latitude, longitude] = [latitudeOf(cell('latitude')), longitudeOf(cell('longitude'))];
  if (latitude === null || longitude === null) return 'latitude or longitude is not in degrees';
  if ((latitude === undefined) !== (longitude === undefined)) return 'one of latitude and longitude is missing';
  const radius = decimal(cell('radius_metres'), 0, 20_040_000);
  if (radius === null || radius === 0) return 'radius_metres is not a length';
  const kind = cell('class') || 'unknown';
  if (!CLASSES.includes(kind)) return `class is none of ${CLASSES.join(', ')}`;
  if (cell('source') === '') return 'no source';
  const validity = validityOf(cell('valid_from'), cell('valid_to'), { dayIs: 'UTC', zone: context.zone });
  if (!validity) return 'valid_from or valid_to is no time with a zone, or they are not in order';
  const written = (value: number | undefined) => (value === undefined ? '' : String(value));
  return {
    ...header.raw(row),
    prefix,
    ...validity,
    latitude: written(latitude),
    longitude: written(longitude),
    radius_metres: written(radius),
    class: kind,
  };
}

/** A single address is the prefix that holds only it. */
function prefixOf(text: string): string | null {
  const single = identifier('ip', text);
  if (single) return `${single.value}/${single.value.includes(':') ? 128 : 32}`;
  const prefix = identifier('ip-prefix', text)?.value;
  return prefix !== undefined && startsAtItsBase(prefix) ? prefix : null;
}
