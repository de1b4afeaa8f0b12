/** The statute knows five harms, and the court must have found that notice will result in one of them. */
import { isOrdered } from '../../nondisclosure.ts';
import { rule, when } from '../../rule.ts';
import { order } from '../example.ts';

const COURT = 'U.S. District Court, District of New Mexico';

export default rule({
  id: 'R-125',
  asks: 'Does the nondisclosure order recite one of the five harms?',
  authority: '18 U.S.C. § 2705(b)(1)–(5)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  appliesTo: isOrdered,
  judge: ({ ndo }) => when((ndo?.harms.length ?? 0) === 0, { path: 'ndo.harms' }),
  message: 'The order recites none of the five harms.',
  cure: 'State the statutory ground: which of the five harms notice would result in.',
  examples: [
    { says: 'flight', request: order({ ndo: { court: COURT, harms: ['flight from prosecution'] } }), expect: 'met' },
    { says: 'none', request: order({ ndo: { court: COURT, harms: [] } }), expect: 'pushback' },
    { says: 'only asserted is another question', request: order({ ndo: { harms: [] } }), expect: 'not applicable' },
    { says: 'nobody asks for secrecy', request: order(), expect: 'not applicable' },
  ],
});
