/**
 * Only a judge can forbid notice. A national security letter is the exception, with its certification and its notice
 * that a court can review it; so is a statute that forbids by itself.
 */
import { secrecyOf } from '../../nondisclosure.ts';
import { rule, when } from '../../rule.ts';
import { order } from '../example.ts';

const COURT = 'U.S. District Court, District of New Mexico';
const by = (signedBy: string | undefined, signed = true) => order({ ndo: { court: COURT, signed, signedBy } });
const letter = (ndo: object) => order({ instrument: { type: 'US-NSL', statutes: ['18 U.S.C. § 2709'] }, ndo });

export default rule({
  id: 'R-121',
  asks: 'Did a judge sign the nondisclosure order?',
  authority: '18 U.S.C. §§ 2705(b), 2709(c), 3486(a)(6); Snap, Law Enforcement Guide (1 July 2025)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  appliesTo: (request) => ['order', 'letter', 'statute'].includes(secrecyOf(request) ?? ''),
  judge: (request) => {
    const { ndo } = request;
    const secrecy = secrecyOf(request);
    if (secrecy === 'letter') {
      return when(!(ndo?.certification && ndo.noticeOfReview), {
        path: 'ndo.certification',
        message:
          'The letter binds to secrecy only with its certification and its notice of judicial review; one is missing.',
        cure: 'Add the certification and the notice that a court can review the letter.',
      });
    }
    if (secrecy !== 'order') return [];
    if (ndo?.signed && ndo.signedBy === undefined)
      return [{ path: 'ndo.signedBy', message: 'Nothing shows who signed the nondisclosure order.' }];
    return when(!ndo?.signed || ndo.signedBy !== 'judge', { path: 'ndo.signed' });
  },
  message: 'The nondisclosure order is not signed by a judge.',
  cure: 'The nondisclosure order is not judicial. Send one that a judge signed.',
  examples: [
    { says: 'signed by a judge', request: by('judge'), expect: 'met' },
    { says: 'signed by a prosecutor', request: by('prosecutor'), expect: 'pushback' },
    { says: 'not signed', request: by('judge', false), expect: 'pushback' },
    { says: 'signed, by whom nobody says', request: by(undefined), expect: 'pushback' },
    {
      says: 'a letter with certification and notice of review',
      request: letter({ certification: true, noticeOfReview: true }),
      expect: 'met',
    },
    { says: 'a letter without notice of review', request: letter({ certification: true }), expect: 'pushback' },
    { says: 'a statute', request: order({ ndo: { statute: 'Tex. Code Crim. Proc. art. 18.21' } }), expect: 'met' },
    {
      says: 'only asserted is another question',
      request: order({ ndo: { signedBy: 'agent' } }),
      expect: 'not applicable',
    },
    { says: 'nobody asks for secrecy', request: order(), expect: 'not applicable' },
  ],
});
