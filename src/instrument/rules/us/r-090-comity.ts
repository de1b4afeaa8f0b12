/**
 * A demand for content of somebody abroad can break the law of a government that has an agreement with the United
 * States. The motion to modify or quash has a short time from service, so the clock is shown even where not all is
 * known of the person.
 */
import { dueInWords } from '../../../calendar/deadline.ts';
import { usDays } from '../../../calendar/us-days.ts';
import { eachTarget } from '../../each-target.ts';
import { isContent } from '../../papers.ts';
import { rule } from '../../rule.ts';
import { order, POLICY, warrant } from '../example.ts';

/**
 * Governments with an executive agreement in force: the United Kingdom (3 October 2022), Australia (31 January 2024).
 */
const QUALIFYING: readonly string[] = ['GB', 'AU'];

const PROCESS: readonly string[] = ['US-WARRANT', 'US-WARRANT-ST'];

const person = (more: object) => ({ targets: [{ type: 'account-id', value: '100000000000042', ...more }] });
const WARNED = [{ item: '1', severity: 'warn' as const }];

export default rule({
  id: 'R-090',
  asks: 'Is content asked for only of people whose own law the disclosure cannot break?',
  authority: '18 U.S.C. § 2703(h)(2)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'warn',
  appliesTo: ({ kind, instrument, items }) =>
    kind === 'production' &&
    PROCESS.includes(instrument.type ?? '') &&
    items.some(({ category }) => isContent(category)),
  judge: (request, { policy }) => {
    const { clocks, extraHolidays } = policy;
    const deadline = usDays(Temporal.Instant.from(request.receivedAt), Math.max(1, clocks.comityDays), {
      jurisdiction: 'US',
      zone: request.tz,
      event: 'served',
      extraHolidays: extraHolidays.filter(({ jurisdiction }) => jurisdiction === 'US'),
    });
    return eachTarget(request, 'residence', ({ usPerson, residence }, item) => {
      if (usPerson === true || residence === undefined || !QUALIFYING.includes(residence)) return false;
      if (!isContent(item?.category)) return false;
      const known = usPerson === false ? 'is not a United States person' : 'is not known to be a United States person';
      return {
        message: `The user ${known} and lives in ${residence}. If disclosure could break the law there, the motion is due by ${dueInWords(deadline)}.`,
      };
    });
  },
  message: 'Disclosure could break the law of a government that has an agreement with the United States.',
  cure: null,
  effects: ['counsel'],
  examples: [
    { says: 'nothing says that the user is abroad', request: warrant(), expect: 'met' },
    { says: 'a user in London', request: warrant(person({ usPerson: false, residence: 'GB' })), expect: WARNED },
    { says: 'a user in London, otherwise unknown', request: warrant(person({ residence: 'GB' })), expect: WARNED },
    {
      says: 'a United States person in London',
      request: warrant(person({ usPerson: true, residence: 'GB' })),
      expect: 'met',
    },
    {
      says: 'a country without an agreement',
      request: warrant(person({ usPerson: false, residence: 'BR' })),
      expect: 'met',
    },
    {
      says: 'this provider counts seven days',
      request: warrant(person({ usPerson: false, residence: 'AU' })),
      context: { policy: { ...POLICY, clocks: { ...POLICY.clocks, comityDays: 7 } } },
      expect: WARNED,
    },
    { says: 'no content', request: order(person({ usPerson: false, residence: 'GB' })), expect: 'not applicable' },
  ],
});
