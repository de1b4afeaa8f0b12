/** Records are handed to whom was verified, not to whom a letter names. A postal address is left to the reviewer. */
import { agencyOf } from '../../agency.ts';
import { domainOf, within } from '../../mail-domain.ts';
import { rule } from '../../rule.ts';
import { europeanOrder, order, preservation } from '../example.ts';

export default rule({
  id: 'R-011',
  asks: 'Would the records go to the account or the domain that was verified?',
  authority: 'Practice of response teams against forged requests',
  mark: 'GK',
  about: 'authenticity',
  severity: 'reject',
  appliesTo: ({ kind, channel, deliverTo }) =>
    deliverTo !== undefined && channel !== 'dits' && (kind === 'production' || kind === 'emergency'),
  judge: ({ deliverTo = '', requester }, { directory }) => {
    if (/^(the )?portal$/i.test(deliverTo.trim())) return [];
    const places = placesIn(deliverTo);
    if (places.length === 0)
      return [
        {
          path: 'deliverTo',
          severity: 'warn',
          message: 'The records are to go to a place that the directory cannot confirm.',
        },
      ];
    const own = requester.email?.toLowerCase();
    const domains = agencyOf(directory, requester)?.domains ?? [];
    const ownDomain = requester.auth.domainInDirectory && own !== undefined ? domainOf(own) : null;
    const verified = ownDomain === null ? domains : [...domains, ownDomain];
    const elsewhere = places.filter(({ text, domain }) => text !== own && !within(domain, verified));
    return elsewhere.map(({ text }) => ({
      path: 'deliverTo',
      message: `The records are to go to ${text}, which was not verified.`,
    }));
  },
  message: 'The records are to go to an address other than the verified account or domain.',
  cure: 'Records are released inside the verified channel only: the portal, or an address at your agency’s official domain.',
  examples: [
    {
      says: 'to an address at the agency’s domain',
      request: order({ deliverTo: 'evidence@inquiry.example.gov' }),
      expect: 'met',
    },
    { says: 'to the portal', request: order({ deliverTo: 'the portal' }), expect: 'met' },
    {
      says: 'to a mailbox elsewhere',
      request: order({ deliverTo: 'Sam Ortega <ortega.case@mail.example.com>' }),
      expect: 'reject',
    },
    {
      says: 'to the agency and to a mailbox elsewhere',
      request: order({ deliverTo: 'evidence@inquiry.example.gov, ortega@mail.example.com' }),
      expect: [{ severity: 'reject' }],
    },
    {
      says: 'to a folder on a server elsewhere',
      request: order({ deliverTo: 'https://share.example.net/ortega' }),
      expect: 'reject',
    },
    {
      says: 'to a postal address',
      request: order({ deliverTo: 'Evidence room, 100 Example Street, Albuquerque' }),
      expect: [{ severity: 'warn' }],
    },
    { says: 'no place is named', request: order(), expect: 'not applicable' },
    {
      says: 'a hold hands nothing over',
      request: preservation({ deliverTo: 'ortega@mail.example.com' }),
      expect: 'not applicable',
    },
    {
      says: 'a European order is answered where it came from',
      request: europeanOrder({ deliverTo: 'uffici@tribunale.example' }),
      expect: 'not applicable',
    },
  ],
});

/** Mail addresses and hosts of links, in lower case. */
function placesIn(text: string): { text: string; domain: string }[] {
  const found = text.toLowerCase().match(/[a-z][a-z0-9+.-]*:\/\/[^\s<>,;]+|[^\s<>,;:]+@[^\s<>,;]+/g) ?? [];
  return found.flatMap((place) => {
    const domain = place.includes('://') ? (URL.parse(place)?.hostname ?? null) : domainOf(place);
    return domain === null ? [] : [{ text: place, domain }];
  });
}
