/** Certificates travel by the decentralised IT system; another way needs one of the reasons Article 19(5) gives. */
import { isEuropeanOrder } from '../../european-order.ts';
import { rule, when } from '../../rule.ts';
import { europeanOrder } from '../example.ts';

/** Ways that are certainly not that system, whatever the paper says of itself. */
const OTHER_WAYS = ['email', 'post', 'fax', 'phone'];

export default rule({
  id: 'R-169',
  asks: 'Did the certificate come by the decentralised IT system, or with a reason why not?',
  authority: 'Regulation (EU) 2023/1543, Article 19(1), (5) and (6)',
  mark: 'V',
  about: 'authenticity',
  severity: 'pushback',
  since: '2026-08-18',
  appliesTo: isEuropeanOrder,
  judge: ({ eu, channel }) => {
    const bySystem = eu?.transport === 'dits' && !OTHER_WAYS.includes(channel);
    return when(!bySystem && eu?.exception195 === undefined, { path: 'eu.transport' });
  },
  message: 'The certificate did not come by the decentralised IT system, and no reason of Article 19(5) is recorded.',
  cure: 'Send it again by the decentralised IT system, or say why another means is needed.',
  examples: [
    { says: 'by the system', request: europeanOrder(), expect: 'met' },
    { says: 'by e-mail', request: europeanOrder({ eu: { transport: 'email' } }), expect: 'pushback' },
    {
      says: 'by e-mail, though it says to have come by the system',
      request: europeanOrder({ channel: 'email' }),
      expect: 'pushback',
    },
    {
      says: 'by post, while the system is down',
      request: europeanOrder({ eu: { transport: 'post', exception195: 'the system was not available' } }),
      expect: 'met',
    },
    { says: 'nothing is known of the order', request: europeanOrder({ eu: undefined }), expect: 'pushback' },
  ],
});
