/**
 * Two yardsticks: the longest range the provider's policy takes for a category, and the period of the alleged conduct
 * with a margin on either side. The second is silent while the conduct has no stated start and end. Necessity of a
 * European order is not the provider's to judge, so a certificate is only asked.
 */
import { type Interval, textFrom } from '../../../base/interval.ts';
import { boundOf, rangeOf } from '../../bounds.ts';
import type { LegalRequest } from '../../legal-request.ts';
import { asksForData, isCertificate, STATES } from '../../papers.ts';
import type { Policy } from '../../policy.ts';
import { eachItem, rule } from '../../rule.ts';
import { europeanOrder, order, POLICY, preservation, warrant } from '../example.ts';

const DAY = 86_400_000_000n;

function isOverMonths({ began, ended }: Interval, months: number): boolean {
  const start = Temporal.Instant.fromEpochNanoseconds(began * 1000n).toZonedDateTimeISO('UTC');
  return ended > start.add({ months }).epochNanoseconds / 1000n;
}

/** From the first to the last day of all offences; null unless each states both. */
function conductOf({ basis }: LegalRequest): Interval | null {
  const spans = basis.offences.map(({ from, to }) =>
    from === undefined || to === undefined
      ? null
      : { began: boundOf(from).instant, ended: boundOf(to, { throughLastDay: true }).instant },
  );
  let conduct: Interval | null = null;
  for (const span of spans) {
    if (span === null || span.began === null || span.ended === null) return null;
    const { began, ended } = span;
    conduct = {
      began: conduct === null || began < conduct.began ? began : conduct.began,
      ended: conduct === null || ended > conduct.ended ? ended : conduct.ended,
    };
  }
  return conduct;
}

/** Why the range is too long, in words; null when it is not. */
function tooLong(range: Interval, category: string, conduct: Interval | null, policy: Policy): string | null {
  const months = policy.windowMonths[category as keyof typeof policy.windowMonths];
  if (months !== undefined && isOverMonths(range, months))
    return `The range is longer than ${months} months, the longest taken for ${category}.`;
  if (conduct === null || STATES.includes(category)) return null;
  const margin = BigInt(policy.limits.offenceMarginDays) * DAY;
  if (range.ended - range.began <= conduct.ended - conduct.began + 2n * margin) return null;
  const [first, last] = [conduct.began, conduct.ended - DAY].map((day) => textFrom(day).slice(0, 10));
  return `The range is longer than the alleged conduct (${first} to ${last}) with ${policy.limits.offenceMarginDays} days on either side.`;
}

const asked = (category: string, from: string, to: string) => ({ items: [{ id: '1', target: 0, category, from, to }] });
const undated = { basis: { offences: [{ text: 'wire fraud', statute: '18 U.S.C. § 1343' }] } };
const WRONG = [{ item: '1', severity: 'pushback' as const }];

export default rule({
  id: 'R-059',
  asks: 'Is each range no longer than the conduct and the category call for?',
  authority: 'Pinterest, Law Enforcement Guidelines (a narrow period); the numbers are the provider’s policy',
  mark: 'V',
  about: 'scope',
  severity: 'pushback',
  appliesTo: (request) => asksForData(request) && request.items.length > 0,
  judge: (request, { policy }) => {
    const conduct = conductOf(request);
    return eachItem(request, 'from', (item) => {
      const range = rangeOf(item);
      if (range === null || item.category === undefined) return false;
      const message = tooLong(range, item.category, conduct, policy);
      if (message === null) return false;
      return isCertificate(request) ? { message, severity: 'warn' } : { message };
    });
  },
  message: 'The range is longer than the conduct or the category calls for.',
  cure: 'Narrow the range to the period of the conduct you investigate, or explain why the longer one is needed.',
  form3: 'insufficient information',
  examples: [
    { says: 'three months of sessions', request: order(), expect: 'met' },
    {
      says: 'twelve months of sessions to the day, conduct without dates',
      request: order(undated, asked('DC-02', '2025-08-01', '2026-08-01')),
      expect: 'met',
    },
    {
      says: 'a day more',
      request: order(undated, asked('DC-02', '2025-08-01', '2026-08-02')),
      expect: WRONG,
    },
    {
      says: 'seven months of messages under a warrant',
      request: warrant(undated, asked('DC-12', '2026-01-01', '2026-08-01')),
      expect: WRONG,
    },
    {
      says: 'this provider takes seven',
      request: warrant(undated, asked('DC-12', '2026-01-01', '2026-08-01')),
      context: { policy: { ...POLICY, windowMonths: { 'DC-12': 7 } } },
      expect: 'met',
    },
    {
      says: 'the conduct of three months and 180 days, to the day',
      request: order(asked('DC-06', '2025-11-03', '2026-07-30')),
      expect: 'met',
    },
    { says: 'a day more than that', request: order(asked('DC-06', '2025-11-03', '2026-07-31')), expect: WRONG },
    {
      says: 'conduct that is not over has no length yet',
      request: order(
        { basis: { offences: [{ text: 'fraud', from: '2026-02-01' }] } },
        asked('DC-06', '2020-01-01', '2026-07-31'),
      ),
      expect: 'met',
    },
    { says: 'a name needs no period', request: order(asked('DC-01', '2010-01-01', '2026-07-31')), expect: 'met' },
    {
      says: 'two years of sessions on a certificate',
      request: europeanOrder(asked('DC-02', '2024-07-01', '2026-07-01')),
      expect: [{ item: '1', severity: 'warn' }],
    },
    { says: 'a hold discloses nothing', request: preservation(), expect: 'not applicable' },
  ],
});
