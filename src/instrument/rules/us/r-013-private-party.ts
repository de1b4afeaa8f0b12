/**
 * A civil party or a defence has its own way: a subpoena of the provider's state, served on its agent, not for content.
 * This rule finds one that is on the government's way, and a subpoena of another state that was not issued again.
 */
import { type Judged, rule } from '../../rule.ts';
import { emergency, order } from '../example.ts';

const PRIVATE_PAPERS = new Set(['US-CIVIL', 'US-DEF']);

export default rule({
  id: 'R-013',
  asks: 'Is a private party’s request on the private parties’ way, on a subpoena of the provider’s state?',
  authority: '18 U.S.C. § 2702; published guidelines of Meta and Snap',
  mark: 'V',
  about: 'authenticity',
  severity: 'pushback',
  appliesTo: () => true,
  judge: ({ track, kind, requester, instrument }) => {
    const found: Judged[] = [];
    const isPrivate = requester.level === 'private' || PRIVATE_PAPERS.has(instrument.type ?? '');
    if (track === 'government' && isPrivate) found.push({ path: 'track' });
    if (track !== 'government' && kind === 'emergency')
      found.push({
        path: 'kind',
        message: 'A private party uses the emergency way, which is for governmental entities.',
      });
    if (instrument.domesticated === false && (track !== 'government' || isPrivate))
      found.push({
        path: 'instrument.domesticated',
        message: 'The subpoena of another state was not issued again in the provider’s state.',
      });
    return found;
  },
  message: 'A private party’s request came on the government’s way.',
  cure: 'Use the process for private parties: a subpoena issued in our state and served on our registered agent. Content cannot be produced to a private party.',
  effects: ['reroute', 'private-party process'],
  examples: [
    { says: 'an agency’s order', request: order(), expect: 'met' },
    {
      says: 'a defence subpoena on the defence’s way, issued again',
      request: order({ track: 'defence', instrument: { type: 'US-DEF', domesticated: true } }),
      expect: 'met',
    },
    {
      says: 'a civil subpoena among the government’s',
      request: order({ instrument: { type: 'US-CIVIL' } }),
      expect: 'pushback',
    },
    {
      says: 'a law firm that says it is an agency',
      request: order({ requester: { level: 'private' } }),
      expect: 'pushback',
    },
    { says: 'an emergency of a civil party', request: emergency({ track: 'civil' }), expect: 'pushback' },
    {
      says: 'a civil subpoena of another state',
      request: order({ track: 'civil', instrument: { type: 'US-CIVIL', domesticated: false } }),
      expect: 'pushback',
    },
    {
      says: 'nobody has looked which state issued it',
      request: order({ track: 'civil', instrument: { type: 'US-CIVIL' } }),
      expect: 'met',
    },
  ],
});
