/** A letter asks; only compulsory process makes a provider produce. An emergency has its own way. */

import { compels } from '../../process.ts';
import { rule, when } from '../../rule.ts';
import { emergency, order, preservation, subpoena } from '../example.ts';

const SAYS: Record<string, string> = {
  'US-2703F': 'A preservation letter keeps records; it does not produce them.',
  'US-EDR': 'An emergency request is voluntary, and this one does not come as an emergency.',
  'US-CONSENT': 'A user’s consent permits disclosure; it does not compel it.',
  'US-NDO': 'A nondisclosure order reaches no record by itself.',
  'EU-EPOC-PR': 'A preservation certificate keeps data; it does not produce them.',
  'EU-EIO': 'A European Investigation Order goes from authority to authority, not to a provider.',
};

export default rule({
  id: 'R-020',
  asks: 'Does a compulsory instrument stand behind a demand to produce?',
  authority: '18 U.S.C. §§ 2702–2703; published guidelines of Meta and TikTok',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: ({ kind, instrument }) => kind === 'production' && instrument.type !== 'OWN-DATA',
  judge: (request) => {
    const { type } = request.instrument;
    const message = SAYS[type ?? ''];
    return when(!compels(request), { path: 'instrument.type', ...(message === undefined ? {} : { message }) });
  },
  message: 'No instrument that compels disclosure was served.',
  cure: 'A letter or a mail does not compel disclosure. Serve the process that the records need: a subpoena, an order or a warrant.',
  examples: [
    { says: 'a court’s order', request: order(), expect: 'met' },
    { says: 'a grand jury’s subpoena', request: subpoena(), expect: 'met' },
    { says: 'a letter and nothing else', request: order({ instrument: { type: undefined } }), expect: 'reject' },
    {
      says: 'a preservation letter that asks to produce',
      request: order({ instrument: { type: 'US-2703F' } }),
      expect: 'reject',
    },
    { says: 'the user’s consent alone', request: order({ instrument: { type: 'US-CONSENT' } }), expect: 'reject' },
    { says: 'a preservation letter that asks to preserve', request: preservation(), expect: 'not applicable' },
    { says: 'an emergency', request: emergency(), expect: 'not applicable' },
  ],
});
