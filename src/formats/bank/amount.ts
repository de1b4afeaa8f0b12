/**
 * Amounts of money as exact decimal text, never a double.
 *
 * Banks write decimal points and decimal commas. What both readings would allow (`1.234`) is not decided here: the
 * answer is null and the row is unreadable.
 */

type Amount = { negative: boolean; decimal: string };

/**
 * An amount as OFX files carry it: `-250.00`, `1.234,56`, `$1,234.56`, `.50`.
 *
 * One separator with three digits behind it is either a thousands mark or a decimal mark; it is read only when the
 * digits before it leave one reading (`1234.567`, `0.125`). Null for every other text.
 */
export function readAmount(text: string): Amount | null {
  const found = /^([+-]?)\$?([+-]?)(\d[\d.,'\u0020\u00a0\u202f]*|[.,]\d+)$/.exec(text.trim());
  if (!found || (found[1] !== '' && found[2] !== '')) return null;
  const parts = separated(found[3]!);
  const decimal = parts && exactDecimal(parts.whole, parts.fraction);
  return decimal === null ? null : { negative: found[1] === '-' || found[2] === '-', decimal };
}

/** An unsigned decimal with a point, as ISO 20022 writes it; null for anything else or for more than 20.8 digits. */
export function readPlainAmount(text: string): string | null {
  const found = /^\+?(\d*)(?:\.(\d*))?$/.exec(text.trim());
  return found ? exactDecimal(found[1]!, found[2] ?? '') : null;
}

function separated(digits: string): { whole: string; fraction: string } | null {
  const marks = digits.match(/[.,]/g) ?? [];
  const grouping = digits.match(/['\u0020\u00a0\u202f]/g) ?? [];
  const last = marks.at(-1);
  if (last === undefined) return grouped(digits, grouping[0] ?? null, '');
  const before = digits.slice(0, digits.lastIndexOf(last));
  const after = digits.slice(digits.lastIndexOf(last) + 1);
  if (!/^\d*$/.test(after)) return null;
  if (marks.length > 1 && marks.every((mark) => mark === last)) return grouped(digits, last, '');
  if (marks.length > 1 || grouping.length > 0) return grouped(before, grouping[0] ?? marks[0]!, after);
  if (after.length === 3 && /^[1-9]\d{0,2}$/.test(before)) return null;
  return { whole: before, fraction: after };
}

function grouped(whole: string, mark: string | null, fraction: string): { whole: string; fraction: string } | null {
  if (mark === null) return { whole, fraction };
  const [first, ...rest] = whole.split(mark);
  if (!/^\d{1,3}$/.test(first!) || !rest.every((group) => /^\d{3}$/.test(group))) return null;
  return { whole: [first, ...rest].join(''), fraction };
}

/** The store keeps 20 digits before the point and 8 behind it; what does not fit is not rounded. */
function exactDecimal(whole: string, fraction: string): string | null {
  if (whole === '' && fraction === '') return null;
  const kept = whole.replace(/^0+(?=\d)/, '') || '0';
  const shown = fraction.length > 8 ? fraction.replace(/0+$/, '') : fraction;
  if (kept.length > 20 || shown.length > 8) return null;
  return shown === '' ? kept : `${kept}.${shown}`;
}
