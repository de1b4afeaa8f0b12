/** When the last day of the order is over, the user is told, without anybody asking. Days are those of the desk. */
import { dayAt } from '../../nondisclosure.ts';
import { isCertificate } from '../../papers.ts';
import { rule } from '../../rule.ts';
import { europeanOrder, order } from '../example.ts';

const until = (endsOn: string) => order({ ndo: { court: 'U.S. District Court, District of New Mexico', endsOn } });

export default rule({
  id: 'R-126',
  asks: 'Is the nondisclosure order still in force?',
  authority: 'Published guidelines of Meta and Pinterest on delayed notice',
  mark: 'V',
  about: 'sufficiency',
  severity: 'warn',
  appliesTo: (request) => request.ndo?.endsOn !== undefined && !isCertificate(request),
  judge: ({ ndo, tz }, { at }) => {
    const endsOn = ndo?.endsOn;
    if (endsOn === undefined || Temporal.PlainDate.compare(dayAt(at, tz), endsOn) <= 0) return [];
    const message = `The nondisclosure order expired on ${endsOn}; notice to the user is due.`;
    return [{ path: 'ndo.endsOn', message, cure: `The order expired on ${endsOn}; notice to the user follows.` }];
  },
  message: 'The nondisclosure order expired; notice to the user is due.',
  cure: 'The order expired; notice to the user follows.',
  effects: ['notice due'],
  examples: [
    { says: 'three months to go', request: until('2026-12-09'), expect: 'met' },
    { says: 'its last day', request: until('2026-09-11'), expect: 'met' },
    { says: 'the day after', request: until('2026-09-10'), expect: 'warn' },
    {
      says: 'the day after in Greenwich, its last day at the desk',
      request: until('2026-09-11'),
      context: { at: '2026-09-12T06:59:59Z' },
      expect: 'met',
    },
    {
      says: 'a second later it is over at the desk too',
      request: until('2026-09-11'),
      context: { at: '2026-09-12T07:00:00Z' },
      expect: 'warn',
    },
    { says: 'no end is stated', request: order({ ndo: {} }), expect: 'not applicable' },
    { says: 'a certificate', request: europeanOrder({ ndo: { endsOn: '2026-01-01' } }), expect: 'not applicable' },
  ],
});
