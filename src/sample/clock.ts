/** The story's clock: whole seconds since 1970 UTC, the local days of its place, and the ways its companies write time. */

/** Whole seconds since 1970-01-01T00:00:00Z. */
export type Seconds = number;

/** Where the story plays; its clocks went forward on 12 March 2017. */
export const LOCAL_ZONE = 'America/Denver';
export const PAY_ZONE = 'Europe/Lisbon';

export function secondsFrom(iso: string): Seconds {
  return Math.floor(Temporal.Instant.from(iso).epochMilliseconds / 1000);
}

/** `hours` after local midnight as a wall clock shows it (`18.5` is half past six), also on a day of 23 hours. */
export function localTime(day: Temporal.PlainDate, hours: number, zone = LOCAL_ZONE): Seconds {
  const second = Math.min(86_399, Math.round(hours * 3600));
  const time = Temporal.PlainTime.from('00:00').add({ seconds: second });
  return Math.floor(day.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds / 1000);
}

/** The days from `first` to `last`, both included. */
export function daysFrom(first: string, last: string): Temporal.PlainDate[] {
  const [from, to] = [Temporal.PlainDate.from(first), Temporal.PlainDate.from(last)];
  return Array.from({ length: from.until(to).days + 1 }, (_, n) => from.add({ days: n }));
}

export function wallClock(at: Seconds, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at * 1000).toZonedDateTimeISO(zone);
}

/** The local hour of a day, with its fraction. */
export function localHour(at: Seconds): number {
  const { hour, minute, second } = wallClock(at, LOCAL_ZONE);
  return hour + minute / 60 + second / 3600;
}

/** `2017-03-04T05:06:07Z`. */
export function isoUtc(at: Seconds): string {
  return Temporal.Instant.fromEpochMilliseconds(at * 1000).toString();
}

/** `2017-03-04 05:06:07 UTC`, as Meta writes it. */
export function spacedUtc(at: Seconds): string {
  return isoUtc(at).replace('T', ' ').replace('Z', ' UTC');
}

/** `03/04/2017`, the month first, in the given zone. */
export function usDate(at: Seconds, zone: string): string {
  const { year, month, day } = wallClock(at, zone);
  return `${two(month)}/${two(day)}/${year}`;
}

/** `17:06:07`. */
export function time24(at: Seconds, zone: string): string {
  const { hour, minute, second } = wallClock(at, zone);
  return `${two(hour)}:${two(minute)}:${two(second)}`;
}

/** `5:06:07 PM`. */
export function time12(at: Seconds, zone: string): string {
  const { hour, minute, second } = wallClock(at, zone);
  return `${hour % 12 === 0 ? 12 : hour % 12}:${two(minute)}:${two(second)} ${hour < 12 ? 'AM' : 'PM'}`;
}

export function two(value: number): string {
  return String(value).padStart(2, '0');
}
