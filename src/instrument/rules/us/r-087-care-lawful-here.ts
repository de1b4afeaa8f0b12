/**
 * Some states forbid their companies to answer other states about care that is lawful at home, unless it is attested
 * that the matter is not one of that. Where the state of the requester is not known, the attestation is asked for.
 */
import { asksForData } from '../../papers.ts';
import { rule } from '../../rule.ts';
import { emergency, order, POLICY, warrant } from '../example.ts';

const care = (requester: object, more: object = {}) =>
  warrant(
    { instrument: { type: 'US-WARRANT-ST' }, requester, basis: { offences: [{ text: 'unlawful termination', kind: 'lawful care' }] } },
    more,
  ); // biome-ignore format: one line

export default rule({
  id: 'R-087',
  asks: 'Is an out-of-state demand about something other than care that is lawful here?',
  authority: 'Snap, Law Enforcement Guide (1 July 2025), on California law (Cal. Penal Code § 1546.5)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: (request) =>
    asksForData(request) &&
    request.requester.country === 'US' &&
    request.requester.level !== 'federal' &&
    (request.instrument.type ?? 'US-').startsWith('US-'),
  judge: ({ basis, requester }, { policy }) => {
    const index = basis.offences.findIndex(({ kind }) => policy.shieldedOffences.includes(kind));
    if (index < 0 || basis.attestation) return [];
    const path = `basis.offences[${index}].kind`;
    if (requester.state === undefined) {
      return [
        {
          path,
          severity: 'pushback',
          message: 'The offence is about care that is lawful here, and the state of the requester is not known.',
          cure: 'State which state you act for, or attest that this is not about care that is lawful in our state.',
        },
      ];
    }
    return policy.provider.jurisdiction === `US-${requester.state}` ? [] : [{ path }];
  },
  message: 'Another state asks about care that is lawful here, without the attestation that the law requires.',
  cure: 'The law of our state bars us from answering this without an attestation that it is not about care that is lawful here.',
  examples: [
    { says: 'a fraud case of a county', request: order({ requester: { level: 'local', state: 'NM' } }), expect: 'met' },
    { says: 'lawful care, another state', request: care({ level: 'state', state: 'TX' }), expect: 'reject' },
    { says: 'lawful care, the provider’s own state', request: care({ level: 'state', state: 'CA' }), expect: 'met' },
    {
      says: 'another state, with the attestation',
      request: care({ level: 'state', state: 'TX' }, { basis: { attestation: true } }),
      expect: 'met',
    },
    { says: 'a county of an unknown state', request: care({ level: 'local' }), expect: 'pushback' },
    {
      says: 'a provider in a state that shields nothing',
      request: care({ level: 'state', state: 'TX' }),
      context: { policy: { ...POLICY, shieldedOffences: [] } },
      expect: 'met',
    },
    { says: 'a federal request', request: order(), expect: 'not applicable' },
    { says: 'a federal emergency', request: emergency(), expect: 'not applicable' },
  ],
});
