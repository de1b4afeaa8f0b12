/** An order that silences a provider ends on a day; without one nobody would ever tell the user. */
import { isOrdered } from '../../nondisclosure.ts';
import { rule, when } from '../../rule.ts';
import { order } from '../example.ts';

const COURT = 'U.S. District Court, District of New Mexico';

export default rule({
  id: 'R-122',
  asks: 'Does the nondisclosure order end on a stated day?',
  authority: 'Snap, Law Enforcement Guide (1 July 2025); X, Guidelines for law enforcement',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  appliesTo: isOrdered,
  judge: ({ ndo }) => when(ndo?.endsOn === undefined, { path: 'ndo.endsOn' }),
  message: 'The nondisclosure order has no end.',
  cure: 'We do not treat indefinite orders as valid. Give the day on which it ends.',
  examples: [
    { says: 'ninety days', request: order({ ndo: { court: COURT, endsOn: '2026-12-09' } }), expect: 'met' },
    { says: 'until further order', request: order({ ndo: { court: COURT } }), expect: 'pushback' },
    {
      says: 'a statute need not end',
      request: order({ ndo: { statute: 'Tex. Code Crim. Proc. art. 18.21' } }),
      expect: 'not applicable',
    },
    { says: 'nobody asks for secrecy', request: order(), expect: 'not applicable' },
  ],
});
