/**
 * An order reaches what is stored when it is received, and nothing that comes later. A range that begins before receipt
 * is split there. A bare day counts as late only when it lies after the day of receipt, by the desk's own calendar.
 */
import { microsFrom } from '../../../base/interval.ts';
import { isEuropeanOrder } from '../../european-order.ts';
import type { LegalRequest, RequestItem } from '../../legal-request.ts';
import { eachItem, rule } from '../../rule.ts';
import { europeanOrder } from '../example.ts';

/** Whether what the bound names lies after receipt. A time without a zone is read as UTC. */
function isLate({ receivedAt, tz }: LegalRequest, bound: string | undefined, lastDayOffset: number): boolean {
  if (bound === undefined) return false;
  const received = Temporal.Instant.from(receivedAt);
  if (bound.length === 10) {
    const today = received.toZonedDateTimeISO(tz).toPlainDate();
    return Temporal.PlainDate.compare(Temporal.PlainDate.from(bound).add({ days: lastDayOffset }), today) > 0;
  }
  const micros = microsFrom(bound) ?? microsFrom(`${bound}Z`);
  return micros !== null && micros > received.epochNanoseconds / 1000n;
}

function isWholly(request: LegalRequest, { from, asks }: RequestItem): boolean {
  return isLate(request, from, 0) || (from === undefined && asks.includes('future data'));
}

export default rule({
  id: 'R-168',
  asks: 'Was the data stored when the order was received?',
  authority: 'Regulation (EU) 2023/1543, Articles 3(8) and 16(4)(d)',
  mark: 'V',
  about: 'scope',
  severity: 'reject',
  since: '2026-08-18',
  appliesTo: isEuropeanOrder,
  judge: (request) =>
    eachItem(request, 'to', (item) => {
      const late = isLate(request, item.to, item.throughLastDay ? 0 : -1) || isLate(request, item.from, 0);
      if (!late && !item.asks.includes('future data')) return false;
      if (isWholly(request, item)) return true;
      return {
        message: 'The item also asks for data that was not stored at receipt; the part before that is reached.',
        effects: ['split item'],
      };
    }),
  message: 'The item asks for data that was not stored at receipt.',
  cure: 'Limit the range to data stored when the order was received; a new order reaches what was stored since.',
  form3: 'not stored',
  examples: [
    { says: 'months before the order', request: europeanOrder(), expect: 'met' },
    {
      says: 'a range that goes on after receipt',
      request: europeanOrder({
        items: [{ id: '1', target: 0, category: 'DC-02', from: '2026-09-01T00:00:00Z', to: '2026-10-01T00:00:00Z' }],
      }),
      expect: [{ item: '1', severity: 'reject' }],
    },
    {
      says: 'a range that begins after receipt',
      request: europeanOrder({
        items: [{ id: '1', target: 0, category: 'DC-02', from: '2026-09-12', to: '2026-09-20' }],
      }),
      expect: [{ item: '1', severity: 'reject' }],
    },
    {
      says: 'through the day of receipt, named as a day',
      request: europeanOrder({
        items: [{ id: '1', target: 0, category: 'DC-02', from: '2026-09-01', to: '2026-09-11', throughLastDay: true }],
      }),
      expect: 'met',
    },
    {
      says: 'whatever comes next',
      request: europeanOrder({ items: [{ id: '1', target: 0, category: 'DC-06', asks: ['future data'] }] }),
      expect: [{ item: '1', severity: 'reject' }],
    },
  ],
});
