/**
 * A domain made to be mistaken for an agency's, or registered lately. Nothing is said to the sender: an answer tells an
 * impostor what to do better. A young domain counts although the directory has it: one that lapsed can be bought.
 */
import { isPrivateParty } from '../../process.ts';
import { type Judged, rule } from '../../rule.ts';
import { order } from '../example.ts';

const byMail = (email: string, auth: object) => order({ channel: 'email', requester: { email, auth } });

export default rule({
  id: 'R-003',
  asks: 'Is the sender’s domain neither an imitation of an agency’s nor only just registered?',
  authority: 'Practice of response teams against forged requests',
  mark: 'GK',
  about: 'authenticity',
  severity: 'reject',
  appliesTo: (request) => request.requester.email !== undefined && !isPrivateParty(request),
  judge: ({ requester: { auth } }, { policy }) => {
    const found: Judged[] = [];
    if (auth.lookalikeOf !== null)
      found.push({
        path: 'requester.auth.lookalikeOf',
        message: `The sender’s domain reads like ${auth.lookalikeOf} and is another one.`,
      });
    const youngest = policy.limits.domainMinimumAgeDays;
    if (auth.domainAgeDays !== null && auth.domainAgeDays < youngest)
      found.push({
        path: 'requester.auth.domainAgeDays',
        message: `The sender’s domain was registered ${auth.domainAgeDays} days ago; fewer than ${youngest} raise suspicion.`,
      });
    return found;
  },
  message: 'The sender’s domain imitates an agency’s, or was registered only lately.',
  cure: null,
  effects: ['alert', 'no reply'],
  examples: [
    { says: 'a domain of many years', request: byMail('sam.ortega@inquiry.example.gov', {}), expect: 'met' },
    {
      says: 'one letter away from an agency’s domain',
      request: byMail('sam.ortega@inqulry.example.gov', {
        lookalikeOf: 'inquiry.example.gov',
        domainInDirectory: false,
      }),
      expect: 'reject',
    },
    {
      says: 'registered 89 days ago',
      request: byMail('sam.ortega@inquiry-abq.example', { domainAgeDays: 89 }),
      expect: 'reject',
    },
    {
      says: 'registered 90 days ago',
      request: byMail('sam.ortega@inquiry-abq.example', { domainAgeDays: 90 }),
      expect: 'met',
    },
    {
      says: 'the age of the domain is not known',
      request: byMail('sam.ortega@inquiry.example.gov', { domainAgeDays: null }),
      expect: 'met',
    },
    { says: 'no address is given', request: order({ requester: { email: undefined } }), expect: 'not applicable' },
  ],
});
