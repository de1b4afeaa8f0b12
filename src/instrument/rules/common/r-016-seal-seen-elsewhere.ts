/** One seal, one signature or one docket under the names of two agencies: one of the papers was made from the other. */
import { type History, NO_HISTORY, rule } from '../../rule.ts';
import { order } from '../example.ts';

const seen = (...seenFrom: History['seenFrom']) => ({ history: { ...NO_HISTORY, seenFrom } });

export default rule({
  id: 'R-016',
  asks: 'Are seal, signature and docket new, or known from this agency only?',
  authority: 'Practice of response teams against forged requests',
  mark: 'GK',
  about: 'authenticity',
  severity: 'block',
  appliesTo: () => true,
  judge: (_, { history }) =>
    history.seenFrom.map(({ what, agency, request }) => ({
      path: what === 'seal' ? 'instrument.sealImageHash' : 'instrument.caseNo',
      message: `The same ${what === 'seal' ? 'image of seal or signature' : 'docket'} came in ${request} from ${agency}.`,
    })),
  message: 'The same seal, signature or docket came from another agency before.',
  cure: null,
  effects: ['alert', 'no reply'],
  examples: [
    { says: 'seen nowhere else', request: order(), expect: 'met' },
    {
      says: 'the seal came from another agency',
      request: order({ instrument: { sealImageHash: 'c0ffee00c0ffee00' } }),
      context: seen({ what: 'seal', agency: 'Doña Ana County Sheriff', request: 'r-0000000007' }),
      expect: 'block',
    },
    {
      says: 'seal and docket both did',
      request: order({ instrument: { sealImageHash: 'c0ffee00c0ffee00' } }),
      context: seen(
        { what: 'seal', agency: 'Doña Ana County Sheriff', request: 'r-0000000007' },
        { what: 'docket', agency: 'Customs Investigations, El Paso', request: 'r-0000000008' },
      ),
      expect: [{ severity: 'block' }, { severity: 'block' }],
    },
    {
      says: 'nobody has taken a hash of the seal',
      request: order({ instrument: { sealImageHash: undefined } }),
      expect: 'met',
    },
  ],
});
