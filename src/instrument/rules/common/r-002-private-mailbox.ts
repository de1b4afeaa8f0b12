/** A free mailbox can be opened under any name, so nothing that comes from one is a government's request. */

import { domainOf, within } from '../../mail-domain.ts';
import { isPrivateParty } from '../../process.ts';
import { rule, when } from '../../rule.ts';
import { order, POLICY, warrant } from '../example.ts';

const byMail = (email: string, freeMail: boolean | null) =>
  order({ channel: 'email', requester: { email, auth: { freeMail } } });

export default rule({
  id: 'R-002',
  asks: 'Does the officer write from something other than a private mailbox?',
  authority: 'Published guidelines of Snap and WeTransfer',
  mark: 'V',
  about: 'authenticity',
  severity: 'reject',
  appliesTo: (request) => request.requester.email !== undefined && !isPrivateParty(request),
  judge: ({ requester }, { policy }) => {
    const domain = domainOf(requester.email ?? '');
    const listed = domain !== null && within(domain, policy.freeMailDomains);
    return when(requester.auth.freeMail === true || listed, { path: 'requester.email' });
  },
  message: 'The address is a private mailbox, not one of an authority.',
  cure: 'Private mailboxes are not acted upon. Send the request from an official address.',
  examples: [
    { says: 'an official address', request: byMail('sam.ortega@inquiry.example.gov', false), expect: 'met' },
    {
      says: 'a mailbox that anyone can open',
      request: byMail('agent.ortega@mail.example.com', true),
      expect: 'reject',
    },
    {
      says: 'a domain that this provider lists itself',
      request: byMail('agent.ortega@letters.example.net', false),
      context: { policy: { ...POLICY, freeMailDomains: ['letters.example.net'] } },
      expect: 'reject',
    },
    {
      says: 'nobody knows what kind of domain it is',
      request: byMail('ortega@county.example.org', null),
      expect: 'met',
    },
    { says: 'no address is given', request: order({ requester: { email: undefined } }), expect: 'not applicable' },
    {
      says: 'a defence lawyer’s mailbox',
      request: order({ track: 'defence', instrument: { type: 'US-DEF' }, requester: { auth: { freeMail: true } } }),
      expect: 'not applicable',
    },
    {
      says: 'a warrant from a private mailbox, said to be for the defence',
      request: warrant({ track: 'defence', requester: { auth: { freeMail: true } } }),
      expect: 'reject',
    },
  ],
});
