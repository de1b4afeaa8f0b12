/** Who may sign is part of each statute; the table is in `role-floors.ts`. A role that is not stated is not judged. */
import { rule, when } from '../../rule.ts';
import { order, preservation, subpoena, warrant } from '../example.ts';
import { ROLE_FLOORS } from '../role-floors.ts';

export default rule({
  id: 'R-025',
  asks: 'Does the signatory have the rank that the statute asks for?',
  authority: '18 U.S.C. §§ 2703(a) and (d), 2705(b), 2709(b); 19 U.S.C. § 1509(a)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: ({ kind, instrument }) =>
    kind !== 'withdrawal' && instrument.issuerRole !== undefined && Object.hasOwn(ROLE_FLOORS, instrument.type ?? ''),
  judge: ({ instrument: { type, issuerRole } }) => {
    const roles = ROLE_FLOORS[type ?? ''] ?? [];
    return when(issuerRole !== undefined && !roles.includes(issuerRole), {
      path: 'instrument.issuerRole',
      message: `${type} is signed by: ${issuerRole}. It can be signed by: ${roles.join(', ')}.`,
    });
  },
  message: 'The signatory’s role is below the floor of the statute.',
  cure: 'The signatory lacks authority under the cited statute. Serve process signed by someone who has it.',
  examples: [
    { says: 'an order of a magistrate judge', request: order(), expect: 'met' },
    { says: 'a subpoena of a grand jury', request: subpoena(), expect: 'met' },
    {
      says: 'a (d) order signed by a prosecutor',
      request: order({ instrument: { issuerRole: 'prosecutor' } }),
      expect: 'reject',
    },
    {
      says: 'a warrant signed by an officer',
      request: warrant({ instrument: { issuerRole: 'officer' } }),
      expect: 'reject',
    },
    {
      says: 'a customs summons of a district director',
      request: order({ instrument: { type: 'US-1509', issuerRole: 'district director' } }),
      expect: 'met',
    },
    {
      says: 'a customs summons of a special agent',
      request: order({ instrument: { type: 'US-1509', issuerRole: 'special agent' } }),
      expect: 'reject',
    },
    {
      says: 'a national security letter of a deputy assistant director',
      request: order({ instrument: { type: 'US-NSL', issuerRole: 'deputy assistant director' } }),
      expect: 'met',
    },
    {
      says: 'a national security letter of a special agent',
      request: order({ instrument: { type: 'US-NSL', issuerRole: 'special agent' } }),
      expect: 'reject',
    },
    {
      says: 'a nondisclosure order of a prosecutor',
      request: order({ kind: 'ndo', instrument: { type: 'US-NDO', issuerRole: 'prosecutor' } }),
      expect: 'reject',
    },
    {
      says: 'the role is not stated',
      request: order({ instrument: { issuerRole: undefined } }),
      expect: 'not applicable',
    },
    { says: 'a preservation letter of a special agent', request: preservation(), expect: 'not applicable' },
  ],
});
