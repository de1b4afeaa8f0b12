/**
 * The numbers of a T-Mobile row and the account they belong to.
 *
 * A row belongs to a number only when that number stands in it. Where the file does not say whom it is about, the one
 * number that stands in every row is taken; two such numbers are none.
 */
import { type Identifier, identifier } from '../../record/identifier.ts';
import type { Header } from './header.ts';
import { digitsOf, isAccount, type Party, partiesOf } from './party.ts';
import type { TableRow } from './rows.ts';

const COLUMNS = ['Calling Number', 'Called Number', 'Dialed Number', 'Destination Number'];

/** Where messages are left and fetched: a machine of the carrier, not a person. */
const VOICEMAIL = ['+18056377249', '+18056377243'];

export type Direction = 'inbound' | 'outbound' | undefined;

/** Numbers of a row in the order calling, called, dialed, destination; the carrier's voicemail last and naming no one. */
export function partiesIn(header: Header, row: string[]): Party[] {
  const parties = partiesOf(header, row, COLUMNS);
  const people = parties.filter(({ who }) => !VOICEMAIL.includes(who?.value ?? ''));
  const machines = parties.filter(({ who }) => VOICEMAIL.includes(who?.value ?? ''));
  return [...people, ...machines.map(({ field, who }) => ({ field, text: who!.value, who: null }))];
}

export function isVoicemail(party: Party): boolean {
  return VOICEMAIL.includes(party.text);
}

/** The side away from the subscriber first: the caller of an incoming call, the called of an outgoing one. */
export function facing(parties: Party[], direction: Direction): Party[] {
  const caller = parties.filter(({ field }) => /^calling/i.test(field));
  const called = parties.filter(({ field }) => !/^calling/i.test(field));
  return direction === 'inbound' ? [...caller, ...called] : [...called, ...caller];
}

/** Whose row this is, of the accounts the file is about; null when it cannot be said. */
export function accountOf(parties: Party[], accounts: Identifier[], direction: Direction): Identifier | null {
  if (!parties.some(({ who }) => who)) return accounts.length === 1 ? accounts[0]! : null;
  const standing = accounts.filter((account) => parties.some((party) => isAccount(party, account)));
  if (standing.length < 2) return standing[0] ?? null;
  if (direction === undefined) return null;
  const own = facing(parties, direction === 'inbound' ? 'outbound' : 'inbound');
  return standing.find((account) => own[0] && isAccount(own[0], account)) ?? null;
}

/**
 * Account, SIM and device of a row. Without an account only the SIM: a device may have changed hands.
 *
 * A spreadsheet drops zeros at the front, so 14 digits may be the end of another number: not read as a device.
 */
export function subjectsOf(account: Identifier | null, imsi: string, imei: string): Identifier[] {
  const device = /^\d{15,16}$/.test(digitsOf(imei)) ? identifier('imei', digitsOf(imei)) : null;
  const card = /^\d{15}$/.test(digitsOf(imsi)) ? identifier('imsi', digitsOf(imsi)) : null;
  return [account, card, account && device].filter((one): one is Identifier => one !== null);
}

/** The one phone number that every row with numbers holds, as a list of one; empty when there is none or several. */
export async function numberInEveryRow(rows: AsyncIterable<TableRow>): Promise<Identifier[]> {
  let standing: Identifier[] | null = null;
  for await (const line of rows) {
    if (!('row' in line)) continue;
    const parties: Party[] = partiesIn(line.header, line.row).filter(({ who }) => who?.type === 'phone');
    if (parties.length === 0) continue;
    const here: Map<string, Identifier> = new Map(parties.map(({ who }) => [who!.value, who!]));
    standing = (standing ?? [...here.values()]).filter(({ value }) => here.has(value));
    if (standing.length === 0) break;
  }
  return standing?.length === 1 ? standing : [];
}
