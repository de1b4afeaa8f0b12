/** The steps that the rules share: excluding the day of the event, moving past closed days, counting worked ones. */
import { type Deadline, dayInWords, dueInWords, endOf } from './deadline.ts';
import type { RuleId } from './rules.ts';
import type { WorkingDays } from './working-days.ts';

/** The day itself or the next one worked; each day passed over is said in `steps`. */
export function moved(day: Temporal.PlainDate, days: WorkingDays, steps: string[]): Temporal.PlainDate {
  let next = day;
  for (let why = days.closedBecause(next); why !== null; why = days.closedBecause(next)) {
    const after = next.add({ days: 1 });
    steps.push(`${dayInWords(next)} is ${next.dayOfWeek < 6 ? why : 'not worked'}: moves to ${dayInWords(after)}`);
    next = after;
  }
  return next;
}

/** The `count`-th worked day after `day`; the days that are not worked are said in `steps`, weekends aside. */
export function worked(
  day: Temporal.PlainDate,
  count: number,
  days: WorkingDays,
  unit: string,
  steps: string[],
): Temporal.PlainDate {
  let last = day;
  for (let found = 0; found < count; ) {
    last = last.add({ days: 1 });
    const why = days.closedBecause(last);
    if (why === null) found++;
    else if (last.dayOfWeek < 6) steps.push(`${dayInWords(last)} is not counted: ${why}`);
  }
  steps.push(`Saturdays, Sundays and holidays not counted: ${unit} ${count} is ${dayInWords(last)}`);
  return last;
}

/** The deadline at the end of `last`, said as the last step. */
export function ended(last: Temporal.PlainDate, zone: string, rule: RuleId, steps: string[]): Deadline {
  const due = endOf(last, zone);
  return { due, rule, zone, steps: [...steps, `due by ${dueInWords({ due, zone })}`] };
}
