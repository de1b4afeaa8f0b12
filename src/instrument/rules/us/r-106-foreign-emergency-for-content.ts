/**
 * The emergency exception for content is read with the statute's own idea of a governmental entity, and no foreign one
 * is in it. Records are at the provider's discretion; content goes by treaty or agreement, and counsel sees it first.
 */
import { isCertificate, isContent } from '../../papers.ts';
import { eachItem, rule } from '../../rule.ts';
import { emergency, order } from '../example.ts';

const LONDON = {
  requester: { agencyId: 'ag-london', agencyName: 'Metropolitan Inquiry Service', country: 'GB', level: 'foreign' },
};
const items = (...categories: string[]) => ({
  items: categories.map((category, index) => ({
    id: String(index + 1),
    target: 0,
    category,
    averts: 'shows where she is',
  })),
});

export default rule({
  id: 'R-106',
  asks: 'Does a foreign emergency request leave content out?',
  authority: '18 U.S.C. §§ 2702(b)(8), 2711(4); Snap, Law Enforcement Guide (1 July 2025)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'block',
  appliesTo: (request) => request.kind === 'emergency' && request.requester.country !== 'US' && !isCertificate(request),
  judge: (request) => eachItem(request, 'category', ({ category }) => isContent(category)),
  message: 'A foreign agency asks for content as an emergency.',
  cure: 'In an emergency abroad we can disclose records at our discretion. Content goes by treaty or agreement.',
  effects: ['counsel'],
  examples: [
    { says: 'addresses, from London', request: emergency(LONDON, items('DC-02')), expect: 'met' },
    {
      says: 'addresses and messages, from London',
      request: emergency(LONDON, items('DC-02', 'DC-12')),
      expect: [{ item: '2', severity: 'block' }],
    },
    {
      says: 'what was searched for',
      request: emergency(LONDON, items('DC-09')),
      expect: [{ item: '1', severity: 'block' }],
    },
    { says: 'messages, from an agency at home', request: emergency(items('DC-12')), expect: 'not applicable' },
    { says: 'no emergency', request: order(LONDON), expect: 'not applicable' },
  ],
});
