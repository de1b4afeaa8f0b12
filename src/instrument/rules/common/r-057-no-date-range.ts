/** A demand without dates asks for everything there ever was. States of an account (who, since when) need none by nature. */
import { eachItem, rule } from '../../rule.ts';
import { order } from '../example.ts';

const STATES = new Set(['DC-01', 'DC-03']);

export default rule({
  id: 'R-057',
  asks: 'Does each item state from when to when?',
  authority: 'Published guidelines of Meta, Snap, TikTok, WeTransfer and Pinterest',
  mark: 'V',
  about: 'scope',
  severity: 'pushback',
  appliesTo: ({ items }) => items.length > 0,
  judge: (request) =>
    eachItem(
      request,
      'from',
      ({ category, from, to }) => !STATES.has(category ?? '') && (from === undefined || to === undefined),
    ),
  message: 'The item states no start or no end.',
  cure: 'State the first and the last day for which you need these records, with the zone.',
  examples: [
    { says: 'both bounds are stated', request: order(), expect: 'met' },
    {
      says: 'sessions without an end',
      request: order({ items: [{ id: '1', target: 0, category: 'DC-02', from: '2026-02-01T00:00:00Z' }] }),
      expect: [{ item: '1', severity: 'pushback' }],
    },
    {
      says: 'a name is asked for without dates',
      request: order({ items: [{ id: '1', target: 0, category: 'DC-01' }] }),
      expect: 'met',
    },
    { says: 'nothing is asked for', request: order({ items: [] }), expect: 'not applicable' },
  ],
});
