/**
 * A time as a source wrote it, and what can be known of it.
 *
 * Keeps three things: the instant, how precise the source was, and the text as stored. A zone is stated in the text,
 * fixed by the provider's published rule, or declared by an examiner; it is never assumed.
 */
import type { Micros } from '../base/interval.ts';
import type { Draft, Precision, ZoneBasis } from './record.ts';

export type Stamp = {
  text: string;
  /** Start, or the instant; null when it cannot be placed. For a day: the earliest instant it can mean. */
  began: Micros | null;
  /** For a day, month or hour without minutes: the end of all it can mean; null for an instant. */
  ended: Micros | null;
  precision: Precision;
  zoneBasis: ZoneBasis;
  undetermined?: Draft['undetermined'];
};

/** Who fixes the zone of texts that carry none. `zone` is an IANA name or an offset such as `-05:00`. */
export type ZoneRule = { zone: string; basis: 'provider rule' | 'declared by examiner' };

export type Fields = {
  year: number; month: number; day: number;
  hour?: number | undefined; minute?: number | undefined; second?: number | undefined; micros?: number | undefined;
}; // biome-ignore format: units

const MICROS_PER_HOUR = 3_600_000_000n;

/** A source that wrote nothing. */
export function noTime(text = ''): Stamp {
  return { text, began: null, ended: null, precision: 'none', zoneBasis: 'unknown', undetermined: 'no time' };
}

/** An instant the source states outright: epoch counts and texts with `Z` or an offset. */
export function stated(text: string, began: Micros, precision: Precision, zoneBasis: ZoneBasis = 'stated'): Stamp {
  return { text, began, ended: null, precision, zoneBasis };
}

/**
 * The stamp for fields read off a text that carries no zone of its own.
 *
 * A time of day without a rule stays undetermined. A bare day without a rule is still a day: it spans from its start at
 * UTC+14 to its end at UTC−12, so that what is decided about it holds in every zone. Local times that a clock change
 * skipped or repeated are undetermined, never resolved. Returns null when the fields are not a date.
 */
export function fromFields(text: string, fields: Fields, rule?: ZoneRule): Stamp | null {
  const { year, month, day, hour, minute, second, micros } = fields;
  let date: Temporal.PlainDate;
  try {
    date = Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return null;
  }
  if (hour === undefined) return wholeDay(text, date, rule);
  if (hour > 23 || (minute ?? 0) > 59 || (second ?? 0) > 59) return null;
  const precision: Precision =
    micros !== undefined ? (micros % 1000 === 0 ? 'millisecond' : 'microsecond')
    : second !== undefined ? 'second' : minute !== undefined ? 'minute' : 'hour'; // biome-ignore format: a ladder
  if (!rule) return { text, began: null, ended: null, precision, zoneBasis: 'unknown', undetermined: 'no zone' };
  const local = date.toPlainDateTime({
    hour,
    minute: minute ?? 0,
    second: second ?? 0,
    millisecond: Math.floor((micros ?? 0) / 1000),
    microsecond: (micros ?? 0) % 1000,
  });
  const placed = inZone(local, rule.zone);
  if (typeof placed === 'string') {
    return { text, began: null, ended: null, precision, zoneBasis: rule.basis, undetermined: placed };
  }
  return { text, began: placed, ended: null, precision, zoneBasis: rule.basis };
}

function wholeDay(text: string, date: Temporal.PlainDate, rule?: ZoneRule): Stamp {
  if (rule) {
    const start = date.toZonedDateTime({ timeZone: rule.zone });
    const end = date.add({ days: 1 }).toZonedDateTime({ timeZone: rule.zone });
    return {
      text,
      began: start.epochNanoseconds / 1000n,
      ended: end.epochNanoseconds / 1000n,
      precision: 'day',
      zoneBasis: rule.basis,
    };
  }
  const midnight = date.toZonedDateTime('UTC').epochNanoseconds / 1000n;
  return {
    text,
    began: midnight - 14n * MICROS_PER_HOUR,
    ended: midnight + 36n * MICROS_PER_HOUR,
    precision: 'day',
    zoneBasis: 'unknown',
  };
}

function inZone(local: Temporal.PlainDateTime, zone: string): Micros | 'time does not exist' | 'time exists twice' {
  const [earlier, later] = [
    local.toZonedDateTime(zone, { disambiguation: 'earlier' }),
    local.toZonedDateTime(zone, { disambiguation: 'later' }),
  ];
  if (earlier.epochNanoseconds === later.epochNanoseconds) return earlier.epochNanoseconds / 1000n;
  return earlier.toPlainDateTime().equals(local) ? 'time exists twice' : 'time does not exist';
}
