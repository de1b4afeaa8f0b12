/** Whose record a row is and whom it mentions. */
import { type Identifier, type IdentifierType, identifier } from '../../record/identifier.ts';
import type { KindColumn, KindValues, Mention } from '../../record/record.ts';
import { PARTIES, type Party, TEXT_ROLES } from './roles.ts';
import { type Cell, type Row, withoutFloat } from './row.ts';

/**
 * The account first, then the subjects in the order of the profile.
 *
 * A text that is not of its declared type, such as a telephone number without its country, is an identifier all the
 * same, only an untyped one: it names those who are usually written so.
 */
export function subjectsOf(row: Row): Identifier[] {
  const found = [...accountsOf(row), ...row.all('subject').flatMap((cell) => whoIs(row, cell) ?? [])];
  return found.filter((one, index) => found.findIndex((other) => same(one, other)) === index);
}

function accountsOf(row: Row): Identifier[] {
  const { account, callingCode } = row.plan.profile;
  const fixed = account !== undefined && 'value' in account ? [typed(account.type, account.value, callingCode)] : [];
  return [...fixed, ...row.all('account').map((cell) => whoIs(row, cell))].filter((one) => one !== null);
}

function whoIs(row: Row, cell: Cell): Identifier | null {
  return typed(cell.column.type ?? 'untyped', withoutFloat(cell.text), row.plan.profile.callingCode);
}

function typed(type: IdentifierType, text: string, callingCode: string | undefined): Identifier | null {
  const prefix = type === 'ip' ? identifier('ip-prefix', text) : null;
  return identifier(type, text, callingCode) ?? prefix ?? identifier('untyped', text);
}

function same(a: Identifier, b: Identifier): boolean {
  return a.type === b.type && a.value === b.value;
}

/** A name as it is written, any other identifier in its comparable form. Several cells of one party are joined. */
export function partiesOf(row: Row): Pick<KindValues, Party> {
  const values: Pick<KindValues, Party> = {};
  for (const party of Object.keys(PARTIES) as Party[]) {
    const texts = row.all(party).map((cell) => writtenAs(row, cell));
    if (texts.length > 0) values[party] = texts.join(' ');
  }
  return values;
}

function writtenAs(row: Row, cell: Cell): string {
  const { type } = cell.column;
  const who = type === undefined || type === 'name' ? null : whoIs(row, cell);
  return who === null || who.type === 'untyped' ? withoutFloat(cell.text) : who.value;
}

/** Everyone else. One person in several cells is one mention, known by the cell that can also be a subject. */
export function mentionsOf(row: Row): Mention[] {
  const accounts = accountsOf(row);
  const mentions: Mention[] = [];
  const add = (column: KindColumn | null, named: Cell[]) => {
    const cell = named.find(({ column: { role } }) => role.includes('subject')) ?? named[0];
    const who = cell && whoIs(row, cell);
    if (!who || accounts.some((own) => same(own, who))) return;
    const also = named.flatMap((other) => (other === cell ? [] : (whoIs(row, other) ?? [])));
    const fields = named.map(({ header }) => header);
    mentions.push({ column, who, fields, ...(also.length > 0 ? { also } : {}) });
  };
  for (const [party, detail] of Object.entries(PARTIES) as [Party, (typeof PARTIES)[Party]][]) {
    const main = row.all(party);
    add(main.length > 0 ? party : null, [...main, ...row.all(detail)]);
  }
  const inParties = new Set(mentions.flatMap(({ fields }) => fields));
  for (const cell of row.cells) {
    if (cell.column.mask && !inParties.has(cell.header)) add(textColumnOf(cell), [cell]);
  }
  return mentions;
}

function textColumnOf({ column: { role } }: Cell): KindColumn | null {
  const text = role.find((one) => one in TEXT_ROLES);
  return text === undefined ? null : TEXT_ROLES[text as keyof typeof TEXT_ROLES];
}
