/**
 * How long a hold lasts. Whether one may be renewed, and how often, is a rule of review; here only the days are counted.
 *
 * A doubt is settled for the longer hold: what is let go a day early cannot be brought back. So the end of a period that
 * falls on a closed day moves, and a renewed period is counted from that end.
 */
import type { Deadline } from './deadline.ts';
import { type EnforcingState, type EuOptions, euDaysBy } from './eu-days.ts';
import { type UsPlace, usDaysBy } from './us-days.ts';

/** 18 U.S.C. 2703(f)(2): 90 days from receipt of the request. */
export function usPreservation(receipt: Temporal.Instant, place: UsPlace): Deadline {
  return usDaysBy('us-preservation/1', receipt, 90, place);
}

/** 18 U.S.C. 2703(f)(2): 90 days more, from the last day of the first period, which is `due` of `usPreservation`. */
export function usPreservationRenewed(firstDue: Temporal.Instant, place: UsPlace): Deadline {
  return usDaysBy('us-preservation-renewed/1', within(firstDue), 90, { ...place, event: 'first period ended' });
}

/** Regulation (EU) 2023/1543, Art. 11(1): 60 days from receipt of the certificate. */
export function euPreservation(
  receipt: Temporal.Instant,
  enforcingState: EnforcingState,
  options: EuOptions = {},
): Deadline {
  return euDaysBy('eu-preservation/1', receipt, 60, enforcingState, options);
}

/** Art. 11(1): 30 days more on Form 6, from the last day of the 60, which is `due` of `euPreservation`. */
export function euPreservationExtended(
  firstDue: Temporal.Instant,
  enforcingState: EnforcingState,
  options: EuOptions = {},
): Deadline {
  return euDaysBy('eu-preservation-extended/1', within(firstDue), 30, enforcingState, {
    ...options,
    event: 'first period ended',
  });
}

/** The last minute of a period, so that the first step names its last day and not the day after. */
function within(due: Temporal.Instant): Temporal.Instant {
  return due.subtract({ minutes: 1 });
}
