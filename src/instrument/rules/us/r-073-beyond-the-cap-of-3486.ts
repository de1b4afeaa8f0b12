/**
 * In a case of child exploitation the statute itself caps its subpoena: subscriber data and a custodian's testimony.
 */
import { asksForData } from '../../papers.ts';
import { isChildCase, reachRule } from '../../reach-rule.ts';
import { eachItem, rule } from '../../rule.ts';
import { subpoena } from '../example.ts';

const CHILD = [{ text: 'sexual exploitation of children', statute: '18 U.S.C. § 2252A', kind: 'child exploitation' }];
const paper = (offences: object[], ...categories: string[]) =>
  subpoena({
    instrument: { type: 'US-3486', statutes: ['18 U.S.C. § 3486'] },
    basis: { offences },
    items: categories.map((category, index) => ({ id: String(index + 1), target: 0, category })),
  });

export default rule({
  id: 'R-073',
  asks: 'Does a subpoena in a case of child exploitation keep to subscriber data?',
  authority: '18 U.S.C. § 3486(a)(1)(C), with § 2703(c)(2)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: (request) => asksForData(request) && request.instrument.type === 'US-3486' && isChildCase(request),
  judge: (request, { policy }) => eachItem(request, 'category', (item) => reachRule(request, item, policy) === 'R-073'),
  message: 'The statute caps this subpoena at subscriber data.',
  cure: 'This subpoena reaches subscriber data only. For the rest serve an order or a warrant; we keep what there is meanwhile.',
  examples: [
    { says: 'a name, sessions and payment', request: paper(CHILD, 'DC-01', 'DC-02', 'DC-04'), expect: 'met' },
    {
      says: 'messages and location too',
      request: paper(CHILD, 'DC-01', 'DC-12', 'DC-11'),
      expect: ['2', '3'].map((item) => ({ item, severity: 'reject' as const })),
    },
    {
      says: 'told by the statute alone',
      request: paper([{ statute: '18 USC 2251' }], 'DC-06'),
      expect: [{ item: '1', severity: 'reject' }],
    },
    {
      says: 'a case of health care fraud is under the general table',
      request: paper([{ statute: '18 U.S.C. § 1347', kind: 'fraud' }], 'DC-06'),
      expect: 'not applicable',
    },
    { says: 'another subpoena', request: subpoena({ basis: { offences: CHILD } }), expect: 'not applicable' },
  ],
});
