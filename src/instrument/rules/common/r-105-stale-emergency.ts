/** An emergency is now. What happened days before receipt, and does not go on, leaves time for process. */
import { microsFrom } from '../../../base/interval.ts';
import { isCertificate } from '../../papers.ts';
import { rule } from '../../rule.ts';
import { emergency, order, POLICY } from '../example.ts';

const HOUR = 3_600_000_000n;

const past = (incidentAt: string | undefined, continuing = false) =>
  emergency({ emergency: { incidentAt, continuing } });

export default rule({
  id: 'R-105',
  asks: 'Is the danger recent, or does it go on?',
  authority: 'Snap, Law Enforcement Guide (1 July 2025), recency; the hours are the provider’s policy',
  mark: 'GK',
  about: 'sufficiency',
  severity: 'pushback',
  appliesTo: (request) => request.kind === 'emergency' && request.emergency !== undefined && !isCertificate(request),
  judge: ({ emergency: form, receivedAt }, { policy: { limits } }) => {
    if (form === undefined || form.continuing) return [];
    const path = 'emergency.incidentAt';
    const [incident, received] = [microsFrom(form.incidentAt ?? ''), microsFrom(receivedAt)];
    if (incident === null || received === null)
      return [{ path, message: 'Nothing says when it happened, and no continuing danger is stated.' }];
    if (received - incident <= BigInt(limits.emergencyHours) * HOUR) return [];
    return [
      {
        path,
        message: `It happened more than ${limits.emergencyHours} hours before receipt, and no continuing danger is stated.`,
      },
    ];
  },
  message: 'The incident is past, and no continuing danger is stated.',
  cure: 'Explain the danger that continues, or serve process.',
  examples: [
    { says: 'this morning', request: emergency(), expect: 'met' },
    { says: 'seventy-two hours before receipt, to the second', request: past('2026-09-08T14:00:00Z'), expect: 'met' },
    { says: 'a second more', request: past('2026-09-08T13:59:59Z'), expect: 'pushback' },
    { says: 'two weeks ago, and it goes on', request: past('2026-08-28T14:00:00Z', true), expect: 'met' },
    { says: 'nobody says when', request: past(undefined), expect: 'pushback' },
    { says: 'nobody says when, but it goes on', request: past(undefined, true), expect: 'met' },
    {
      says: 'a day old, where this provider takes twelve hours',
      request: past('2026-09-10T14:00:00Z'),
      context: { policy: { ...POLICY, limits: { ...POLICY.limits, emergencyHours: 12 } } },
      expect: 'pushback',
    },
    { says: 'no emergency', request: order(), expect: 'not applicable' },
  ],
});
