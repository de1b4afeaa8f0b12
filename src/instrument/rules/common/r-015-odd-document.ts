/** Signs by which forged papers were recognised. They prove no forgery: the issuing office can say what it issued. */
import { type Judged, rule } from '../../rule.ts';
import { order, subpoena } from '../example.ts';

export default rule({
  id: 'R-015',
  asks: 'Is the document free of signs that it was put together?',
  authority: 'FBI Private Industry Notification of 4 November 2024, as reported',
  mark: 'V2',
  about: 'authenticity',
  severity: 'pushback',
  appliesTo: () => true,
  judge: ({ instrument }) => {
    const found: Judged[] = instrument.oddities.map((oddity, index) => ({
      path: `instrument.oddities[${index}]`,
      message: `A reader noticed in the document: ${oddity}.`,
    }));
    if (instrument.signatureKind === 'pasted image')
      found.push({ path: 'instrument.signatureKind', message: 'The signature is an image pasted into the document.' });
    return found;
  },
  message: 'The document shows signs of having been put together.',
  cure: 'We need the original from the office that issued it.',
  examples: [
    { says: 'nothing was noticed', request: order(), expect: 'met' },
    {
      says: 'the signature is a pasted image',
      request: order({ instrument: { signatureKind: 'pasted image' } }),
      expect: 'pushback',
    },
    {
      says: 'two fonts, and a section there is not',
      request: subpoena({ instrument: { oddities: ['two fonts in one line', '18 U.S.C. § 2799 does not exist'] } }),
      expect: [{ severity: 'pushback' }, { severity: 'pushback' }],
    },
    {
      says: 'nobody noted how it is signed',
      request: order({ instrument: { signatureKind: undefined } }),
      expect: 'met',
    },
  ],
});
