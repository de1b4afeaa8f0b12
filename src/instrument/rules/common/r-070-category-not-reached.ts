/**
 * The table of papers and categories, with the provider's own lists over it. It speaks only where no more special rule
 * does (`reach-rule.ts`), and only of the items concerned: the rest is produced.
 */
import { rangeOf } from '../../bounds.ts';
import { CATEGORY_WORDS, reaches, recentOnly } from '../../kinds.ts';
import type { LegalRequest, RequestItem } from '../../legal-request.ts';
import { asksForData, isCertificate } from '../../papers.ts';
import type { Policy } from '../../policy.ts';
import { reachRule } from '../../reach-rule.ts';
import { eachItem, type Judged, rule } from '../../rule.ts';
import { emergency, europeanOrder, order, POLICY, preservation, subpoena, warrant } from '../example.ts';

const ORDER = 'a court order under 18 U.S.C. § 2703(d)';
const WARRANT = 'a search warrant';
const NEEDS: Readonly<Record<string, string>> = {
  'DC-01': 'a subpoena', 'DC-02': ORDER, 'DC-03': 'a subpoena', 'DC-04': 'a subpoena', 'DC-05': ORDER, 'DC-06': ORDER,
  'DC-07': ORDER, 'DC-08': ORDER, 'DC-09': WARRANT, 'DC-10': ORDER, 'DC-11': WARRANT, 'DC-12': WARRANT, 'DC-13': WARRANT,
  'DC-19': ORDER, 'DC-20': ORDER, 'DC-22': WARRANT,
}; // biome-ignore format: one list

type Found = false | Omit<Judged, 'path' | 'item'>;

function notReached(request: LegalRequest, item: RequestItem, policy: Policy): Found {
  const kind = request.instrument.type ?? '';
  const category = item.category ?? '';
  if (reachRule(request, item, policy) === 'R-070') {
    const words = CATEGORY_WORDS[category];
    return {
      message: `${kind} does not reach ${category} (${words}).`,
      cure: `For ${words} serve ${NEEDS[category] ?? 'a paper that reaches it'}. The other items are not affected.`,
    };
  }
  if (request.kind === 'emergency' || isCertificate(request)) return false;
  if (category === 'DC-15' && reaches(kind, 'DC-15', policy) === null && reaches(kind, 'DC-01', policy) !== null) {
    return {
      severity: 'pushback',
      message:
        'A preserved snapshot is reached by the paper for what is in it, and the item does not say which part is meant.',
      cure: 'Say which categories of the preserved data you ask for; each needs the process that reaches it.',
    };
  }
  return recentOnly(kind, category, policy) ? notRecent(request, item, policy) : false;
}

/** Where a subpoena gives only recent sessions: what lies before them takes an order. */
function notRecent({ receivedAt }: LegalRequest, item: RequestItem, { recentLoginDays }: Policy): Found {
  const range = rangeOf(item);
  const day = 86_400_000_000n;
  const first = Temporal.Instant.from(receivedAt).epochNanoseconds / 1000n - BigInt(recentLoginDays) * day;
  if (range === null || range.began >= first) return false;
  return {
    message: `On a subpoena only sessions of the last ${recentLoginDays} days before receipt are given here; the item begins earlier.`,
    cure: `A subpoena reaches sessions of the ${recentLoginDays} days before receipt. Ask for these only, or serve ${ORDER} for earlier ones.`,
  };
}

const items = (...categories: string[]) => ({
  items: categories.map((category, index) => ({
    id: String(index + 1), target: 0, category, from: '2026-02-01T00:00:00Z', to: '2026-05-01T00:00:00Z',
  })),
}); // biome-ignore format: one line
const rejected = (...ids: string[]) => ids.map((item) => ({ item, severity: 'reject' as const }));

export default rule({
  id: 'R-070',
  asks: 'Does the paper reach the category of each item?',
  authority: '18 U.S.C. §§ 2702–2703; published guidelines of Meta and Snap',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: (request) => asksForData(request) && request.instrument.type !== undefined,
  judge: (request, { policy }) => eachItem(request, 'category', (item) => notReached(request, item, policy)),
  message: 'The paper does not reach the category.',
  cure: 'Serve process that reaches this category. The other items are not affected.',
  examples: [
    { says: 'a (d) order for subscriber facts and sessions', request: order(), expect: 'met' },
    {
      says: 'a subpoena for a name, devices, headers and purchases',
      request: subpoena(items('DC-01', 'DC-05', 'DC-06', 'DC-08')),
      expect: rejected('2', '3', '4'),
    },
    { says: 'a (d) order for searches', request: order(items('DC-09', 'DC-06')), expect: rejected('1') },
    {
      says: 'messages and location are said by other rules',
      request: subpoena(items('DC-12', 'DC-11', 'DC-18')),
      expect: 'met',
    },
    {
      says: 'a warrant for all that is stored',
      request: warrant(items('DC-01', 'DC-09', 'DC-11', 'DC-13')),
      expect: 'met',
    },
    {
      says: 'a pen register for stored sessions',
      request: order({ instrument: { type: 'US-PENTRAP' } }),
      expect: rejected('1', '2'),
    },
    {
      says: 'purchases, at a provider that holds them as a merchant',
      request: subpoena(items('DC-08')),
      context: { policy: { ...POLICY, reach: { 'US-SUBP': ['DC-01', 'DC-08'] } } },
      expect: 'met',
    },
    {
      says: 'sessions, at a provider that gives them on an order only',
      request: subpoena(items('DC-01', 'DC-02')),
      context: { policy: { ...POLICY, ipLogTier: 'order' } },
      expect: rejected('2'),
    },
    {
      says: 'old sessions, at a provider that gives recent ones',
      request: subpoena(items('DC-02')),
      context: { policy: { ...POLICY, ipLogTier: 'recent' } },
      expect: rejected('1'),
    },
    {
      says: 'sessions of thirty days before receipt, to the second',
      request: subpoena({
        items: [{ id: '1', target: 0, category: 'DC-02', from: '2026-08-12T14:00:00Z', to: '2026-09-11T14:00:00Z' }],
      }),
      context: { policy: { ...POLICY, ipLogTier: 'recent' } },
      expect: 'met',
    },
    {
      says: 'a snapshot, without saying what of it',
      request: subpoena(items('DC-15')),
      expect: [{ item: '1', severity: 'pushback' }],
    },
    { says: 'public posts take no paper', request: subpoena(items('DC-14')), expect: 'met' },
    {
      says: 'a foreign paper whose reach a reviewer decides',
      request: order({ instrument: { type: 'DE-STPO' } }, items('DC-12')),
      expect: 'met',
    },
    {
      says: 'a direct request for headers under the Second Additional Protocol',
      request: order({ instrument: { type: 'CoE-2AP' } }, items('DC-01', 'DC-06')),
      expect: rejected('2'),
    },
    { says: 'an emergency is voluntary', request: emergency(), expect: 'met' },
    {
      says: 'classes of a certificate are judged by other rules',
      request: europeanOrder(items('DC-12')),
      expect: 'met',
    },
    { says: 'no paper', request: order({ instrument: { type: undefined } }), expect: 'not applicable' },
    { says: 'a hold', request: preservation(items('DC-12')), expect: 'not applicable' },
  ],
});
