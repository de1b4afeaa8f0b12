/**
 * One time column: what narrows it in SQL, and what a stored value means.
 *
 * A column that is an instant or a whole count is `exact`: the engine compares it as this house does. Text, decimal counts
 * and local times are read here, value by value; what cannot be read is undetermined, never guessed.
 */
import { type Interval, type Micros, microsFrom } from '../base/interval.ts';
import type { Precision } from '../record/record.ts';
import { fromFields, noTime, type Stamp, stated } from '../record/stamp.ts';
import type { Bound } from './bound.ts';
import type { Cell, Column, Dialect, Storage } from './reader.ts';
import type { TimeType } from './time-declaration.ts';

const UNITS: Record<Exclude<TimeType, object>, bigint> = {
  instant: 1n,
  'epoch seconds': 1_000_000n,
  'epoch milliseconds': 1000n,
  'epoch microseconds': 1n,
};

const DAY_MICROS = 86_400_000_000n;
const [FIRST_YEAR, LAST_YEAR] = [microsFrom('0001-01-03T00:00:00Z')!, microsFrom('9999-12-28T00:00:00Z')!];

/** A column's own number, and its text as stored. */
export type MomentCells = [number: Cell, stored: Cell];

export class Moment {
  readonly exact: boolean;
  readonly #dialect: Dialect;
  readonly #column: Column;
  readonly #type: TimeType;
  readonly #precision: Precision | null;

  /** `precision` null leaves it to what the text shows. */
  constructor(dialect: Dialect, column: Column, type: TimeType, precision: Precision | null) {
    this.#dialect = dialect;
    this.#column = column;
    this.#type = type;
    this.#precision = precision;
    this.exact = type === 'instant' ? column.storage === 'instant' : isEpoch(type) && column.storage === 'integer';
  }

  /** What a declared type can be kept as. */
  static holds(type: TimeType): Storage[] {
    if (type === 'instant') return ['instant', 'text'];
    return typeof type === 'string' ? ['integer', 'decimal', 'text'] : ['local', 'day', 'text'];
  }

  /** SQL of an exact column's number, in its own unit. */
  get number(): string {
    return this.#type === 'instant' ? this.#dialect.micros(this.#column) : this.#dialect.name(this.#column.name);
  }

