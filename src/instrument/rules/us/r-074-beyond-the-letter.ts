/**
 * A national security letter reaches who a subscriber is and since when. Toll billing records are read as carriers hold
 * them.
 */
import { asksForData } from '../../papers.ts';
import { reachRule } from '../../reach-rule.ts';
import { eachItem, rule } from '../../rule.ts';
import { order, subpoena } from '../example.ts';

const letter = (...categories: string[]) =>
  order({
    instrument: { type: 'US-NSL', statutes: ['18 U.S.C. § 2709'], issuerRole: 'deputy assistant director' },
    items: categories.map((category, index) => ({ id: String(index + 1), target: 0, category })),
  });

export default rule({
  id: 'R-074',
  asks: 'Does a national security letter keep to name, address and length of service?',
  authority: '18 U.S.C. § 2709(b)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: (request) => asksForData(request) && request.instrument.type === 'US-NSL',
  judge: (request, { policy }) => eachItem(request, 'category', (item) => reachRule(request, item, policy) === 'R-074'),
  message: 'This is outside the reach of a national security letter.',
  cure: 'The letter reaches name, address and length of service. For anything else serve a court’s order or a warrant.',
  examples: [
    { says: 'a name and the length of service', request: letter('DC-01', 'DC-03'), expect: 'met' },
    { says: 'headers too', request: letter('DC-01', 'DC-06'), expect: [{ item: '2', severity: 'reject' }] },
    {
      says: 'messages and sessions',
      request: letter('DC-12', 'DC-02'),
      expect: ['1', '2'].map((item) => ({ item, severity: 'reject' as const })),
    },
    { says: 'a subpoena', request: subpoena(), expect: 'not applicable' },
  ],
});
