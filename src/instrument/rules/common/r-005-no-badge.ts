/** An officer who can be called back has a number under which the agency knows them. */

import { isBlank, isEuropean, isPrivateParty } from '../../process.ts';
import { rule, when } from '../../rule.ts';
import { europeanOrder, order, POLICY } from '../example.ts';

export default rule({
  id: 'R-005',
  asks: 'Is the responsible officer named with a badge or identification number?',
  authority: 'Published guidelines of LinkedIn, TikTok and WeTransfer',
  mark: 'V',
  about: 'authenticity',
  severity: 'pushback',
  // A certificate under Regulation (EU) 2023/1543 has no field for it.
  appliesTo: (request, { policy }) => policy.requires.badge && !isPrivateParty(request) && !isEuropean(request),
  judge: ({ requester }) => when(isBlank(requester.badge), { path: 'requester.badge' }),
  message: 'No badge or identification number of the officer is given.',
  cure: 'Add the badge or identification number of the responsible officer.',
  examples: [
    { says: 'the badge is given', request: order(), expect: 'met' },
    { says: 'no badge is given', request: order({ requester: { badge: undefined } }), expect: 'pushback' },
    {
      says: 'this provider asks for none',
      request: order({ requester: { badge: undefined } }),
      context: { policy: { ...POLICY, requires: { ...POLICY.requires, badge: false } } },
      expect: 'not applicable',
    },
    {
      says: 'a European order without one',
      request: europeanOrder({ requester: { badge: undefined } }),
      expect: 'not applicable',
    },
    {
      says: 'a defence lawyer',
      request: order({ track: 'defence', instrument: { type: 'US-DEF' }, requester: { badge: undefined } }),
      expect: 'not applicable',
    },
  ],
});
