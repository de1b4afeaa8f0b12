/**
 * What the certificate itself shows of immunity, privilege or the freedom of the press is put before both authorities.
 * The provider looks into nothing else for it; what a reviewer knows beside the certificate is the question of R-086.
 */
import { isEuropeanOrder } from '../../european-order.ts';
import { rule, when } from '../../rule.ts';
import { europeanOrder } from '../example.ts';

export default rule({
  id: 'R-173',
  asks: 'Is the certificate free of signs of immunity, privilege or press protection?',
  authority: 'Regulation (EU) 2023/1543, Articles 10(5) and 11(4)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  since: '2026-08-18',
  appliesTo: isEuropeanOrder,
  judge: ({ eu }) => when(eu?.privileged === true, { path: 'eu.privileged' }),
  message: 'By the certificate alone, the order could touch an immunity, a privilege or the freedom of the press.',
  cure: 'Say on which ground the data may be ordered in spite of the protection, or withdraw or adapt the order.',
  effects: ['counsel'],
  form3: 'immunity, privilege or press',
  examples: [
    { says: 'no sign of any', request: europeanOrder(), expect: 'met' },
    {
      says: 'the certificate names a law office',
      request: europeanOrder({ eu: { privileged: true } }),
      expect: 'pushback',
    },
    {
      says: 'the same for preservation',
      request: europeanOrder({ kind: 'preservation', instrument: { type: 'EU-EPOC-PR' }, eu: { privileged: true } }),
      expect: 'pushback',
    },
  ],
});
