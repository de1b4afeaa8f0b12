/** A call to the number in the letter reaches whoever wrote the letter. */
import { agencyOf } from '../../agency.ts';
import { rule, when } from '../../rule.ts';
import { CONFIRMED, order } from '../example.ts';

const digits = (number: string) => number.replace(/\D/g, '');

export default rule({
  id: 'R-007',
  asks: 'Was the number for the call-back looked up, and not taken from the request?',
  authority: 'FBI Private Industry Notification of 4 November 2024, as reported; published guidelines of Pinterest',
  mark: 'V2',
  about: 'authenticity',
  severity: 'block',
  appliesTo: ({ requester }) => requester.callback !== null,
  judge: ({ requester }, { directory }) => {
    const { callback, phone } = requester;
    if (callback === null) return [];
    const published = digits(agencyOf(directory, requester)?.phone ?? '');
    const called = digits(callback.number);
    const given = phone !== undefined && called === digits(phone) && called !== published;
    return when(callback.numberSource === 'request' || given, { path: 'requester.callback.number' });
  },
  message: 'The number that was called stands in the request itself. Look the agency’s switchboard up and call again.',
  cure: null,
  examples: [
    { says: 'the switchboard of the directory was called', request: order(), expect: 'met' },
    {
      says: 'the number was read from the request',
      request: order({ requester: { callback: { ...CONFIRMED, numberSource: 'request' } } }),
      expect: 'block',
    },
    {
      says: 'said to be from the directory, and it is the officer’s own number',
      request: order({ requester: { callback: { ...CONFIRMED, number: '+1 505 555-0199' } } }),
      expect: 'block',
    },
    {
      says: 'the officer’s number is the published switchboard',
      request: order({ requester: { phone: '+1 505 555-0101' } }),
      expect: 'met',
    },
    { says: 'nobody has called yet', request: order({ requester: { callback: null } }), expect: 'not applicable' },
  ],
});
