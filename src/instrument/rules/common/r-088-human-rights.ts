/**
 * Offences of opinion, belief or love, and acts that are none where the provider is, go to a human-rights review before
 * anything is done. For a European order the grounds are the enforcing authority's, so a reviewer only takes note.
 */
import type { LegalRequest } from '../../legal-request.ts';
import { asksForData, isCertificate } from '../../papers.ts';
import { type Judged, rule } from '../../rule.ts';
import { europeanOrder, order } from '../example.ts';

const SENSITIVE: readonly string[] = ['political', 'blasphemy', 'same-sex relations', 'lese-majesty'];

/** Papers whose own procedure decides on dual criminality, or does without it. */
const DECIDED_ELSEWHERE = /^(?:EU-EPOC|XB-|EU-EIO)/;

function judgeOffences(request: LegalRequest, home: string): Judged[] {
  const foreign = request.requester.country !== home;
  const open = !DECIDED_ELSEWHERE.test(request.instrument.type ?? '');
  return request.basis.offences.flatMap((offence, index): Judged[] => {
    const { kind, dual, listed } = offence;
    if (SENSITIVE.includes(kind))
      return [{ path: `basis.offences[${index}].kind`, message: `The offence is one of ${kind}.` }];
    if (!foreign || listed) return [];
    const path = `basis.offences[${index}].dual`;
    if (dual === false) return [{ path, message: 'The act is no offence in the provider’s own law.' }];
    if (dual === true || !open) return [];
    const message = 'Nobody has said whether the act is an offence in the provider’s own law too.';
    return [{ path, severity: 'warn', message, cure: null }];
  });
}

const offence = (more: object) => ({ basis: { offences: [{ text: 'an offence', statute: 'section 1', ...more }] } });
const FOREIGN = { requester: { country: 'GB', level: 'foreign' }, instrument: { type: 'UK-IPA3' } };

export default rule({
  id: 'R-088',
  asks: 'Is the offence one that human rights leave to the criminal law, here as there?',
  authority: 'Meta, Transparency Center, on government requests; Regulation (EU) 2023/1543, Article 12(1)(d)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'block',
  appliesTo: (request) => asksForData(request) && request.basis.offences.length > 0,
  judge: (request, { policy }) => {
    const found = judgeOffences(request, policy.provider.country);
    return isCertificate(request) ? found.map((judged) => ({ ...judged, severity: 'warn' as const })) : found;
  },
  message: 'The offence calls for a human-rights review.',
  cure: 'This demand was escalated for a human-rights review.',
  effects: ['human-rights review'],
  examples: [
    { says: 'fraud, at home', request: order(), expect: 'met' },
    { says: 'fraud abroad, an offence here too', request: order(FOREIGN, offence({ dual: true })), expect: 'met' },
    { says: 'no offence here', request: order(FOREIGN, offence({ dual: false })), expect: 'block' },
    { says: 'nobody has said', request: order(FOREIGN, offence({})), expect: 'warn' },
    {
      says: 'insult to the crown',
      request: order(FOREIGN, offence({ kind: 'lese-majesty', dual: true })),
      expect: 'block',
    },
    { says: 'a political offence at home', request: order(offence({ kind: 'political' })), expect: 'block' },
    {
      says: 'a treaty request, which a court here executes',
      request: order(FOREIGN, { instrument: { type: 'XB-MLAT' } }, offence({})),
      expect: 'met',
    },
    { says: 'a European order for fraud', request: europeanOrder(), expect: 'met' },
    {
      says: 'a European order for what is no offence here',
      request: europeanOrder(offence({ dual: false })),
      expect: 'warn',
    },
    {
      says: 'an offence on the list needs none',
      request: europeanOrder(offence({ dual: false, listed: true })),
      expect: 'met',
    },
    { says: 'no offence is named', request: order({ basis: { offences: [] } }), expect: 'not applicable' },
  ],
});
