/** Subscriber data is the subject's own sessions and the address they had; where they went with it is more. */
import { SUBPOENAS } from '../../kinds.ts';
import { asksForData } from '../../papers.ts';
import { reachRule } from '../../reach-rule.ts';
import { eachItem, rule } from '../../rule.ts';
import { order, POLICY, subpoena } from '../example.ts';

const sessions = (...asks: string[]) => ({
  items: [
    { id: '1', target: 0, category: 'DC-02', from: '2026-02-01T00:00:00Z', to: '2026-05-01T00:00:00Z', asks },
    { id: '2', target: 0, category: 'DC-01' },
  ],
});

export default rule({
  id: 'R-077',
  asks: 'Does a subpoena for sessions leave out where they led?',
  authority: '18 U.S.C. § 2703(c)(2)(C) and (E)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: (request) => asksForData(request) && SUBPOENAS.includes(request.instrument.type ?? ''),
  judge: (request, { policy }) =>
    eachItem(
      request,
      'asks',
      (item) =>
        item.category === 'DC-02' &&
        item.asks.includes('destination addresses') &&
        reachRule(request, item, policy) === null,
    ),
  message:
    'Addresses or pages visited are asked for; a subpoena reaches the sessions and the address assigned to the subject.',
  cure: 'We produce the sessions and the address your subject had. For the addresses they visited serve a court’s order.',
  effects: ['split item'],
  examples: [
    { says: 'times and own addresses', request: subpoena(sessions()), expect: 'met' },
    {
      says: 'destinations too',
      request: subpoena(sessions('destination addresses')),
      expect: [{ item: '1', severity: 'reject' }],
    },
    {
      says: 'where no sessions are given on a subpoena at all',
      request: subpoena(sessions('destination addresses')),
      context: { policy: { ...POLICY, ipLogTier: 'order' } },
      expect: 'met',
    },
    { says: 'under a (d) order', request: order(sessions('destination addresses')), expect: 'not applicable' },
  ],
});
