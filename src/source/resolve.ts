/** Which accounts an identifier belonged to, and from when to when, by what the provider keeps of it. */

import type { Micros } from '../base/interval.ts';
import { type Identifier, identifier, names } from '../record/identifier.ts';
import type { Accounts } from './account-declaration.ts';
import { Bound } from './bound.ts';
import { nameOf } from './declaration.ts';
import { Moment } from './moment.ts';
import { type Naming, namingSql, subjectIn } from './naming.ts';
import { checkTime, probeColumns, relationOf } from './prepared.ts';
import type { Bounds, Cell, Column, Dialect, Reader, Reading, Statement } from './reader.ts';

/**
 * `from` and `to` are null where the provider keeps no beginning or end. `undetermined`: something stands there that is no
 * time, so that it is not known whether the account had the identifier when it matters.
 */
export type Resolved = { account: Identifier; from: Micros | null; to: Micros | null; undetermined: boolean };

export type PreparedAccounts = {
  name: string;
  accounts: Accounts;
  relation: string;
  dialect: Dialect;
  identifiers: Naming[];
  account: Column;
  from: Moment | null;
  to: Moment | null;
};

export async function prepareAccounts(
  source: string,
  reader: Reader,
  accounts: Accounts,
  bounds: Bounds,
): Promise<PreparedAccounts> {
  const name = nameOf(accounts);
  const relation = relationOf(reader.dialect, accounts);
  const wanted = [...accounts.identifiers.map(({ column }) => column), accounts.account.column];
  const times = [accounts.from, accounts.to].filter((column) => column !== undefined);
  const columns = await probeColumns(source, name, reader, relation, [...wanted, ...times], bounds);
  const moment = (column: string | undefined) => {
    if (column === undefined) return null;
    checkTime(columns.get(column)!, accounts.type!, { source, table: name });
    return new Moment(reader.dialect, columns.get(column)!, accounts.type!, null);
  };
  return {
    name,
    accounts,
    relation,
    dialect: reader.dialect,
    identifiers: accounts.identifiers.map((declared) => ({ declared, column: columns.get(declared.column)! })),
    account: columns.get(accounts.account.column)!,
    from: moment(accounts.from),
    to: moment(accounts.to),
  };
}

/** Null when no column of the table can hold such an identifier. */
function resolveStatement(target: Identifier, prepared: PreparedAccounts): Statement | null {
  const { dialect, identifiers, account, from, to, relation } = prepared;
  const bound = new Bound(dialect);
  const naming = namingSql(target, identifiers, dialect, bound);
  if (naming === null) return null;
  const nothing = ['null', 'null'];
  const cells = [
    ...identifiers.map(({ column }) => dialect.text(column)),
    dialect.text(account),
    ...(from?.cells() ?? nothing),
    ...(to?.cells() ?? nothing),
  ];
  return { sql: `select ${cells.join(', ')} from ${relation} where ${naming}`, values: bound.values };
}

/** `[began, ended)` leaves out accounts that surely did not have the identifier then. */
export async function resolveIn(
  target: Identifier,
  span: { began: Micros | null; ended: Micros | null },
  prepared: PreparedAccounts,
  reading: Reading,
  bounds: Bounds,
): Promise<Resolved[]> {
  const statement = resolveStatement(target, prepared);
  if (statement === null) return [];
  const found: Resolved[] = [];
  for await (const rows of reading.rows(statement, bounds)) {
    for (const cells of rows) {
      const resolved = resolvedFrom(target, prepared, cells);
      if (resolved !== null && meets(resolved, span)) found.push(resolved);
    }
  }
  return found;
}

function resolvedFrom(target: Identifier, prepared: PreparedAccounts, cells: Cell[]): Resolved | null {
  const { identifiers, accounts, from, to } = prepared;
  const naming = identifiers.some(({ declared: { type, callingCode } }, index) => {
    const subject = subjectIn(cells[index]!, type, callingCode);
    return subject !== null && names(target, subject);
  });
  const [account, ...times] = cells.slice(identifiers.length);
  const who = account == null ? null : identifier(accounts.account.type, account);
  if (!naming || who === null) return null;
  const [start, end] = [read(from, times.slice(0, 2)), read(to, times.slice(2, 4))];
  return {
    account: who,
    from: start === 'unread' ? null : start,
    to: end === 'unread' ? null : end,
    undetermined: start === 'unread' || end === 'unread',
  };
}

function read(moment: Moment | null, [number, stored]: Cell[]): Micros | null | 'unread' {
  if (moment === null || stored == null || stored.trim() === '') return null;
  return moment.read([number!, stored]).began ?? 'unread';
}

function meets({ from, to }: Resolved, { began, ended }: { began: Micros | null; ended: Micros | null }): boolean {
  return (ended === null || from === null || from < ended) && (began === null || to === null || began < to);
}

/** Each finding once, in the order of accounts and times. */
export function distinct(found: readonly Resolved[]): Resolved[] {
  const once = new Map(found.map((one) => [keyOf(one), one]));
  return [...once].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, one]) => one);
}

function keyOf({ account, from, to }: Resolved): string {
  const sortable = (micros: Micros | null) => (micros === null ? '' : String(micros + 10n ** 19n).padStart(20, '0'));
  return JSON.stringify([account.type, account.value, sortable(from), sortable(to)]);
}
