/** A court can lighten an order that asks for unusually much, and the government pays for what it costs. */

import { isEuropean } from '../../process.ts';
import { NO_HISTORY, rule, when } from '../../rule.ts';
import { europeanOrder, order, POLICY } from '../example.ts';

const giving = (rows: number | null) => ({ history: { ...NO_HISTORY, rows } });

export default rule({
  id: 'R-037',
  asks: 'Is what would be produced of a usual volume?',
  authority: '18 U.S.C. §§ 2703(d), 2706',
  mark: 'V',
  about: 'sufficiency',
  severity: 'warn',
  // What is asked of the issuing authority there is reimbursement under national law, not a lighter order.
  appliesTo: (request, { history }) => history.rows !== null && !isEuropean(request),
  judge: (_, { history: { rows }, policy }) =>
    when(rows !== null && rows > policy.limits.voluminousRows, {
      path: 'items',
      message: `The items would give ${rows} rows; more than ${policy.limits.voluminousRows} are unusually many.`,
    }),
  message: 'The records are unusually voluminous.',
  cure: 'The records are unusually voluminous. We may ask the court to modify the process, and ask for reimbursement.',
  examples: [
    { says: 'as many rows as are usual', request: order(), context: giving(1_000_000), expect: 'met' },
    { says: 'one row more', request: order(), context: giving(1_000_001), expect: 'warn' },
    {
      says: 'more than this provider finds usual',
      request: order(),
      context: { ...giving(5001), policy: { ...POLICY, limits: { ...POLICY.limits, voluminousRows: 5000 } } },
      expect: 'warn',
    },
    { says: 'nobody has counted yet', request: order(), context: giving(null), expect: 'not applicable' },
    { says: 'a European order', request: europeanOrder(), context: giving(5_000_000), expect: 'not applicable' },
  ],
});
