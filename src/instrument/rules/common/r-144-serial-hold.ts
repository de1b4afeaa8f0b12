/**
 * Holds one after another on the same target would keep a person's data for ever on no authority. A first renewal that
 * comes late counts as a new request: it is shown, not refused, because what the first hold kept may be gone.
 */
import { microsFrom } from '../../../base/interval.ts';
import { eachTarget } from '../../each-target.ts';
import { holdsOn, isOver } from '../../holds.ts';
import { isCertificate, isPreservation } from '../../papers.ts';
import { NO_HISTORY, rule } from '../../rule.ts';
import { order, POLICY, preservation } from '../example.ts';

const DAY = 86_400_000_000n;

const expired = (until: string, more: object = {}) => ({
  history: {
    ...NO_HISTORY,
    holds: [
      { request: 'r-0000000009', target: '100000000000042', began: '2025-12-01T16:00:00Z',
        until, renewals: 0, open: false, ...more },
    ],
  },
}); // biome-ignore format: one line
const BOTH = ['1', '2'].map((item) => ({ item, severity: 'reject' as const }));

export default rule({
  id: 'R-144',
  asks: 'Is the target free of a hold that expired not long ago?',
  authority: 'Snap, Law Enforcement Guide (1 July 2025); the days are the provider’s policy',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: (request) => isPreservation(request) && !isCertificate(request) && request.targets.length > 0,
  judge: (request, context) =>
    eachTarget(request, 'value', (target) => {
      const received = microsFrom(request.receivedAt);
      const days = BigInt(context.policy.clocks.serialPreservationDays);
      const recent = holdsOn(request, target, context).find((hold) => {
        const until = microsFrom(hold.until);
        return (
          isOver(hold, request.receivedAt) && until !== null && received !== null && received - until <= days * DAY
        );
      });
      if (recent === undefined) return false;
      const ended = `A hold on this target (${recent.request}) ended on ${recent.until.slice(0, 10)}`;
      if (request.kind === 'renewal' && recent.renewals === 0)
        return {
          severity: 'warn',
          message: `${ended}; this renewal came too late and counts as a new request.`,
          cure: 'Your hold had ended, and we treat this as a new request: it keeps what exists now. It cannot be repeated.',
        };
      const message = `${ended}, ${days} days or less before this one.`;
      if (!context.policy.preservationExceptions) return { message };
      return {
        severity: 'warn',
        message: `${message} An exception can be granted with its reason.`,
        effects: ['counsel'],
      };
    }),
  message: 'A hold on this target ended not long ago.',
  cure: 'We do not honour serial preservation. Serve process.',
  examples: [
    { says: 'the first hold', request: preservation(), expect: 'met' },
    {
      says: 'after one that ended in June',
      request: preservation(),
      context: expired('2026-06-01T16:00:00Z'),
      expect: BOTH,
    },
    {
      says: 'after 180 days, to the second',
      request: preservation(),
      context: expired('2026-03-15T14:00:00Z'),
      expect: BOTH,
    },
    { says: 'a second more', request: preservation(), context: expired('2026-03-15T13:59:59Z'), expect: 'met' },
    {
      says: 'a hold that still runs',
      request: preservation(),
      context: expired('2026-10-01T16:00:00Z', { open: true }),
      expect: 'met',
    },
    {
      says: 'past its day and not yet released',
      request: preservation(),
      context: expired('2026-09-01T16:00:00Z', { open: true, renewals: 1 }),
      expect: BOTH,
    },
    {
      says: 'a first renewal that came late',
      request: preservation({ kind: 'renewal' }),
      context: expired('2026-09-01T16:00:00Z'),
      expect: 'warn',
    },
    {
      says: 'a late second renewal',
      request: preservation({ kind: 'renewal' }),
      context: expired('2026-09-01T16:00:00Z', { renewals: 1 }),
      expect: BOTH,
    },
    {
      says: 'where this provider grants exceptions',
      request: preservation(),
      context: { ...expired('2026-06-01T16:00:00Z'), policy: { ...POLICY, preservationExceptions: true } },
      expect: 'warn',
    },
    {
      says: 'a demand to produce',
      request: order(),
      context: expired('2026-06-01T16:00:00Z'),
      expect: 'not applicable',
    },
  ],
});
