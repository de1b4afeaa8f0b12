/**
 * What a count of days or hours comes to, and how it was counted, so that both can be stored together and read aloud.
 *
 * One convention for all rules: `due` is the first instant that is too late. A day that ends at 24:00 is due at 00:00 of
 * the next day, a period that ends at 02:00 is due at 02:00; whatever happens before `due` is in time.
 */
import { Problem } from '../base/problem.ts';
import type { RuleId } from './rules.ts';

export type Deadline = {
  due: Temporal.Instant;
  /** Names the rule and its version; what it says is in `RULES`. */
  rule: RuleId;
  zone: string;
  /** The count in words, one step a line. */
  steps: string[];
};

/** The instant at which this local day is over. */
export function endOf(day: Temporal.PlainDate, zone: string): Temporal.Instant {
  return day.add({ days: 1 }).toZonedDateTime(zone).toInstant();
}

export function dayIn(instant: Temporal.Instant, zone: string): Temporal.PlainDate {
  return instant.toZonedDateTimeISO(zone).toPlainDate();
}

/** `Friday 2026-09-04`. */
export function dayInWords(day: Temporal.PlainDate): string {
  return `${WEEKDAYS[day.dayOfWeek - 1]} ${day.toString()}`;
}

/** `17:10`, with seconds where there are any, and its offset on days when the clocks change. */
export function clockInWords(instant: Temporal.Instant, zone: string): string {
  const local = instant.toZonedDateTimeISO(zone);
  const time =
    local.second === 0 ? local.toPlainTime().toString().slice(0, 5) : local.toPlainTime().toString().slice(0, 8);
  return local.hoursInDay === 24 ? time : `${time} (UTC${local.offset})`;
}

/** `Friday 2026-09-04 17:10 Europe/Dublin`. */
export function instantInWords(instant: Temporal.Instant, zone: string): string {
  return `${dayInWords(dayIn(instant, zone))} ${clockInWords(instant, zone)} ${zone}`;
}

/** For a letter: `the end of Monday 2026-09-14 (24:00 Europe/Dublin)`, or the hour when it is not the end of a day. */
export function dueInWords({ due, zone }: Pick<Deadline, 'due' | 'zone'>): string {
  const local = due.toZonedDateTimeISO(zone);
  if (local.epochNanoseconds !== local.startOfDay().epochNanoseconds) return instantInWords(due, zone);
  return `the end of ${dayInWords(local.toPlainDate().subtract({ days: 1 }))} (24:00 ${zone})`;
}

/** A count is a whole number from 1; a hundred years of days is taken for a mistake. Throws `calendar/count`. */
export function checkedCount(count: number, unit: string): number {
  if (Number.isInteger(count) && count >= 1 && count <= 36_525) return count;
  throw new Problem(
    'calendar/count',
    `A period of ${count} ${unit} cannot be counted: a whole number from 1 to 36,525.`,
    {
      count,
      unit,
    },
  );
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
