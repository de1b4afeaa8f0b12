/**
 * Half-open intervals of time, `began ≤ t < ended`, in microseconds since 1970-01-01T00:00:00Z.
 *
 * Microseconds are bigint: a double loses them after the year 2255, and returns hold year 9999.
 */
export type Micros = bigint;

export type Interval = { began: Micros; ended: Micros };

export function contains(interval: Interval, instant: Micros): boolean {
  return interval.began <= instant && instant < interval.ended;
}

/** A point (`ended` null or equal to `began`) is inside when its instant is; a span when all of it is. */
export function encloses(outer: Interval, began: Micros, ended: Micros | null): boolean {
  if (ended === null || ended <= began) return contains(outer, began);
  return outer.began <= began && ended <= outer.ended;
}

export function overlaps(a: Interval, b: Interval): boolean {
  return a.began < b.ended && b.began < a.ended;
}

/** Reads an instant that says its offset; anything else gives null. Never assumes a zone. */
export function microsFrom(text: string): Micros | null {
  try {
    const instant = Temporal.Instant.from(text);
    return instant.epochNanoseconds / 1000n;
  } catch {
    return null;
  }
}

/** `2017-03-04T05:06:07Z`, with a fraction only where there is one. */
export function textFrom(micros: Micros): string {
  return Temporal.Instant.fromEpochNanoseconds(micros * 1000n).toString();
}
