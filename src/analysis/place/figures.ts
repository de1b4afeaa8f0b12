/** Numbers cut to what they bear, so that no answer claims more than its radius or its counts. */

/** `value` to `digits` significant digits. */
export function significant(value: number, digits = 3): number {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : value;
}

/** A coordinate with no more decimals than an area of `radiusMetres` allows (reference: inference, 6.4). */
export function coordinate(degrees: number, radiusMetres: number): number {
  const decimals = radiusMetres >= 10_000 ? 1 : radiusMetres >= 1000 ? 2 : radiusMetres >= 100 ? 3 : 4;
  return Number(degrees.toFixed(decimals));
}

/** Orders text by code unit: the same under every locale. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
