/** Addresses and times of a table read from their bytes, in the forms that nearly all have; the others are left to others. */

const DAYS_HELD = 4096;

/** The number of an IPv4 address in its usual form, or -1. */
export function fourBytes(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  let part = 0;
  let digits = 0;
  let parts = 1;
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte === 46) {
      if (digits === 0) return -1;
      value = value * 256 + part;
      part = 0;
      digits = 0;
      parts += 1;
      continue;
    }
    const digit = byte - 48;
    if (digit < 0 || digit > 9 || (digits > 0 && part === 0)) return -1;
    part = part * 10 + digit;
    digits += 1;
    if (part > 255) return -1;
  }
  return parts === 4 && digits > 0 ? value * 256 + part : -1;
}

/** `2017-03-04T05:06:07Z`, with a blank for the `T` and up to six more digits; all else is left to `readIso`. */
export class TimeReader {
  readonly #days = new Map<number, number>();

  /** Microseconds, or NaN. */
  read(bytes: Uint8Array, from: number, to: number): number {
    const length = to - from;
    if (length < 20 || length > 27 || bytes[to - 1] !== 90 || (bytes[from + 10] !== 84 && bytes[from + 10] !== 32))
      return Number.NaN;
    if (bytes[from + 4] !== 45 || bytes[from + 7] !== 45 || bytes[from + 13] !== 58 || bytes[from + 16] !== 58)
      return Number.NaN;
    const year = digits(bytes, from, 4);
    const month = digits(bytes, from + 5, 2);
    const day = digits(bytes, from + 8, 2);
    const hour = digits(bytes, from + 11, 2);
    const minute = digits(bytes, from + 14, 2);
    const second = digits(bytes, from + 17, 2);
    if (
      !(
        year >= 0 &&
        month >= 0 &&
        day >= 0 &&
        hour >= 0 &&
        hour < 24 &&
        minute >= 0 &&
        minute < 60 &&
        second >= 0 &&
        second < 60
      )
    )
      return Number.NaN;
    let fraction = 0;
    if (length > 20) {
      const count = length - 21;
      if (bytes[from + 19] !== 46 || count === 0) return Number.NaN;
      fraction = digits(bytes, from + 20, count);
      if (fraction < 0) return Number.NaN;
      fraction *= 10 ** (6 - count);
    }
    const date = year * 10_000 + month * 100 + day;
    const start = this.#days.get(date) ?? this.#day(date, year, month, day);
    return start + (hour * 3600 + minute * 60 + second) * 1e6 + fraction;
  }

  /** Start of a day in microseconds, or NaN where there is no such day. */
  #day(date: number, year: number, month: number, day: number): number {
    const found = new Date(Date.UTC(year, month - 1, day));
    if (year < 1000 || found.getUTCMonth() !== month - 1 || found.getUTCDate() !== day) return Number.NaN;
    if (this.#days.size >= DAYS_HELD) this.#days.clear();
    const micros = found.getTime() * 1000;
    this.#days.set(date, micros);
    return micros;
  }
}

function digits(bytes: Uint8Array, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at++) {
    const digit = bytes[at]! - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}
