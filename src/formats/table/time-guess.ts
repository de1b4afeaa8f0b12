/** Which declared shapes the values of a column fit. Where values leave a choice, the choice is handed back. */
import { readShaped } from '../reading/shapes.ts';

export type TimeGuess =
  | { shape: string; zoned: boolean; twoDigitYear: boolean }
  /** Both orders of day and month fit every value. */
  | { dayMonth: string; monthDay: string; zoned: boolean; twoDigitYear: boolean }
  | { units: string[] }
  | { clock: string };

const CLOCKS = ['HH:mm:ss', 'HH:mm', 'HH:mm:ss.S', 'H:mm:ss', 'H:mm', 'hh:mm:ss A', 'h:mm:ss A', 'hh:mm A', 'h:mm A'];
const ZONES = ['', ' ZZ', 'ZZ', ' (ZZ)', ' z'];
const AFTER_DAY = ['', ...CLOCKS.flatMap((clock) => ZONES.map((zone) => ` ${clock}${zone}`))];

/**
 * Null when the values fit no shape known here. `speaks`: the header speaks of a time.
 *
 * Where they are not all written alike, at least six in ten must be; `others` counts the rest.
 */
export function guessTime(values: string[], speaks: boolean): { guess: TimeGuess; others: number } | null {
  const whole = guessAlike(values, speaks);
  if (whole !== null) return { guess: whole, others: 0 };
  const groups = Map.groupBy(values, (value) =>
    value
      .replace(/\d{3,}/g, '9999')
      .replace(/\d{1,2}(?!\d)/g, '9')
      .replace(/[A-Za-z]+/g, 'a'),
  );
  const largest = [...groups.values()].reduce((most, group) => (group.length > most.length ? group : most), []);
  if (largest.length < 0.6 * values.length) return null;
  const guess = guessAlike(largest, speaks);
  return guess && { guess, others: values.length - largest.length };
}

function guessAlike(values: string[], speaks: boolean): TimeGuess | null {
  if (values.length === 0) return null;
  if (fitsAll(values, 'iso'))
    return {
      shape: 'iso',
      zoned: values.every((value) => /(Z|UTC|GMT|[+-]\d\d:?\d\d)$/i.test(value.trim().slice(10))),
      twoDigitYear: false,
    };
  const clock = CLOCKS.find((shape) => values.every((value) => readClock(value, shape)));
  if (clock !== undefined) return { clock };
  if (values.every((value) => /^\d+(\.\d+)?$/.test(value))) return speaks ? unitsOf(values) : null;
  return yearFirst(values) ?? named(values) ?? numeric(values);
}

function fitsAll(values: string[], shape: string): boolean {
  return values.every((value) => {
    const stamp = readShaped(value, [shape], { firstYear: 1970, rule: { zone: 'UTC', basis: 'declared by examiner' } });
    return stamp !== null && stamp.precision !== 'none';
  });
}

/** A time of day fits when a day before it makes it a time. */
function readClock(value: string, shape: string): boolean {
  return readShaped(`2020-01-01 ${value}`, [`YYYY-MM-DD ${shape}`]) !== null;
}

function firstFit(values: string[], days: string[]): string | undefined {
  const sample = values[0]!;
  const shapes = days.flatMap((day) => AFTER_DAY.map((rest) => day + rest)).filter((shape) => fitsAll([sample], shape));
  return shapes.find((shape) => fitsAll(values, shape));
}

function one(shape: string | undefined): TimeGuess | null {
  if (shape === undefined) return null;
  return { shape, zoned: /z/i.test(shape), twoDigitYear: /(^|[^Y])YY([^Y]|$)/.test(shape) };
}

function yearFirst(values: string[]): TimeGuess | null {
  return one(firstFit(values, ['YYYY/MM/DD', 'YYYY/M/D', 'YYYY.MM.DD', 'YYYY-MM-DD', 'YYYY-M-D']));
}

function named(values: string[]): TimeGuess | null {
  return one(
    firstFit(values, [
      'D MMM YYYY',
      'D-MMM-YYYY',
      'D-MMM-YY',
      'MMM D, YYYY',
      'MMMM D, YYYY',
      'D MMMM YYYY',
      'D. MMMM YYYY',
    ]),
  );
}

function numeric(values: string[]): TimeGuess | null {
  const orders = (first: string, second: string) =>
    ['/', '.', '-'].flatMap((sign) =>
      ['YYYY', 'YY'].flatMap((year) => [
        `${first}${first}${sign}${second}${second}${sign}${year}`,
        `${first}${sign}${second}${sign}${year}`,
      ]),
    );
  const dayMonth = one(firstFit(values, orders('D', 'M')));
  const monthDay = one(firstFit(values, orders('M', 'D')));
  if (!dayMonth || !monthDay) return dayMonth ?? monthDay;
  if (!('shape' in dayMonth) || !('shape' in monthDay)) return null;
  const { zoned, twoDigitYear } = dayMonth;
  return { dayMonth: dayMonth.shape, monthDay: monthDay.shape, zoned, twoDigitYear };
}

const FROM = Date.UTC(1990, 0, 1) / 1000;
const UNTIL = Date.UTC(2100, 0, 1) / 1000;
const UNITS: Record<string, (value: number) => number> = {
  'epoch-s': (value) => value,
  'epoch-ms': (value) => value / 1e3,
  'epoch-us': (value) => value / 1e6,
  'excel-serial': (value) => (value - 25_569) * 86_400,
};

/** The units in which every number falls between 1990 and 2100. */
function unitsOf(values: string[]): TimeGuess | null {
  const units = Object.entries(UNITS).flatMap(([unit, seconds]) =>
    values.every((value) => seconds(Number(value)) >= FROM && seconds(Number(value)) < UNTIL) && fitsAll(values, unit)
      ? [unit]
      : [],
  );
  return units.length === 0 ? null : { units };
}
