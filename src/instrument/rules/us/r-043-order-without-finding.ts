/** The order is the court's finding of specific and articulable facts. What an agent states is the application. */
import { type Judged, rule } from '../../rule.ts';
import { order, warrant } from '../example.ts';

export default rule({
  id: 'R-043',
  asks: 'Does the order under § 2703(d) contain the court’s finding of specific and articulable facts?',
  authority: '18 U.S.C. § 2703(d)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: ({ kind, instrument }) => kind === 'production' && instrument.type === 'US-2703D',
  judge: ({ instrument: { recites, recitedBy } }) => {
    const found: Judged[] = [];
    if (!recites.includes('specific and articulable facts')) found.push({ path: 'instrument.recites' });
    if (recitedBy === 'agent')
      found.push({
        path: 'instrument.recitedBy',
        message: 'The facts are found by an agent’s statement, not by the court.',
      });
    return found;
  },
  message: 'The order does not find specific and articulable facts.',
  cure: 'An order under 18 U.S.C. § 2703(d) is issued by a court that finds specific and articulable facts. Serve one that says so.',
  examples: [
    { says: 'the court found them', request: order(), expect: 'met' },
    {
      says: 'the order finds relevance only',
      request: order({ instrument: { recites: ['relevance'] } }),
      expect: 'reject',
    },
    {
      says: 'an agent states them',
      request: order({ instrument: { recitedBy: 'agent' } }),
      expect: [{ severity: 'reject' }],
    },
    {
      says: 'the order finds them, nobody noted whose finding it is',
      request: order({ instrument: { recitedBy: undefined } }),
      expect: 'met',
    },
    { says: 'a warrant', request: warrant(), expect: 'not applicable' },
  ],
});
