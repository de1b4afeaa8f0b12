/** Latitude and longitude as sources write them. Out of range is no coordinate; nothing is swapped or scaled by guess. */
import { type DecimalSign, readDecimal } from './numbers.ts';

export type Axis = 'latitude' | 'longitude';

/** Degrees; or as text why it is none. */
export function readCoordinate(
  text: string,
  axis: Axis,
  unit: string | undefined,
  decimal: DecimalSign,
): number | string {
  const value = unit === 'e7' ? fromE7(text) : (fromDegrees(text, axis, decimal) ?? fromMinutes(text, axis, decimal));
  if (value === null) return `not a ${axis}`;
  return Math.abs(value) <= (axis === 'latitude' ? 90 : 180) ? value : `not a ${axis}: out of range`;
}

function fromE7(text: string): number | null {
  return /^[+-]?\d{1,10}$/.test(text) ? Number(text) / 1e7 : null;
}

/** `38.9`, `-77.03°`, `38.9 N`, `W 77.03`. */
function fromDegrees(text: string, axis: Axis, decimal: DecimalSign): number | null {
  const found = /^([NSEW])?\s*([+-]?[\d.,]+)\s*[°º]?\s*([NSEW])?$/i.exec(text);
  return found && signed(readDecimal(found[2]!, decimal), found[1] ?? '', found[3] ?? '', axis);
}

/** `38° 54' 0.5" N`, `77°02'W`. */
function fromMinutes(text: string, axis: Axis, decimal: DecimalSign): number | null {
  const pattern = /^([NSEW])?\s*(\d{1,3})\s*[°º]\s*([\d.,]+)\s*['′’]\s*(?:([\d.,]+)\s*(?:"|″|”|''))?\s*([NSEW])?$/i;
  const found = pattern.exec(text);
  if (!found || (found[1] === undefined && found[5] === undefined)) return null;
  const minutes = readDecimal(found[3]!, decimal);
  const seconds = found[4] === undefined ? 0 : readDecimal(found[4], decimal);
  if (minutes === null || seconds === null || minutes >= 60 || seconds >= 60) return null;
  const degrees = Number((Number(found[2]) + minutes / 60 + seconds / 3600).toFixed(10));
  return signed(degrees, found[1] ?? '', found[5] ?? '', axis);
}

/** A letter must belong to the axis, stand once, and not contradict a sign. */
function signed(value: number | null, before: string, after: string, axis: Axis): number | null {
  const letter = (before + after).toUpperCase();
  if (value === null || letter.length > 1) return null;
  if (letter === '') return value;
  if (!(axis === 'latitude' ? 'NS' : 'EW').includes(letter) || value < 0) return null;
  return letter === 'S' || letter === 'W' ? -value : value;
}

export type Point = { latitude: number; longitude: number; radiusMetres: number | null };

/**
 * Both in one cell: `38.9, -77.03`, `38.9° N; 77.03° W`, `geo:38.9,-77.03;u=35` (RFC 5870: `u` in metres).
 *
 * With a decimal comma the two are separated by `;` or a space.
 */
export function readPoint(
  text: string,
  order: string | undefined,
  unit: string | undefined,
  decimal: DecimalSign,
): Point | string {
  const geo = /^geo:([+-]?[\d.]+),([+-]?[\d.]+)(?:,[+-]?[\d.]+)?((?:;[^;]*)*)$/i.exec(text);
  if (geo) return pointOf(geo[1]!, geo[2]!, 'degrees', 'point', uncertainty(geo[3]!));
  const bare = text.replace(/^\((.*)\)$/, '$1');
  const halves = bare.split(decimal === 'comma' ? /\s*;\s*|\s+/ : /\s*[,;]\s*/);
  if (halves.length !== 2) return 'not a pair of coordinates';
  const [first, second] = halves as [string, string];
  return order === 'longitude-first'
    ? pointOf(second, first, unit, decimal, null)
    : pointOf(first, second, unit, decimal, null);
}

function uncertainty(parameters: string): number | null {
  const found = /;u=(\d+(?:\.\d+)?)(?:;|$)/i.exec(parameters);
  return found && Number(found[1]);
}

function pointOf(
  lat: string,
  lon: string,
  unit: string | undefined,
  decimal: DecimalSign,
  radiusMetres: number | null,
): Point | string {
  const latitude = readCoordinate(lat, 'latitude', unit, decimal);
  if (typeof latitude === 'string') return latitude;
  const longitude = readCoordinate(lon, 'longitude', unit, decimal);
  return typeof longitude === 'string' ? longitude : { latitude, longitude, radiusMetres };
}
