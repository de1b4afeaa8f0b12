/**
 * The sample matter's (d) order as a provider meets it: the e-mail that brings it, the directory and policy of its desk, and
 * a PostgreSQL database in which the account's own rows lie among a million of other people's.
 */
import { writeFileSync } from 'node:fs';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import pg from 'pg';
import { letterPdf } from '../../src/document/letter.ts';
import type { DemandInput } from '../../src/instrument/legal-request.ts';
import { ORDERED, SENDER } from '../../src/sample/cast.ts';
import { isoUtc } from '../../src/sample/clock.ts';
import { instruments } from '../../src/sample/instruments.ts';
import { sampleMatter } from '../../src/sample/matter.ts';
import type { Truth } from '../../src/sample/truth.ts';
import type { PostgresServer } from '../servers/postgres.ts';

export const PAPER = instruments().meta;
export const RANGE = { from: isoUtc(ORDERED.began), to: isoUtc(ORDERED.ended) };

export const AGENCY = {
  id: 'ag-inquiry-abq',
  name: 'Federal Bureau of Inquiry, Albuquerque',
  domain: 'inquiry.example.gov',
  phone: '+15055550101',
};
export const OFFICER = {
  name: 'Sam Ortega',
  rank: 'special agent',
  badge: '20417',
  email: `sam.ortega@${AGENCY.domain}`,
};
/** A number that stands in the request: never the one that is called. */
const NUMBER_IN_THE_REQUEST = '+15055550199';

const ADDRESSEE = `${PAPER.servedOn}, Inc.`;
const MAIL_SERVER = 'mx.provider.example';

/** Two identifiers or more in one demand need two approvals at this desk. */
export const ADDRESS = SENDER.emails[0];

export const POLICY = {
  provider: {
    name: PAPER.servedOn,
    address: ['1 Example Way', 'Example City, California'],
    jurisdiction: 'US-CA',
    zone: 'America/Los_Angeles',
    entities: [{ name: ADDRESSEE }],
    mailServer: MAIL_SERVER,
    custodian: { name: 'K. Vance', title: 'Custodian of Records' },
  },
  limits: { bulkTargets: 2, smallCell: 1 },
};

/** `recipient` is the age key of the lab, handed over another way than by e-mail. */
export function agencies(recipient: string): string {
  const { id, name, domain, phone } = AGENCY;
  return `id,name,country,level,domains,phone,phone_source,recipient,credential
${id},"${name}",US,federal,${domain},${phone},published list of field offices,${recipient},ok
`;
}

/** Names the account and one of its e-mail addresses. Sessions are asked for longer than the conduct, and location beside them. */
export function demand(): DemandInput {
  const item = (id: string, target: number, category: 'DC-01' | 'DC-02' | 'DC-03' | 'DC-11', rawText: string, from = RANGE.from) => ({
    id, target, category, rawText, from, to: RANGE.to,
  }); // biome-ignore format: one line
  return {
    channel: 'email',
    kind: 'production',
    requester: {
      agencyId: AGENCY.id, agencyName: AGENCY.name, country: 'US', level: 'federal', officer: OFFICER.name,
      rank: OFFICER.rank, badge: OFFICER.badge, email: OFFICER.email, phone: NUMBER_IN_THE_REQUEST,
    },
    instrument: {
      type: 'US-2703D', statutes: ['18 U.S.C. § 2703(d)'], issuerName: PAPER.issuer.name, issuerRole: 'magistrate judge',
      court: PAPER.issuer.name, courtBasis: 'offence', issuedOn: PAPER.issuedOn, returnOn: '2017-05-12', signed: true,
      signatureKind: 'ink', caseNo: PAPER.number, addressedTo: ADDRESSEE, fileType: 'pdf', letterhead: true, pages: 1,
      pagesStated: 1, recites: ['specific and articulable facts'], recitedBy: 'court', text: PAPER.basis,
    },
    targets: [
      { type: 'facebook-id', value: SENDER.facebookId },
      { type: 'email', value: SENDER.emails[0] },
    ],
    items: [
      item('1', 0, 'DC-01', 'names, addresses and telephone numbers given by the account holder'),
      item('2', 0, 'DC-02', 'log of sessions with IP addresses and ports', '2016-01-01T00:00:00Z'),
      item('3', 1, 'DC-03', 'when the account with this e-mail address was opened, and whether it is in use'),
      item('4', 0, 'DC-11', 'locations of the devices'),
    ],
    basis: {
      proceeding: 'criminal',
      purpose: PAPER.purpose,
      offences: [{ text: PAPER.purpose, statute: PAPER.offences[0]!.statute, from: '2017-02-01', to: '2017-03-31', kind: 'fraud' }],
      facts: PAPER.basis,
      nexus: 'The account placed the offers and received the messages in which payment was arranged.',
    },
  };
} // biome-ignore format: as a form has it

