/** Days since 1899-12-30, as a workbook of the 1900 date system stores a time. Carries no zone. */
import { type Fields, fromFields, noTime, type Stamp, type ZoneRule } from '../../record/stamp.ts';

const MICROS_PER_DAY = 86_400_000_000n;

/**
 * The stamp of a serial such as `45696.4632986111`, to the second.
 *
 * A whole number is a day. With fewer than five decimals the text is coarser than a second and stands for all it can be
 * rounded from: `45696.76` spans a quarter of an hour. Null below 61, where the 1900 system counts a day that never
 * was, and beyond the year 9999.
 */
export function readSerial(text: string, rule?: ZoneRule): Stamp | null {
  const trimmed = text.trim();
  if (trimmed === '') return noTime(text);
  const found = /^(\d{2,7})(?:\.(\d{1,20}))?$/.exec(trimmed);
  if (!found) return null;
  const days = Number(found[1]);
  if (days < 61 || days > 2_958_465) return null;
  const decimals = (found[2] ?? '').replace(/0+$/, '');
  if (decimals === '') return fromFields(text, fieldsOf(days, 0n, false), rule);
  const fraction = (BigInt(decimals.padEnd(20, '0')) * MICROS_PER_DAY) / 10n ** 20n;
  if (decimals.length >= 5) return fromFields(text, fieldsOf(days, rounded(fraction, 1_000_000n), true), rule);
  const half = MICROS_PER_DAY / (2n * 10n ** BigInt(decimals.length));
  const from = fromFields(text, fieldsOf(days, rounded(fraction - half, 1_000_000n), true), rule);
  const to = fromFields(text, fieldsOf(days, rounded(fraction + half, 1_000_000n), true), rule);
  if (from === null || to === null) return null;
  const unplaced = from.undetermined ? from : to;
  const precision = decimals.length > 2 ? 'minute' : 'hour';
  return unplaced.undetermined ? { ...unplaced, precision } : { ...from, ended: to.began, precision };
}

function rounded(micros: bigint, unit: bigint): bigint {
  return ((micros + unit / 2n) / unit) * unit;
}

function fieldsOf(days: number, micros: bigint, clock: boolean): Fields {
  const moment = Temporal.PlainDateTime.from('1899-12-30')
    .add({ days })
    .add({ seconds: Number(micros / 1_000_000n) });
  const { year, month, day, hour, minute, second } = moment;
  return clock ? { year, month, day, hour, minute, second } : { year, month, day };
}
