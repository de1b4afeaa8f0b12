/** A return date leaves time to review; less than a day is for emergencies, which have their own way. */
import { microsFrom } from '../../../base/interval.ts';
import { isEuropean } from '../../process.ts';
import { rule } from '../../rule.ts';
import { emergency, europeanOrder, order, POLICY, preservation } from '../example.ts';

const dueAt = (returnOn: string) => order({ instrument: { returnOn } });

export default rule({
  id: 'R-024',
  asks: 'Does the return date leave reasonable time after service?',
  authority: '18 U.S.C. § 3486(a)(2) and (9)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  appliesTo: (request) =>
    request.kind === 'production' && request.instrument.returnOn !== undefined && !isEuropean(request),
  judge: ({ instrument: { returnOn = '' }, receivedAt, tz }, { policy }) => {
    // A bare day is met until it ends where the desk keeps its days.
    const due = microsFrom(returnOn) ?? endOfDay(returnOn, tz);
    const received = microsFrom(receivedAt)!;
    const path = 'instrument.returnOn';
    if (due < received) return [{ path, message: 'The return date lies before the day the process was received.' }];
    const hours = policy.clocks.minimumReturnHours;
    if (due - received >= BigInt(hours) * 3_600_000_000n) return [];
    return [
      { path, message: `The return is due less than ${hours} hours after service, and no emergency is claimed.` },
    ];
  },
  message: 'The return date leaves no reasonable time, or lies before service.',
  cure: 'Set a reasonable return date. If a person’s life or body is in danger, use the emergency form.',
  examples: [
    { says: 'nineteen days', request: order(), expect: 'met' },
    { says: 'exactly twenty-four hours', request: dueAt('2026-09-12T14:00:00Z'), expect: 'met' },
    { says: 'a second less', request: dueAt('2026-09-12T13:59:59Z'), expect: 'pushback' },
    { says: 'before it was received', request: dueAt('2026-09-10'), expect: 'pushback' },
    { says: 'on the day it came', request: dueAt('2026-09-11'), expect: 'pushback' },
    { says: 'on the day after', request: dueAt('2026-09-12'), expect: 'met' },
    {
      says: 'this provider asks for three days',
      request: dueAt('2026-09-12'),
      context: { policy: { ...POLICY, clocks: { ...POLICY.clocks, minimumReturnHours: 72 } } },
      expect: 'pushback',
    },
    { says: 'no return date', request: order({ instrument: { returnOn: undefined } }), expect: 'not applicable' },
    {
      says: 'an emergency',
      request: emergency({ instrument: { returnOn: '2026-09-11T15:00:00Z' } }),
      expect: 'not applicable',
    },
    { says: 'a hold', request: preservation({ instrument: { returnOn: '2026-09-11' } }), expect: 'not applicable' },
    {
      says: 'a European order has its own deadlines',
      request: europeanOrder({ instrument: { returnOn: '2026-09-11' } }),
      expect: 'not applicable',
    },
  ],
});

function endOfDay(day: string, zone: string): bigint {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(zone).epochNanoseconds / 1000n;
}
