/** Data that someone controls is asked of that controller; of the processor only on one of two grounds. */
import { isProductionOrder } from '../../european-order.ts';
import { rule, when } from '../../rule.ts';
import { europeanOrder } from '../example.ts';

export default rule({
  id: 'R-171',
  asks: 'Where we only process for someone else, does the order say why it comes to us?',
  authority: 'Regulation (EU) 2023/1543, Article 5(6) and (7)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  since: '2026-08-18',
  appliesTo: (request) => isProductionOrder(request) && request.eu?.toProcessor === true,
  judge: ({ eu }) => when(eu?.processorGround === undefined, { path: 'eu.processorGround' }),
  message: 'The order comes to us as processor and states no ground for not asking the controller.',
  cure: 'Ask the controller, or say that it cannot be identified or that asking it might harm the investigation.',
  examples: [
    {
      says: 'the controller cannot be identified',
      request: europeanOrder({ eu: { toProcessor: true, processorGround: 'controller cannot be identified' } }),
      expect: 'met',
    },
    { says: 'no ground', request: europeanOrder({ eu: { toProcessor: true } }), expect: 'pushback' },
    { says: 'the provider is the controller', request: europeanOrder(), expect: 'not applicable' },
  ],
});
