/**
 * The provider's side of the sample matter: the (d) order as a demand, the desk's directory and policy, and its own data as
 * files, in which the account of the order lies among others.
 *
 * The rows of the account are the logins of the truth, so what a faithful production holds can be counted beforehand.
 */
import type { DemandInput } from '../instrument/legal-request.ts';
import { ORDERED, OTHER_ACCOUNT, SENDER } from './cast.ts';
import { chance } from './chance.ts';
import { isoUtc } from './clock.ts';
import { instruments } from './instruments.ts';
import type { Truth } from './truth.ts';

const OFFICER = { name: 'Sam Ortega', email: 'sam.ortega@inquiry.example.gov' };
export const RECEIVED = '2017-04-13T16:20:00Z';
/** What is done from day to day, as the demo states it. */
export const DAYS = {
  verified: '2017-04-13T18:00:00Z',
  reviewed: '2017-04-14T15:00:00Z',
  produced: '2017-05-02T16:00:00Z',
};

const AGENCY = {
  id: 'ag-inquiry-abq',
  name: 'Federal Bureau of Inquiry, Albuquerque',
  domain: 'inquiry.example.gov',
  phone: '+15055550101',
};

export function agenciesCsv(recipient: string): string {
  const { id, name, domain, phone } = AGENCY;
  return `id,name,country,level,domains,phone,phone_source,recipient,credential\n${id},"${name}",US,federal,${domain},${phone},published list of field offices,${recipient},ok\n`;
}

export function policy(): object {
  const { servedOn } = instruments().meta;
  return {
    provider: {
      name: servedOn,
      address: ['1 Example Way', 'Example City, California'],
      jurisdiction: 'US-CA',
      zone: 'America/Los_Angeles',
      entities: [{ name: `${servedOn}, Inc.` }],
      custodian: { name: 'K. Vance', title: 'Custodian of Records' },
    },
  };
}

/** The order asks for more than it reaches: item 3 is not to be had on it. Its days are those of the matter unless given. */
export function demand(days?: { issuedOn: string; returnOn: string }): DemandInput {
  const paper = instruments().meta;
  const range = { from: isoUtc(ORDERED.began), to: isoUtc(ORDERED.ended) };
  return {
    channel: 'portal',
    kind: 'production',
    requester: {
      agencyId: AGENCY.id,
      agencyName: AGENCY.name,
      country: 'US',
      level: 'federal',
      officer: OFFICER.name,
      rank: 'special agent',
      badge: '20417',
      email: OFFICER.email,
    },
    instrument: {
      type: 'US-2703D',
      statutes: ['18 U.S.C. § 2703(d)'],
      issuerName: paper.issuer.name,
      issuerRole: 'magistrate judge',
      court: paper.issuer.name,
      courtBasis: 'offence',
      issuedOn: days?.issuedOn ?? paper.issuedOn,
      returnOn: days?.returnOn ?? '2017-05-12',
      signed: true,
      signatureKind: 'ink',
      caseNo: paper.number,
      addressedTo: `${paper.servedOn}, Inc.`,
      fileType: 'pdf',
      letterhead: true,
      pages: 2,
      pagesStated: 2,
      recites: ['specific and articulable facts'],
      recitedBy: 'court',
    },
    targets: [{ type: 'facebook-id', value: SENDER.facebookId }],
    items: [
      { id: '1', target: 0, category: 'DC-01', ...range, rawText: 'names and contact details of the account holder' },
      { id: '2', target: 0, category: 'DC-02', ...range, rawText: 'log of sessions with addresses and ports' },
      { id: '3', target: 0, category: 'DC-11', ...range, rawText: 'locations of the devices' },
    ],
    basis: {
      proceeding: 'criminal',
      purpose: paper.purpose,
      offences: [
        {
          text: paper.purpose,
          statute: paper.offences[0]!.statute,
          from: '2017-02-01',
          to: '2017-03-31',
          kind: 'fraud',
        },
      ],
      facts: paper.basis,
      nexus: 'The account placed the offers and received the messages in which payment was arranged.',
    },
  };
}

/** The declaration of the provider's data, and its files. */
export function sources(truth: Truth): { declaration: object; files: { name: string; text: string }[] } {
  const draw = chance(truth.seed, 'provider');
  const others = truth.logins.map(
    ({ at }) => `${OTHER_ACCOUNT.facebookId},${at},198.51.100.${draw.whole(1, 254)},${draw.whole(1024, 65_535)}`,
  );
  const own = truth.logins.map(({ at, ip, port }) => `${SENDER.facebookId},${at},${ip},${port ?? ''}`);
  const rows = [...own, ...others].sort((a, b) => (a.split(',')[1]! < b.split(',')[1]! ? -1 : 1));
  return {
    declaration: {
      name: 'accounts',
      engine: 'duckdb',
      folder: 'provider-data',
      tables: [
        {
          files: 'sessions.csv',
          kind: 'session',
          category: 'DC-02',
          identifiers: [{ column: 'account', type: 'facebook-id' }],
          time: { began: 'at', type: 'instant', precision: 'second' },
          columns: { ip: 'ip', port: 'port' },
          constants: { action: 'login' },
          raw: ['at'],
        },
        {
          files: 'profiles.csv',
          kind: 'fact',
          category: 'DC-01',
          state: true,
          identifiers: [{ column: 'account', type: 'facebook-id' }],
          columns: { name: 'name', value: 'value' },
        },
      ],
    },
    files: [
      { name: 'sessions.csv', text: `account,at,ip,port\n${rows.join('\n')}\n` },
      {
        name: 'profiles.csv',
        text: [
          'account,name,value',
          `${SENDER.facebookId},name,${SENDER.given} ${SENDER.family}`,
          `${SENDER.facebookId},verified number,${SENDER.phone}`,
          `${OTHER_ACCOUNT.facebookId},name,${OTHER_ACCOUNT.given} ${OTHER_ACCOUNT.family}`,
          '',
        ].join('\n'),
      },
    ],
  };
}

/** Rows a faithful production holds: the facts of the account, and its logins within the order. */
export function expected(truth: Truth): { rows: number; outside: number } {
  const inside = truth.logins.filter(({ inRange }) => inRange).length;
  return { rows: inside + 2, outside: truth.logins.length - inside };
}
