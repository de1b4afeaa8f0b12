/** Others in the record come with the target's communications; what they wrote elsewhere, and whole groups, do not. */
import { asksForData, isCertificate } from '../../papers.ts';
import { eachItem, rule } from '../../rule.ts';
import { europeanOrder, order, warrant } from '../example.ts';

const asking = (...asks: string[]) => ({
  items: [
    { id: '1', target: 0, category: 'DC-12', from: '2026-02-01T00:00:00Z', to: '2026-05-01T00:00:00Z', asks },
    { id: '2', target: 0, category: 'DC-01' },
  ],
});

export default rule({
  id: 'R-065',
  asks: 'Does each item keep to what the target took part in?',
  authority: 'General practice on particularity',
  mark: 'GK',
  about: 'scope',
  severity: 'pushback',
  appliesTo: (request) => asksForData(request) && !isCertificate(request),
  judge: (request) =>
    eachItem(request, 'asks', ({ asks }) => asks.includes('third parties’ content') || asks.includes('whole group')),
  message: 'The item asks for other people’s content or for a whole group.',
  cure: 'Limit the item to communications in which the target took part.',
  examples: [
    { says: 'messages of the target', request: warrant(), expect: 'met' },
    {
      says: 'what the contacts wrote to each other',
      request: warrant(asking('third parties’ content')),
      expect: [{ item: '1', severity: 'pushback' }],
    },
    {
      says: 'everyone in the group',
      request: warrant(asking('whole group')),
      expect: [{ item: '1', severity: 'pushback' }],
    },
    {
      says: 'counterparts in the target’s own log',
      request: order({ items: [{ id: '1', target: 0, category: 'DC-20' }] }),
      expect: 'met',
    },
    {
      says: 'proportion of a European order is its issuer’s',
      request: europeanOrder(asking('whole group')),
      expect: 'not applicable',
    },
  ],
});
