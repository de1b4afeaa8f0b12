/** Small words that call records of all carriers share: length of a call, and the span it makes. */
import type { Micros } from '../../base/interval.ts';
import type { Draft } from '../../record/record.ts';
import type { Stamp } from '../../record/stamp.ts';
import { digitsOf } from './party.ts';

/** Whole seconds; undefined when the cell is empty or no such number. */
export function secondsIn(text: string): number | undefined {
  const digits = digitsOf(text);
  return /^\d{1,7}$/.test(digits) ? Number(digits) : undefined;
}

/** A call lasts from its stamp for its duration; without a duration it is the instant, or the day, of the stamp. */
export function spanOf(
  stamp: Stamp,
  seconds: number | undefined,
): Pick<Draft, 'began' | 'ended' | 'precision' | 'timeAsStored' | 'zoneBasis' | 'undetermined'> {
  const { began, ended, precision, text: timeAsStored, zoneBasis, undetermined } = stamp;
  return { began, ended: endOf(began, ended, seconds), precision, timeAsStored, zoneBasis, undetermined };
}

function endOf(began: Micros | null, ended: Micros | null, seconds = 0): Micros | null {
  if (began === null || seconds === 0) return ended;
  return (ended ?? began) + BigInt(seconds) * 1_000_000n;
}
