/**
 * The statute gives ninety days and one renewal. A letter on a target whose hold was renewed already and is still open
 * is a second renewal, whatever it calls itself; one that comes after expiry counts as new, and is R-144's.
 */
import { eachTarget } from '../../each-target.ts';
import { holdsOn, isOver } from '../../holds.ts';
import { isCertificate, isPreservation } from '../../papers.ts';
import { NO_HISTORY, rule } from '../../rule.ts';
import { order, POLICY, preservation } from '../example.ts';

const held = (more: object) => ({
  history: {
    ...NO_HISTORY,
    holds: [
      { request: 'r-0000000009', target: '100000000000042', began: '2026-04-01T16:00:00Z',
        until: '2026-09-28T16:00:00Z', renewals: 1, open: true, ...more },
    ],
  },
}); // biome-ignore format: one line
const BOTH = ['1', '2'].map((item) => ({ item, severity: 'reject' as const }));

export default rule({
  id: 'R-142',
  asks: 'Was the hold on each target renewed at most once?',
  authority: '18 U.S.C. § 2703(f)(2); published guidelines of Snap, X and TikTok',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: (request) => isPreservation(request) && !isCertificate(request) && request.targets.length > 0,
  judge: (request, context) =>
    eachTarget(request, 'value', (target) => {
      const renewed = holdsOn(request, target, context).find(
        (hold) => hold.renewals >= 1 && !isOver(hold, request.receivedAt),
      );
      if (renewed === undefined) return false;
      const message = `The hold ${renewed.request} on this target was renewed already and runs until ${renewed.until.slice(0, 10)}.`;
      if (!context.policy.preservationExceptions) return { message };
      return {
        severity: 'warn',
        message: `${message} An exception can be granted with its reason.`,
        effects: ['counsel'],
      };
    }),
  message: 'This is a second renewal.',
  cure: 'The statute gives one renewal. Serve process before the hold ends.',
  examples: [
    { says: 'the first letter', request: preservation(), expect: 'met' },
    { says: 'the second letter', request: preservation(), context: held({ renewals: 0 }), expect: 'met' },
    { says: 'the third letter', request: preservation(), context: held({}), expect: BOTH },
    {
      says: 'the third, called a renewal',
      request: preservation({ kind: 'renewal' }),
      context: held({}),
      expect: BOTH,
    },
    {
      says: 'a hold on somebody else',
      request: preservation(),
      context: held({ target: '100000000000043' }),
      expect: 'met',
    },
    {
      says: 'a renewed hold that was over when the letter came',
      request: preservation(),
      context: held({ until: '2026-09-11T14:00:00Z' }),
      expect: 'met',
    },
    {
      says: 'where this provider grants exceptions',
      request: preservation(),
      context: { ...held({}), policy: { ...POLICY, preservationExceptions: true } },
      expect: 'warn',
    },
    { says: 'a demand to produce', request: order(), context: held({}), expect: 'not applicable' },
  ],
});
