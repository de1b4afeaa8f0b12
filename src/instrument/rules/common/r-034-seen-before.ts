/**
 * The same demand a second time, or one that was withdrawn. A withdrawn paper does not come back to life; a new paper
 * for the same, issued after the withdrawal, is another one and only looked at twice.
 */
import { type History, type Judged, NO_HISTORY, rule, type Same } from '../../rule.ts';
import { order, preservation } from '../example.ts';

const seen = (...same: History['same']) => ({ history: { ...NO_HISTORY, same } });
const before = (more: Partial<Same> = {}): Same => ({
  request: 'r-0000000003',
  because: 'document',
  withdrawnOn: null,
  ...more,
});

export default rule({
  id: 'R-034',
  asks: 'Is this demand a new one?',
  authority: 'Published practice on processing subpoenas (Integreon)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'warn',
  // A renewal, a withdrawal and a nondisclosure order are about an earlier request by their nature.
  appliesTo: ({ kind }) => ['production', 'preservation', 'emergency'].includes(kind),
  judge: ({ refersTo, instrument }, { history }) =>
    history.same
      .filter(({ request }) => request !== refersTo)
      .map(({ request, because, withdrawnOn }): Judged => {
        const path = because === 'document' ? 'documents' : 'instrument.caseNo';
        if (withdrawnOn === null)
          return {
            path,
            message: `The same ${because} is here as ${request}.`,
            cure: `We hold this as ${request}. Tell us if you mean something else.`,
          };
        const day = withdrawnOn.slice(0, 10);
        if (because === 'demand' && instrument.issuedOn !== undefined && instrument.issuedOn >= day)
          return {
            path,
            message: `The same was demanded in ${request}, withdrawn on ${day}; this paper was issued afterwards.`,
            cure: null,
          };
        return {
          path,
          severity: 'reject',
          message: `The same ${because} came as ${request} and was withdrawn on ${day}.`,
          cure: `This was withdrawn on ${day}. Serve new process if you need the records after all.`,
        };
      }),
  message: 'The same document or the same demand is here already, or was withdrawn.',
  cure: 'We hold this already, or it was withdrawn. Tell us if you mean something else.',
  examples: [
    { says: 'nothing like it is here', request: order(), expect: 'met' },
    { says: 'the same document is here', request: order(), context: seen(before()), expect: 'warn' },
    {
      says: 'another document for the same case, target and range',
      request: order(),
      context: seen(before({ because: 'demand' })),
      expect: 'warn',
    },
    {
      says: 'the same document was withdrawn',
      request: order(),
      context: seen(before({ withdrawnOn: '2026-09-09T10:00:00Z' })),
      expect: 'reject',
    },
    {
      says: 'the same demand was withdrawn after this paper was issued',
      request: order(),
      context: seen(before({ because: 'demand', withdrawnOn: '2026-09-09T10:00:00Z' })),
      expect: 'reject',
    },
    {
      says: 'a new paper, issued on the day the earlier one was withdrawn',
      request: order(),
      context: seen(before({ because: 'demand', withdrawnOn: '2026-09-08T10:00:00Z' })),
      expect: 'warn',
    },
    {
      says: 'an undated paper for what was withdrawn',
      request: order({ instrument: { issuedOn: undefined } }),
      context: seen(before({ because: 'demand', withdrawnOn: '2026-09-08T10:00:00Z' })),
      expect: 'reject',
    },
    {
      says: 'it follows the earlier request and says so',
      request: order({ refersTo: 'r-0000000003' }),
      context: seen(before({ because: 'demand' })),
      expect: 'met',
    },
    {
      says: 'a renewal',
      request: preservation({ kind: 'renewal' }),
      context: seen(before()),
      expect: 'not applicable',
    },
  ],
});
