/**
 * The return for the account: the record, a preservation snapshot that repeats some of it, and, in a zip of its own, the
 * record of another account that nobody ordered.
 */
import { archive } from './archive.ts';
import { OTHER_ACCOUNT, REGISTRATION_IP, SENDER } from './cast.ts';
import { type Seconds, secondsFrom, spacedUtc } from './clock.ts';
import { type Login, RECORDED } from './logins.ts';
import { type Category, type Pair, recordHtml } from './meta-markup.ts';

/** The snapshot made when the investigator asked for preservation, half-open. */
export const PRESERVED = { began: secondsFrom('2017-02-28T00:00:00Z'), ended: secondsFrom('2017-03-10T00:00:00Z') };
const GENERATED = { record: secondsFrom('2017-04-19T17:22:40Z'), preservation: secondsFrom('2017-03-10T21:05:13Z') };
const TICKET = '1190042';

export type MetaReturn = {
  zip: Uint8Array;
  /** Logins in the order of `records.html`: newest first. */
  logins: Login[];
  /** Those of them that `preservation-1.html` repeats. */
  repeated: Login[];
  /** Rows of the sections about facts, in each of the two files about the account. */
  facts: Record<string, number>;
  /** Rows of the other account's record: logins, and other facts. */
  other: { logins: number; facts: Record<string, number> };
};

export async function metaReturn(logins: Login[]): Promise<MetaReturn> {
  const newestFirst = [...logins].reverse();
  const repeated = newestFirst.filter(({ at }) => PRESERVED.began <= at && at < PRESERVED.ended);
  const account = accountFacts();
  const { scope, facts: otherFacts, login } = otherRecord();
  const inner = await archive([{ name: 'records.html', content: recordHtml([scope, ...otherFacts, login]) }]);
  const record = (generated: Seconds, range: typeof RECORDED, rows: Login[]) =>
    recordHtml([scopeOf(SENDER.facebookId, SENDER.vanity, generated, range), ...account, addresses(rows), ...devices()]);
  const zip = await archive([
    { name: 'records.html', content: record(GENERATED.record, RECORDED, newestFirst) },
    { name: 'preservation-1.html', content: record(GENERATED.preservation, PRESERVED, repeated) },
    { name: 'instructions.txt', content: INSTRUCTIONS },
    { name: '1190077.zip', content: inner },
  ]);
  const counted = (categories: Category[]) => Object.fromEntries(categories.map(({ id, pairs }) => [id, rowsIn(id, pairs)]));
  return {
    zip,
    logins: newestFirst,
    repeated,
    facts: counted([...account, ...devices()]),
    other: { logins: 1, facts: counted(otherFacts) },
  };
}

const INSTRUCTIONS = [
  'This archive holds records in HTML. Open records.html in a browser.',
  'Files named preservation-N.html hold records preserved before the request was received.',
  'Times are in Coordinated Universal Time (UTC).',
  '',
].join('\n');

function rowsIn(id: string, pairs: Pair[]): number {
  if (id === 'name') return pairs.length > 0 ? 1 : 0;
  return id === 'devices' ? pairs.filter(({ label }) => label === 'Type').length : pairs.length;
}

function scopeOf(target: string, vanity: string, generated: Seconds, range: { began: Seconds; ended: Seconds }): Category {
  return {
    id: 'request_parameters',
    title: 'Request Parameters',
    definition: 'The account and the time this record was prepared for.',
    pairs: [
      { label: 'Service', value: 'Facebook' },
      { label: 'Internal Ticket Number', value: TICKET },
      { label: 'Target', value: target },
      { label: 'Account Identifier', value: `https://www.facebook.com/${vanity}` },
      { label: 'Account Type', value: 'User Account' },
      { label: 'Generated', value: spacedUtc(generated) },
      { label: 'Date Range', value: `${spacedUtc(range.began)} to ${spacedUtc(range.ended - 1)}` },
    ],
  };
}

