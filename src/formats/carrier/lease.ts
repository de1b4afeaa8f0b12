/** The time of a lease that a source writes as a start and an end. */
import type { Draft, Precision, ZoneBasis } from '../../record/record.ts';
import type { Stamp } from '../../record/stamp.ts';

const FROM_EXACT: Precision[] = ['microsecond', 'millisecond', 'second', 'minute', 'hour', 'day', 'month', 'none'];
const FROM_SURE: ZoneBasis[] = ['stated', 'provider rule', 'declared by examiner', 'unknown'];

/**
 * From the start to the end; an empty end leaves the lease open. Precision and zone are those of the less sure of the
 * two, and a lease is undetermined when either is. Null when it ends before it starts.
 */
export function leaseTime(
  start: Stamp,
  end: Stamp,
): Pick<Draft, 'began' | 'ended' | 'precision' | 'timeAsStored' | 'zoneBasis' | 'undetermined'> | null {
  const open = end.undetermined === 'no time';
  const ended = end.ended ?? end.began;
  if (start.began !== null && ended !== null && ended < start.began) return null;
  return {
    began: start.began,
    ended: start.began === null ? null : ended,
    precision: open ? start.precision : later(FROM_EXACT, start.precision, end.precision),
    timeAsStored: `${start.text} / ${end.text}`,
    zoneBasis: open ? start.zoneBasis : later(FROM_SURE, start.zoneBasis, end.zoneBasis),
    undetermined: start.undetermined ?? (open ? undefined : end.undetermined),
  };
}

function later<T>(order: T[], one: T, other: T): T {
  return order.indexOf(one) < order.indexOf(other) ? other : one;
}
