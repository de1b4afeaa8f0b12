/** What can be changed after it was written shows little; what an agency writes itself stands on its letterhead. */
import { isPrivateParty } from '../../process.ts';
import { type Judged, rule } from '../../rule.ts';
import { europeanOrder, order, POLICY, preservation } from '../example.ts';

const EDITABLE = new Set('doc docx dot dotx odt rtf txt md html htm pages xls xlsx csv'.split(' '));

/** Written by the agency itself. A court's order and a grand jury's subpoena carry a caption, not a letterhead. */
const LETTERS = new Set([
  'US-2703F', 'US-EDR', 'US-CONSENT', 'US-SUBP-ADMIN', 'US-3486', 'US-1509', 'US-1225D', 'US-FTC-CID', 'US-DEA-876', 'US-NSL',
  'XB-MLAT', 'CoE-2AP', 'DE-STPO', 'UK-IPA3',
]); // biome-ignore format: one list

export default rule({
  id: 'R-014',
  asks: 'Is the paper a file that cannot be edited, and a letter on letterhead?',
  authority: 'Published guidelines of Snap, X and TikTok',
  mark: 'V',
  about: 'authenticity',
  severity: 'pushback',
  appliesTo: (request) => request.channel !== 'dits' && !isPrivateParty(request),
  judge: ({ instrument }, { policy }) => {
    const found: Judged[] = [];
    if (policy.requires.staticFile && EDITABLE.has(instrument.fileType ?? ''))
      found.push({
        path: 'instrument.fileType',
        message: `The paper came as .${instrument.fileType}, which can be edited.`,
      });
    const letter = instrument.type === undefined || LETTERS.has(instrument.type);
    if (policy.requires.letterhead && letter && instrument.letterhead === false)
      found.push({ path: 'instrument.letterhead', message: 'The letter is not on the agency’s letterhead.' });
    return found;
  },
  message: 'The paper is an editable file, or a letter without letterhead.',
  cure: 'Send a PDF that cannot be edited, on your agency’s letterhead where it is a letter.',
  examples: [
    { says: 'a PDF', request: order(), expect: 'met' },
    { says: 'a word processor’s file', request: order({ instrument: { fileType: 'docx' } }), expect: 'pushback' },
    {
      says: 'a letter without letterhead',
      request: preservation({ instrument: { letterhead: false } }),
      expect: 'pushback',
    },
    {
      says: 'both',
      request: preservation({ instrument: { fileType: 'odt', letterhead: false } }),
      expect: [{ severity: 'pushback' }, { severity: 'pushback' }],
    },
    { says: 'a court’s order has no letterhead', request: order({ instrument: { letterhead: false } }), expect: 'met' },
    {
      says: 'nobody has noted either',
      request: preservation({ instrument: { fileType: undefined, letterhead: undefined } }),
      expect: 'met',
    },
    {
      says: 'this provider asks for neither',
      request: preservation({ instrument: { fileType: 'docx', letterhead: false } }),
      context: {
        policy: { ...POLICY, requires: { ...POLICY.requires, staticFile: false, letterhead: false } },
      },
      expect: 'met',
    },
    {
      says: 'a certificate over the decentralised IT system',
      request: europeanOrder({ instrument: { fileType: 'html' } }),
      expect: 'not applicable',
    },
  ],
});
