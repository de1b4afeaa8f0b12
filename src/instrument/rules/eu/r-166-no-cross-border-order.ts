/** The Regulation joins two States that both take part in it: not one State with itself, and not Denmark. */
import { enforcingState, isEuropeanOrder } from '../../european-order.ts';
import { rule, when } from '../../rule.ts';
import { europeanOrder } from '../example.ts';

export default rule({
  id: 'R-166',
  asks: 'Does the order come from another Member State that takes part in the Regulation?',
  authority: 'Regulation (EU) 2023/1543, Article 3(1) and recital 101',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  since: '2026-08-18',
  appliesTo: isEuropeanOrder,
  judge: (request, { policy }) => {
    const issuing = request.eu?.issuingState;
    return [
      ...when(issuing !== undefined && issuing === enforcingState(request, policy), {
        path: 'eu.issuingState',
        message: 'The issuing State is also the State where the addressee sits.',
      }),
      ...when(issuing === 'DK', {
        path: 'eu.issuingState',
        message: 'Denmark does not take part in the Regulation.',
      }),
    ];
  },
  message: 'This is no cross-border order under the Regulation.',
  cure: 'Use the process of your own law, or another instrument of judicial cooperation.',
  examples: [
    { says: 'from Italy to Ireland', request: europeanOrder(), expect: 'met' },
    {
      says: 'from Ireland to Ireland',
      request: europeanOrder({ eu: { issuingState: 'IE' } }),
      expect: [{ severity: 'reject' }],
    },
    { says: 'from Denmark', request: europeanOrder({ eu: { issuingState: 'DK' } }), expect: [{ severity: 'reject' }] },
    {
      says: 'the enforcing State is known from the policy only',
      request: europeanOrder({ eu: { issuingState: 'IE', enforcingState: undefined } }),
      expect: [{ severity: 'reject' }],
    },
  ],
});
