/**
 * An executive agreement opens the direct way for serious crime, by a specific identifier, about people who are neither
 * of the United States nor in it, and for nobody but the government that made it. Everything else goes by treaty.
 */
import { eachTarget } from '../../each-target.ts';
import type { LegalRequest, RequestTarget } from '../../legal-request.ts';
import { asksForData, NOT_SEARCHABLE } from '../../papers.ts';
import { type Judged, rule, when } from '../../rule.ts';
import { order } from '../example.ts';

/** The agreement with the United Kingdom defines serious crime by a maximum penalty of at least three years. */
const SERIOUS_MONTHS = 36;

function isSeriousCrimeStated({ basis }: LegalRequest): boolean {
  return basis.offences.some(
    ({ text, statute, maxPenaltyMonths }) =>
      (text !== undefined || statute !== undefined) &&
      (maxPenaltyMonths === undefined || maxPenaltyMonths >= SERIOUS_MONTHS),
  );
}

function judgeTarget({ type, usPerson, residence }: RequestTarget): false | Omit<Judged, 'path' | 'item'> {
  if (usPerson === true || residence === 'US') return { message: 'The target is a United States person, or is there.' };
  if (NOT_SEARCHABLE.includes(type)) return { message: 'The target is not named by a specific identifier.' };
  if (usPerson === false && residence !== undefined) return false;
  return {
    severity: 'warn',
    message: 'Nothing says whether the target is a United States person or is there.',
    cure: null,
  };
}

const cloud = (target: object, more: object = {}) =>
  order(
    {
      requester: { agencyId: 'ag-london', agencyName: 'Metropolitan Inquiry Service', country: 'GB', level: 'foreign' },
      instrument: { type: 'XB-CLOUD', statutes: ['Crime (Overseas Production Orders) Act 2019'] },
      targets: [{ type: 'account-id', value: '100000000000042', usPerson: false, residence: 'GB', ...target }],
      basis: {
        offences: [{ text: 'fraud by false representation', maxPenaltyMonths: 120, kind: 'fraud', dual: true }],
      },
      items: [{ id: '1', target: 0, category: 'DC-12' }],
    },
    more,
  );
const REJECTED = [{ item: '1', severity: 'reject' as const }];

export default rule({
  id: 'R-089',
  asks: 'Is a direct foreign order within the executive agreement?',
  authority: '18 U.S.C. § 2523(b)(4)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: (request) => asksForData(request) && request.instrument.type === 'XB-CLOUD',
  judge: (request) => {
    const { onBehalfOf } = request.instrument;
    return [
      ...eachTarget(request, 'residence', judgeTarget),
      ...when(!isSeriousCrimeStated(request), { path: 'basis.offences', message: 'No serious crime is stated.' }),
      ...when(onBehalfOf !== undefined && onBehalfOf !== request.requester.country, {
        path: 'instrument.onBehalfOf',
        message: 'The order was obtained for a third government.',
      }),
    ];
  },
  message: 'The order is outside the agreement.',
  cure: 'This is outside the agreement. Please use mutual legal assistance.',
  examples: [
    { says: 'fraud by somebody in London', request: cloud({}), expect: 'met' },
    { says: 'a person in Texas', request: cloud({ residence: 'US' }), expect: REJECTED },
    { says: 'a United States person in London', request: cloud({ usPerson: true }), expect: REJECTED },
    {
      says: 'nobody knows where the person is',
      request: cloud({ residence: undefined, usPerson: undefined }),
      expect: [{ item: '1', severity: 'warn' }],
    },
    { says: 'a name only', request: cloud({ type: 'real-name', value: 'Robin Vale' }), expect: REJECTED },
    { says: 'no crime', request: cloud({}, { basis: { offences: [] } }), expect: [{ severity: 'reject' }] },
    {
      says: 'a crime of two years at most',
      request: cloud({}, { basis: { offences: [{ text: 'nuisance', maxPenaltyMonths: 24 }] } }),
      expect: [{ severity: 'reject' }],
    },
    {
      says: 'for a third government',
      request: cloud({}, { instrument: { onBehalfOf: 'FR' } }),
      expect: [{ severity: 'reject' }],
    },
    { says: 'a domestic order', request: order(), expect: 'not applicable' },
  ],
});
