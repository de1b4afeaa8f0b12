/**
 * Days of European certificates, counted as Regulation (EEC, Euratom) No 1182/71 counts them, with the public holidays
 * and the clock of the enforcing State. Not a period counted backwards (Art. 3(4), last sentence).
 */
import { ended, moved, worked } from './counting.ts';
import { checkedCount, type Deadline, dayIn, dayInWords, instantInWords } from './deadline.ts';
import { type MemberState, zoneFor } from './jurisdiction.ts';
import type { RuleId } from './rules.ts';
import { type HolidayPolicy, type WorkingDays, workingDays } from './working-days.ts';

/** Where the addressee sits; a part of it only where its own holidays are meant to count. */
export type EnforcingState = MemberState | `${MemberState}-${string}`;

/** `zone` where the addressee sits outside the zone of its capital (the Canaries, the Azores). */
export type EuOptions = HolidayPolicy & { zone?: string; event?: string };

/** `count` days after `receipt`, to 24:00 of the last, or of the next working day when that is none. */
export function euDays(
  receipt: Temporal.Instant,
  count: number,
  enforcingState: EnforcingState,
  options: EuOptions = {},
): Deadline {
  return euDaysBy('eu-days/1', receipt, count, enforcingState, options);
}

/** The count of `euDays` under the id of a rule that borrows it. */
export function euDaysBy(
  rule: RuleId,
  receipt: Temporal.Instant,
  count: number,
  enforcingState: EnforcingState,
  options: EuOptions = {},
): Deadline {
  checkedCount(count, 'days');
  const zone = zoneFor(enforcingState, options.zone);
  const days = workingDays([enforcingState], options);
  const first = dayIn(receipt, zone);
  const nominal = first.add({ days: count });
  const steps = [
    `${options.event ?? 'received'} ${instantInWords(receipt, zone)}`,
    `that day excluded: day 1 is ${dayInWords(first.add({ days: 1 }))}`,
    `every day counted: day ${count} is ${dayInWords(nominal)}`,
  ];
  const last = atLeastTwoWorked(first, moved(nominal, days, steps), count, days, steps);
  return ended(last, zone, rule, steps);
}

/** 24:00 of the `count`-th working day after the day of `receipt`. */
export function euWorkingDays(
  receipt: Temporal.Instant,
  count: number,
  enforcingState: EnforcingState,
  options: EuOptions = {},
): Deadline {
  checkedCount(count, 'working days');
  const zone = zoneFor(enforcingState, options.zone);
  const steps = [`${options.event ?? 'received'} ${instantInWords(receipt, zone)}`, 'that day excluded'];
  const last = worked(dayIn(receipt, zone), count, workingDays([enforcingState], options), 'working day', steps);
  return ended(last, zone, 'eu-working-days/1', steps);
}

/** Art. 3(5): a period of two days or more has at least two working days. `last` is one already. */
function atLeastTwoWorked(
  first: Temporal.PlainDate,
  last: Temporal.PlainDate,
  count: number,
  days: WorkingDays,
  steps: string[],
): Temporal.PlainDate {
  if (count < 2) return last;
  const earlier = days.from(first.add({ days: 1 }));
  if (Temporal.PlainDate.compare(earlier, last) < 0) return last;
  const second = days.from(last.add({ days: 1 }));
  steps.push(`only one working day so far, and the period must have two: moves to ${dayInWords(second)}`);
  return second;
}
