/**
 * Dates and times as United States carriers write them: month first, or as a spreadsheet turned them into cells.
 *
 * The order of month and day is the carrier's published one; the zone comes from the caller or stays unknown.
 */
import { type Fields, fromFields, noTime, type Stamp, type ZoneRule } from '../../record/stamp.ts';

type Day = { year: number; month: number; day: number };
type Clock = { hour: number; minute: number; second?: number | undefined; micros?: number | undefined };

const MONTH_FIRST = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;
const DATE_CELL = /^(\d{4})-(\d\d)-(\d\d)$/;
const CLOCK = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?$/;
/** Five digits are days from 1927 to 2173; fewer might be a year. */
const SERIAL = /^(\d{5})(\.\d+)?$/;

/** One field that holds both, `3/4/2018 0:06`, or a date cell. Null when it is neither. */
export function readMoment(text: string, rule?: ZoneRule): Stamp | null {
  const trimmed = text.trim();
  if (trimmed === '') return noTime(text);
  const [date, time = '', more] = trimmed.split(/[ T]+/);
  return more === undefined ? read(text, date!, time, rule) : null;
}

/** A date field and a time field, each as text, as a date cell or as a spreadsheet's serial number. */
export function readDateAndTime(date: string, time: string, rule?: ZoneRule): Stamp | null {
  const text = [date.trim(), time.trim()].filter((part) => part !== '').join(' ');
  if (text === '') return noTime('');
  // A time cell carries the spreadsheet's day zero, a date cell midnight; neither is a statement of the carrier.
  const clock = time.trim().replace(/^(1899-12-3[01]|1900-01-0[01])[ T]/, '');
  const day = date.trim().replace(/[ T]0?0:00(:00(\.0+)?)?$/, '');
  return read(text, day, clock, rule);
}

function read(text: string, date: string, time: string, rule?: ZoneRule): Stamp | null {
  const day = dayOf(date);
  const clock = time === '' ? clockInSerial(date) : clockOf(time);
  if (day === null || clock === undefined) return null;
  const fields: Fields = { ...day, ...clock };
  return fromFields(text, fields, rule);
}

/** The calendar day a field starts with, as `YYYY-MM-DD`; null when it starts with none. */
export function dayIn(text: string): string | null {
  const day = dayOf(text.trim().split(/[ T]/)[0]!);
  try {
    return day && Temporal.PlainDate.from(day, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}

function dayOf(text: string): Day | null {
  const written = MONTH_FIRST.exec(text);
  if (written) return { year: Number(written[3]), month: Number(written[1]), day: Number(written[2]) };
  const cell = DATE_CELL.exec(text);
  if (cell) return { year: Number(cell[1]), month: Number(cell[2]), day: Number(cell[3]) };
  const serial = SERIAL.exec(text);
  if (!serial) return null;
  const { year, month, day } = Temporal.PlainDate.from('1899-12-30').add({ days: Number(serial[1]) });
  return { year, month, day };
}

/** Null: the text has no time of day. Undefined: it has something that is none. */
function clockOf(text: string): Clock | null | undefined {
  const written = CLOCK.exec(text);
  if (written) {
    const [, hour, minute, second, fraction] = written;
    return {
      hour: Number(hour),
      minute: Number(minute),
      second: second === undefined ? undefined : Number(second),
      micros: fraction === undefined || Number(fraction) === 0 ? undefined : Number(fraction.padEnd(6, '0')),
    };
  }
  return /^0?\.\d+$|^0$/.test(text) ? clockOfDay(Number(text)) : undefined;
}

function clockInSerial(date: string): Clock | null {
  const serial = SERIAL.exec(date);
  return serial?.[2] === undefined || Number(serial[2]) === 0 ? null : clockOfDay(Number(serial[2]));
}

/** A spreadsheet's fraction of a day, to the second: its doubles hold no more. A fraction that rounds to the next day is its last second. */
function clockOfDay(fraction: number): Clock {
  const seconds = Math.min(Math.round(fraction * 86_400), 86_399);
  return { hour: Math.floor(seconds / 3600), minute: Math.floor(seconds / 60) % 60, second: seconds % 60 };
}
