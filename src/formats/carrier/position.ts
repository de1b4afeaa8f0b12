/** Coordinates, directions and lengths written as plain decimal numbers. Degrees and minutes are not read. */

/** A decimal number within the limits; undefined for an empty text, null for anything else. */
export function decimal(text: string, lowest: number, highest: number): number | undefined | null {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  if (!/^[+-]?\d{1,9}(\.\d{1,18})?$/.test(trimmed)) return null;
  const value = Number(trimmed);
  return value >= lowest && value <= highest ? value : null;
}

export const latitudeOf = (text: string) => decimal(text, -90, 90);
export const longitudeOf = (text: string) => decimal(text, -180, 180);
/** Degrees clockwise from north, 360 read as 0. */
export function azimuthOf(text: string): number | undefined | null {
  const value = decimal(text, 0, 360);
  return value === 360 ? 0 : value;
}
