/** Mail from the agency's own domain is the least that ties a sender to it. A mailbox can be taken over. */
import { agencyOf } from '../../agency.ts';
import { domainOf, within } from '../../mail-domain.ts';
import { isPrivateParty } from '../../process.ts';
import { rule } from '../../rule.ts';
import { order } from '../example.ts';

const byMail = { channel: 'email' };

export default rule({
  id: 'R-001',
  asks: 'Does the request come from a domain that the directory knows as this agency’s?',
  authority: 'Published guidelines of Meta, Snap, X, TikTok, WeTransfer and LinkedIn',
  mark: 'V',
  about: 'authenticity',
  severity: 'pushback',
  appliesTo: (request) => {
    const { channel, requester } = request;
    const vetted = channel === 'dits' || (channel === 'portal' && requester.auth.credential === 'ok');
    return requester.email !== undefined && !vetted && !isPrivateParty(request);
  },
  judge: ({ requester }, { directory }) => {
    const domain = domainOf(requester.email ?? '');
    const agency = agencyOf(directory, requester);
    if (!requester.auth.domainInDirectory || domain === null) return [{ path: 'requester.email' }];
    if (agency === null || within(domain, agency.domains)) return [];
    return [
      { path: 'requester.email', message: `${domain} is not a domain of ${agency.name}, as the directory has it.` },
    ];
  },
  message: 'The directory does not know the sender’s domain as an official one.',
  cure: 'Write from an address at your agency’s official domain, or register in the portal.',
  examples: [
    { says: 'mail from the agency’s domain', request: order(byMail), expect: 'met' },
    {
      says: 'mail from a host below the agency’s domain',
      request: order(byMail, { requester: { email: 'sam.ortega@abq.inquiry.example.gov' } }),
      expect: 'met',
    },
    {
      says: 'mail from a domain nobody has vetted',
      request: order(byMail, {
        requester: { email: 'ortega@inquiry-albuquerque.example', auth: { domainInDirectory: false } },
      }),
      expect: 'pushback',
    },
    {
      says: 'mail from the official domain of another agency',
      request: order(byMail, { requester: { email: 'ortega@sheriff.donaana.example' } }),
      expect: 'pushback',
    },
    {
      says: 'mail from a domain that only ends in the same letters',
      request: order(byMail, { requester: { email: 'ortega@notinquiry.example.gov' } }),
      expect: 'pushback',
    },
    {
      says: 'through the portal with a vetted credential',
      request: order({ requester: { auth: { domainInDirectory: false } } }),
      expect: 'not applicable',
    },
    {
      says: 'through the portal with a credential nobody has vetted',
      request: order({ requester: { auth: { domainInDirectory: false, credential: 'unknown' } } }),
      expect: 'pushback',
    },
    {
      says: 'a letter that names no mail address',
      request: order({ channel: 'post', requester: { email: undefined } }),
      expect: 'not applicable',
    },
    {
      says: 'a civil party’s lawyer',
      request: order(byMail, { track: 'civil', instrument: { type: 'US-CIVIL' } }),
      expect: 'not applicable',
    },
  ],
});