function accountFacts(): Category[] {
  return [
    {
      id: 'name',
      title: 'Name',
      definition: 'The first, middle and last name the account holder gave.',
      pairs: nameOf(SENDER.given, SENDER.family, SENDER.middle),
    },
    {
      id: 'emails',
      title: 'Emails',
      definition: 'E-mail addresses the account holder registered.',
      pairs: SENDER.emails.map((value) => ({ label: 'Registered Email Addresses', value })),
    },
    { id: 'vanity', title: 'Vanity', definition: 'The name in the address of the page.', pairs: [{ label: 'Vanity Name', value: SENDER.vanity }] },
    {
      id: 'phone_numbers',
      title: 'Phone Numbers',
      definition: 'Telephone numbers linked to the account and whether the holder confirmed them.',
      pairs: [{ label: 'Phone Numbers', value: `${SENDER.phone} Cell Verified on ${spacedUtc(SENDER.phoneVerified)}` }],
    },
    {
      id: 'registration_date',
      title: 'Registration Date',
      definition: 'When the account was made.',
      pairs: [{ label: 'Registration Date', value: spacedUtc(SENDER.registered) }],
    },
    {
      id: 'registration_ip',
      title: 'Registration Ip',
      definition: 'The address from which the account was made.',
      pairs: [{ label: 'Registration Ip', value: REGISTRATION_IP }],
    },
    {
      id: 'account_end_date',
      title: 'Account End Date',
      definition: 'When the account was closed, or whether it is in use.',
      pairs: [{ label: 'Account Still Active', value: 'true' }],
    },
  ];
}

function nameOf(given: string, family: string, middle?: string): Pair[] {
  return [
    { label: 'First', value: given },
    ...(middle === undefined ? [] : [{ label: 'Middle', value: middle }]),
    { label: 'Last', value: family },
  ];
}

/** Pages of the print end in some rows: mostly between a label and its value, once inside a value. */
function addresses(logins: Login[]): Category {
  return {
    id: 'ip_addresses',
    title: 'Ip Addresses',
    definition: 'Addresses from which the account was used, with the time, and the source port where one was kept.',
    pairs: logins.flatMap((login, n): Pair[] => [
      { label: 'IP Address', value: written(login), ...(n % 89 === 37 ? { pageBreak: 'before value' as const } : {}) },
      { label: 'Time', value: spacedUtc(login.at), ...pageBreakInTime(n) },
      ...(n % 3 === 0 ? [{ label: 'Action', value: 'Login' }] : []),
    ]),
  };
}

function pageBreakInTime(n: number): Pick<Pair, 'pageBreak'> {
  if (n === 160) return { pageBreak: 'in value' };
  return n % 71 === 11 ? { pageBreak: 'before value' } : {};
}

/** IPv6 stands in brackets when a port follows it, and bare when none does. */
function written({ ip, port }: Login): string {
  if (port === null) return ip;
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}

/** Two devices, which the order did not ask for, and an empty category. */
function devices(): Category[] {
  return [
    { id: 'logins', title: 'Logins', definition: 'Sessions opened and closed, where kept.', pairs: [] },
    {
      id: 'devices',
      title: 'Devices',
      definition: 'Devices on which the account was used.',
      pairs: ['Android Phone', 'Web Browser'].flatMap((type, n) => [
        { label: 'Type', value: type },
        { label: 'Id', value: `00000000-0000-4000-8000-00000000004${n + 1}` },
        { label: 'Active', value: 'true' },
        { label: 'User', value: SENDER.facebookId },
      ]),
    },
  ];
}

function otherRecord(): { scope: Category; facts: Category[]; login: Category } {
  const { given, family, facebookId, vanity, email } = OTHER_ACCOUNT;
  return {
    scope: scopeOf(facebookId, vanity, GENERATED.record, RECORDED),
    facts: [
      { id: 'name', title: 'Name', definition: 'The first, middle and last name the account holder gave.', pairs: nameOf(given, family) },
      {
        id: 'emails',
        title: 'Emails',
        definition: 'E-mail addresses the account holder registered.',
        pairs: [{ label: 'Registered Email Addresses', value: email }],
      },
      { id: 'phone_numbers', title: 'Phone Numbers', definition: 'Telephone numbers linked to the account.', pairs: [] },
    ],
    login: {
      id: 'ip_addresses',
      title: 'Ip Addresses',
      definition: 'Addresses from which the account was used, with the time.',
      pairs: [
        { label: 'IP Address', value: '203.0.113.250' },
        { label: 'Time', value: '2017-02-17 20:41:03 UTC' },
      ],
    },
  };
}
