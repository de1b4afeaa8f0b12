/** Whoever cannot be found outside their own letter cannot be called back. The directory learns from no request. */
import { agencyOf } from '../../agency.ts';
import { isPrivateParty } from '../../process.ts';
import { rule } from '../../rule.ts';
import { europeanOrder, order } from '../example.ts';

export default rule({
  id: 'R-006',
  asks: 'Is the agency found in a directory that does not come from the request?',
  authority: 'Published guidelines of Pinterest, which ask for a link to a public number',
  mark: 'V',
  about: 'authenticity',
  severity: 'pushback',
  // Access points of the decentralised IT system are given to authorities only, by their State.
  appliesTo: (request) => request.channel !== 'dits' && !isPrivateParty(request),
  judge: ({ requester }, { directory }) => {
    const agency = agencyOf(directory, requester);
    if (agency?.country === requester.country) return [];
    if (agency === null)
      return [{ path: requester.agencyId === undefined ? 'requester.agencyName' : 'requester.agencyId' }];
    return [
      {
        path: 'requester.country',
        message: `The directory has ${agency.name} in ${agency.country}; the request says ${requester.country}.`,
      },
    ];
  },
  message: 'The directory has no such agency.',
  cure: 'Give your agency’s name as it is published, and a public page where its contact details stand.',
  examples: [
    { says: 'the directory has it under its id', request: order(), expect: 'met' },
    {
      says: 'the directory has the name, written in other capitals',
      request: order({ requester: { agencyId: undefined, agencyName: 'FEDERAL BUREAU OF INQUIRY  Albuquerque' } }),
      expect: 'met',
    },
    {
      says: 'a name that the directory does not have',
      request: order({ requester: { agencyId: undefined, agencyName: 'Desert Cyber Task Force' } }),
      expect: 'pushback',
    },
    {
      says: 'an id that the directory does not have',
      request: order({ requester: { agencyId: 'ag-desert' } }),
      expect: 'pushback',
    },
    { says: 'an agency of another country', request: order({ requester: { country: 'GB' } }), expect: 'pushback' },
    {
      says: 'over the decentralised IT system',
      request: europeanOrder({ requester: { agencyId: 'ag-nowhere' } }),
      expect: 'not applicable',
    },
    {
      says: 'a civil party',
      request: order({ track: 'civil', instrument: { type: 'US-CIVIL' } }),
      expect: 'not applicable',
    },
  ],
});
