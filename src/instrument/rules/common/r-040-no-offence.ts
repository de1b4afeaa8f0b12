/** What is investigated bounds what can be relevant. A judge or a grand jury need not tell; a reviewer is warned. */

import { WARRANTS } from '../../papers.ts';
import { isBlank, isEuropean } from '../../process.ts';
import { rule, when } from '../../rule.ts';
import { emergency, europeanOrder, order, preservation, subpoena, warrant } from '../example.ts';

const none = { basis: { offences: [] } };
const OWE_NONE = new Set(['US-NSL', 'US-CONSENT', 'US-CIVIL', 'US-DEF', 'OWN-DATA']);

export default rule({
  id: 'R-040',
  asks: 'Is an offence or a provision of criminal law named?',
  authority: 'Regulation (EU) 2023/1543, Article 5(5)(f); published guidelines of TikTok',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  appliesTo: ({ kind, track, instrument }) =>
    kind === 'production' && track === 'government' && !OWE_NONE.has(instrument.type ?? ''),
  judge: (request) => {
    const { type = '' } = request.instrument;
    const byCourt = WARRANTS.includes(type) || type === 'US-2703D' || type === 'US-SUBP';
    const named = request.basis.offences.some(({ text, statute }) => !isBlank(text) || !isBlank(statute));
    return when(!named, {
      path: 'basis.offences',
      severity: byCourt && !isEuropean(request) ? 'warn' : 'pushback',
    });
  },
  message: 'No offence and no provision of criminal law is named.',
  cure: 'Name the offence you investigate and the provision it falls under.',
  examples: [
    { says: 'offence and provision are named', request: order(), expect: 'met' },
    {
      says: 'the provision alone',
      request: order({ basis: { offences: [{ statute: '18 U.S.C. § 1343' }] } }),
      expect: 'met',
    },
    {
      says: 'an agency’s subpoena that names none',
      request: subpoena(none, { instrument: { type: 'US-SUBP-ADMIN' } }),
      expect: 'pushback',
    },
    {
      says: 'an offence without a word about it',
      request: order({ instrument: { type: 'US-1509' }, basis: { offences: [{}] } }),
      expect: 'pushback',
    },
    { says: 'a warrant that names none', request: warrant(none), expect: 'warn' },
    { says: 'a grand jury’s subpoena that names none', request: subpoena(none), expect: 'warn' },
    { says: 'a European order that names none', request: europeanOrder(none), expect: 'pushback' },
    {
      says: 'a national security letter',
      request: order(none, { instrument: { type: 'US-NSL' } }),
      expect: 'not applicable',
    },
    {
      says: 'a civil party',
      request: order(none, { track: 'civil', instrument: { type: 'US-CIVIL' } }),
      expect: 'not applicable',
    },
    { says: 'a hold', request: preservation(none), expect: 'not applicable' },
    { says: 'an emergency', request: emergency(none), expect: 'not applicable' },
  ],
});
