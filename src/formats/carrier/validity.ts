/**
 * From when until when a row of reference data holds, as instants; empty text where the row leaves it open.
 *
 * In our own tables (`dayIs: 'UTC'`) a bare day begins at midnight UTC and `until` is the first day it no longer holds. In
 * a provider's list (`dayIs: 'any'`) the zone and whether the last day counts are not stated, so the row is taken to hold
 * only where every reading agrees.
 */
import { textFrom } from '../../base/interval.ts';
import type { Stamp, ZoneRule } from '../../record/stamp.ts';
import { readIso } from '../reading/times.ts';
import { readMoment } from './clock.ts';

type Validity = { valid_from: string; valid_to: string };

/** Null when either text is no time, has a clock time without a zone, or the end is not after the start. */
export function validityOf(
  from: string,
  until: string,
  reading: { dayIs: 'UTC' | 'any'; zone?: ZoneRule | undefined },
): Validity | null {
  const [began, ended] = [stampOf(from, reading), stampOf(until, reading)];
  if (!began || !ended) return null;
  const first = reading.dayIs === 'any' && began.precision === 'day' ? latestStart(began) : began.began;
  const last = ended.began;
  if (first !== null && last !== null && last <= first) return null;
  return { valid_from: first === null ? '' : textFrom(first), valid_to: last === null ? '' : textFrom(last) };
}

function stampOf(text: string, { dayIs, zone }: { dayIs: 'UTC' | 'any'; zone?: ZoneRule | undefined }): Stamp | null {
  // A workbook's date cell comes with a midnight nobody wrote.
  const day = text.trim().replace(/ 00:00:00$/, '');
  const bare = /^\d{4}-\d\d-\d\d$/.test(day);
  const stamp =
    dayIs === 'UTC'
      ? readIso(day, bare ? { zone: 'UTC', basis: 'provider rule' } : zone)
      : (readIso(day, zone) ?? readMoment(day, zone));
  return stamp?.began === null && stamp.undetermined !== 'no time' ? null : stamp;
}

/** A day that may lie in any zone has begun everywhere 24 hours before the end of all it can mean. */
function latestStart(stamp: Stamp): bigint | null {
  return stamp.ended === null || stamp.zoneBasis !== 'unknown' ? stamp.began : stamp.ended - 86_400_000_000n;
}
