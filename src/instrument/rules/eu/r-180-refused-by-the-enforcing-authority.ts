/**
 * What the enforcing authority has refused is not sent. A partial refusal stops the items it names, and all of them if
 * it names none. An emergency order is not held back for a refusal that may still come; one that has come stops
 * what was not sent yet.
 */
import { isProductionOrder } from '../../european-order.ts';
import { eachItem, NO_HISTORY, rule } from '../../rule.ts';
import { europeanOrder } from '../example.ts';

const said = (decision: 'no ground' | 'partial' | 'full', ...items: string[]) => ({
  history: { ...NO_HISTORY, enforcingAuthority: { decision, items, at: '2026-09-11T15:30:00Z' } },
});

const TWO = [
  { id: '1', target: 0, category: 'DC-02', from: '2026-02-01T00:00:00Z', to: '2026-05-01T00:00:00Z' },
  { id: '2', target: 0, category: 'DC-12', from: '2026-02-01T00:00:00Z', to: '2026-05-01T00:00:00Z' },
];

export default rule({
  id: 'R-180',
  asks: 'Has the enforcing authority left the item to be carried out?',
  authority: 'Regulation (EU) 2023/1543, Article 12(2) and (4)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'block',
  since: '2026-08-18',
  appliesTo: (request, { history }) => isProductionOrder(request) && history.enforcingAuthority !== null,
  judge: (request, { history }) => {
    const { decision, items, at } = history.enforcingAuthority!;
    if (decision === 'no ground') return [];
    const all = decision === 'full' || items.length === 0;
    return eachItem(request, '', ({ id }) => {
      // A narrowed item keeps the id it came from: `2.1` is a part of `2`.
      const refused = all || items.some((named) => id === named || id.startsWith(`${named}.`));
      return refused && { message: `The enforcing authority has refused this item (${at}).` };
    });
  },
  message: 'The enforcing authority has refused this item.',
  cure: 'The execution was stopped because the enforcing authority has refused it.',
  examples: [
    {
      says: 'no ground for refusal',
      request: europeanOrder({ items: TWO }),
      context: said('no ground'),
      expect: 'met',
    },
    {
      says: 'the messages are refused, the sessions are not',
      request: europeanOrder({ items: TWO }),
      context: said('partial', '2'),
      expect: [{ item: '2', severity: 'block' }],
    },
    {
      says: 'a part of a refused item',
      request: europeanOrder({ items: [TWO[0], { ...TWO[1], id: '2.1' }] }),
      context: said('partial', '2'),
      expect: [{ item: '2.1', severity: 'block' }],
    },
    {
      says: 'everything is refused',
      request: europeanOrder({ items: TWO }),
      context: said('full'),
      expect: [
        { item: '1', severity: 'block' },
        { item: '2', severity: 'block' },
      ],
    },
    {
      says: 'a partial refusal that names nothing',
      request: europeanOrder(),
      context: said('partial'),
      expect: [{ item: '1', severity: 'block' }],
    },
    {
      says: 'a refusal in an emergency that came before delivery',
      request: europeanOrder({ eu: { emergency: true, emergencyGround: 'a person is held captive' } }),
      context: said('full'),
      expect: [{ item: '1', severity: 'block' }],
    },
    { says: 'nothing was said yet', request: europeanOrder(), expect: 'not applicable' },
  ],
});
