/**
 * A search for whoever was in a place or wrote a word, as it was judged before the Supreme Court decided Chatrie (29
 * June 2026): refused without a warrant, and counsel's with one.
 */
import { asksForData, isReverse, WARRANTS } from '../../papers.ts';
import { eachItem, rule } from '../../rule.ts';
import { order, preservation, subpoena, warrant } from '../example.ts';

const cohort = {
  targets: [{ type: 'area', value: 'within 150 m of 35.0844, -106.6504' }],
  items: [{ id: '1', target: 0, category: 'DC-21', from: '2026-02-03T20:00:00Z', to: '2026-02-03T21:00:00Z' }],
};

export default rule({
  id: 'R-064',
  asks: 'Is each item about somebody, not about whoever was somewhere?',
  authority: 'United States v. Smith (5th Cir. 2024), geofences; S.D. Miss., 21 February 2025, tower dumps',
  mark: 'V2',
  about: 'scope',
  severity: 'reject',
  until: '2026-06-29',
  appliesTo: (request) => asksForData(request) && request.items.length > 0,
  judge: (request) =>
    eachItem(request, 'category', (item) => {
      if (!isReverse(request, item)) return false;
      if (!WARRANTS.includes(request.instrument.type ?? '')) return true;
      return {
        severity: 'block',
        message:
          'A reverse search under a warrant: courts differ on whether such a warrant can be valid. Counsel decides.',
        effects: ['counsel'],
      };
    }),
  message: 'A reverse search without a warrant.',
  cure: 'We refuse or litigate searches for everyone at a place, a tower or a term. Name the accounts you are looking for.',
  examples: [
    { says: 'one account', request: order(), expect: 'met' },
    {
      says: 'everyone at a place, under an order',
      request: order(cohort),
      expect: [{ item: '1', severity: 'reject' }],
    },
    {
      says: 'everyone at a place, under a warrant',
      request: warrant(cohort),
      expect: [{ item: '1', severity: 'block' }],
    },
    { says: 'a hold', request: preservation(), expect: 'not applicable' },
    {
      says: 'an area as the target, filed under another category',
      request: subpoena({ ...cohort, items: [{ id: '1', target: 0, category: 'DC-11' }] }),
      expect: [{ item: '1', severity: 'reject' }],
    },
  ],
});
