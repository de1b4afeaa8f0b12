/** The power to summon cannot be delegated below a district director or a special agent in charge. */
import { asksForData } from '../../papers.ts';
import { rule, when } from '../../rule.ts';
import { subpoena } from '../example.ts';
import { ROLE_FLOORS } from '../role-floors.ts';

const summons = (issuerRole: string | undefined) =>
  subpoena({ instrument: { type: 'US-1509', statutes: ['19 U.S.C. § 1509'], issuerRole } });

export default rule({
  id: 'R-082',
  asks: 'Was a customs summons signed at or above the rank that the statute sets?',
  authority: '19 U.S.C. § 1509(a)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: (request) => asksForData(request) && request.instrument.type === 'US-1509',
  judge: ({ instrument: { issuerRole } }) => {
    if (issuerRole !== undefined && issuerRole !== 'other')
      return when(!ROLE_FLOORS['US-1509']!.includes(issuerRole), { path: 'instrument.issuerRole' });
    return [
      {
        path: 'instrument.issuerRole',
        severity: 'pushback',
        message: 'The summons does not show the rank of who signed it.',
        cure: 'State the rank of the signatory: the statute asks for a district director or a special agent in charge.',
      },
    ];
  },
  message: 'The summons was signed below a district director or a special agent in charge.',
  cure: 'The signatory is below the rank that the statute requires.',
  examples: [
    { says: 'a special agent in charge', request: summons('special agent in charge'), expect: 'met' },
    { says: 'a district director', request: summons('district director'), expect: 'met' },
    { says: 'a special agent', request: summons('special agent'), expect: 'reject' },
    { says: 'an officer', request: summons('officer'), expect: 'reject' },
    { says: 'a rank that is not stated', request: summons(undefined), expect: 'pushback' },
    { says: 'a rank nobody here knows', request: summons('other'), expect: 'pushback' },
    { says: 'a grand jury subpoena', request: subpoena(), expect: 'not applicable' },
  ],
});
