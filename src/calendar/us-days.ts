/**
 * Days of process in the United States, counted as Fed. R. Crim. P. 45(a) counts them: from the day after service, to
 * the end of a day on which business is done. Not the hours of Rule 45(a)(2), and no period counted backwards.
 */
import { ended, moved, worked } from './counting.ts';
import { checkedCount, type Deadline, dayIn, dayInWords, instantInWords } from './deadline.ts';
import { type UnitedStates, zoneFor } from './jurisdiction.ts';
import type { RuleId } from './rules.ts';
import { type HolidayPolicy, workingDays } from './working-days.ts';

/** The federal jurisdiction has no zone of its own, so one must be named; a state with a single zone brings it. */
export type UsPlace = ({ jurisdiction: 'US'; zone: string } | { jurisdiction: `US-${string}`; zone?: string }) &
  HolidayPolicy & {
    /** The state where the court sits: its holidays count too when a period is measured after an event, 45(a)(6)(C). */
    courtState?: UnitedStates;
    /** What happened at the start, for the words: `received` unless said otherwise (`served`, `notified`). */
    event?: string;
  };

/** `count` days after `start`, to the end of the last, or of the next business day when that is none. */
export function usDays(start: Temporal.Instant, count: number, place: UsPlace): Deadline {
  return usDaysBy('us-days/1', start, count, place);
}

/** The count of `usDays` under the id of a rule that borrows it. */
export function usDaysBy(rule: RuleId, start: Temporal.Instant, count: number, place: UsPlace): Deadline {
  checkedCount(count, 'days');
  const zone = zoneFor(place.jurisdiction, place.zone);
  const first = dayIn(start, zone);
  const last = first.add({ days: count });
  const steps = [
    `${place.event ?? 'received'} ${instantInWords(start, zone)}`,
    `that day excluded: day 1 is ${dayInWords(first.add({ days: 1 }))}`,
    `every day counted: day ${count} is ${dayInWords(last)}`,
  ];
  return ended(moved(last, businessDaysOf(place), steps), zone, rule, steps);
}

/** The end of the `count`-th business day after the day of `start`. */
export function businessDays(start: Temporal.Instant, count: number, place: UsPlace): Deadline {
  checkedCount(count, 'business days');
  const zone = zoneFor(place.jurisdiction, place.zone);
  const steps = [`${place.event ?? 'received'} ${instantInWords(start, zone)}`, 'that day excluded'];
  const last = worked(dayIn(start, zone), count, businessDaysOf(place), 'business day', steps);
  return ended(last, zone, 'us-business-days/1', steps);
}

/** Holidays set by statute of the United States count in every state, beside the state's own (Rule 45(a)(6)). */
function businessDaysOf(place: UsPlace) {
  const own = place.courtState ? [place.jurisdiction, place.courtState] : [place.jurisdiction];
  return workingDays([...new Set<UnitedStates>(['US', ...own])], place);
}
