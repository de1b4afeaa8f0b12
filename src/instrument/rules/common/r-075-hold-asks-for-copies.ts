/** A hold keeps and hands over nothing. The keeping itself is not refused: only what would disclose is split off. */
import { isPreservation } from '../../papers.ts';
import { eachItem, rule } from '../../rule.ts';
import { order, preservation } from '../example.ts';

const COPIES = { items: [{ id: '1', target: 0, category: 'DC-12', asks: ['copies'] }, { id: '2', target: 0, category: 'DC-01' }] }; // biome-ignore format: one line

export default rule({
  id: 'R-075',
  asks: 'Does a request to preserve ask for nothing to be handed over?',
  authority: '18 U.S.C. § 2703(f); Snap, Law Enforcement Guide (1 July 2025); X, Guidelines for law enforcement',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: isPreservation,
  judge: (request) => eachItem(request, 'asks', ({ asks }) => asks.includes('copies')),
  message: 'Copies are asked for; a request to preserve discloses nothing. What is to be kept is kept all the same.',
  cure: 'We preserve and send no copies. To receive the data, serve process that reaches it.',
  effects: ['split item'],
  form3: 'other',
  examples: [
    { says: 'to keep, no more', request: preservation(), expect: 'met' },
    { says: 'to keep and send', request: preservation(COPIES), expect: [{ item: '1', severity: 'reject' }] },
    {
      says: 'a preservation certificate that wants copies',
      request: preservation({ instrument: { type: 'EU-EPOC-PR' } }, COPIES),
      expect: [{ item: '1', severity: 'reject' }],
    },
    { says: 'a demand for production', request: order(COPIES), expect: 'not applicable' },
  ],
});
