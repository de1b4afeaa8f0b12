/**
 * A certificate goes to the designated establishment or the legal representative of the provider. Any other
 * establishment is addressed only in an emergency in which those did not react.
 */
import { isEuropeanOrder } from '../../european-order.ts';
import type { LegalRequest } from '../../legal-request.ts';
import { type Context, rule, when } from '../../rule.ts';
import { europeanOrder } from '../example.ts';

function isOurs({ instrument, eu }: LegalRequest, { policy }: Context): boolean {
  const own = policy.provider.euAddressee?.name;
  const named =
    instrument.addressedTo === undefined || own === undefined || alike(instrument.addressedTo) === alike(own);
  return named && eu?.addresseeKind !== 'other establishment';
}

const alike = (name: string) =>
  name
    .normalize('NFKC')
    .replace(/[\s.,]+/g, ' ')
    .trim()
    .toLowerCase();

export default rule({
  id: 'R-165',
  asks: 'Is the certificate addressed to our designated establishment or legal representative?',
  authority: 'Regulation (EU) 2023/1543, Article 7',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  since: '2026-08-18',
  appliesTo: isEuropeanOrder,
  judge: (request, context) => {
    const fallback = request.eu?.emergency === true && request.eu.emergencyFallback;
    const own = context.policy.provider.euAddressee;
    return when(!isOurs(request, context) && !fallback, {
      path: 'instrument.addressedTo',
      ...(own ? { cure: `Address the certificate to ${own.name} (${own.state}).` } : {}),
    });
  },
  message: 'The certificate is not addressed to our designated establishment or legal representative.',
  cure: 'Address the certificate to our designated establishment or legal representative.',
  form3: 'wrong addressee',
  examples: [
    { says: 'the Irish establishment', request: europeanOrder(), expect: 'met' },
    {
      says: 'the parent company in the United States',
      request: europeanOrder({ instrument: { addressedTo: 'Example Social, Inc.' } }),
      expect: 'pushback',
    },
    {
      says: 'another establishment, without an emergency',
      request: europeanOrder({ eu: { addresseeKind: 'other establishment', emergencyFallback: true } }),
      expect: 'pushback',
    },
    {
      says: 'another establishment in an emergency in which the addressee did not react',
      request: europeanOrder({
        instrument: { addressedTo: 'Example Social Iberia' },
        eu: { addresseeKind: 'other establishment', emergency: true, emergencyFallback: true },
      }),
      expect: 'met',
    },
    {
      says: 'an order of a United States court',
      request: europeanOrder({ instrument: { type: 'US-2703D' } }),
      expect: 'not applicable',
    },
  ],
});
