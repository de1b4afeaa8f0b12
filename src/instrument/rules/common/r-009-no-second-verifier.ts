/** One person can be talked into an emergency; a second, who did not make the call, looks again. The same for bulk. */

import { rule, when } from '../../rule.ts';
import { assuranceOf } from '../assurance.ts';
import { emergency, europeanOrder, order, warrant } from '../example.ts';

const many = (count: number) => ({
  targets: Array.from({ length: count }, (_, index) => ({ type: 'account-id', value: `10000000000${1000 + index}` })),
});

export default rule({
  id: 'R-009',
  asks: 'Has a second person, other than who called back, verified an emergency or a bulk request?',
  authority: 'Published figures of Kodex: 485 of 1,597 emergency requests failed a second check',
  mark: 'V2',
  about: 'authenticity',
  severity: 'block',
  appliesTo: (request, { policy }) => assuranceOf(request, policy).floor === 4,
  judge: (request, { policy }) =>
    when(assuranceOf(request, policy).missing.includes('a second verifier, other than who called back'), {
      path: 'requester.secondVerifier',
    }),
  message: 'No second person has verified this; it cannot be the one who called back.',
  cure: null,
  examples: [
    { says: 'two people verified an emergency', request: emergency(), expect: 'met' },
    { says: 'only one did', request: emergency({ requester: { secondVerifier: null } }), expect: 'block' },
    {
      says: 'the second is the one who called back',
      request: emergency({ requester: { secondVerifier: 'r. alder' } }),
      expect: 'block',
    },
    { says: 'twenty-five targets', request: order(many(25)), expect: 'block' },
    { says: 'twenty-four targets', request: order(many(24)), expect: 'not applicable' },
    {
      says: 'everyone who was in a place',
      request: warrant({ items: [{ id: '1', target: 0, category: 'DC-21' }] }),
      expect: 'block',
    },
    {
      says: 'a European emergency order, sealed and over the decentralised IT system',
      request: europeanOrder({ eu: { emergency: true } }),
      expect: 'met',
    },
    { says: 'content of one account', request: warrant(), expect: 'not applicable' },
  ],
});
