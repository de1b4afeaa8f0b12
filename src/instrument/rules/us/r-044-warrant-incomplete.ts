/** A warrant is its finding of probable cause and its list of things; a face page without its schedule is neither. */

import { WARRANTS } from '../../papers.ts';
import { type Judged, rule } from '../../rule.ts';
import { order, warrant } from '../example.ts';

export default rule({
  id: 'R-044',
  asks: 'Does the warrant find probable cause and list what is to be seized?',
  authority: 'U.S. Constitution, Fourth Amendment; 18 U.S.C. § 2703(a); published guidelines of Meta',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  appliesTo: ({ kind, instrument }) => kind === 'production' && WARRANTS.includes(instrument.type ?? ''),
  judge: ({ instrument: { recites, thingsToBeSeized } }) => {
    const found: Judged[] = [];
    if (!recites.includes('probable cause')) found.push({ path: 'instrument.recites' });
    if (thingsToBeSeized === false)
      found.push({ path: 'instrument.thingsToBeSeized', message: 'The warrant lists no things to be seized.' });
    return found;
  },
  message: 'The warrant states no finding of probable cause.',
  cure: 'Serve the full warrant, with the finding of probable cause and the schedule of things to be seized.',
  examples: [
    { says: 'finding and list', request: warrant(), expect: 'met' },
    {
      says: 'no finding of probable cause',
      request: warrant({ instrument: { recites: ['particularity'] } }),
      expect: [{ severity: 'pushback' }],
    },
    {
      says: 'no list',
      request: warrant({ instrument: { thingsToBeSeized: false } }),
      expect: [{ severity: 'pushback' }],
    },
    {
      says: 'a state’s warrant with neither',
      request: warrant({ instrument: { type: 'US-WARRANT-ST', recites: [], thingsToBeSeized: false } }),
      expect: [{ severity: 'pushback' }, { severity: 'pushback' }],
    },
    {
      says: 'nobody has looked for a list',
      request: warrant({ instrument: { thingsToBeSeized: undefined } }),
      expect: 'met',
    },
    { says: 'a (d) order', request: order(), expect: 'not applicable' },
  ],
});
