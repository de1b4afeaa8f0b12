/** An unsigned paper is a draft. European orders are judged by R-170, emergencies by R-102, secrecy by R-121. */

import { isEuropean } from '../../process.ts';
import { rule, when } from '../../rule.ts';
import { europeanOrder, order, preservation } from '../example.ts';

export default rule({
  id: 'R-021',
  asks: 'Is the process signed?',
  authority: 'Published guidelines of Snap, X and TikTok',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: (request) =>
    request.kind === 'production' && request.instrument.type !== undefined && !isEuropean(request),
  judge: ({ instrument }) => when(!instrument.signed, { path: 'instrument.signed' }),
  message: 'The process is not signed.',
  cure: 'The process you served is not signed. Serve a signed one.',
  examples: [
    { says: 'signed in ink', request: order(), expect: 'met' },
    { says: 'signed electronically', request: order({ instrument: { signatureKind: 'electronic' } }), expect: 'met' },
    { says: 'signed, nobody noted how', request: order({ instrument: { signatureKind: undefined } }), expect: 'met' },
    { says: 'not signed', request: order({ instrument: { signed: false } }), expect: 'reject' },
    {
      says: 'a preservation letter without signature',
      request: preservation({ instrument: { signed: false } }),
      expect: 'not applicable',
    },
    {
      says: 'a European order without signature',
      request: europeanOrder({ instrument: { signed: false } }),
      expect: 'not applicable',
    },
  ],
});
