/** Which days are worked in one or more jurisdictions under a policy: every day but Saturday, Sunday and public holidays. */
import { Problem } from '../base/problem.ts';
import { type Holiday, holidaysIn } from './holidays.ts';
import type { Jurisdiction } from './jurisdiction.ts';

/** Days a deployment adds or takes away, as `YYYY-MM-DD`: a day of mourning, a court's closing, a list the State sent. */
export type HolidayPolicy = {
  extraHolidays?: readonly { day: string; name: string }[];
  notHolidays?: readonly string[];
};

export type WorkingDays = {
  /** Why nobody works on this day, for people to read; null on a working day. */
  closedBecause(day: Temporal.PlainDate): string | null;
  /** `day` itself when it is worked, otherwise the next day that is. */
  from(day: Temporal.PlainDate): Temporal.PlainDate;
};

/** Throws `calendar/day` when the policy holds something that is not a day. */
export function workingDays(
  jurisdictions: readonly Jurisdiction[],
  { extraHolidays = [], notHolidays = [] }: HolidayPolicy = {},
): WorkingDays {
  const extra = new Map(extraHolidays.map(({ day, name }) => [dayFrom(day).toString(), name]));
  const removed = new Set(notHolidays.map((day) => dayFrom(day).toString()));
  const years = new Map<number, Map<string, Holiday>>();
  const inYear = (year: number) => {
    let found = years.get(year);
    if (!found) {
      const all = jurisdictions.toReversed().flatMap((one) => holidaysIn(one, year));
      found = new Map(all.map((holiday) => [holiday.day, holiday]));
      years.set(year, found);
    }
    return found;
  };
  const closedBecause = (day: Temporal.PlainDate) => {
    if (day.dayOfWeek > 5) return day.dayOfWeek === 6 ? 'Saturday' : 'Sunday';
    const key = day.toString();
    const added = extra.get(key);
    if (added !== undefined) return `a holiday by policy (${added})`;
    const holiday = removed.has(key) ? undefined : inYear(day.year).get(key);
    if (!holiday) return null;
    return holiday.substitute ? `a holiday (${holiday.name}, kept on this day)` : `a holiday (${holiday.name})`;
  };
  return {
    closedBecause,
    from(day) {
      let next = day;
      while (closedBecause(next) !== null) next = next.add({ days: 1 });
      return next;
    },
  };
}

function dayFrom(text: string): Temporal.PlainDate {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) {
    try {
      return Temporal.PlainDate.from(text, { overflow: 'reject' });
    } catch {
      // Falls through to the problem: the thirty-first of June has the right shape.
    }
  }
  throw new Problem('calendar/day', `“${text}” in the list of holidays is not a day such as 2026-12-24.`, {
    day: text,
  });
}
