/**
 * The time zone of the place where records were made.
 *
 * Declared by the examiner, or inferred from places the records themselves or an operator's answer state. Never taken
 * from the examiner's own clock.
 */

import { byText } from '../place/figures.ts';
import type { KnownPlaces } from '../places.ts';
import type { TimedEvent } from './events.ts';
import { knownZone, zoneAt } from './zone.ts';

export type PlaceZone = {
  zone: string;
  basis: 'declared by the examiner' | 'inferred from places stated in the records';
  /** Records that state a place, by the zone they lie in, most first; empty for a declared zone. */
  zones: { zone: string; records: number }[];
};

/** Null when nothing was declared and no record states a place. Throws `analysis/zone-unknown`. */
export function placeZone(events: readonly TimedEvent[], places: KnownPlaces, declared?: string): PlaceZone | null {
  if (declared !== undefined) return { zone: knownZone(declared), basis: 'declared by the examiner', zones: [] };
  const counts = new Map<string, number>();
  for (const event of events) {
    const zone = zoneOf(event, places);
    if (zone !== null) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  }
  const zones = [...counts]
    .map(([zone, records]) => ({ zone, records }))
    .toSorted((a, b) => b.records - a.records || byText(a.zone, b.zone));
  const first = zones[0];
  return first ? { zone: first.zone, basis: 'inferred from places stated in the records', zones } : null;
}

function zoneOf({ latitude, longitude, ip, began }: TimedEvent, places: KnownPlaces): string | null {
  if (latitude !== null && longitude !== null) return zoneAt(latitude, longitude);
  if (ip === null) return null;
  const row = places.address(ip, began)[0];
  if (row?.class !== 'fixed' || row.sharedDefault || row.latitude === null || row.longitude === null) return null;
  return zoneAt(row.latitude, row.longitude);
}
