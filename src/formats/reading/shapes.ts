/**
 * Times by declared shape. A shape says exactly how a source writes a time; what does not fit it is not read.
 *
 * | written | means |
 * |---|---|
 * | `YYYY` `YY` | year of four digits, of two (its century must be declared) |
 * | `MM` `M` `MMM` `MMMM` | month of two digits, of one or two, `Jan`, `January` (English) |
 * | `DD` `D` | day of two digits, of one or two |
 * | `HH` `H` | hour 00 to 23, of two digits, of one or two |
 * | `hh` `h` with `A` | hour 1 to 12 with `AM`, `pm`, `a.m.` |
 * | `mm` `ss` | minute, second, of two digits |
 * | `S` | fraction of a second, one to nine digits (what is below a microsecond is cut off) |
 * | `ZZ` | offset: `Z`, `UTC`, `-05:00`, `+0530`, `GMT -4` |
 * | `z` | zone name or abbreviation, in the meaning a list gives (`EST`), an offset, or an IANA name |
 * | `T` and signs | themselves; other letters in quotes: `D. MMMM YYYY 'um' HH:mm` |
 * | `[ … ]` | may be missing |
 *
 * Whole shapes: `iso` (year first, with or without zone), `epoch-s`, `epoch-ms`, `epoch-us`, `excel-serial` (days since
 * 1899-12-30, 1900 date system), `day-month` and `month-day` (`4/3/2025 2:30 PM` and its like, in that order).
 */
import { type Fields, fromFields, noTime, type Stamp, type ZoneRule } from '../../record/stamp.ts';
import { readSerial } from './serials.ts';
import { compile, monthOf, NAMED_SHAPES } from './shape-grammar.ts';
import { readEpoch, readIso } from './times.ts';
import { type NamedZone, zoneIn } from './zones.ts';

export type ShapeContext = {
  /** Zone of texts that carry none. */
  rule?: ZoneRule | undefined;
  /**
   * Zone that stands beside the text. It speaks before the rule; null is a zone word that nothing explains, and then
   * the rule is silent: it is for times that name no zone, not for those.
   */
  beside?: NamedZone | null | undefined;
  /** What the source's zone abbreviations mean. */
  zoneNames?: Readonly<Record<string, string>> | undefined;
  /** First year that two digits can mean. */
  firstYear?: number | undefined;
};

const EPOCHS: Readonly<Record<string, 's' | 'ms' | 'us'>> = { 'epoch-s': 's', 'epoch-ms': 'ms', 'epoch-us': 'us' };

/**
 * The stamp of a text of one of these shapes.
 *
 * Null when it fits none, names no real date, or fits two that disagree. Empty text gives a stamp without time.
 */
export function readShaped(text: string, shapes: readonly string[], context: ShapeContext = {}): Stamp | null {
  if (text.trim() === '') return noTime(text);
  return agreed(shapes.map((shape) => readOne(text, shape, context)));
}

/** A day and a time of day from two cells. A day without a clock is a day; a clock without a day is no time. */
export function readDayAndClock(
  day: { text: string; shapes: readonly string[] },
  clock: { text: string; shapes: readonly string[] },
  context: ShapeContext = {},
): Stamp | null {
  const text = `${day.text} ${clock.text}`.trim();
  if (day.text.trim() === '') return noTime(text);
  if (clock.text.trim() === '') return readShaped(day.text, day.shapes, context);
  return agreed(
    expanded(day.shapes).flatMap((dayShape) =>
      expanded(clock.shapes).map((clockShape) => {
        const [date, time] = [parse(day.text, dayShape, context), parse(clock.text, clockShape, context)];
        if (date?.year === undefined || date.hour !== undefined || time?.hour === undefined) return null;
        return place(text, { ...time, year: date.year, month: date.month, day: date.day }, context);
      }),
    ),
  );
}

function agreed(read: (Stamp | null)[]): Stamp | null {
  const [first, ...others] = read.filter((stamp) => stamp !== null);
  if (first === undefined) return null;
  const same = (other: Stamp) =>
    other.began === first.began && other.ended === first.ended && other.undetermined === first.undetermined;
  return others.every(same) ? first : null;
}

function expanded(shapes: readonly string[]): string[] {
  return shapes.flatMap((shape) => (shape === 'iso' ? ['YYYY-MM-DD'] : (NAMED_SHAPES[shape] ?? [shape])));
}

function readOne(text: string, shape: string, context: ShapeContext): Stamp | null {
  if (shape === 'iso') return based(readIso(text, ruleOf(context)), context);
  if (shape === 'excel-serial') return based(readSerial(text, ruleOf(context)), context);
  const unit = EPOCHS[shape];
  if (unit !== undefined) {
    const stamp = readEpoch(text.trim().replace(/^(\d+)\.0+$/, '$1'), unit);
    return stamp && { ...stamp, text };
  }
  return agreed(
    expanded([shape]).map((one) => {
      const parsed = parse(text, one, context);
      return parsed?.year === undefined ? null : place(text, parsed, context);
    }),
  );
}

type Parsed = Partial<Fields> & { zone?: string | undefined };

function parse(text: string, shape: string, { firstYear }: ShapeContext): Parsed | null {
  const made = compile(shape);
  const found = typeof made === 'string' ? null : made.pattern.exec(text.trim());
  if (!found) return null;
  const groups: Record<string, string | undefined> = found.groups ?? {};
  const whole = (part: string) => (groups[part] === undefined ? undefined : Number(groups[part]));
  const year = groups.year?.length === 2 ? inCentury(whole('year')!, firstYear) : whole('year');
  if (groups.year !== undefined && year === undefined) return null;
  const hour = groups.half === undefined ? whole('hour') : hourOfHalf(whole('hour'), groups.half);
  if (hour === null) return null;
  const fraction = groups.fraction;
  return {
    year,
    month: groups.month === undefined ? undefined : monthOf(groups.month),
    day: whole('day'),
    hour,
    minute: whole('minute'),
    second: whole('second'),
    micros: fraction === undefined ? undefined : Number(fraction.padEnd(6, '0').slice(0, 6)),
    zone: groups.zone,
  };
}

function inCentury(twoDigits: number, firstYear: number | undefined): number | undefined {
  if (firstYear === undefined) return undefined;
  return firstYear + ((((twoDigits - firstYear) % 100) + 100) % 100);
}

function hourOfHalf(hour: number | undefined, half: string): number | null | undefined {
  if (hour === undefined) return undefined;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
}

function place(text: string, parsed: Parsed, context: ShapeContext): Stamp | null {
  const { zone, ...fields } = parsed;
  const within = zone === undefined ? context : { ...context, beside: zoneIn(zone, context.zoneNames) };
  return based(fromFields(text, fields as Fields, ruleOf(within)), within);
}

function ruleOf({ beside, rule }: ShapeContext): ZoneRule | undefined {
  if (beside === undefined) return rule;
  return beside === null ? undefined : { zone: beside.zone, basis: 'declared by examiner' };
}

/** The stamp with the basis of the zone beside it, where that is what placed it. */
function based(stamp: Stamp | null, { beside }: ShapeContext): Stamp | null {
  return stamp !== null && beside && stamp.zoneBasis === 'declared by examiner'
    ? { ...stamp, zoneBasis: beside.basis }
    : stamp;
}
