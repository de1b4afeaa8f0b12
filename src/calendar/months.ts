/** Windows of months, such as the life of a nondisclosure order: not a deadline of a rule of court, so nothing moves the end. */
import { ended } from './counting.ts';
import { checkedCount, type Deadline, dayIn, dayInWords, instantInWords } from './deadline.ts';
import { checkedZone } from './jurisdiction.ts';

/** Ends with the day of the same number so many months later, or with the last day of a month that has no such day. */
export function addMonths(
  start: Temporal.Instant,
  months: number,
  { zone, event = 'from' }: { zone: string; event?: string },
): Deadline {
  checkedCount(months, 'months');
  const first = dayIn(start, checkedZone(zone));
  const last = first.add({ months });
  const length = months === 1 ? 'one month' : `${months} months`;
  const steps = [
    `${event} ${instantInWords(start, zone)}`,
    last.day === first.day
      ? `${length} later is ${dayInWords(last)}`
      : `${length} later has no day ${first.day}: the last of that month is ${dayInWords(last)}`,
  ];
  return ended(last, zone, 'months/1', steps);
}
