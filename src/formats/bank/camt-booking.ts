/**
 * How an entry of a camt message becomes transfers: one for each of its transaction details, or one for the entry.
 *
 * The booking date is a day of the bank's calendar, not the time of an act. Dates and references of all other kinds
 * stay in the source fields.
 */
import type { Identifier } from '../../record/identifier.ts';
import { identifier } from '../../record/identifier.ts';
import type { Draft, KindValues, Mention } from '../../record/record.ts';
import { noTime, type Stamp, type ZoneRule } from '../../record/stamp.ts';
import { readIso } from '../reading/times.ts';
import { readPlainAmount } from './amount.ts';
import type { CamtFields, CamtPart, CamtStatement } from './camt-parts.ts';
import { type Direction, firstOf, mention, otherSide, ownSide } from './party.ts';

type Unreadable = { unreadable: string; raw: Record<string, string> };
type Entry = Extract<CamtPart, { part: 'entry' }>;

/** The statement's account: by number first, then by the owner's name as the bank states it. */
export function accountSubjects(statement: CamtStatement): Identifier[] {
  const number = accountNumber(statement.fields, 'Acct');
  const owner = statement.fields['Acct/Ownr/Nm'];
  return [
    number === undefined ? null : firstOf(['iban', 'bank-account'], number),
    owner === undefined ? null : identifier('name', owner),
  ].filter((one) => one !== null);
}

/** The account itself and what the statement says beside its entries. */
export function accountFact(statement: CamtStatement): Draft {
  const { fields } = statement;
  const value = fields['Acct/Tp/Cd'] ?? fields['Acct/Tp/Prtry'];
  const fact = draft('DC-04', accountSubjects(statement), noTime(), { ...fields }, { name: 'account type', value });
  return { ...fact, kind: 'fact', undetermined: undefined };
}

/** A balance as of a bank day, signed by its own indicator. */
export function balanceFact(statement: CamtStatement, fields: CamtFields, zone?: ZoneRule): Draft | Unreadable {
  const raw = { ...fields };
  const stamp = dateIn(fields, 'Dt', zone);
  const amount = readPlainAmount(fields.Amt ?? '');
  if (!stamp) return { unreadable: 'the date of the balance is no date', raw };
  if (amount === null) return { unreadable: 'Amt is no unsigned decimal', raw };
  const code = fields['Tp/CdOrPrtry/Cd'] ?? fields['Tp/CdOrPrtry/Prtry'];
  const balance = draft('DC-04', accountSubjects(statement), stamp, raw, {
    name: code === undefined ? 'balance' : `balance ${code}`,
    value: [amount, fields['Amt@Ccy'], directionOf(fields.CdtDbtInd)].filter((one) => one).join(' '),
    as_of: stamp.zoneBasis === 'unknown' ? undefined : (stamp.began ?? undefined),
  });
  return { ...balance, kind: 'fact' };
}

/** Each transfer of the entry with its place. Details without an amount of their own have one only when they are alone. */
export function* transfers(entry: Entry, zone?: ZoneRule): Iterable<{ locator: string; read: Draft | Unreadable }> {
  const subjects = accountSubjects(entry.statement);
  if (entry.details.length === 0) {
    yield { locator: entry.locator, read: transfer(entry, null, subjects, zone) };
    return;
  }
  for (const [index, detail] of entry.details.entries()) {
    yield { locator: `${entry.locator}/TxDtls[${index + 1}]`, read: transfer(entry, detail, subjects, zone) };
  }
}

