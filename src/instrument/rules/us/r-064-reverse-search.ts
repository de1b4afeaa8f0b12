/**
 * A search for whoever was in a place, at a tower, or wrote a word. Since Chatrie (29 June 2026) taking location
 * history by geofence is a search; a warrant for it is not void as such, but counsel and two approvers stand before it.
 * A European order needs a specific case about somebody, so it gives none either.
 */
import { asksForData, isReverse, WARRANTS } from '../../papers.ts';
import { eachItem, rule } from '../../rule.ts';
import { europeanOrder, order, preservation, subpoena, warrant } from '../example.ts';

const cohort = {
  targets: [{ type: 'area', value: 'within 150 m of 35.0844, -106.6504' }],
  items: [{ id: '1', target: 0, category: 'DC-21', from: '2026-02-03T20:00:00Z', to: '2026-02-03T21:00:00Z' }],
};

export default rule({
  id: 'R-064',
  asks: 'Is each item about somebody, not about whoever was somewhere?',
  authority:
    'Chatrie v. United States (U.S., 29 June 2026); United States v. Smith (5th Cir. 2024); Regulation (EU) 2023/1543, recital 24',
  mark: 'V2',
  about: 'scope',
  severity: 'reject',
  since: '2026-06-29',
  appliesTo: (request) => asksForData(request) && request.items.length > 0,
  judge: (request) =>
    eachItem(request, 'category', (item) => {
      if (!isReverse(request, item)) return false;
      if (!WARRANTS.includes(request.instrument.type ?? '')) return true;
      return {
        severity: 'block',
        message:
          'A reverse search under a warrant is a search of everyone it touches. Counsel reviews its area, its minutes and its steps, and two people approve.',
        effects: ['counsel', 'two approvers'],
      };
    }),
  message: 'A reverse search without a warrant: obtaining location by geofence is a search under the Fourth Amendment.',
  cure: 'We refuse or litigate searches for everyone at a place, a tower or a term. Name the accounts you are looking for.',
  form3: 'other',
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
    {
      says: 'the paper made for it',
      request: warrant(cohort, { instrument: { type: 'US-REVERSE' } }),
      expect: [{ item: '1', severity: 'block' }],
    },
    {
      says: 'whoever searched for a word, beside a named account',
      request: warrant({
        targets: [
          { type: 'account-id', value: '100000000000042' },
          { type: 'keyword', value: 'Elm Street 12' },
        ],
        items: [
          { id: '1', target: 0, category: 'DC-12' },
          { id: '2', target: 1, category: 'DC-09' },
        ],
      }),
      expect: [{ item: '2', severity: 'block' }],
    },
    {
      says: 'an area as the target, filed under another category',
      request: subpoena({ ...cohort, items: [{ id: '1', target: 0, category: 'DC-11' }] }),
      expect: [{ item: '1', severity: 'reject' }],
    },
    { says: 'on a certificate', request: europeanOrder(cohort), expect: [{ item: '1', severity: 'reject' }] },
    { says: 'a hold', request: preservation(), expect: 'not applicable' },
  ],
});
