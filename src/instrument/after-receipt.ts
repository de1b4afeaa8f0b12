/**
 * Whether an item asks for what was not yet stored when the demand came. A bare day counts only when it is later than
 * the day of receipt in the calendar of the desk: “through today” asks for no future.
 */
import { boundOf } from './bounds.ts';
import type { LegalRequest, RequestItem } from './legal-request.ts';
import { futurePhrase, openEndedPhrase } from './wording.ts';

export type AfterReceipt = { how: 'wholly' | 'partly'; because: string };

export function afterReceipt(request: LegalRequest, item: RequestItem): AfterReceipt | null {
  if (item.from !== undefined && isLate(request, item.from, true))
    return { how: 'wholly', because: 'the range begins after receipt' };
  const phrase = futurePhrase(item.rawText);
  if (item.asks.includes('future data') || phrase !== null) {
    const because = phrase === null ? 'it asks for future data' : `it says “${phrase}”`;
    return { how: item.from === undefined && item.to === undefined ? 'wholly' : 'partly', because };
  }
  if (item.to !== undefined)
    return isLate(request, item.to, item.throughLastDay)
      ? { how: 'partly', because: 'the range ends after receipt' }
      : null;
  const open = openEndedPhrase(item.rawText);
  return open === null ? null : { how: 'partly', because: `it states no end and says “${open}”` };
}

/** A bare day as the end of a range is over at its start, unless it is meant too (`whole`). */
function isLate({ receivedAt, tz }: LegalRequest, text: string, whole: boolean): boolean {
  const bound = boundOf(text);
  if (bound.instant === null) return false;
  const received = Temporal.Instant.from(receivedAt);
  if (!bound.day) return bound.instant > received.epochNanoseconds / 1000n;
  const last = Temporal.PlainDate.from(text.trim()).subtract({ days: whole ? 0 : 1 });
  return Temporal.PlainDate.compare(last, received.toZonedDateTimeISO(tz).toPlainDate()) > 0;
}
