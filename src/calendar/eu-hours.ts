/**
 * Hours of European certificates, counted as Regulation (EEC, Euratom) No 1182/71 counts them: whole hours of the local
 * clock after the hour of receipt, elapsed hours and not readings of a clock that is being changed. No weekend and no
 * holiday moves their end, because Art. 3(4) speaks only of periods expressed otherwise than in hours.
 */
import {
  checkedCount,
  clockInWords,
  type Deadline,
  dayIn,
  dayInWords,
  dueInWords,
  instantInWords,
} from './deadline.ts';
import type { EnforcingState } from './eu-days.ts';
import { zoneFor } from './jurisdiction.ts';
import type { RuleId } from './rules.ts';

export type HourOptions = { zone?: string; event?: string };

/** `target` is the provider's own: eight hours from the minute of receipt. `earlier` is the first of `target` and `due`. */
export type Emergency = Deadline & { target: Temporal.Instant; earlier: Temporal.Instant };

/** `count` hours after the hour of `receipt`: 96 h to object, 48 h to validate. */
export function euHours(
  receipt: Temporal.Instant,
  count: number,
  enforcingState: EnforcingState,
  options: HourOptions = {},
): Deadline {
  return hoursBy('eu-hours/1', receipt, count, enforcingState, options);
}

/** The eight hours of an emergency certificate. */
export function euEmergency(
  receipt: Temporal.Instant,
  enforcingState: EnforcingState,
  options: HourOptions = {},
): Emergency {
  const deadline = hoursBy('eu-emergency/1', receipt, EMERGENCY_HOURS, enforcingState, options);
  const target = receipt.add({ hours: EMERGENCY_HOURS });
  const earlier = Temporal.Instant.compare(target, deadline.due) < 0 ? target : deadline.due;
  deadline.steps.push(`own target, eight hours from receipt: ${instantInWords(target, deadline.zone)}`);
  return { ...deadline, target, earlier };
}

const EMERGENCY_HOURS = 8;

function hoursBy(
  rule: RuleId,
  receipt: Temporal.Instant,
  count: number,
  enforcingState: EnforcingState,
  { zone: named, event = 'received' }: HourOptions,
): Deadline {
  checkedCount(count, 'hours');
  const zone = zoneFor(enforcingState, named);
  const hour = receipt.toZonedDateTimeISO(zone).round({ smallestUnit: 'hour', roundingMode: 'floor' });
  const begins = hour.add({ hours: 1 }).toInstant();
  const due = begins.add({ hours: count });
  const newDay = dayIn(begins, zone).equals(dayIn(receipt, zone)) ? '' : `${dayInWords(dayIn(begins, zone))} `;
  return {
    due,
    rule,
    zone,
    steps: [
      `${event} ${instantInWords(receipt, zone)}`,
      `hour of receipt excluded: begins ${newDay}${clockInWords(begins, zone)}`,
      `${count} hours counted, by day and night; no weekend or holiday moves the end`,
      `due by ${dueInWords({ due, zone })}`,
    ],
  };
}
