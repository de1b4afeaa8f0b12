/** An electronic certificate carries a qualified signature or seal. On paper, where that way is open, ink will do. */
import { isEuropeanOrder } from '../../european-order.ts';
import type { LegalRequest } from '../../legal-request.ts';
import { rule, when } from '../../rule.ts';
import { europeanOrder } from '../example.ts';

function isSigned({ eu, instrument }: LegalRequest): boolean {
  if (eu?.qes || (instrument.signed && instrument.signatureKind === 'qualified')) return true;
  const onPaper = eu?.transport === 'post' && eu.exception195 !== undefined;
  return onPaper && instrument.signed && instrument.signatureKind === 'ink';
}

export default rule({
  id: 'R-170',
  asks: 'Does the certificate carry a qualified signature or seal?',
  authority: 'Regulation (EU) 2023/1543, Articles 9(1) and 21(2)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  since: '2026-08-18',
  appliesTo: isEuropeanOrder,
  judge: (request) => when(!isSigned(request), { path: 'eu.qes' }),
  message: 'The certificate carries no qualified electronic signature or seal.',
  cure: 'Sign or seal the certificate with a qualified electronic signature or seal.',
  form3: 'incomplete',
  examples: [
    { says: 'a qualified signature', request: europeanOrder(), expect: 'met' },
    {
      says: 'an ordinary electronic signature',
      request: europeanOrder({ instrument: { signatureKind: 'electronic' }, eu: { qes: false } }),
      expect: 'pushback',
    },
    {
      says: 'ink on paper that came by post with a reason',
      request: europeanOrder({
        instrument: { signatureKind: 'ink' },
        eu: { qes: false, transport: 'post', exception195: 'the system was not available' },
      }),
      expect: 'met',
    },
    {
      says: 'a picture of a signature in an e-mail',
      request: europeanOrder({
        instrument: { signatureKind: 'pasted image' },
        eu: { qes: false, transport: 'email', exception195: 'the system was not available' },
      }),
      expect: 'pushback',
    },
  ],
});
