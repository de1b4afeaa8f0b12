/**
 * Verizon call detail records in the classic eleven columns, with the places of its cells where the site list came along.
 *
 * Says that a switch connected numbers and which cell face it used; not who held the phone.
 */
import { identifier } from '../record/identifier.ts';
import type { Draft, KindValues } from '../record/record.ts';
import type { ZoneRule } from '../record/stamp.ts';
import { statedIn } from './carrier/banner.ts';
import { cellPart } from './carrier/cell-part.ts';
import { dayIn, readMoment } from './carrier/clock.ts';
import { secondsIn, spanOf } from './carrier/contact.ts';
import { type Header, hasHeader } from './carrier/header.ts';
import { digitsOf, others, type Party, partiesOf } from './carrier/party.ts';
import { tableRows } from './carrier/rows.ts';
import { placeOn, type Sector, sectorName, sectorsBeside } from './carrier/verizon-site-list.ts';
import { format } from './format.ts';

const COLUMNS = [
  'Network Element Name', 'Mobile Directory Number', 'Dialed Digit Number', 'Call Direction', 'Seizure Dt Tm',
  'Seizure Duration', 'First Serving Cell Site', 'First Serving Cell Face', 'Last Serving Cell Site',
  'Last Serving Cell Face', 'Calling Party Number',
] as const; // biome-ignore format: in the carrier's order
const REQUIRED = COLUMNS.map((name) => [name]);

/** Code `F` is a voice or a voicemail event; taken as voicemail, so that no place of a phone rests on it. */
const DIRECTIONS: Record<string, { direction?: string; medium: string }> = {
  0: { direction: 'inbound', medium: 'voice' },
  6: { direction: 'inbound', medium: 'voice' },
  1: { direction: 'outbound', medium: 'voice' },
  3: { direction: 'outbound', medium: 'voice' },
  2: { direction: 'mobile-to-mobile', medium: 'voice' },
  F: { medium: 'voicemail' },
};

export default format({
  title: 'Verizon call detail records (classic eleven columns)',
  support: 'documented',
  sources: ['Two public importers that name the eleven columns and the direction codes'],
  limits:
    'The zone of the times is not stated: they are placed only when an examiner declares it. Call direction F is voice or ' +
    'voicemail and taken as voicemail. A cell has a place only when the site list of the same return gives it one, on the ' +
    'day of the call. Newer voice-over-LTE and round-trip-time reports are other formats.',
  kinds: ['contact'],
  recognise: (sample) => (hasHeader(sample, REQUIRED) ? 'columns “Seizure Dt Tm” and “First Serving Cell Face”' : null),
  async *read(file, context) {
    const banner: string[][] = [];
    const sectors = await sectorsBeside(context);
    for await (const line of tableRows(file, REQUIRED)) {
      if ('unreadable' in line) yield line;
      else if ('banner' in line) banner.push(line.banner);
      else if ('row' in line) {
        const record = contact(line.header, line.row, sectors, context.zone);
        yield record
          ? { record, locator: line.locator }
          : {
              unreadable: 'Seizure Dt Tm is not a month/day/year and a 24-hour time',
              locator: line.locator,
              raw: line.header.raw(line.row),
            };
      } else {
        const stated = statedIn(banner.splice(0));
        if (stated) yield { stated };
      }
    }
  },
});

function contact(header: Header, row: string[], sectors: Map<string, Sector[]>, zone?: ZoneRule): Draft | null {
  const cell = (name: (typeof COLUMNS)[number]) => header.cell(row, name);
  const stamp = readMoment(cell('Seizure Dt Tm'), zone);
  if (!stamp) return null;
  const account = identifier('phone', digitsOf(cell('Mobile Directory Number')), '1');
  const code = DIRECTIONS[digitsOf(cell('Call Direction')).toUpperCase()];
  const raw = header.raw(row);
  const seconds = secondsIn(cell('Seizure Duration'));
  const { counterpart, mentions } = others(facing(header, row, code?.direction), account);
  return {
    kind: 'contact',
    category: 'DC-06',
    subjects: account ? [account] : [],
    ...spanOf(stamp, seconds),
    values: {
      action: cell('Call Direction') || undefined,
      medium: code?.medium,
      direction: code?.direction,
      duration_seconds: seconds,
      counterpart,
      ...cellsIn(cell, sectors, dayIn(cell('Seizure Dt Tm'))),
    },
    raw,
    parts: cellPart(raw),
    mentions,
  };
}

/** The side away from the subscriber first. */
function facing(header: Header, row: string[], direction: string | undefined): Party[] {
  const [caller, dialed] = ['Calling Party Number', 'Dialed Digit Number'];
  const order = direction === 'outbound' ? [dialed, caller] : [caller, dialed];
  return partiesOf(header, row, [...order, 'Mobile Directory Number']);
}

function cellsIn(
  cell: (name: (typeof COLUMNS)[number]) => string,
  sectors: Map<string, Sector[]>,
  day: string | null,
): KindValues {
  const [first, last] = (['First', 'Last'] as const).map((which) => {
    const site = cell(`${which} Serving Cell Site`);
    const name = sectorName(cell('Network Element Name'), site, cell(`${which} Serving Cell Face`));
    const id = name && `${name.site}/${name.sector}`;
    return { id: id ?? undefined, place: id === null ? null : placeOn(sectors.get(id), day) };
  });
  return {
    cell_first: first?.id,
    cell_last: last?.id,
    place_kind: first?.id ? 'sector' : undefined,
    latitude: first?.place?.latitude,
    longitude: first?.place?.longitude,
    azimuth: first?.place?.azimuth,
    last_latitude: last?.place?.latitude,
    last_longitude: last?.place?.longitude,
    last_azimuth: last?.place?.azimuth,
  };
}
