/**
 * A look-up that finds no account is answered in the same form as an account without records: whether there is one is
 * told to nobody by the way of answering. It is for the reviewer to check the spelling before that.
 */
import { eachTarget } from '../../each-target.ts';
import { NOT_SEARCHABLE, namesData, REVERSE_TARGETS } from '../../papers.ts';
import { rule } from '../../rule.ts';
import { order } from '../example.ts';

const NONE = [{ type: 'handle', value: 'sunny.goods', resolves: [] }];

export default rule({
  id: 'R-052',
  asks: 'Does each identifier lead to an account?',
  authority:
    'SIRIUS, EU Electronic Evidence Situation Reports (wrong identifiers); the form of answer is general practice',
  mark: 'GK',
  about: 'scope',
  severity: 'warn',
  appliesTo: (request) => namesData(request) && request.targets.length > 0,
  judge: (request) =>
    eachTarget(
      request,
      'resolves',
      ({ type, second, resolves }) =>
        resolves?.length === 0 &&
        !REVERSE_TARGETS.includes(type) &&
        (second !== undefined || !NOT_SEARCHABLE.includes(type)),
    ),
  message: 'No account has this identifier: check it, then answer “no responsive records” in the usual form.',
  cure: null,
  examples: [
    { says: 'one account', request: order(), expect: 'met' },
    {
      says: 'no account',
      request: order({ targets: NONE }),
      expect: [
        { item: '1', severity: 'warn' },
        { item: '2', severity: 'warn' },
      ],
    },
    {
      says: 'nobody has looked yet',
      request: order({ targets: [{ type: 'handle', value: 'sunny.goods', resolves: null }] }),
      expect: 'met',
    },
    {
      says: 'a display name is not looked up at all',
      request: order({ targets: [{ type: 'display-name', value: 'Sunny Goods', resolves: [] }] }),
      expect: 'met',
    },
    { says: 'a withdrawal', request: order({ kind: 'withdrawal', targets: NONE }), expect: 'not applicable' },
  ],
});
