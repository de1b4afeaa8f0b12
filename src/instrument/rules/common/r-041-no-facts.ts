/**
 * Who asks without a court tells the provider what happened. A court's order and a grand jury's subpoena owe it none,
 * and a European order owes its facts to the enforcing authority (Regulation (EU) 2023/1543, Article 9(2)).
 */

import { isBlank, owesFacts } from '../../process.ts';
import { rule, when } from '../../rule.ts';
import { emergency, europeanOrder, order, POLICY, preservation, subpoena, warrant } from '../example.ts';

const noFacts = { basis: { facts: undefined } };
const LONDON = {
  requester: { agencyId: 'ag-london', agencyName: 'Metropolitan Inquiry Service', country: 'GB', level: 'foreign' },
};

export default rule({
  id: 'R-041',
  asks: 'Are the facts described, where this kind of demand owes them?',
  authority: 'Meta’s statement of 2013 on its legal and factual review; published guidelines of OKX',
  mark: 'V2',
  about: 'sufficiency',
  severity: 'pushback',
  appliesTo: (request, { policy }) => owesFacts(request, policy),
  judge: ({ basis, emergency: danger }) =>
    when(isBlank(basis.facts) && isBlank(danger?.threat), { path: 'basis.facts' }),
  message: 'The demand describes no facts.',
  cure: 'Describe the facts, and why this account matters to them.',
  examples: [
    { says: 'a customs summons with facts', request: order({ instrument: { type: 'US-1509' } }), expect: 'met' },
    {
      says: 'a customs summons without',
      request: order(noFacts, { instrument: { type: 'US-1509' } }),
      expect: 'pushback',
    },
    {
      says: 'facts of nothing but spaces',
      request: order({ instrument: { type: 'US-1509' }, basis: { facts: '  ' } }),
      expect: 'pushback',
    },
    {
      says: 'a foreign order without',
      request: order(noFacts, LONDON, { instrument: { type: 'UK-PACE' } }),
      expect: 'pushback',
    },
    { says: 'a letter without', request: order(noFacts, { instrument: { type: undefined } }), expect: 'pushback' },
    { says: 'an emergency told on its form', request: emergency(noFacts), expect: 'met' },
    {
      says: 'an emergency of which nothing is told',
      request: emergency(noFacts, { emergency: { threat: '' } }),
      expect: 'pushback',
    },
    { says: 'a grand jury’s subpoena owes none', request: subpoena(noFacts), expect: 'not applicable' },
    { says: 'a warrant owes none', request: warrant(noFacts), expect: 'not applicable' },
    { says: 'a European order owes none to the provider', request: europeanOrder(), expect: 'not applicable' },
    { says: 'a hold owes none', request: preservation(noFacts), expect: 'not applicable' },
    {
      says: 'a drug subpoena where this provider asks for none',
      request: order(noFacts, { instrument: { type: 'US-DEA-876' } }),
      context: { policy: { ...POLICY, owesFacts: [] } },
      expect: 'not applicable',
    },
  ],
});
