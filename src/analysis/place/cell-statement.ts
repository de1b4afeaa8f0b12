/**
 * First and last cell of a record: two statements with two times, never averaged.
 *
 * The scale comes from the operator's table of sites at that date; without one, from a stated range, or from the sites the
 * records themselves name, which is said.
 */
import type { Micros } from '../../base/interval.ts';
import { textFrom } from '../../base/interval.ts';
import type { CellSite, KnownPlaces } from '../places.ts';
import type { PlaceRow } from './rows.ts';
import { type Antenna, SECTOR, sector, timingBand } from './sector.ts';
import { spacingAround } from './spacing.ts';
import type { Point } from './sphere.ts';
import type { Assumptions, Placed } from './statement.ts';

/** Sites farther apart than this are outside what the model was fitted on. */
const RURAL_METRES = 3000;
/** Range of a supplied table over the scale of the model: its 90 % distance. */
const RANGE_OVER_SPACING = 1.27;
const FEWEST_SEEN = 4;

/** What is known of an operator's sites around a point at a time. */
export type Network = {
  sitesAt(instant: Micros): CellSite[];
  /** Distinct sites the records themselves name. */
  seen: Point[];
};

type CellReading = { why: string } | { began: Micros; placed: Placed };
type End = {
  id: string | null;
  latitude: number | null;
  longitude: number | null;
  azimuth: number | null;
  began: Micros;
};

/** Sites by day: the table as of the first instant asked for on a UTC day. */
export function networkOf(rows: readonly PlaceRow[], places: KnownPlaces): Network {
  const days = new Map<string, CellSite[]>();
  const seen = new Map<string, Point>();
  for (const row of rows) {
    if (row.kind !== 'contact' && row.place_kind !== 'sector' && row.place_kind !== 'timing band') continue;
    for (const [latitude, longitude] of [
      [row.latitude, row.longitude],
      [row.last_latitude, row.last_longitude],
    ] as const) {
      if (latitude !== null && longitude !== null) seen.set(`${latitude} ${longitude}`, { latitude, longitude });
    }
  }
  return {
    sitesAt(instant) {
      const day = textFrom(instant).slice(0, 10);
      const known = days.get(day) ?? places.cellSites(instant);
      days.set(day, known);
      return known;
    },
    seen: [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, point]) => point),
  };
}

export function cellStatements(row: PlaceRow, began: Micros, network: Network, assumed: Assumptions): CellReading[] {
  if (row.medium === 'voicemail' || /forward/i.test(row.action ?? ''))
    return [{ why: 'forwarded call or voicemail: the cell is not the phone’s' }];
  const first: End = {
    id: row.cell_first,
    latitude: row.latitude,
    longitude: row.longitude,
    azimuth: row.azimuth,
    began,
  };
  const last: End = {
    id: row.cell_last,
    latitude: row.last_latitude,
    longitude: row.last_longitude,
    azimuth: row.last_azimuth,
    began: row.ended ?? began,
  };
  const ends = [first, last].filter(({ id, latitude }) => id !== null || latitude !== null);
  if (ends.length === 0)
    return [{ why: row.area || row.place_text ? 'place in words only, without a cell' : 'no cell recorded' }];
  if (/^(sms|mms)$/i.test(row.medium ?? '')) return [{ why: 'message: the cell may be that of a switch' }];
  const distinct = ends.length === 2 && keyOf(first) === keyOf(last) ? [first] : ends;
  return distinct.map((end) => {
    const placed = cellOf(row, end, network, assumed);
    return 'why' in placed ? placed : { began: end.began, placed };
  });
}

function keyOf({ id, latitude, longitude, azimuth }: End): string {
  return id ?? `${latitude}, ${longitude}, ${azimuth ?? 'no direction'}`;
}

function cellOf(row: PlaceRow, end: End, network: Network, assumed: Assumptions): Placed | { why: string } {
  const sites = network.sitesAt(end.began);
  const listed = sites.find(({ site, sector: part }) => end.id?.replace(/^LTE /, '') === `${site}-${part}`);
  const at =
    end.latitude !== null && end.longitude !== null ? { latitude: end.latitude, longitude: end.longitude } : listed;
  if (!at)
    return { why: sites.length === 0 ? 'no table of sites valid on that date' : 'cell not in the table of that date' };
  const azimuth = end.azimuth ?? listed?.azimuth ?? null;
  const technology = listed?.technology ?? (end.id?.startsWith('LTE ') ? 'LTE' : null);
  const alike = sites.filter(
    (site) => technology === null || site.technology === null || site.technology === technology,
  );
  const scale = scaleOf(at, alike, row.range_high_metres, network.seen);
  if (!scale)
    return {
      why: 'no table of sites valid on that date, and too few sites in the records to know how far apart they stand',
    };
  const { latitude, longitude } = at;
  const rural = scale.spacing >= RURAL_METRES;
  const antenna: Antenna = { latitude, longitude, azimuth, spacing: scale.spacing, rural };
  const undirected = assumed.undirected ?? SECTOR.undirected;
  const { range_low_metres: low, range_high_metres: high } = row;
  const timed = row.place_kind === 'timing band' && low !== null && high !== null && high > low;
  return {
    unit: `cell ${keyOf(end)}`,
    unitLabel: `cell ${keyOf(end)}`,
    surface: timed ? timingBand(antenna, { low, high }, undirected) : sector(antenna, undirected),
    flags: [
      ...scale.flags,
      ...(rural ? ['sites stand far apart: not validated there'] : []),
      ...(azimuth === null ? ['no direction stated'] : []),
      ...(end.id?.startsWith('LAC ') ? ['older network: the model was fitted on LTE'] : []),
      ...(timed ? ['distance band, may have been measured earlier in the session'] : []),
    ],
  };
}

function scaleOf(at: Point, sites: readonly CellSite[], range: number | null, seen: readonly Point[]) {
  const fromTable = spacingAround(at, sites);
  if (fromTable !== null) return { spacing: fromTable, flags: [] };
  if (range !== null && range > 0)
    return { spacing: range / RANGE_OVER_SPACING, flags: ['scale from the stated range'] };
  const fromRecords = seen.length >= FEWEST_SEEN ? spacingAround(at, seen) : null;
  const flag = 'no table of sites: scale from the sites the records name, which is too wide where others stand between';
  return fromRecords === null ? null : { spacing: fromRecords, flags: [flag] };
}
