/** What people wrote and stored takes a warrant; the statute's older ways to content without one are not taken here. */
import { asksForData, CONTENT, PRIVATE_SUBPOENAS } from '../../papers.ts';
import { reachRule } from '../../reach-rule.ts';
import { eachItem, rule } from '../../rule.ts';
import { emergency, order, POLICY, subpoena, warrant } from '../example.ts';

const items = (...categories: string[]) => ({
  items: categories.map((category, index) => ({ id: String(index + 1), target: 0, category })),
});

export default rule({
  id: 'R-071',
  asks: 'Does a warrant stand behind each item of content?',
  authority: '18 U.S.C. §§ 2702(b), 2703(a)–(b); published guidelines of Meta, Snap, X and TikTok',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: (request) =>
    asksForData(request) && request.items.some(({ category }) => CONTENT.includes(category ?? '')),
  judge: (request, { policy }) =>
    eachItem(request, 'category', (item) => {
      if (reachRule(request, item, policy) !== 'R-071') return false;
      if (!PRIVATE_SUBPOENAS.includes(request.instrument.type ?? '')) return true;
      return {
        message: 'Content is asked for by the subpoena of a party; the statute has no exception for it.',
        cure: 'Ask the account holder, who can download and hand over their own content; we cannot.',
      };
    }),
  message: 'Content is asked for without a search warrant.',
  cure: 'Serve a search warrant for this item. The other items are not affected.',
  examples: [
    { says: 'messages under a warrant', request: warrant(), expect: 'met' },
    {
      says: 'a subpoena for a name and messages',
      request: subpoena(items('DC-01', 'DC-12')),
      expect: [{ item: '2', severity: 'reject' }],
    },
    {
      says: 'a (d) order for files and what is encrypted',
      request: order(items('DC-13', 'DC-22')),
      expect: ['1', '2'].map((item) => ({ item, severity: 'reject' as const })),
    },
    {
      says: 'a party’s subpoena for messages',
      request: subpoena({ track: 'defence', instrument: { type: 'US-DEF' } }, items('DC-12')),
      expect: [{ item: '1', severity: 'reject' }],
    },
    {
      says: 'a provider whose policy takes (d) orders for content',
      request: order(items('DC-12')),
      context: { policy: { ...POLICY, reach: { 'US-2703D': ['DC-12'] } } },
      expect: 'met',
    },
    { says: 'an emergency is voluntary', request: emergency(items('DC-12')), expect: 'met' },
    { says: 'no content', request: subpoena(), expect: 'not applicable' },
  ],
});
