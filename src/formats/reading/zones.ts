/** Zones as profiles and tables write them. A bare abbreviation is none: `IST` has three meanings. */

/** An IANA name with its area (`America/Chicago`), `UTC`, `GMT`, or an offset such as `-05:00`. */
export function isZone(text: string): boolean {
  if (/^[+-](?:[01]\d|2[0-3]):[0-5]\d$/.test(text)) return true;
  if (!/^(?:UTC|GMT|[A-Za-z_]+\/[A-Za-z0-9_+/-]+)$/.test(text)) return false;
  try {
    new Temporal.ZonedDateTime(0n, text);
    return true;
  } catch {
    return false;
  }
}

const OFFSET = /^(?:UTC|GMT)?\s*([+-])\s*(\d{1,2})(?::?([0-5]\d))?$/i;

/** `Z`, `UTC`, `-05:00`, `+0530`, `-4`, `GMT -4`, `UTC+5:30` as a zone; null for anything else. */
export function offsetIn(text: string): string | null {
  const trimmed = text.trim();
  if (/^(?:Z|UTC|GMT)$/i.test(trimmed)) return 'UTC';
  const found = OFFSET.exec(trimmed);
  if (!found || Number(found[2]) > 23) return null;
  return `${found[1]}${found[2]!.padStart(2, '0')}:${found[3] ?? '00'}`;
}

export type NamedZone = { zone: string; basis: 'stated' | 'declared by examiner' };

/**
 * The zone that a cell or a suffix names, by itself or through `meanings`; null when it names none.
 *
 * `meanings` come first, so that a source that writes `GMT` for London's clock can be read as it means it.
 */
export function zoneIn(text: string, meanings: Readonly<Record<string, string>> = {}): NamedZone | null {
  const trimmed = text.trim();
  if (Object.hasOwn(meanings, trimmed)) return { zone: meanings[trimmed]!, basis: 'declared by examiner' };
  const zone = offsetIn(trimmed) ?? (isZone(trimmed) ? trimmed : null);
  return zone === null ? null : { zone, basis: 'stated' };
}
