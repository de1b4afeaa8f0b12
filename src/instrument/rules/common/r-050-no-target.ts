/** A demand that names nobody cannot be looked up. Holds are R-140's, certificates under the Regulation R-160's. */
import { asksForData, isCertificate } from '../../papers.ts';
import { rule, when } from '../../rule.ts';
import { europeanOrder, order, preservation } from '../example.ts';

export default rule({
  id: 'R-050',
  asks: 'Does the demand name at least one account?',
  authority: 'Published guidelines of Meta, Snap, X, TikTok, WeTransfer, Pinterest and LinkedIn',
  mark: 'V',
  about: 'scope',
  severity: 'reject',
  appliesTo: (request) => asksForData(request) && !isCertificate(request),
  judge: ({ targets }) => when(targets.length === 0, { path: 'targets' }),
  message: 'No account or other identifier is named.',
  cure: 'Name the account: its user id, handle, verified e-mail address, or phone number with country code.',
  examples: [
    { says: 'one account', request: order(), expect: 'met' },
    { says: 'nobody', request: order({ targets: [], items: [] }), expect: 'reject' },
    {
      says: 'a hold on nobody is said by another rule',
      request: preservation({ targets: [], items: [] }),
      expect: 'not applicable',
    },
    {
      says: 'so is a certificate that names nobody',
      request: europeanOrder({ targets: [], items: [] }),
      expect: 'not applicable',
    },
    {
      says: 'a withdrawal needs none',
      request: order({ kind: 'withdrawal', targets: [], items: [] }),
      expect: 'not applicable',
    },
  ],
});
