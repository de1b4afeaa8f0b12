/**
 * What a taken-over mailbox could ask for is confirmed by a voice at the agency's published number first: emergencies,
 * content, many accounts, and whoever writes for the first time. What discloses nothing needs no call.
 */

import type { LegalRequest } from '../../legal-request.ts';
import { rule } from '../../rule.ts';
import { assuranceOf } from '../assurance.ts';
import { CONFIRMED, emergency, europeanOrder, order, POLICY, preservation, warrant } from '../example.ts';

const CALL = 'a call-back at the number of the directory that confirmed this matter';
const uncalled = { requester: { callback: null } };
const many = (count: number) => ({
  targets: Array.from({ length: count }, (_, index) => ({ type: 'account-id', value: `10000000000${1000 + index}` })),
});

const isDenied = ({ requester }: LegalRequest) => requester.callback?.answer === 'denied';

export default rule({
  id: 'R-008',
  asks: 'Did the agency confirm this matter when it was called, where what is asked for needs that?',
  authority: 'FBI Private Industry Notification of 4 November 2024, as reported',
  mark: 'V2',
  about: 'authenticity',
  severity: 'block',
  appliesTo: (request, { policy }) => assuranceOf(request, policy).floor >= 3 || isDenied(request),
  judge: (request, { policy }) => {
    if (isDenied(request))
      return [
        {
          path: 'requester.callback.answer',
          severity: 'reject',
          message: 'The agency was called and does not know of this request.',
          cure: null,
          effects: ['alert', 'no reply'],
        },
      ];
    const { because, missing } = assuranceOf(request, policy);
    if (!missing.includes(CALL)) return [];
    return [
      { path: 'requester.callback', message: `No call-back has confirmed this matter, and ${because.join(', and ')}.` },
    ];
  },
  message: 'No call-back at the directory’s number has confirmed this matter, or the agency denied it.',
  cure: 'We will call your switchboard, at the number that is published, to confirm this request.',
  examples: [
    { says: 'the agency confirmed an emergency', request: emergency(), expect: 'met' },
    { says: 'an emergency without a call', request: emergency(uncalled), expect: 'block' },
    { says: 'content without a call', request: warrant(uncalled), expect: 'block' },
    {
      says: 'the first request of an agency',
      request: order({ requester: { callback: null, auth: { priorVerified: 0 } } }),
      expect: 'block',
    },
    { says: 'eleven targets without a call', request: order(many(11), uncalled), expect: 'block' },
    { says: 'ten targets without a call', request: order(many(10), uncalled), expect: 'not applicable' },
    {
      says: 'ten targets where this provider allows nine',
      request: order(many(10), uncalled),
      context: { policy: { ...POLICY, limits: { ...POLICY.limits, targetsWithoutCallBack: 9 } } },
      expect: 'block',
    },
    {
      says: 'nobody answered the call',
      request: warrant({ requester: { callback: { ...CONFIRMED, answer: 'no answer' } } }),
      expect: 'block',
    },
    {
      says: 'a number from the request confirmed it',
      request: warrant({ requester: { callback: { ...CONFIRMED, numberSource: 'request' } } }),
      expect: 'block',
    },
    {
      says: 'the agency denied it',
      request: order({ requester: { callback: { ...CONFIRMED, answer: 'denied' } } }),
      expect: 'reject',
    },
    {
      says: 'a European order for content, sealed and over the decentralised IT system',
      request: europeanOrder({ items: [{ id: '1', target: 0, category: 'DC-12' }] }, uncalled),
      expect: 'met',
    },
    { says: 'sessions, from an agency that is known', request: order(uncalled), expect: 'not applicable' },
    {
      says: 'a first preservation letter',
      request: preservation({ requester: { callback: null, auth: { priorVerified: 0 } } }),
      expect: 'not applicable',
    },
  ],
});
