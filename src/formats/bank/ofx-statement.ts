/** How the parts of one OFX statement become records: its account, its transactions, its balances. */
import type { Identifier } from '../../record/identifier.ts';
import { identifier } from '../../record/identifier.ts';
import type { Draft, KindValues, Mention } from '../../record/record.ts';
import { noTime, type Stamp, type ZoneRule } from '../../record/stamp.ts';
import { readAmount } from './amount.ts';
import { leaves, type OfxElement } from './ofx-document.ts';
import { readOfxTime } from './ofx-time.ts';
import { type Direction, mention, otherSide, ownSide } from './party.ts';

type Unreadable = { unreadable: string; raw: Record<string, string> };

export type StatementAccount = {
  /** Name of the element that states the account, `BANKACCTFROM` or `CCACCTFROM`. */
  element: string;
  subjects: Identifier[];
  number: string | undefined;
  currency: string;
  /** The account's fields, kept with every row of the statement. */
  raw: Record<string, string>;
  fact: Draft;
};

/** A statement without an account number has no subject; its rows belong to an unknown account. */
export function accountOf(statement: OfxElement): StatementAccount {
  const from = statement.children.find((child) => /ACCTFROM$/.test(child.name));
  const element = from?.name ?? 'BANKACCTFROM';
  const currency = statement.children.find((child) => child.name === 'CURDEF')?.text ?? '';
  const raw: Record<string, string> = { ...(from ? leaves(from, `${element}/`) : {}), CURDEF: currency };
  const number = raw[`${element}/ACCTID`];
  const who = number === undefined ? null : identifier('bank-account', number);
  const subjects = who ? [who] : [];
  const type = raw[`${element}/ACCTTYPE`] ?? (element === 'CCACCTFROM' ? 'CREDITCARD' : undefined);
  const fact = draft('fact', 'DC-04', subjects, noTime(), raw, { name: 'account type', value: type });
  return { element, subjects, number, currency, raw, fact: { ...fact, undetermined: undefined } };
}

/**
 * One `STMTTRN`. The sign of the amount decides the direction; a generic DEBIT or CREDIT that contradicts the sign
 * leaves it unknown. Given a `CURRENCY` the amount is in it; `ORIGCURRENCY` is only where it was converted from (OFX 5.2).
 */
export function readTransaction(row: OfxElement, account: StatementAccount, zone?: ZoneRule): Draft | Unreadable {
  const own = leaves(row);
  const raw = { ...own, ...account.raw };
  if (row.unclosed) return { unreadable: 'a transaction without its end', raw };
  const stamp = readOfxTime(own.DTPOSTED ?? '', zone);
  if (!stamp) return { unreadable: 'DTPOSTED is no date with a clock or offset that can be read', raw };
  const amount = own.TRNAMT === undefined || own.TRNAMT === '' ? undefined : readAmount(own.TRNAMT);
  if (amount === null) return { unreadable: 'TRNAMT has no single reading', raw };
  const direction = directionOf(own.TRNTYPE ?? '', amount);
  const mentions = othersIn(raw, direction);
  const self = ownSide(direction);
  return {
    ...draft('transfer', 'DC-08', account.subjects, stamp, raw, {
      reference: own.FITID || undefined,
      amount: amount?.decimal,
      currency: own['CURRENCY/CURSYM'] || account.currency || undefined,
      direction: direction ?? undefined,
      [otherSide(direction)]: mentions.find((other) => other.column !== null)?.who.text,
      ...(self === null ? {} : { [self]: account.number }),
    }),
    mentions,
  };
}

/** `LEDGERBAL` or `AVAILBAL`: a state as of its own time. */
export function readBalance(part: OfxElement, account: StatementAccount, zone?: ZoneRule): Draft | Unreadable {
  const own = leaves(part);
  const raw = { ...own, ...account.raw };
  if (part.unclosed) return { unreadable: 'a balance without its end', raw };
  const stamp = readOfxTime(own.DTASOF ?? '', zone);
  const amount = readAmount(own.BALAMT ?? '');
  if (!stamp) return { unreadable: 'DTASOF is no date with a clock or offset that can be read', raw };
  if (!amount) return { unreadable: 'BALAMT has no single reading', raw };
  const signed = `${amount.negative ? '-' : ''}${amount.decimal}`;
  return draft('fact', 'DC-04', account.subjects, stamp, raw, {
    name: part.name === 'LEDGERBAL' ? 'ledger balance' : 'available balance',
    value: `${signed} ${account.currency}`.trim(),
    as_of: stamp.zoneBasis === 'unknown' ? undefined : (stamp.began ?? undefined),
  });
}

function directionOf(type: string, amount: { negative: boolean; decimal: string } | undefined): Direction {
  const said: Direction = type === 'DEBIT' ? 'debit' : type === 'CREDIT' ? 'credit' : null;
  if (!amount || /^[0.]+$/.test(amount.decimal)) return said;
  const signed = amount.negative ? 'debit' : 'credit';
  return said === null || said === signed ? signed : null;
}

/** The first one found stands in the other side's column. */
function othersIn(raw: Record<string, string>, direction: Direction): Mention[] {
  const column = otherSide(direction);
  const found = [
    mention(raw, ['NAME'], ['name'], raw.NAME, column),
    mention(raw, ['PAYEE'], ['name'], raw['PAYEE/NAME'], column),
    mention(raw, ['EXTDNAME'], ['name'], raw.EXTDNAME, column),
    mention(raw, ['BANKACCTTO'], ['bank-account'], raw['BANKACCTTO/ACCTID'], column),
    mention(raw, ['CCACCTTO'], ['bank-account'], raw['CCACCTTO/ACCTID'], column),
  ].filter((one) => one !== null);
  return found.map((one, place) => (place === 0 ? one : { ...one, column: null }));
}

function draft(
  kind: Draft['kind'],
  category: string,
  subjects: Identifier[],
  stamp: Stamp,
  raw: Record<string, string>,
  values: KindValues,
): Draft {
  const { text, began, ended, precision, zoneBasis, undetermined } = stamp;
  return {
    kind,
    category,
    subjects,
    began,
    ended,
    precision,
    timeAsStored: text,
    zoneBasis,
    undetermined,
    values,
    raw,
  };
}
