/** Numbers in cells: amounts to the last digit, ports, durations, lengths, angles. Null where a text is none. */

export type DecimalSign = 'comma' | 'point' | undefined;

export type Amount = { amount: string; currency: string | null };

/**
 * An amount as plain decimal text: `-1234.50` for `(1,234.50)`; at most 20 digits before and 8 after the point.
 *
 * `ambiguous` when a single sign before three digits may be either and no `decimal` is declared. A currency code beside
 * the number is given back; a symbol is not, for `$` is several currencies.
 */
export function readAmount(text: string, decimal: DecimalSign): Amount | 'ambiguous' | null {
  const found =
    /^(\()?([+-]?)\s*([A-Z]{3}(?=[\s\d+-]))?\s*([$€£¥₹₱]?)\s*([+-]?)([\d.,'\u00a0\u202f ]*\d)\s*([$€£¥₹₱]?)\s*([A-Z]{3})?(\))?$/.exec(
      text,
    );
  if (!found) return null;
  const [, open, sign, before, , inner, digits, , after, close] = found;
  if ((open === undefined) !== (close === undefined) || (sign !== '' && inner !== '') || (before && after)) return null;
  const plain = plainDigits(digits!, decimal);
  if (plain === null || plain === 'ambiguous') return plain;
  const [whole, fraction] = plain.split('.') as [string, string | undefined];
  if (whole.length > 20 || (fraction ?? '').length > 8) return null;
  const negative = open !== undefined || sign === '-' || inner === '-';
  return { amount: `${negative ? '-' : ''}${plain}`, currency: before ?? after ?? null };
}

function plainDigits(digits: string, decimal: DecimalSign): string | 'ambiguous' | null {
  const spaced = /^\d{1,3}(?:[\u00a0\u202f ']\d{3})+(?=[.,]|$)/.exec(digits)?.[0];
  const text = spaced === undefined ? digits : spaced.replace(/\D/g, '') + digits.slice(spaced.length);
  if (/^\d+$/.test(text)) return text.replace(/^0+(?=\d)/, '');
  const signs: ('comma' | 'point')[] = decimal === undefined ? ['point', 'comma'] : [decimal];
  const readings = new Set(signs.flatMap((sign) => readWith(text, sign) ?? []));
  if (readings.size > 1) return 'ambiguous';
  return [...readings][0] ?? null;
}

function readWith(text: string, sign: 'comma' | 'point'): string | null {
  const [point, comma] = sign === 'point' ? ['\\.', ','] : [',', '\\.'];
  const found = new RegExp(`^(\\d+|[1-9]\\d{0,2}(?:${comma}\\d{3})+)(?:${point}(\\d+))?$`).exec(text);
  if (!found) return null;
  const whole = found[1]!.replace(/\D/g, '').replace(/^0+(?=\d)/, '');
  return found[2] === undefined ? whole : `${whole}.${found[2]}`;
}

export function readPort(text: string): number | null {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : null;
}

/** Plain decimal; a comma only where it is declared to be the decimal sign. */
export function readDecimal(text: string, decimal: DecimalSign): number | null {
  const plain = decimal === 'comma' ? text.replace(',', '.') : text;
  return /^[+-]?\d{1,15}(?:\.\d{1,20})?$/.test(plain) ? Number(plain) : null;
}

const SECONDS: Readonly<Record<string, number>> = { seconds: 1, milliseconds: 0.001, minutes: 60, hours: 3600 };

/** Seconds. `h:mm:ss` is read only when it is the unit: `1:02` alone may be hours or minutes. */
export function readDuration(text: string, unit: string | undefined, decimal: DecimalSign): number | null {
  if (unit === 'h:mm:ss') {
    const found = /^(\d{1,5}):([0-5]\d):([0-5]\d)$/.exec(text);
    return found && Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3]);
  }
  const factor = SECONDS[unit ?? 'seconds'];
  const number = readDecimal(text, decimal);
  return number === null || number < 0 || factor === undefined ? null : scaled(number, factor);
}

const METRES: Readonly<Record<string, number>> = { metres: 1, kilometres: 1000, feet: 0.3048, miles: 1609.344 };

export function readLength(text: string, unit: string | undefined, decimal: DecimalSign): number | null {
  const factor = METRES[unit ?? 'metres'];
  const number = readDecimal(text, decimal);
  return number === null || number < 0 || factor === undefined ? null : scaled(number, factor);
}

/** Degrees clockwise, 0 to 360. */
export function readBearing(text: string, decimal: DecimalSign): number | null {
  const number = readDecimal(text.replace(/\s*°$/, ''), decimal);
  return number !== null && number >= 0 && number <= 360 ? number : null;
}

/** The product without the dust of binary fractions. */
function scaled(number: number, factor: number): number {
  return Number((number * factor).toPrecision(15));
}
