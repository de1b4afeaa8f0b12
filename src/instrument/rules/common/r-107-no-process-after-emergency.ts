/**
 * What was given on a word is confirmed by paper afterwards. An agency that sent none is asked at its next emergency.
 */
import { microsFrom } from '../../../base/interval.ts';
import { isCertificate } from '../../papers.ts';
import { NO_HISTORY, rule } from '../../rule.ts';
import { emergency, order, POLICY } from '../example.ts';

const DAY = 86_400_000_000n;

const granted = (...times: string[]) => ({
  history: {
    ...NO_HISTORY,
    emergenciesOpen: times.map((grantedAt, index) => ({ request: `r-000000000${index + 2}`, grantedAt })),
  },
});

export default rule({
  id: 'R-107',
  asks: 'Has process followed the earlier emergencies of this agency?',
  authority: 'General practice; the days are the provider’s policy',
  mark: 'GK',
  about: 'sufficiency',
  severity: 'warn',
  appliesTo: (request, { history }) =>
    request.kind === 'emergency' && !isCertificate(request) && history.emergenciesOpen.length > 0,
  judge: (request, { at, policy: { clocks }, history }) =>
    history.emergenciesOpen.flatMap(({ request: earlier, grantedAt }) => {
      const [granted, now] = [microsFrom(grantedAt), microsFrom(at)];
      if (earlier === request.id || granted === null || now === null) return [];
      if (now - granted <= BigInt(clocks.emergencyFollowUpDays) * DAY) return [];
      return [
        {
          path: 'requester.agencyName',
          message: `No process followed the emergency ${earlier}, granted on ${grantedAt.slice(0, 10)}.`,
          cure: `Please send the process that confirms the emergency of ${grantedAt.slice(0, 10)} (${earlier}).`,
        },
      ];
    }),
  message: 'No process followed an earlier emergency of this agency.',
  cure: 'Please send process confirming the matter.',
  examples: [
    { says: 'granted last week', request: emergency(), context: granted('2026-09-04T16:00:00Z'), expect: 'met' },
    {
      says: 'granted thirty days ago, to the second',
      request: emergency(),
      context: granted('2026-08-12T16:00:00Z'),
      expect: 'met',
    },
    {
      says: 'two granted in the spring, one last week',
      request: emergency(),
      context: granted('2026-04-01T10:00:00Z', '2026-05-01T10:00:00Z', '2026-09-04T16:00:00Z'),
      expect: [{ severity: 'warn' }, { severity: 'warn' }],
    },
    {
      says: 'last week, where this provider waits three days',
      request: emergency(),
      context: {
        ...granted('2026-09-04T16:00:00Z'),
        policy: { ...POLICY, clocks: { ...POLICY.clocks, emergencyFollowUpDays: 3 } },
      },
      expect: [{ severity: 'warn' }],
    },
    { says: 'the first emergency of this agency', request: emergency(), expect: 'not applicable' },
    { says: 'no emergency', request: order(), context: granted('2026-04-01T10:00:00Z'), expect: 'not applicable' },
  ],
});
