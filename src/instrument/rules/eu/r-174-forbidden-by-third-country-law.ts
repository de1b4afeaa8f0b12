/**
 * Where the law of a third country forbids production, a reasoned objection is made within ten days and the data is
 * kept. That the data is stored there, or that no such procedure exists there, is no objection.
 */
import { dayTen, isBefore, isProductionOrder } from '../../european-order.ts';
import { rule } from '../../rule.ts';
import { europeanOrder } from '../example.ts';

const FORBIDS = { conflict: { law: 'Data Secrecy Act of Examplia, s. 9', ground: 'prohibition' } };

export default rule({
  id: 'R-174',
  asks: 'Can the order be carried out without breaking the law of a third country?',
  authority: 'Regulation (EU) 2023/1543, Article 17(1) and (2)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  since: '2026-08-18',
  appliesTo: (request) => isProductionOrder(request) && request.eu?.conflict !== undefined,
  judge: (request, { at, policy }) => {
    const { law, ground } = request.eu!.conflict!;
    if (ground !== 'prohibition') return [];
    const until = dayTen(request, policy);
    const path = 'eu.conflict';
    if (until !== null && !isBefore(at, until.due))
      return [{ path, severity: 'warn', message: `${law} forbids it, but the time to object ended at ${until.due}.` }];
    const time = until === null ? 'within ten days of receipt' : `before ${until.due}`;
    return [
      { path, message: `${law} forbids it: a reasoned objection is due ${time}, and the data is kept meanwhile.` },
    ];
  },
  message: 'The law of a third country forbids production.',
  cure: 'Uphold, adapt or withdraw the order in the light of the reasoned objection.',
  effects: ['counsel'],
  form3: 'conflict with third-country law',
  examples: [
    { says: 'a law that forbids it', request: europeanOrder({ eu: FORBIDS }), expect: 'pushback' },
    {
      says: 'the same, once ten days have passed',
      request: europeanOrder({ eu: FORBIDS }),
      context: { at: '2026-09-21T23:00:00Z' },
      expect: 'warn',
    },
    {
      says: 'the data is merely stored there',
      request: europeanOrder({
        eu: { conflict: { law: 'Data Secrecy Act of Examplia, s. 9', ground: 'storage location only' } },
      }),
      expect: 'met',
    },
    {
      says: 'there is no such procedure there',
      request: europeanOrder({ eu: { conflict: { law: 'Code of Examplia', ground: 'no equivalent procedure' } } }),
      expect: 'met',
    },
    { says: 'no conflict', request: europeanOrder(), expect: 'not applicable' },
  ],
});
