/**
 * Hijacked police mailboxes ask for emergencies, because nobody is given time to think. Nothing goes before the agency
 * was called at the directory's number and a second person has looked (R-007 to R-009 say which of it is missing).
 */
import { isCertificate } from '../../papers.ts';
import { rule, when } from '../../rule.ts';
import { assuranceOf } from '../assurance.ts';
import { CONFIRMED, emergency, europeanOrder, order } from '../example.ts';

const called = (callback: object | null, secondVerifier: string | null = 'D. Quill') =>
  emergency({ requester: { callback: callback === null ? null : { ...CONFIRMED, ...callback }, secondVerifier } });

export default rule({
  id: 'R-104',
  asks: 'Was an emergency verified by a call to the directory’s number and by a second person?',
  authority: 'FBI Private Industry Notification of 4 November 2024 and published figures of Kodex, as reported',
  mark: 'V2',
  about: 'authenticity',
  severity: 'block',
  appliesTo: (request) => request.kind === 'emergency' && !isCertificate(request),
  judge: (request, { policy }) => {
    const path = 'requester.callback';
    if (request.requester.callback?.answer === 'denied') {
      const message = 'The agency was called and does not know of this emergency.';
      return [{ path, message, cure: null, effects: ['alert', 'no reply'] }];
    }
    const { missing } = assuranceOf(request, policy);
    return when(missing.length > 0, {
      path,
      message: `The emergency is not verified: there is no ${missing.join(', and no ')}.`,
    });
  },
  message: 'The emergency is not verified.',
  cure: 'We are calling your agency at its published number now.',
  examples: [
    { says: 'called, confirmed, looked at by a second person', request: emergency(), expect: 'met' },
    { says: 'nobody has called', request: called(null), expect: 'block' },
    { says: 'called at the number in the signature', request: called({ numberSource: 'request' }), expect: 'block' },
    { says: 'nobody answered', request: called({ answer: 'no answer' }), expect: 'block' },
    { says: 'the agency denied it', request: called({ answer: 'denied' }), expect: 'block' },
    { says: 'no second person', request: called({}, null), expect: 'block' },
    { says: 'the caller looked twice', request: called({}, 'R. Alder'), expect: 'block' },
    {
      says: 'a European order is sealed instead',
      request: europeanOrder({ eu: { emergency: true } }),
      expect: 'not applicable',
    },
    { says: 'no emergency', request: order(), expect: 'not applicable' },
  ],
});
