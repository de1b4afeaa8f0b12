/**
 * One identifier, several accounts at the same time: which one is meant, only the requester can say. Accounts that had
 * it one after another are R-055's, and an address without its port R-056's.
 */
import { rangeOf } from '../../bounds.ts';
import { eachTarget } from '../../each-target.ts';
import { seenAt, severalHolders } from '../../holders.ts';
import { NOT_SEARCHABLE, namesData } from '../../papers.ts';
import { rule } from '../../rule.ts';
import { order } from '../example.ts';

const both = (from: string | null, to: string | null) => [
  { account: '100000000000042', from: null, to: null },
  { account: '100000000000043', from, to },
];
const phone = (resolves: unknown) => ({ targets: [{ type: 'phone', value: '+15055550123', resolves }] });

export default rule({
  id: 'R-053',
  asks: 'Does each identifier lead to one account only?',
  authority: 'Regulation (EU) 2023/1543, Article 10(6), for certificates; general practice otherwise',
  mark: 'V',
  about: 'scope',
  severity: 'pushback',
  appliesTo: (request) => namesData(request) && request.targets.length > 0,
  judge: (request) =>
    eachTarget(request, 'resolves', (target, item) => {
      const { type, port } = target;
      if (NOT_SEARCHABLE.includes(type) || (type === 'ip' && (port === undefined || seenAt(target) === null)))
        return false;
      const seen = seenAt(target);
      const window = seen !== null ? { began: seen, ended: seen + 1n } : item === null ? null : rangeOf(item);
      return severalHolders(target, window) === 'at once';
    }),
  message: 'The identifier leads to several accounts at the same time.',
  cure: 'The identifier matches several accounts. Add a second identifier of the account you mean.',
  form3: 'insufficient information',
  examples: [
    { says: 'one account', request: order(), expect: 'met' },
    {
      says: 'a phone number on two accounts',
      request: order(phone(both(null, null))),
      expect: [
        { item: '1', severity: 'pushback' },
        { item: '2', severity: 'pushback' },
      ],
    },
    {
      says: 'the second account took the number after the range',
      request: order(phone(both('2026-06-01T00:00:00Z', null))),
      expect: 'met',
    },
    {
      says: 'one account after the other is another question',
      request: order(
        phone([
          { account: '100000000000042', from: null, to: '2026-03-01T00:00:00Z' },
          { account: '100000000000043', from: '2026-03-01T00:00:00Z', to: null },
        ]),
      ),
      expect: 'met',
    },
    { says: 'nobody has looked yet', request: order(phone(null)), expect: 'met' },
    {
      says: 'two accounts at one address, port and moment',
      request: order({
        targets: [
          {
            type: 'ip', value: '203.0.113.7', observedAt: '2026-03-04T17:10:00Z', port: 40112, shared: true, resolves: both(null, null),
          },
        ],
        items: [{ id: '1', target: 0, category: 'DC-01' }],
      }), // biome-ignore format: one line
      expect: [{ item: '1', severity: 'pushback' }],
    },
    { says: 'nobody is named', request: order({ targets: [], items: [] }), expect: 'not applicable' },
  ],
});
