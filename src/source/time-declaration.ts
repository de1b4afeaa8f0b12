/** What a provider's time columns hold. A zone is declared or the value states it; none is ever assumed. */
import { z } from 'zod';

export const ColumnName = z.string().min(1, 'the name of a column');

const Zone = z.string().refine(isZone, 'a zone such as America/Denver, UTC or -07:00');

function isZone(text: string): boolean {
  try {
    new Temporal.ZonedDateTime(0n, text);
    return true;
  } catch {
    return false;
  }
}

/**
 * `instant`: a type that is an instant (timestamptz, DateTime64), or text with `Z` or an offset. `{ local }`: clock times
 * and days of a zone, as `2017-02-01 08:15:00`. Epoch counts are whole or decimal numbers since 1970.
 */
export const TimeType = z.union(
  [z.enum(['instant', 'epoch seconds', 'epoch milliseconds', 'epoch microseconds']), z.strictObject({ local: Zone })],
  { error: 'instant, epoch seconds, epoch milliseconds, epoch microseconds or { "local": zone }' },
);
export type TimeType = z.infer<typeof TimeType>;

const PRECISIONS = ['microsecond', 'millisecond', 'second', 'minute', 'hour', 'day'] as const;

export const Time = z.strictObject({
  began: ColumnName,
  /** Where a row lasts. A row whose end is empty cannot be decided. */
  ended: ColumnName.optional(),
  type: TimeType,
  precision: z.enum(PRECISIONS),
});
export type Time = z.infer<typeof Time>;
