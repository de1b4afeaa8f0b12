/**
 * A paper that has run out compels nothing. A federal warrant is executed within the days the rule gives, counted from
 * the day after its issue; a state's warrant has the window of its state, so a reviewer looks it up.
 */

import { WARRANTS } from '../../papers.ts';
import { dayReceived, isEuropean } from '../../process.ts';
import { rule } from '../../rule.ts';
import { europeanOrder, order, POLICY, warrant } from '../example.ts';

const onDay = (issuedOn: string, more: object = {}) => warrant({ instrument: { issuedOn, ...more } });

export default rule({
  id: 'R-023',
  asks: 'Was the process served while it could be executed?',
  authority: 'Fed. R. Crim. P. 41(e)(2)(A)(i)',
  mark: 'GK',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: (request) => {
    const { expiresOn, issuedOn, type } = request.instrument;
    const window = WARRANTS.includes(type ?? '') && issuedOn !== undefined;
    return request.kind === 'production' && !isEuropean(request) && (expiresOn !== undefined || window);
  },
  judge: (request, { policy }) => {
    const { expiresOn, issuedOn, type } = request.instrument;
    const served = dayReceived(request);
    if (expiresOn !== undefined && Temporal.PlainDate.compare(served, expiresOn) > 0)
      return [
        { path: 'instrument.expiresOn', message: `The process expired on ${expiresOn} and was served on ${served}.` },
      ];
    if (issuedOn === undefined || !WARRANTS.includes(type ?? '')) return [];
    const last = Temporal.PlainDate.from(issuedOn).add({ days: policy.clocks.warrantDays });
    if (Temporal.PlainDate.compare(served, last) <= 0) return [];
    if (type === 'US-WARRANT-ST' && expiresOn !== undefined) return [];
    const path = 'instrument.issuedOn';
    if (type === 'US-WARRANT-ST')
      return [
        {
          path,
          severity: 'warn',
          message: `The warrant was served after ${last}. Look up how long one of that state can be executed.`,
          cure: null,
        },
      ];
    return [{ path, message: `The warrant could be executed until ${last} and was served on ${served}.` }];
  },
  message: 'The process was served after it could be executed.',
  cure: 'The process has expired. Serve a new one.',
  examples: [
    { says: 'a warrant served three days after its issue', request: warrant(), expect: 'met' },
    { says: 'a warrant served on the fourteenth day', request: onDay('2026-08-28'), expect: 'met' },
    { says: 'a warrant served on the fifteenth day', request: onDay('2026-08-27'), expect: 'reject' },
    {
      says: 'the fifteenth day in Greenwich, the fourteenth at the desk',
      request: warrant({ receivedAt: '2026-09-12T06:59:00Z', instrument: { issuedOn: '2026-08-28' } }),
      expect: 'met',
    },
    {
      says: 'this provider’s counsel allows ten days',
      request: onDay('2026-08-31'),
      context: { policy: { ...POLICY, clocks: { ...POLICY.clocks, warrantDays: 10 } } },
      expect: 'reject',
    },
    {
      says: 'served on the last day it states',
      request: order({ instrument: { expiresOn: '2026-09-11' } }),
      expect: 'met',
    },
    {
      says: 'an order that expired the day before',
      request: order({ instrument: { expiresOn: '2026-09-10' } }),
      expect: 'reject',
    },
    {
      says: 'a state’s warrant after a month, no end stated',
      request: onDay('2026-08-11', { type: 'US-WARRANT-ST' }),
      expect: 'warn',
    },
    {
      says: 'a state’s warrant after a month, within the end it states',
      request: onDay('2026-08-11', { type: 'US-WARRANT-ST', expiresOn: '2026-09-30' }),
      expect: 'met',
    },
    { says: 'an order that states no end', request: order(), expect: 'not applicable' },
    {
      says: 'a warrant without a date of issue',
      request: warrant({ instrument: { issuedOn: undefined } }),
      expect: 'not applicable',
    },
    {
      says: 'a European order has its own deadlines',
      request: europeanOrder({ instrument: { expiresOn: '2026-09-01' } }),
      expect: 'not applicable',
    },
  ],
});
