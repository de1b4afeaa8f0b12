/**
 * The customs summons serves entry of goods, duties, fines under the customs laws and compliance with them. Used for
 * anything else, as it was against critics of an agency, it is beyond the statute; counsel sees it before it is
 * answered.
 */
import { isCustomsMatter } from '../../customs.ts';
import { asksForData } from '../../papers.ts';
import { rule, when } from '../../rule.ts';
import { subpoena } from '../example.ts';

const summons = (basis: object) =>
  subpoena({
    instrument: { type: 'US-1509', statutes: ['19 U.S.C. § 1509'], issuerRole: 'special agent in charge' },
    basis: { purpose: undefined, facts: undefined, nexus: undefined, offences: [], ...basis },
  });

export default rule({
  id: 'R-080',
  asks: 'Does a customs summons state a customs matter?',
  authority: '19 U.S.C. § 1509(a); DHS OIG, management alert of 2017; J. Doe v. DHS (withdrawn 16 January 2026)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: (request) => asksForData(request) && request.instrument.type === 'US-1509',
  judge: (request) => when(!isCustomsMatter(request), { path: 'basis.purpose' }),
  message: 'No entry of goods, duty, customs fine or compliance with the customs laws is stated.',
  cure: 'The statute you cite is limited to customs matters, and none is stated.',
  effects: ['counsel'],
  examples: [
    { says: 'undervalued imports', request: summons({ purpose: 'undervaluation of imported shoes' }), expect: 'met' },
    {
      says: 'told by the offence alone',
      request: summons({ offences: [{ statute: '18 U.S.C. § 545' }] }),
      expect: 'met',
    },
    { says: 'officer safety', request: summons({ purpose: 'officer safety' }), expect: 'reject' },
    {
      says: 'the safety of customs officers',
      request: summons({ purpose: 'safety of customs officers' }),
      expect: 'reject',
    },
    { says: 'no purpose', request: summons({}), expect: 'reject' },
    {
      says: 'a drug case without goods brought in',
      request: summons({ offences: [{ statute: '21 U.S.C. § 844', kind: 'drugs' }] }),
      expect: 'reject',
    },
    { says: 'a grand jury subpoena', request: subpoena(), expect: 'not applicable' },
  ],
});
