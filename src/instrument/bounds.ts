/**
 * The range of time that an item of a demand means: the bounds as the paper writes them, read as instants.
 *
 * A bound without a zone is read in UTC, and says so (R-060 warns of exactly that). A bare day is the start of that
 * day; as the last day of a range it counts whole only where the paper says so. A day or an hour there is not is never
 * moved.
 */
import { type Interval, type Micros, microsFrom } from '../base/interval.ts';

export type Bound = {
  /** Null when there is no such day or time. */
  instant: Micros | null;
  /** Whether the text states its zone; if not, `instant` is the one in UTC. */
  zoned: boolean;
  /** Whether the text is a bare day. */
  day: boolean;
};

const WRITTEN = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2}(?:\.\d{1,6})?))?(Z|[+-]\d{2}:?\d{2})?)?$/;

export function boundOf(text: string, { throughLastDay = false }: { throughLastDay?: boolean } = {}): Bound {
  const written = WRITTEN.exec(text.trim());
  if (!written) return { instant: null, zoned: false, day: false };
  const [, day, minute, second = '00', zone] = written;
  if (minute === undefined) return { instant: startOf(day!, throughLastDay ? 1 : 0), zoned: false, day: true };
  // A leap second has no instant of its own on the clock that records are kept by.
  const instant = second.startsWith('60') ? null : microsFrom(`${day}T${minute}:${second}${zone ?? 'Z'}`);
  return { instant, zoned: zone !== undefined, day: false };
}

/**
 * The half-open range of an item; null when a bound is missing or is no time, and when the range holds no time at all.
 */
export function rangeOf(item: {
  from?: string | undefined;
  to?: string | undefined;
  throughLastDay?: boolean | undefined;
}): Interval | null {
  if (item.from === undefined || item.to === undefined) return null;
  const began = boundOf(item.from).instant;
  const ended = boundOf(item.to, { throughLastDay: item.throughLastDay ?? false }).instant;
  return began === null || ended === null || ended <= began ? null : { began, ended };
}

/** 00:00 UTC of the day that is `later` days after `day`. */
function startOf(day: string, later: number): Micros | null {
  try {
    const start = Temporal.PlainDate.from(day, { overflow: 'reject' }).add({ days: later });
    return start.toZonedDateTime('UTC').epochNanoseconds / 1000n;
  } catch {
    return null;
  }
}
