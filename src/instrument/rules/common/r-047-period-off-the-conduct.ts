/**
 * An item whose whole range lies before or after everything that is alleged. A margin is left on both sides; an offence
 * without days says nothing, and days are compared as they are written.
 */
import type { LegalRequest } from '../../legal-request.ts';
import { isEuropean } from '../../process.ts';
import { eachItem, rule } from '../../rule.ts';
import { europeanOrder, order, POLICY } from '../example.ts';

const asked = (from: string | undefined, to: string | undefined) =>
  order({ items: [{ id: '1', target: 0, category: 'DC-02', from, to }] });

export default rule({
  id: 'R-047',
  asks: 'Does each period asked for touch the time of the alleged conduct?',
  authority: 'Particularity under the Fourth Amendment',
  mark: 'GK',
  about: 'sufficiency',
  severity: 'pushback',
  appliesTo: (request) => request.kind === 'production' && request.basis.offences.some(isDated) && !isEuropean(request),
  judge: (request, { policy }) => {
    const margin = { days: policy.limits.offenceMarginDays };
    return eachItem(request, 'from', (item) => {
      const first = dayOf(item.from);
      const last = dayOf(item.to);
      if (first === null && last === null) return false;
      return request.basis.offences.every((offence) => {
        const began = dayOf(offence.from);
        const ended = dayOf(offence.to);
        const before = began !== null && last !== null && isEarlier(last, began.subtract(margin));
        const after = ended !== null && first !== null && isEarlier(ended.add(margin), first);
        return before || after;
      });
    });
  },
  message: 'The whole period lies before or after the conduct that is alleged.',
  cure: 'The period does not match the alleged conduct. Ask for the time of the conduct, or explain why another matters.',
  examples: [
    { says: 'the period is the conduct’s', request: order(), expect: 'met' },
    {
      says: 'a year too early, for one of two items',
      request: order({
        items: [
          { id: '1', target: 0, category: 'DC-02', from: '2025-02-01T00:00:00Z', to: '2025-03-01T00:00:00Z' },
          { id: '2', target: 0, category: 'DC-02', from: '2026-02-01T00:00:00Z', to: '2026-03-01T00:00:00Z' },
        ],
      }),
      expect: [{ item: '1', severity: 'pushback' }],
    },
    { says: 'begins ninety days after the conduct', request: asked('2026-07-29', '2026-08-30'), expect: 'met' },
    { says: 'begins ninety-one days after', request: asked('2026-07-30', '2026-08-30'), expect: 'pushback' },
    { says: 'everything since ninety-one days after', request: asked('2026-07-30', undefined), expect: 'pushback' },
    {
      says: 'a provider that leaves no margin',
      request: asked('2026-05-02', '2026-06-01'),
      context: { policy: { ...POLICY, limits: { ...POLICY.limits, offenceMarginDays: 0 } } },
      expect: 'pushback',
    },
    { says: 'a day there is not', request: asked('2020-02-30', '2020-02-31'), expect: 'met' },
    { says: 'no period is stated', request: asked(undefined, undefined), expect: 'met' },
    {
      says: 'the conduct has gone on since its first day',
      request: order({
        basis: { offences: [{ text: 'wire fraud', from: '2025-01-01' }] },
        items: [{ id: '1', target: 0, category: 'DC-02', from: '2026-08-01', to: '2026-09-01' }],
      }),
      expect: 'met',
    },
    {
      says: 'a second offence has no days',
      request: order({
        basis: { offences: [{ text: 'wire fraud', from: '2023-01-01', to: '2023-02-01' }, { text: 'conspiracy' }] },
      }),
      expect: 'met',
    },
    {
      says: 'no offence has days',
      request: order({ basis: { offences: [{ text: 'wire fraud' }] } }),
      expect: 'not applicable',
    },
    {
      says: 'a European order, whose need the issuing authority judges',
      request: europeanOrder({
        items: [{ id: '1', target: 0, category: 'DC-02', from: '2020-01-01', to: '2020-02-01' }],
      }),
      expect: 'not applicable',
    },
  ],
});

function isDated({ from, to }: LegalRequest['basis']['offences'][number]): boolean {
  return from !== undefined || to !== undefined;
}

/** The day as written, of a day or a time; null when there is no such day. */
function dayOf(text: string | undefined): Temporal.PlainDate | null {
  if (text === undefined) return null;
  try {
    return Temporal.PlainDate.from(text.slice(0, 10));
  } catch {
    return null;
  }
}

function isEarlier(a: Temporal.PlainDate, b: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(a, b) < 0;
}
