/**
 * Traffic and content data need a judge, as issuing or as validating authority; for subscriber and identification data,
 * and for preservation, a prosecutor will do. Emergency orders without validation are the question of R-162.
 */
import { isTrafficOrContent } from '../../eu-classes.ts';
import {
  byJudge,
  byJudgeOrProsecutor,
  isEmergencyOrder,
  isEuropeanOrder,
  isProductionOrder,
  rolesOf,
} from '../../european-order.ts';
import { eachItem, rule } from '../../rule.ts';
import { europeanOrder } from '../example.ts';

export default rule({
  id: 'R-161',
  asks: 'Was the order issued or validated by an authority competent for this data?',
  authority: 'Regulation (EU) 2023/1543, Articles 4(1)-(3) and 16(4)(a)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  since: '2026-08-18',
  appliesTo: (request) => isEuropeanOrder(request) && !isEmergencyOrder(request) && request.items.length > 0,
  judge: (request) =>
    eachItem(request, '', (item) => {
      const judgeNeeded = isProductionOrder(request) && isTrafficOrContent(request, item);
      if (judgeNeeded ? byJudge(request) : byJudgeOrProsecutor(request)) return false;
      const needed = judgeNeeded ? 'a judge, a court or an investigating judge' : 'a judge, a court or a prosecutor';
      const stated = rolesOf(request);
      const named = stated.length > 0 ? stated.join(' and ') : 'no role';
      return { message: `This data needs ${needed}; the certificate names ${named}.` };
    }),
  message: 'The order was neither issued nor validated by a competent authority.',
  cure: 'Send the order as validated by an authority that Article 4 makes competent for this category of data.',
  form3: 'not a competent authority',
  examples: [
    { says: 'traffic data ordered by an investigating judge', request: europeanOrder(), expect: 'met' },
    {
      says: 'a prosecutor asks for a name and for messages',
      request: europeanOrder({
        instrument: { issuerRole: 'prosecutor' },
        eu: { iaRole: 'prosecutor' },
        items: [
          { id: '1', target: 0, category: 'DC-01' },
          { id: '2', target: 0, category: 'DC-12', from: '2026-02-01T00:00:00Z', to: '2026-05-01T00:00:00Z' },
        ],
      }),
      expect: [{ item: '2', severity: 'pushback' }],
    },
    {
      says: 'the same messages, validated by a court',
      request: europeanOrder({
        eu: { iaRole: 'prosecutor', va: 'Tribunale di Milano', vaRole: 'court' },
        items: [{ id: '1', target: 0, category: 'DC-12', from: '2026-02-01T00:00:00Z', to: '2026-05-01T00:00:00Z' }],
      }),
      expect: 'met',
    },
    {
      says: 'a prosecutor asks for addresses solely to identify a user',
      request: europeanOrder({
        instrument: { type: 'EU-EPOC-S' },
        eu: { iaRole: 'prosecutor' },
        items: [{ id: '1', target: 0, category: 'DC-02', asks: ['only to identify'] }],
      }),
      expect: 'met',
    },
    {
      says: 'police alone order preservation',
      request: europeanOrder({ kind: 'preservation', instrument: { type: 'EU-EPOC-PR' }, eu: { iaRole: 'police' } }),
      expect: [{ item: '1', severity: 'pushback' }],
    },
    {
      says: 'a prosecutor orders preservation',
      request: europeanOrder({
        kind: 'preservation',
        instrument: { type: 'EU-EPOC-PR' },
        eu: { iaRole: 'prosecutor' },
      }),
      expect: 'met',
    },
    {
      says: 'an emergency',
      request: europeanOrder({ eu: { emergency: true, iaRole: 'prosecutor' } }),
      expect: 'not applicable',
    },
  ],
});
