/** A court may set the period it thinks right; a long one is asked about before it is kept. */
import { isOrdered } from '../../nondisclosure.ts';
import { rule, when } from '../../rule.ts';
import { order, POLICY } from '../example.ts';

const from = (issuedOn: string | undefined, endsOn: string) =>
  order({
    ndo: {
      court: 'U.S. District Court, District of New Mexico',
      endsOn,
      ...(issuedOn === undefined ? {} : { issuedOn }),
    },
  });

export default rule({
  id: 'R-128',
  asks: 'Does the nondisclosure order end within the time this provider takes without asking?',
  authority:
    'X, Guidelines for law enforcement (a stated period, such as 90 days); the months are the provider’s policy',
  mark: 'V',
  about: 'sufficiency',
  severity: 'warn',
  appliesTo: (request) => isOrdered(request) && request.ndo?.endsOn !== undefined,
  judge: ({ ndo }, { policy: { limits } }) => {
    if (ndo?.issuedOn === undefined || ndo.endsOn === undefined) return [];
    const latest = Temporal.PlainDate.from(ndo.issuedOn).add({ months: limits.nondisclosureMonths });
    return when(Temporal.PlainDate.compare(ndo.endsOn, latest) > 0, {
      path: 'ndo.endsOn',
      message: `The order runs from ${ndo.issuedOn} to ${ndo.endsOn}, more than ${limits.nondisclosureMonths} months.`,
    });
  },
  message: 'The nondisclosure order runs longer than this provider takes without asking.',
  cure: 'Please justify the length of the order.',
  examples: [
    { says: 'ninety days', request: from('2026-09-08', '2026-12-07'), expect: 'met' },
    { says: 'a year to the day', request: from('2026-09-08', '2027-09-08'), expect: 'met' },
    { says: 'a day more', request: from('2026-09-08', '2027-09-09'), expect: 'warn' },
    {
      says: 'half a year, where this provider takes three months',
      request: from('2026-09-08', '2027-03-08'),
      context: { policy: { ...POLICY, limits: { ...POLICY.limits, nondisclosureMonths: 3 } } },
      expect: 'warn',
    },
    { says: 'no date of issue to count from', request: from(undefined, '2030-01-01'), expect: 'met' },
    { says: 'no end', request: order({ ndo: { court: 'a court' } }), expect: 'not applicable' },
  ],
});
