/** Reads the ways in which returns write a time. Nothing here assumes a zone or an order of day and month. */

import type { Precision } from '../../record/record.ts';
import { fromFields, noTime, type Stamp, stated, type ZoneRule } from '../../record/stamp.ts';

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?$/i;

/**
 * ISO-like text, largest unit first: `2018-07-02 17:10:33 UTC`, `2018-07-02T17:10:33.5+02:00`, `2018-07-02`.
 *
 * Null when the text is not of that shape or names no real date; empty text gives a stamp without time.
 */
export function readIso(text: string, rule?: ZoneRule): Stamp | null {
  const trimmed = text.trim();
  if (trimmed === '') return noTime(text);
  const found = ISO.exec(trimmed);
  if (!found) return null;
  const [, year, month, day, hour, minute, second, fraction, zone] = found;
  const micros = fraction === undefined ? undefined : Number(fraction.padEnd(6, '0').slice(0, 6));
  const stamp = fromFields(
    text,
    {
      year: Number(year),
      month: Number(month),
      day: Number(day),
      hour: hour === undefined ? undefined : Number(hour),
      minute: minute === undefined ? undefined : Number(minute),
      second: second === undefined ? undefined : Number(second),
      micros,
    },
    zone === undefined ? rule : { zone: offsetOf(zone), basis: 'provider rule' },
  );
  return stamp && zone !== undefined ? { ...stamp, zoneBasis: 'stated' } : stamp;
}

/** `Z`, `UTC`, `GMT`, `+0530`, `-05:00` as a zone Temporal takes. */
function offsetOf(zone: string): string {
  if (/^(Z|UTC|GMT)$/i.test(zone)) return 'UTC';
  return zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
}

const UNITS: Record<'s' | 'ms' | 'us', { micros: bigint; precision: Precision }> = {
  s: { micros: 1_000_000n, precision: 'second' },
  ms: { micros: 1000n, precision: 'millisecond' },
  us: { micros: 1n, precision: 'microsecond' },
};

/** A count since 1970 in a unit the format knows. Null when it is not a whole number or beyond the year 9999. */
export function readEpoch(text: string, unit: 's' | 'ms' | 'us'): Stamp | null {
  const trimmed = text.trim();
  if (trimmed === '') return noTime(text);
  if (!/^-?\d{1,20}$/.test(trimmed)) return null;
  const micros = BigInt(trimmed) * UNITS[unit].micros;
  if (micros >= 253_402_300_800_000_000n || micros < -62_135_596_800_000_000n) return null;
  return stated(text, micros, UNITS[unit].precision);
}