/** The message as our own mail server stored it, with the order and the form. */
export async function email(form: DemandInput = demand()): Promise<Buffer> {
  const order = await letterPdf({
    from: { name: PAPER.issuer.name, lines: [], contact: [] },
    to: { name: ADDRESSEE, lines: [], contact: [] },
    day: PAPER.issuedOn,
    references: [{ term: 'Number', value: PAPER.number, mono: true }],
    subject: 'Order under 18 U.S.C. § 2703(d)',
    salutation: null,
    blocks: [{ kind: 'paragraph', text: PAPER.basis }],
    closing: 'So ordered.',
    signature: { name: 'Invented for a story', title: PAPER.issuer.role },
    enclosures: [],
    footer: PAPER.number,
    paper: 'us-letter',
  });
  const composed = new MailComposer({
    from: { name: OFFICER.name, address: OFFICER.email },
    to: 'legal@provider.example',
    subject: `Order under 18 U.S.C. § 2703(d), ${PAPER.number}`,
    date: new Date('2017-04-13T16:19:40Z'),
    messageId: `<20170413161940.4711@mail.${AGENCY.domain}>`,
    text: `Please find attached an order and the same as a form.\n\n${OFFICER.name}\n${OFFICER.rank}, badge ${OFFICER.badge}\n`,
    attachments: [
      { filename: 'order.pdf', contentType: 'application/pdf', content: Buffer.from(order) },
      { filename: 'request.json', contentType: 'application/json', content: JSON.stringify(form, null, 1) },
    ],
  });
  const message = await composed.compile().build();
  const seen = [
    `Received: from mail.${AGENCY.domain} (mail.${AGENCY.domain} [192.0.2.25])`,
    `\tby ${MAIL_SERVER} with ESMTPS id 4711; Thu, 13 Apr 2017 16:20:00 +0000`,
    `Authentication-Results: ${MAIL_SERVER};`,
    `\tdkim=pass header.d=${AGENCY.domain}; spf=pass smtp.mailfrom=${OFFICER.email};`,
    `\tdmarc=pass (policy=reject) header.from=${AGENCY.domain}`,
  ];
  return Buffer.concat([Buffer.from(`${seen.join('\r\n')}\r\n`), message]);
}

/** What the officer wrote back, as it came. */
export function acceptance(): string {
  return [
    `From: "${OFFICER.name}" <${OFFICER.email}>`,
    'To: legal@provider.example',
    'Date: Mon, 17 Apr 2017 15:02:00 +0000',
    `Message-ID: <20170417150200.4712@mail.${AGENCY.domain}>`,
    `Subject: Re: Your demand ${PAPER.number}`,
    '',
    'Item 2: February and March 2017 are enough. We accept. Item 4: understood.',
    '',
  ].join('\r\n');
}

/** The items as narrowed: sessions of the months the paper names; the rest as it was. */
export function narrowed() {
  return demand().items!.map((item) => (item.id === '2' ? { ...item, ...RANGE } : item));
}

export type Facts = { name: string; value: string }[];
/** What the account's holder gave (DC-01), and what the service knows of it (DC-03). */
export const SUBSCRIBER: Facts = [
  { name: 'first name', value: SENDER.given },
  { name: 'last name', value: SENDER.family },
  ...SENDER.emails.map((value) => ({ name: 'e-mail', value })),
  { name: 'verified telephone number', value: SENDER.phone },
];
export const SERVICE: Facts = [
  { name: 'registered', value: isoUtc(SENDER.registered) },
  { name: 'still active', value: 'true' },
];

export const READER = { user: 'desk_reader', password: 'invented', variable: 'SOCIAL_DB_PASSWORD' };

/** Rows of sessions in all, of the ordered account and of this many others. */
export const ROWS = 1_000_000;
export const OTHER_ACCOUNTS = 20_000;

/** The logins of the sample: what its own simulator knows, in range and out of it. */
export async function logins(): Promise<Truth['logins']> {
  return (await sampleMatter()).truth.logins;
}

/**
 * Makes the provider's database: the sample's account among others, and an account for the desk that can only read. Gives
 * how many sessions it holds, and of how many accounts.
 */
