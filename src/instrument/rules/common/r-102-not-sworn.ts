/**
 * An emergency rests on one person's word: a sworn officer signs it, and where the provider asks, under penalty of
 * perjury.
 */
import { isCertificate } from '../../papers.ts';
import { rule, when } from '../../rule.ts';
import { emergency, order, POLICY } from '../example.ts';

const requires = (more: object) => ({ policy: { ...POLICY, requires: { ...POLICY.requires, ...more } } });
const form = (more: object) => emergency({ emergency: more });

export default rule({
  id: 'R-102',
  asks: 'Did a sworn officer sign the emergency form as this provider asks?',
  authority:
    'Snap, Law Enforcement Guide (1 July 2025); TikTok, Law Enforcement Guidelines; LinkedIn, published guidelines',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  appliesTo: (request) => request.kind === 'emergency' && request.emergency !== undefined && !isCertificate(request),
  judge: ({ emergency: form, instrument }, { policy: { requires } }) => [
    ...when(requires.swornEmergency && form?.sworn !== true, { path: 'emergency.sworn' }),
    ...when(!instrument.signed, { path: 'instrument.signed', message: 'The emergency form is not signed.' }),
    ...when(requires.perjuryStatement && form?.perjuryStatement !== true, {
      path: 'emergency.perjuryStatement',
      message: 'The statement under penalty of perjury is missing.',
      cure: 'Add the statement that what you say is true under penalty of perjury.',
    }),
  ],
  message: 'The form does not come from a sworn officer.',
  cure: 'A sworn officer must sign the emergency form.',
  examples: [
    { says: 'sworn, signed, under penalty of perjury', request: emergency(), expect: 'met' },
    { says: 'not a sworn officer', request: form({ sworn: false }), expect: [{ severity: 'pushback' }] },
    { says: 'not signed', request: emergency({ instrument: { signed: false } }), expect: [{ severity: 'pushback' }] },
    { says: 'no statement, where none is asked', request: form({ perjuryStatement: false }), expect: 'met' },
    {
      says: 'no statement, where one is asked',
      request: form({ perjuryStatement: false }),
      context: requires({ perjuryStatement: true }),
      expect: [{ severity: 'pushback' }],
    },
    {
      says: 'a dispatcher, where this provider takes that',
      request: form({ sworn: false }),
      context: requires({ swornEmergency: false }),
      expect: 'met',
    },
    { says: 'no emergency', request: order(), expect: 'not applicable' },
  ],
});
