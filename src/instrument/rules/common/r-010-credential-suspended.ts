/** A credential that was suspended or reported stolen speaks for nobody. */
import { agencyOf } from '../../agency.ts';
import { rule, when } from '../../rule.ts';
import { DIRECTORY, order } from '../example.ts';

export default rule({
  id: 'R-010',
  asks: 'Is the credential free of any suspension?',
  authority: 'Published figures of Kodex: nearly 4,000 accounts suspended in a year',
  mark: 'V2',
  about: 'authenticity',
  severity: 'reject',
  appliesTo: () => true,
  judge: ({ requester }, { directory }) =>
    when(requester.auth.credential === 'suspended' || agencyOf(directory, requester)?.credential === 'suspended', {
      path: 'requester.auth.credential',
    }),
  message: 'The credential is suspended or was reported as compromised.',
  cure: 'Contact your agency’s security office.',
  effects: ['alert'],
  examples: [
    { says: 'a credential in good standing', request: order(), expect: 'met' },
    {
      says: 'the officer’s credential is suspended',
      request: order({ requester: { auth: { credential: 'suspended' } } }),
      expect: 'reject',
    },
    {
      says: 'the directory has suspended the whole agency',
      request: order(),
      context: {
        directory: {
          ...DIRECTORY,
          agencies: DIRECTORY.agencies.map((agency) => ({ ...agency, credential: 'suspended' as const })),
        },
      },
      expect: 'reject',
    },
    {
      says: 'nothing is known of the credential',
      request: order({ requester: { auth: { credential: 'unknown' } } }),
      expect: 'met',
    },
  ],
});
