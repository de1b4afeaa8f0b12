/**
 * The statute lets governmental entities of the United States hold; for others a hold is a courtesy until a treaty
 * request.
 */
import { isCertificate, isPreservation } from '../../papers.ts';
import { rule } from '../../rule.ts';
import { europeanOrder, order, preservation } from '../example.ts';

const LONDON = { agencyId: 'ag-london', agencyName: 'Metropolitan Inquiry Service', country: 'GB', level: 'foreign' };

export default rule({
  id: 'R-141',
  asks: 'Does a request to preserve come from a governmental entity of the United States?',
  authority: '18 U.S.C. §§ 2703(f), 2711(4); Snap, Law Enforcement Guide (1 July 2025)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'warn',
  appliesTo: (request) => isPreservation(request) && !isCertificate(request),
  judge: ({ track, requester }) => {
    if (track !== 'government' || requester.level === 'private') {
      return [
        {
          path: 'track',
          message: 'A private party asks to preserve; the statute gives that to governmental entities.',
          cure: 'A private party cannot require a hold. If we keep the data, it is as a courtesy.',
        },
      ];
    }
    return requester.country === 'US' ? [] : [{ path: 'requester.country' }];
  },
  message: 'A foreign authority asks to preserve; the statute does not bind to it.',
  cure: 'We hold for foreign authorities as a courtesy, pending a request for mutual legal assistance.',
  examples: [
    { says: 'a federal agency', request: preservation(), expect: 'met' },
    { says: 'a foreign agency', request: preservation({ requester: LONDON }), expect: 'warn' },
    { says: 'the defence', request: preservation({ track: 'defence' }), expect: 'warn' },
    { says: 'a law firm', request: preservation({ requester: { level: 'private' } }), expect: 'warn' },
    { says: 'a demand to produce', request: order({ requester: LONDON }), expect: 'not applicable' },
    {
      says: 'a preservation certificate',
      request: europeanOrder({ kind: 'preservation', instrument: { type: 'EU-EPOC-PR' } }),
      expect: 'not applicable',
    },
  ],
});
