/** Content crosses a border by treaty, by executive agreement or by European Production Order, and in no other way. */

import { isContent } from '../../papers.ts';
import { isForeign } from '../../process.ts';
import { eachItem, rule } from '../../rule.ts';
import { emergency, order, POLICY, preservation, warrant } from '../example.ts';

const LONDON = {
  requester: { agencyId: 'ag-london', agencyName: 'Metropolitan Inquiry Service', country: 'GB', level: 'foreign' },
};
const foreign = (type: string | undefined, ...categories: string[]) =>
  order(LONDON, {
    instrument: { type },
    items: categories.map((category, index) => ({ id: String(index + 1), target: 0, category })),
  });

export default rule({
  id: 'R-028',
  asks: 'Where another country asks for content, does it come by treaty, agreement or European order?',
  authority: '18 U.S.C. § 2702; published guidelines of Meta and Snap',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: (request, { policy }) => request.kind === 'production' && isForeign(request, policy),
  judge: (request) => eachItem(request, 'category', ({ category }) => isContent(category)),
  message: 'Content is asked for on another country’s own process.',
  cure: 'Content needs a request for mutual legal assistance, an order under an executive agreement, or a European Production Order.',
  examples: [
    {
      says: 'a British order for messages and a name',
      request: foreign('UK-PACE', 'DC-12', 'DC-01'),
      expect: [{ item: '1', severity: 'reject' }],
    },
    { says: 'a British notice for a name', request: foreign('UK-IPA3', 'DC-01'), expect: 'met' },
    {
      says: 'an order under the Digital Services Act for stored files',
      request: foreign('EU-DSA10', 'DC-13'),
      expect: 'reject',
    },
    { says: 'a foreign letter for what a user searched for', request: foreign(undefined, 'DC-09'), expect: 'reject' },
    {
      says: 'nobody has said which category is meant',
      request: order(LONDON, { instrument: { type: 'UK-PACE' }, items: [{ id: '1', target: 0 }] }),
      expect: 'met',
    },
    {
      says: 'a British order under the executive agreement',
      request: foreign('XB-CLOUD', 'DC-12'),
      expect: 'not applicable',
    },
    { says: 'a European Production Order', request: foreign('EU-EPOC-T', 'DC-12'), expect: 'not applicable' },
    {
      says: 'an American warrant got for a foreign authority',
      request: warrant(LONDON, { instrument: { courtBasis: 'assistance request' } }),
      expect: 'not applicable',
    },
    {
      says: 'an American warrant served on a provider in Ireland',
      request: warrant(),
      context: { policy: { ...POLICY, provider: { ...POLICY.provider, country: 'IE' } } },
      expect: 'reject',
    },
    {
      says: 'a foreign request to preserve',
      request: preservation(LONDON, { instrument: { type: undefined } }),
      expect: 'not applicable',
    },
    { says: 'a foreign emergency, judged by R-106', request: emergency(LONDON), expect: 'not applicable' },
  ],
});
