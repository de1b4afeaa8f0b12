/**
 * Press, opposition, watchdogs and anonymous critics: a demand for who they are, or one that gives “doxing” or “officer
 * safety” as its reason and charges no offence, goes to counsel, and the user is told first so that they can object in
 * time.
 */
import { eachTarget } from '../../each-target.ts';
import type { LegalRequest } from '../../legal-request.ts';
import { asksForData, isCertificate } from '../../papers.ts';
import { type Effect, type Judged, rule } from '../../rule.ts';
import { phrases } from '../../wording.ts';
import { europeanOrder, order, preservation, subpoena } from '../example.ts';

const SPEAKERS: readonly string[] = ['press', 'opposition', 'watchdog', 'anonymous critic'];

const SAFETY = phrases(
  'doxx?(?:ing|ed)?',
  "(?:officer|agent|employee|personnel|staff)s?['’]? safety",
  'safety of (?:\\p{L}+ ){0,4}?(?:officers?|agents?|employees|personnel|staff)',
  'threat(?:s|ening)? (?:to|against) (?:\\p{L}+ ){0,3}?(?:officers|agents)',
);

/** The reason is about officers, and no section says what offence it would be. */
function uncharged({ basis }: LegalRequest): Judged[] {
  if (basis.offences.some(({ statute }) => statute !== undefined)) return [];
  const field = SAFETY.test(basis.purpose ?? '') ? 'purpose' : SAFETY.test(basis.facts ?? '') ? 'facts' : null;
  if (field === null) return [];
  const message = 'The reason given is doxing or the safety of officers, and no charged offence is named.';
  return [{ path: `basis.${field}`, message }];
}

const EFFECTS: Effect[] = ['counsel', 'notice first', 'two approvers'];

const target = (...traits: string[]) => ({
  targets: [
    { type: 'handle', value: 'river.watch', traits },
    { type: 'account-id', value: '100000000000042' },
  ],
  items: [
    { id: '1', target: 0, category: 'DC-01' },
    { id: '2', target: 1, category: 'DC-01' },
  ],
});
const because = (basis: object) => subpoena({ basis: { offences: [], facts: undefined, nexus: undefined, ...basis } });

export default rule({
  id: 'R-085',
  asks: 'Is the demand free of signs that it is after protected speech?',
  authority: 'J. Doe v. DHS (2025–26); 18 U.S.C. § 2523(b)(4)(E); DHS OIG, management alert of 2017',
  mark: 'V2',
  about: 'sufficiency',
  severity: 'block',
  appliesTo: (request) => asksForData(request) && !isCertificate(request),
  judge: (request) => {
    const speakers = eachTarget(request, 'traits', ({ traits }) => {
      const found = traits.filter((trait) => SPEAKERS.includes(trait));
      return found.length === 0 ? false : { message: `The target is described as ${found.join(', ')}.` };
    });
    return [...speakers, ...uncharged(request)];
  },
  message: 'The demand may be after protected speech.',
  cure: 'Demands that touch protected speech are reviewed at senior level, and we notify the user first.',
  effects: EFFECTS,
  examples: [
    { says: 'a fraud case', request: order(), expect: 'met' },
    {
      says: 'an anonymous critic beside a seller',
      request: order(target('anonymous critic')),
      expect: [{ item: '1', severity: 'block' }],
    },
    { says: 'a newspaper', request: order(target('press')), expect: [{ item: '1', severity: 'block' }] },
    {
      says: 'officer safety, no offence',
      request: because({ purpose: 'officer safety' }),
      expect: [{ severity: 'block' }],
    },
    {
      says: 'doxing, told in the facts',
      request: because({ purpose: 'inquiry', facts: 'The account is doxxing agents.' }),
      expect: [{ severity: 'block' }],
    },
    {
      says: 'a charged offence against an officer',
      request: because({
        purpose: 'safety of our officers',
        offences: [{ statute: '18 U.S.C. § 115', kind: 'violence' }],
      }),
      expect: 'met',
    },
    { says: 'a lawyer is another question', request: order(target('lawyer')), expect: 'met' },
    { says: 'a hold discloses nothing', request: preservation(target('press')), expect: 'not applicable' },
    { says: 'a certificate', request: europeanOrder(target('press')), expect: 'not applicable' },
  ],
});
