/** Orders reach services of the kinds the Regulation names, offered in the Union. A reviewer says which ones are. */
import { isEuropeanOrder } from '../../european-order.ts';
import { rule, when } from '../../rule.ts';
import { europeanOrder } from '../example.ts';

export default rule({
  id: 'R-167',
  asks: 'Is the service one that the Regulation covers?',
  authority: 'Regulation (EU) 2023/1543, Articles 2(3) and 16(4)(e), recitals 26 to 28',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  since: '2026-08-18',
  appliesTo: isEuropeanOrder,
  judge: ({ eu }) => when(eu?.serviceCovered === false, { path: 'eu.serviceCovered' }),
  message: 'The service is outside the Regulation, or is not offered in the Union.',
  cure: 'Use another instrument of judicial cooperation for this service.',
  form3: 'service not covered',
  examples: [
    { says: 'a messenger offered in the Union', request: europeanOrder(), expect: 'met' },
    {
      says: 'a service offered outside the Union only',
      request: europeanOrder({ eu: { serviceCovered: false } }),
      expect: 'pushback',
    },
  ],
});
