/**
 * The return for the account: the record, a preservation snapshot that repeats some of it, and, in a zip of its own, the
 * record of another account that nobody ordered.
 */
import { archive } from './archive.ts';
import { OTHER_ACCOUNT, SENDER } from './cast.ts';
import { type Seconds, secondsFrom, spacedUtc } from './clock.ts';
import { type Login, RECORDED } from './logins.ts';
import { accountFacts, devices, nameOf } from './meta-facts.ts';
import { type Category, type Pair, recordHtml } from './meta-markup.ts';

/** The snapshot made when the investigator asked for preservation, half-open. */
const PRESERVED = { began: secondsFrom('2017-02-28T00:00:00Z'), ended: secondsFrom('2017-03-10T00:00:00Z') };
const GENERATED = { record: secondsFrom('2017-04-19T17:22:40Z'), preservation: secondsFrom('2017-03-10T21:05:13Z') };
const TICKET = '1190042';

export type MetaReturn = {
  zip: Uint8Array;
  /** Logins in the order of `records.html`: newest first. */
  logins: Login[];
  /** Those of them that `preservation-1.html` repeats. */
  repeated: Login[];
  /** Rows of the sections about facts, in each of the two files about the account; the registration is an event. */
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
    recordHtml([
      scopeOf(SENDER.facebookId, SENDER.vanity, generated, range),
      ...account,
      addresses(rows),
      ...devices(),
    ]);
  const zip = await archive([
    { name: 'records.html', content: record(GENERATED.record, RECORDED, newestFirst) },
    { name: 'preservation-1.html', content: record(GENERATED.preservation, PRESERVED, repeated) },
    { name: 'instructions.txt', content: INSTRUCTIONS },
    { name: '1190077.zip', content: inner },
  ]);
  const counted = (categories: Category[]) =>
    Object.fromEntries(
      categories.filter(({ id }) => id !== 'registration_ip').map(({ id, pairs }) => [id, rowsIn(id, pairs)]),
    );
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

/** An empty section is one row: the answer that there is nothing. */
function rowsIn(id: string, pairs: Pair[]): number {
  if (id === 'name' || pairs.length === 0) return 1;
  return id === 'devices' ? pairs.filter(({ label }) => label === 'Type').length : pairs.length;
}

function scopeOf(
  target: string,
  vanity: string,
  generated: Seconds,
  range: { began: Seconds; ended: Seconds },
): Category {
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

/** Pages of the print end in some rows: mostly between a label and its value, once inside a value. */
function addresses(logins: Login[]): Category {
  return {
    id: 'ip_addresses',
    title: 'Ip Addresses',
    definition: 'Addresses from which the account was used, with the time, and the source port where one was kept.',
    pairs: logins.flatMap((login, n): Pair[] => [
      { label: 'IP Address', value: written(login), ...(n % 89 === 37 ? { pageBreak: 'before value' as const } : {}) },
      { label: 'Time', value: spacedUtc(login.at), ...pageBreakInTime(n) },
      ...(Number(login.at) % 3 === 0 ? [{ label: 'Action', value: 'Login' }] : []),
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

function otherRecord(): { scope: Category; facts: Category[]; login: Category } {
  const { given, family, facebookId, vanity, email } = OTHER_ACCOUNT;
  return {
    scope: scopeOf(facebookId, vanity, GENERATED.record, RECORDED),
    facts: [
      {
        id: 'name',
        title: 'Name',
        definition: 'The first, middle and last name the account holder gave.',
        pairs: nameOf(given, family),
      },
      {
        id: 'emails',
        title: 'Emails',
        definition: 'E-mail addresses the account holder registered.',
        pairs: [{ label: 'Registered Email Addresses', value: email }],
      },
      {
        id: 'phone_numbers',
        title: 'Phone Numbers',
        definition: 'Telephone numbers linked to the account.',
        pairs: [],
      },
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