  /** The SQL of `MomentCells`. */
  cells(): [string, string] {
    return [this.exact ? this.#dialect.asText(this.number) : 'null', this.#dialect.text(this.#column)];
  }

  /** SQL that puts rows in order of time, where the engine can tell it. */
  get order(): string {
    return this.exact ? this.number : this.#dialect.bytes(this.#dialect.text(this.#column));
  }

  /** The least number, in the column's own unit, that has reached the boundary, or has passed it. */
  threshold(boundary: Micros, which: 'reached' | 'passed'): bigint {
    const unit = this.#type === 'instant' ? 1n : UNITS[this.#type as keyof typeof UNITS];
    const whole = floorOf(boundary, unit);
    return which === 'reached' && whole * unit === boundary ? whole : whole + 1n;
  }

  /** SQL that holds for every value inside the range, and for few outside. Undecidable values need not hold. */
  narrowing(range: Interval, bound: Bound): string[] {
    const name = this.#dialect.name(this.#column.name);
    if (this.exact && this.#type !== 'instant') {
      const [low, high] = [this.threshold(range.began, 'reached'), this.threshold(range.ended, 'reached')];
      return [`${name} >= ${bound.integer(low)}`, `${name} < ${bound.integer(high)}`];
    }
    if (this.exact) {
      const [low, high] = [this.#dialect.instant(range.began, bound), this.#dialect.instant(range.ended, bound)];
      return [...(low === null ? [] : [`${name} >= ${low}`]), ...(high === null ? [] : [`${name} < ${high}`])];
    }
    if (isEpoch(this.#type)) return [];
    return this.#narrowingByDay(range, bound);
  }

  /** Two days on either side are more than any zone or offset moves a day. */
  #narrowingByDay(range: Interval, bound: Bound): string[] {
    if (range.began < FIRST_YEAR || range.ended > LAST_YEAR) return [];
    const [low, high] = [dayOf(range.began - 2n * DAY_MICROS), dayOf(range.ended + 3n * DAY_MICROS)];
    const column = this.#column;
    if (column.storage !== 'text') {
      const name = this.#dialect.name(column.name);
      const day = (text: string) => this.#dialect.localDay(text, column, bound);
      return [`${name} >= ${day(low)}`, `${name} < ${day(high)}`];
    }
    // What does not begin with a digit may begin with spaces, which are not read.
    const text = this.#dialect.bytes(this.#dialect.text(column));
    const inside = `(${text} >= ${bound.text(low)} and ${text} < ${bound.text(high)})`;
    return [`(${inside} or ${text} < '0' or ${text} >= ':')`];
  }

  read([number, stored]: MomentCells): Stamp {
    if (stored === null) return noTime();
    const precision = this.#precision ?? 'second';
    if (this.exact) {
      if (number === null) return noTime(stored);
      return stated(stored, BigInt(number) * UNITS[this.#type as keyof typeof UNITS], precision);
    }
    if (this.#type === 'instant') {
      const micros = instantIn(stored.trim());
      return micros === null ? noTime(stored) : stated(stored, micros, precision);
    }
    if (isEpoch(this.#type)) {
      const micros = countIn(stored.trim(), UNITS[this.#type]);
      return micros === null ? noTime(stored) : stated(stored, micros, precision);
    }
    return this.#local(stored, this.#type.local);
  }

  #local(stored: string, zone: string): Stamp {
    const fields = fieldsIn(stored.trim());
    if (fields === null) return noTime(stored);
    const { year, month, day } = fields;
    const whole = this.#precision === 'day' ? { year, month, day } : fields;
    const stamp = fromFields(stored, whole, { zone, basis: 'provider rule' });
    if (stamp === null) return noTime(stored);
    return stamp.precision === 'day' || this.#precision === null ? stamp : { ...stamp, precision: this.#precision };
  }
}

function isEpoch(type: TimeType): type is Exclude<TimeType, object | 'instant'> {
  return typeof type === 'string' && type !== 'instant';
}

function floorOf(value: bigint, unit: bigint): bigint {
  const cut = value / unit;
  return value < 0n && cut * unit !== value ? cut - 1n : cut;
}

function dayOf(micros: Micros): string {
  return Temporal.Instant.fromEpochNanoseconds(micros * 1000n)
    .toString()
    .slice(0, 10);
}

const INSTANT = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?(Z|[+-]\d\d(?::?\d\d)?)$/i;

/** Digits beyond the microsecond are left off: the text then means the microsecond it lies in. */
function instantIn(text: string): Micros | null {
  const found = INSTANT.exec(text);
  if (!found) return null;
  const [, clock, fraction, offset] = found;
  return microsFrom(`${clock}${fraction === undefined ? '' : `.${fraction.slice(0, 6)}`}${offset}`);
}

const LOCAL = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?$/;

function fieldsIn(text: string) {
  const found = LOCAL.exec(text);
  if (!found) return null;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((part) => part && Number(part));
  return {
    year: year as number,
    month: month as number,
    day: day as number,
    hour: hour as number | undefined,
    minute: minute as number | undefined,
    second: second as number | undefined,
    micros: found[7] === undefined ? undefined : Number(found[7].padEnd(6, '0').slice(0, 6)),
  };
}

const COUNT = /^([+-]?)(\d{1,30})(?:\.(\d{1,30}))?(?:e([+-]?\d{1,2}))?$/i;

/** A decimal count as microseconds, rounded down; null when it is none. */
function countIn(text: string, unit: bigint): Micros | null {
  const found = COUNT.exec(text);
  if (!found) return null;
  const [, sign, whole, fraction = '', exponent = '0'] = found;
  const digits = BigInt(whole! + fraction) * unit * (sign === '-' ? -1n : 1n);
  const scale = fraction.length - Number(exponent);
  return scale <= 0 ? digits * 10n ** BigInt(-scale) : floorOf(digits, 10n ** BigInt(scale));
}
