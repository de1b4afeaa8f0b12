/**
 * Local time of a place: which offset held when, exact across clock changes.
 *
 * The rules are those of the time zone database Node carries; its version is printed with every answer.
 */
import lookup from '@photostructure/tz-lookup';
import type { Interval, Micros } from '../../base/interval.ts';
import { Problem } from '../../base/problem.ts';

export const HOUR = 3_600_000_000n;
export const DAY = 24n * HOUR;

/** A stretch of time in which the offset from UTC stays the same. */
export type OffsetSpan = Interval & { offset: Micros };

export const tzdbVersion = (): string => process.versions.tz ?? 'unknown';

/** The IANA zone at a point on land or sea. */
export function zoneAt(latitude: number, longitude: number): string {
  return lookup(latitude, longitude);
}

/** The zone as given when it is one. Throws `analysis/zone-unknown`. */
export function knownZone(zone: string): string {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return zone;
  } catch {
    throw new Problem('analysis/zone-unknown', `“${zone}” is not a time zone, such as America/Denver.`, { zone });
  }
}

/** The offsets that hold in `interval`, in order, without gaps. */
export function offsetSpans(zone: string, interval: Interval): OffsetSpan[] {
  const spans: OffsetSpan[] = [];
  let began = interval.began;
  while (began < interval.ended) {
    const here = zoned(began, zone);
    const change = here.getTimeZoneTransition('next');
    const next = change ? floorMicros(change.epochNanoseconds) : interval.ended;
    const ended = next < interval.ended ? next : interval.ended;
    spans.push({ began, ended, offset: BigInt(here.offsetNanoseconds) / 1000n });
    began = ended;
  }
  return spans;
}

export type LocalTime = {
  /** Calendar day, `2018-03-11`. */
  day: string;
  /** Monday of its week, as a calendar day. */
  week: string;
  /** Hours since local midnight by the clock on the wall, with its fraction, 0 ≤ hour < 24. */
  hour: number;
  /** Hour of week, 0 is Monday 00:00. */
  hourOfWeek: number;
  text: string;
};

export function localTime(instant: Micros, zone: string): LocalTime {
  const here = zoned(instant, zone);
  const day = here.toPlainDate();
  const hour = here.hour + here.minute / 60 + here.second / 3600 + here.millisecond / 3.6e6 + here.microsecond / 3.6e9;
  return {
    day: day.toString(),
    week: day.subtract({ days: here.dayOfWeek - 1 }).toString(),
    hour,
    hourOfWeek: (here.dayOfWeek - 1) * 24 + here.hour,
    text: here.toString({ smallestUnit: 'minute', timeZoneName: 'never' }),
  };
}

export function localDay(instant: Micros, zone: string): string {
  return zoned(instant, zone).toPlainDate().toString();
}

function zoned(instant: Micros, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochNanoseconds(instant * 1000n).toZonedDateTimeISO(zone);
}

function floorMicros(nanoseconds: bigint): Micros {
  return nanoseconds / 1000n;
}
