/** Traffic and content data are for offences with a maximum of three years or more, or listed ones. One is enough. */
import { isTrafficOrContent } from '../../eu-classes.ts';
import { isProductionOrder } from '../../european-order.ts';
import { eachItem, rule } from '../../rule.ts';
import { europeanOrder } from '../example.ts';

const THREE_YEARS_MONTHS = 36;

export default rule({
  id: 'R-163',
  asks: 'Does the offence reach the threshold for traffic and content data?',
  authority: 'Regulation (EU) 2023/1543, Articles 5(4) and 16(4)(b)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  since: '2026-08-18',
  appliesTo: (request) => isProductionOrder(request) && request.items.some((item) => isTrafficOrContent(request, item)),
  judge: (request) => {
    const { offences } = request.basis;
    if (offences.some(({ listed, maxPenaltyMonths = 0 }) => listed || maxPenaltyMonths >= THREE_YEARS_MONTHS))
      return [];
    const months = offences.flatMap(({ maxPenaltyMonths }) => maxPenaltyMonths ?? []);
    const message =
      months.length === 0
        ? 'The certificate states neither a maximum penalty nor that the offence is a listed one.'
        : `The highest penalty stated is ${Math.max(...months)} months, below three years; no listed offence is named.`;
    return eachItem(request, '', (item) => isTrafficOrContent(request, item) && { message });
  },
  message: 'The offence is below the threshold of Article 5(4).',
  cure: 'State the ground of Article 5(4) on which this data may be ordered, or limit the order to subscriber data.',
  form3: 'offence',
  examples: [
    { says: 'a maximum of five years', request: europeanOrder(), expect: 'met' },
    {
      says: 'a maximum of two years, for sessions and for a name',
      request: europeanOrder({
        basis: { offences: [{ text: 'simple fraud', statute: 'art. 640 c.p.', maxPenaltyMonths: 24 }] },
        items: [
          { id: '1', target: 0, category: 'DC-01' },
          { id: '2', target: 0, category: 'DC-02', from: '2026-02-01T00:00:00Z', to: '2026-05-01T00:00:00Z' },
        ],
      }),
      expect: [{ item: '2', severity: 'pushback' }],
    },
    {
      says: 'a maximum of exactly three years',
      request: europeanOrder({ basis: { offences: [{ statute: 'art. 615-ter c.p.', maxPenaltyMonths: 36 }] } }),
      expect: 'met',
    },
    {
      says: 'two years, but a listed offence',
      request: europeanOrder({
        basis: { offences: [{ statute: 'art. 615-ter c.p.', maxPenaltyMonths: 24, listed: true }] },
      }),
      expect: 'met',
    },
    {
      says: 'nothing is stated of the penalty',
      request: europeanOrder({ basis: { offences: [{ statute: 'art. 640 c.p.' }] } }),
      expect: [{ item: '1', severity: 'pushback' }],
    },
    {
      says: 'only a name is asked for',
      request: europeanOrder({ instrument: { type: 'EU-EPOC-S' }, items: [{ id: '1', target: 0, category: 'DC-01' }] }),
      expect: 'not applicable',
    },
  ],
});
