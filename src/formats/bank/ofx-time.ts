/**
 * Times of OFX: `20090401122017.000[-5:EST]`, `200904011220`, `20090401`.
 *
 * The specification reads a time without a zone as GMT; banks write local time there, so it stays undetermined unless
 * an examiner declared a zone. The letters after the colon are only a label: the offset decides (OFX 2.1.1, 3.2.8.2).
 */
import { fromFields, noTime, type Stamp, type ZoneRule } from '../../record/stamp.ts';

const OFX_TIME =
  /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(?:(\d\d)(?:\.(\d{1,6}))?)?)?\s*(?:\[\s*([+-]?\d{1,2})(?:[.:](\d{1,2}))?(?::[^\]]*)?\s*\])?$/;

/** Offsets are written in hours with a decimal part or with minutes; no zone has a part where the two differ. */
const PART_OF_HOUR: Record<string, string> = {
  '0': '00', '00': '00', '15': '15', '25': '15', '3': '30', '30': '30', '5': '30', '50': '30', '45': '45', '75': '45',
}; // biome-ignore format: pairs

/** Null when the text is not of that shape or names no real date or offset; empty text gives a stamp without time. */
export function readOfxTime(text: string, rule?: ZoneRule): Stamp | null {
  const trimmed = text.trim();
  if (trimmed === '') return noTime(text);
  const found = OFX_TIME.exec(trimmed);
  if (!found) return null;
  const [, year, month, day, hour, minute, second, fraction, hours, part] = found;
  const zone = hours === undefined ? undefined : offset(hours, part ?? '00');
  if (zone === null) return null;
  const stamp = fromFields(
    text,
    {
      year: Number(year),
      month: Number(month),
      day: Number(day),
      hour: hour === undefined ? undefined : Number(hour),
      minute: minute === undefined ? undefined : Number(minute),
      second: second === undefined ? undefined : Number(second),
      micros: fraction === undefined ? undefined : Number(fraction.padEnd(6, '0')),
    },
    zone === undefined ? rule : { zone, basis: 'provider rule' },
  );
  return stamp && zone !== undefined ? { ...stamp, zoneBasis: 'stated' } : stamp;
}

function offset(hours: string, part: string): string | null {
  const minutes = PART_OF_HOUR[part];
  const whole = Math.abs(Number(hours));
  if (minutes === undefined || whole > 14) return null;
  return `${hours.startsWith('-') ? '-' : '+'}${String(whole).padStart(2, '0')}:${minutes}`;
}
