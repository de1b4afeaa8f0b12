/**
 * Where somebody was, precisely or over time, takes a warrant; a city read from an address (DC-10) is no such record.
 */
import { asksForData } from '../../papers.ts';
import { reachRule } from '../../reach-rule.ts';
import { eachItem, rule } from '../../rule.ts';
import { order, subpoena, warrant } from '../example.ts';

const items = (...categories: string[]) => ({
  items: categories.map((category, index) => ({ id: String(index + 1), target: 0, category })),
});

export default rule({
  id: 'R-072',
  asks: 'Does a warrant stand behind each item of precise location?',
  authority: 'Snap, Law Enforcement Guide (1 July 2025); Carpenter v. United States (U.S. 2018)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: (request) => asksForData(request) && request.items.some(({ category }) => category === 'DC-11'),
  judge: (request, { policy }) => eachItem(request, 'category', (item) => reachRule(request, item, policy) === 'R-072'),
  message: 'Precise or historic location is asked for without a search warrant.',
  cure: 'Serve a search warrant for location. The other items are not affected.',
  examples: [
    { says: 'location under a warrant', request: warrant(items('DC-11')), expect: 'met' },
    {
      says: 'headers and location under a (d) order',
      request: order(items('DC-06', 'DC-11')),
      expect: [{ item: '2', severity: 'reject' }],
    },
    { says: 'location on a subpoena', request: subpoena(items('DC-11')), expect: [{ item: '1', severity: 'reject' }] },
    {
      says: 'a national security letter is said by another rule',
      request: order({ instrument: { type: 'US-NSL' } }, items('DC-11')),
      expect: 'met',
    },
    { says: 'a city read from addresses', request: order(items('DC-10')), expect: 'not applicable' },
  ],
});
