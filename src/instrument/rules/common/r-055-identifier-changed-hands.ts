/**
 * A handle is renamed, a number handed on, an address leased again: what one account did is not the other's. The item
 * is split at the change, and only the holder at the time that was asked about is produced.
 */
import { rangeOf } from '../../bounds.ts';
import { eachTarget } from '../../each-target.ts';
import { seenAt, severalHolders } from '../../holders.ts';
import { asksForData } from '../../papers.ts';
import { rule } from '../../rule.ts';
import { order } from '../example.ts';

const TRANSFERABLE: readonly string[] = ['handle', 'phone', 'email', 'ip', 'ip-prefix'];

const ITEM = [{ id: '1', target: 0, category: 'DC-02', from: '2026-02-01T00:00:00Z', to: '2026-05-01T00:00:00Z' }];
const handle = (...resolves: [string, string | null, string | null][]) => ({
  items: ITEM,
  targets: [
    {
      type: 'handle',
      value: 'sunny.goods',
      resolves: resolves.map(([account, from, to]) => ({ account, from, to })),
    },
  ],
});
const MARCH = '2026-03-01T00:00:00Z';

export default rule({
  id: 'R-055',
  asks: 'Did each identifier belong to one account throughout the range?',
  authority: 'Snap, Law Enforcement Guide (1 July 2025), on renamed accounts; Regulation (EU) 2023/1543, recital 32',
  mark: 'V',
  about: 'scope',
  severity: 'warn',
  appliesTo: (request) => asksForData(request) && request.targets.some(({ type }) => TRANSFERABLE.includes(type)),
  judge: (request) =>
    eachTarget(request, 'resolves', (target, item) => {
      // An address that was seen at a stated moment is its holder's at that moment, whoever had it later.
      if (!TRANSFERABLE.includes(target.type) || item === null || seenAt(target) !== null) return false;
      const range = rangeOf(item);
      return range !== null && severalHolders(target, range) === 'in turn';
    }),
  message: 'The identifier changed hands inside the range: split the item, and produce only the holder who is meant.',
  cure: 'The identifier changed hands in this period. We produce only for the holder at the time you state.',
  effects: ['split item'],
  examples: [
    { says: 'one holder throughout', request: order(handle(['42', null, null])), expect: 'met' },
    {
      says: 'two holders, one after the other',
      request: order(handle(['42', null, MARCH], ['43', MARCH, null])),
      expect: [{ item: '1', severity: 'warn' }],
    },
    {
      says: 'taken in the middle of the range',
      request: order(handle(['42', MARCH, null])),
      expect: [{ item: '1', severity: 'warn' }],
    },
    {
      says: 'taken at the first instant of the range, given up at its end',
      request: order(
        handle(['42', '2026-02-01T00:00:00Z', '2026-05-01T00:00:00Z'], ['43', '2026-05-01T00:00:00Z', null]),
      ),
      expect: 'met',
    },
    {
      says: 'nobody has looked yet',
      request: order({ items: ITEM, targets: [{ type: 'handle', value: 'sunny.goods', resolves: null }] }),
      expect: 'met',
    },
    { says: 'an account id stays with its account', request: order(), expect: 'not applicable' },
  ],
});
