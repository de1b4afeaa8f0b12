/**
 * An address is somebody's for minutes: it takes the moment with its zone to name them, and where subscribers share it,
 * the source port too. Sharing that nobody has stated or found is not assumed.
 */
import { eachTarget } from '../../each-target.ts';
import { seenAt, severalHolders } from '../../holders.ts';
import type { RequestTarget } from '../../legal-request.ts';
import { namesData } from '../../papers.ts';
import { rule } from '../../rule.ts';
import { order } from '../example.ts';

const isAddress = ({ type }: RequestTarget) => type === 'ip' || type === 'ip-prefix';

function isShared(target: RequestTarget): boolean {
  if (target.shared !== undefined) return target.shared;
  const seen = seenAt(target);
  return seen !== null && severalHolders(target, { began: seen, ended: seen + 1n }) === 'at once';
}

const asked = (target: object) =>
  order({
    targets: [{ type: 'ip', value: '203.0.113.7', ...target }],
    items: [{ id: '1', target: 0, category: 'DC-01' }],
  });
const WRONG = [{ item: '1', severity: 'pushback' as const }];

export default rule({
  id: 'R-056',
  asks: 'Does each address come with the moment it was seen, and with its port where it is shared?',
  authority: 'Regulation (EU) 2023/1543, Article 3(10) and recital 32',
  mark: 'V',
  about: 'scope',
  severity: 'pushback',
  appliesTo: (request) => namesData(request) && request.targets.some(isAddress),
  judge: (request) =>
    eachTarget(request, 'observedAt', (target) => {
      if (!isAddress(target)) return false;
      const undated = seenAt(target) === null;
      const portless = target.type === 'ip' && target.port === undefined && isShared(target);
      if (!undated && !portless) return false;
      return {
        message: [
          undated && 'The moment at which the address was seen is missing, or has no zone.',
          portless && 'Several subscribers share the address, and no source port is stated.',
        ]
          .filter(Boolean)
          .join(' '),
      };
    }),
  message: 'The moment, its zone or the source port of the address is missing.',
  cure: 'State the date, the time with its zone, and the source port of the connection.',
  form3: 'insufficient information',
  examples: [
    { says: 'a moment with its zone', request: asked({ observedAt: '2026-03-04T17:10:00-07:00' }), expect: 'met' },
    {
      says: 'a moment and, beside it, the zone',
      request: asked({ observedAt: '2026-03-04T17:10:00', tz: 'America/Denver' }),
      expect: 'met',
    },
    { says: 'no moment', request: asked({}), expect: WRONG },
    { says: 'a moment without a zone', request: asked({ observedAt: '2026-03-04T17:10:00' }), expect: WRONG },
    { says: 'a day only', request: asked({ observedAt: '2026-03-04', tz: 'UTC' }), expect: WRONG },
    {
      says: 'an hour that the clocks went over twice',
      request: asked({ observedAt: '2026-11-01T01:30:00', tz: 'America/Denver' }),
      expect: WRONG,
    },
    {
      says: 'shared, without the port',
      request: asked({ observedAt: '2026-03-04T17:10:00Z', shared: true }),
      expect: WRONG,
    },
    {
      says: 'shared, with the port',
      request: asked({ observedAt: '2026-03-04T17:10:00Z', shared: true, port: 40112 }),
      expect: 'met',
    },
    {
      says: 'a look-up shows that two accounts shared it',
      request: asked({
        observedAt: '2026-03-04T17:10:00Z',
        resolves: ['42', '43'].map((account) => ({ account, from: null, to: null })),
      }),
      expect: WRONG,
    },
    { says: 'an account id', request: order(), expect: 'not applicable' },
  ],
});
