/** Infrastructure that a provider runs for a public authority is reached only by orders of that authority's State. */
import { isProductionOrder } from '../../european-order.ts';
import { rule, when } from '../../rule.ts';
import { europeanOrder } from '../example.ts';

export default rule({
  id: 'R-172',
  asks: 'If the data is held for a public authority, is it one of the issuing State?',
  authority: 'Regulation (EU) 2023/1543, Article 5(8)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  since: '2026-08-18',
  appliesTo: (request) => isProductionOrder(request) && request.eu?.publicAuthorityState !== undefined,
  judge: ({ eu }) =>
    when(eu?.publicAuthorityState !== eu?.issuingState, {
      path: 'eu.publicAuthorityState',
      message: `The data is held for a public authority of ${eu?.publicAuthorityState}, not of the issuing State.`,
    }),
  message: 'The data is held for a public authority of another State than the issuing one.',
  cure: 'Turn to that authority, or use another instrument of judicial cooperation with its State.',
  form3: 'other',
  examples: [
    {
      says: 'a ministry of the issuing State',
      request: europeanOrder({ eu: { publicAuthorityState: 'IT' } }),
      expect: 'met',
    },
    {
      says: 'a ministry of another State',
      request: europeanOrder({ eu: { publicAuthorityState: 'FR' } }),
      expect: 'pushback',
    },
    { says: 'no public authority', request: europeanOrder(), expect: 'not applicable' },
  ],
});
