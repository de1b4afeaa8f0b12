/** Facts may be grave, and the account have nothing to do with them. Asked where facts are owed at all, R-041. */

import { isBlank, owesFacts } from '../../process.ts';
import { rule, when } from '../../rule.ts';
import { emergency, europeanOrder, order, preservation, subpoena } from '../example.ts';

const noNexus = { basis: { nexus: undefined } };

export default rule({
  id: 'R-042',
  asks: 'Does the demand say how the account relates to the facts?',
  authority: 'Published guidelines of X and TikTok',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  appliesTo: (request, { policy }) => owesFacts(request, policy),
  judge: ({ basis, emergency: danger }) =>
    when(isBlank(basis.nexus) && isBlank(danger?.howDataHelps), { path: 'basis.nexus' }),
  message: 'Nothing ties the account to the facts.',
  cure: 'Explain how the account relates to your investigation.',
  examples: [
    {
      says: 'a customs summons that ties the account to the facts',
      request: order({ instrument: { type: 'US-1509' } }),
      expect: 'met',
    },
    {
      says: 'a customs summons that does not',
      request: order(noNexus, { instrument: { type: 'US-1509' } }),
      expect: 'pushback',
    },
    { says: 'an emergency that says how the data helps', request: emergency(noNexus), expect: 'met' },
    {
      says: 'an emergency that does not',
      request: emergency(noNexus, { emergency: { howDataHelps: ' ' } }),
      expect: 'pushback',
    },
    { says: 'a grand jury’s subpoena', request: subpoena(noNexus), expect: 'not applicable' },
    { says: 'a European order', request: europeanOrder(), expect: 'not applicable' },
    { says: 'a hold', request: preservation(noNexus), expect: 'not applicable' },
  ],
});
