/** The Regulation serves a proceeding of the issuing State about an offence that was committed; nothing else. */
import { isEuropeanOrder } from '../../european-order.ts';
import { rule, when } from '../../rule.ts';
import { europeanOrder } from '../example.ts';

export default rule({
  id: 'R-175',
  asks: 'Does the order serve a proceeding of the issuing State about an offence already committed?',
  authority: 'Regulation (EU) 2023/1543, Article 2(4) and recitals 23 and 24',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  since: '2026-08-18',
  appliesTo: isEuropeanOrder,
  judge: ({ eu }) => [
    ...when(eu?.forThirdState === true, {
      path: 'eu.forThirdState',
      message: 'The order is to help another State, for which this Regulation is no instrument.',
    }),
    ...when(eu?.futureOffence === true, {
      path: 'eu.futureOffence',
      message: 'The order is about an offence that was not committed yet.',
    }),
  ],
  message: 'The purpose of the order is outside the Regulation.',
  cure: 'Use mutual legal assistance, or the instrument that your law has for this purpose.',
  examples: [
    { says: 'a proceeding of the issuing State', request: europeanOrder(), expect: 'met' },
    {
      says: 'on behalf of a third State',
      request: europeanOrder({ eu: { forThirdState: true } }),
      expect: [{ severity: 'reject' }],
    },
    {
      says: 'to prevent what nobody has done',
      request: europeanOrder({ eu: { futureOffence: true } }),
      expect: [{ severity: 'reject' }],
    },
  ],
});