function transfer(
  entry: Entry,
  detail: CamtFields | null,
  subjects: Identifier[],
  zone: ZoneRule | undefined,
): Draft | Unreadable {
  const { fields } = entry;
  const own = Object.entries(detail ?? {}).map(([key, value]) => [`TxDtls/${key}`, value]);
  const raw: Record<string, string> = { ...fields, ...Object.fromEntries(own) };
  const stamp = dateIn(fields, 'BookgDt', zone);
  if (!stamp) return { unreadable: 'BookgDt is no date', raw };
  const path = amountPath(raw, entry.details.length);
  const amount = path === null ? undefined : readPlainAmount(raw[path]!);
  if (amount === null) return { unreadable: 'Amt is no unsigned decimal', raw };
  const direction = directionOf(raw['TxDtls/CdtDbtInd'] ?? raw.CdtDbtInd);
  const account = accountNumber(entry.statement.fields, 'Acct');
  const mentions = parties(raw, direction, account);
  const self = ownSide(direction);
  const reversal = raw.RvslInd === 'true' || raw.RvslInd === '1';
  return {
    ...draft('DC-08', subjects, stamp, raw, {
      reference: referenceIn(raw),
      amount,
      currency: path === null ? undefined : raw[`${path}@Ccy`],
      direction: direction ?? undefined,
      status: raw['Sts/Cd'] ?? raw['Sts/Prtry'] ?? raw.Sts,
      [otherSide(direction)]: mentions.find((other) => other.column !== null)?.who.text,
      ...(self === null || reversal ? {} : { [self]: account }),
    }),
    mentions,
  };
}

function amountPath(raw: CamtFields, details: number): string | null {
  const shared = details > 1 ? ['TxDtls/AmtDtls/TxAmt/Amt'] : ['Amt'];
  return ['TxDtls/Amt', ...shared].find((path) => raw[path] !== undefined) ?? null;
}

/** The reference most likely to be found in another bank's records stands first. */
function referenceIn(raw: CamtFields): string | undefined {
  const refs = ['UETR', 'EndToEndId', 'TxId', 'InstrId', 'AcctSvcrRef'].map((name) => raw[`TxDtls/Refs/${name}`]);
  return [...refs, raw.AcctSvcrRef, raw.NtryRef].find((text) => text && text !== 'NOTPROVIDED');
}

/**
 * Everyone named in the transaction except the account's own side. In a reversal the parties are those of the original
 * payment, so none of them is taken for the other side of this one.
 */
function parties(raw: CamtFields, direction: Direction, account: string | undefined): Mention[] {
  const reversal = raw.RvslInd === 'true' || raw.RvslInd === '1';
  const other = reversal || direction === null ? null : direction === 'debit' ? 'Cdtr' : 'Dbtr';
  const found: (Mention | null)[] = [];
  for (const role of ['Dbtr', 'Cdtr', 'UltmtDbtr', 'UltmtCdtr', 'InitgPty', 'TradgPty']) {
    const at = `TxDtls/RltdPties/${role}`;
    const number = accountNumber(raw, `${at}Acct`);
    const own = account !== undefined && number === account;
    const ownRole = other !== null && (role === 'Dbtr' || role === 'Cdtr') && role !== other;
    if (own || (ownRole && number === undefined)) continue;
    const column = role === other ? otherSide(direction) : null;
    const name = raw[`${at}/Nm`] ?? raw[`${at}/Pty/Nm`];
    const person = mention(raw, [at], ['name'], name, column);
    found.push(person, mention(raw, [`${at}Acct`], ['iban', 'bank-account'], number, person ? null : column));
  }
  return found.filter((one) => one !== null);
}

function accountNumber(fields: CamtFields, at: string): string | undefined {
  return fields[`${at}/Id/IBAN`] ?? fields[`${at}/Id/Othr/Id`];
}

function directionOf(indicator: string | undefined): Direction {
  return indicator === 'DBIT' ? 'debit' : indicator === 'CRDT' ? 'credit' : null;
}

/** `Dt` or `DtTm` below an element; some banks write a full time into `Dt`. */
function dateIn(fields: CamtFields, element: string, zone?: ZoneRule): Stamp | null {
  return readIso(fields[`${element}/DtTm`] ?? fields[`${element}/Dt`] ?? '', zone);
}

function draft(category: string, subjects: Identifier[], stamp: Stamp, raw: CamtFields, values: KindValues): Draft {
  const { text, began, ended, precision, zoneBasis, undetermined } = stamp;
  const time = { began, ended, precision, timeAsStored: text, zoneBasis, undetermined };
  return { kind: 'transfer', category, subjects, ...time, values, raw };
}