export async function fill(
  server: PostgresServer,
  owner: string,
  own: Truth['logins'],
): Promise<{ sessions: number; accounts: number }> {
  const { port, user, database } = server;
  const client = new pg.Client({ host: '127.0.0.1', port, user, database, password: owner });
  await client.connect();
  try {
    await client.query(TABLES);
    await client.query(
      `insert into sessions (account, began, action, ip, port)
       select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::inet[], $5::int[])`,
      [
        own.map(() => SENDER.facebookId),
        own.map(({ at }) => at),
        own.map(() => 'login'),
        own.map(({ ip }) => ip),
        own.map(({ port: of }) => of),
      ],
    );
    await client.query(OTHERS, [ROWS - own.length, OTHER_ACCOUNTS]);
    await client.query(PLACES, [SENDER.facebookId, ORDERED.began, ORDERED.ended]);
    for (const [table, facts] of [['subscriber_facts', SUBSCRIBER], ['service_facts', SERVICE]] as const)
      for (const { name, value } of facts)
        await client.query(`insert into ${table} (account, name, value) values ($1, $2, $3)`, [SENDER.facebookId, name, value]);
    await client.query('insert into accounts values ($1, $2)', [SENDER.facebookId, SENDER.emails[0]]);
    await client.query(KEYS);
    const counted = 'select count(*)::int as sessions, count(distinct account)::int as accounts from sessions';
    return (await client.query<{ sessions: number; accounts: number }>(counted)).rows[0]!;
  } finally {
    await client.end();
  }
} // biome-ignore format: one insert a line

const TABLES = `
create table accounts (account text not null, email text not null);
create table sessions (id bigint generated always as identity, account text not null, began timestamptz not null,
  action text not null, ip inet not null, port integer);
create table subscriber_facts (id bigint generated always as identity, account text not null, name text not null, value text not null);
create table service_facts (like subscriber_facts including identity);
create table places (id bigint generated always as identity, account text not null, began timestamptz not null,
  latitude double precision not null, longitude double precision not null);
create role ${READER.user} login password '${READER.password}' nosuperuser nocreatedb nocreaterole connection limit 5;
alter role ${READER.user} set default_transaction_read_only = on;
grant select on all tables in schema public to ${READER.user}`;

/** Other accounts, spread over two years that hold the ordered months. */
const OTHERS = `
insert into sessions (account, began, action, ip, port)
select (200000000000000 + n % $2::int)::text, timestamptz '2016-01-01' + n * interval '61 seconds', 'login',
  '198.51.100.0'::inet + (n % 256), 1024 + n % 60000
from generate_series(1, $1::int) as n`;

const PLACES = `
insert into places (account, began, latitude, longitude)
select $1, to_timestamp(second), 32.3, -106.8 from generate_series($2::int, $3::int - 1, 86400) as second`;

const KEYS = `
alter table sessions add primary key (id);
create index on sessions (account, began);
analyze`;

/** The declaration of that database, as `source add` takes it. */
export function declaration({ port, database }: PostgresServer) {
  const identifiers = [{ column: 'account', type: 'facebook-id', exact: true }];
  const state = (table: string, category: string) => ({
    table, kind: 'fact', category, key: ['id'], state: true, identifiers, columns: { name: 'name', value: 'value' },
  });
  const time = { began: 'began', type: 'instant', precision: 'second' };
  return {
    name: 'social',
    engine: 'postgresql',
    url: `postgresql://127.0.0.1:${port}`,
    database,
    user: READER.user,
    passwordVariable: READER.variable,
    timeLimitSeconds: 60,
    tables: [
      {
        table: 'sessions', kind: 'session', category: 'DC-02', key: ['id'], identifiers, time,
        columns: { action: 'action', ip: 'ip', port: 'port' },
      },
      state('subscriber_facts', 'DC-01'),
      state('service_facts', 'DC-03'),
      {
        table: 'places', kind: 'place', category: 'DC-11', key: ['id'], identifiers, time,
        columns: { latitude: 'latitude', longitude: 'longitude' }, constants: { place_kind: 'device fix' },
      },
    ],
    accounts: [
      {
        table: 'accounts', identifiers: [{ column: 'email', type: 'email' }, { column: 'account', type: 'facebook-id' }],
        account: { column: 'account', type: 'facebook-id' },
      },
    ],
  };
} // biome-ignore format: as the file has it

/** Writes what a person would have on their desk, and says where. */
export function write(path: string, content: unknown): string {
  writeFileSync(path, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  return path;
}
