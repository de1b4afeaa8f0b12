/**
 * Which rows of a table could be about a target, as SQL: at least all that `names()` says are, and few others.
 *
 * The database narrows; `names()` decides every row that comes back. So the conditions may be coarse, but never miss one:
 * text is compared by its ASCII letters and digits, and text with anything beyond ASCII always comes back, because
 * spaces, dashes and case beyond ASCII are not the same in every database.
 */
import { isIP } from 'node:net';
import { type Identifier, type IdentifierType, identifier, writtenForms } from '../record/identifier.ts';
import type { Bound } from './bound.ts';
import type { Cell, Column, Dialect } from './reader.ts';
import type { IdentifierColumn } from './table-declaration.ts';

export type Naming = { declared: IdentifierColumn; column: Column };

/** Whom a stored text names; null when it is empty or not written as one of that type. */
export function subjectIn(text: Cell, type: IdentifierType, callingCode: string | undefined): Identifier | null {
  return text === null ? null : identifier(type, text, callingCode);
}

/** The condition over all columns that name a row; null when none of them can hold this kind of identifier. */
export function namingSql(
  target: Identifier,
  columns: readonly Naming[],
  dialect: Dialect,
  bound: Bound,
): string | null {
  const found = columns.flatMap(({ declared, column }) => {
    const ways = waysOf(target, declared);
    return ways === null ? [] : (conditionOf(ways, declared.exact, column, dialect, bound) ?? []);
  });
  return found.length === 0 ? null : `(${found.join(' or ')})`;
}

/** How a column of the declared type can name the target. */
type Ways =
  | { way: 'written'; texts: string[] }
  /** A device number with or without its check digit and version. */
  | { way: 'begins'; text: string }
  | { way: 'address'; value: string }
  | { way: 'network'; base: string; length: number }
  /** Left to `names()`. */
  | { way: 'any' };

function waysOf(target: Identifier, { type, callingCode }: IdentifierColumn): Ways | null {
  if (type === 'untyped') return { way: 'written', texts: writtenForms(target) };
  if (target.type === 'ip-prefix' && type === 'ip') {
    const [base, length] = target.value.split('/') as [string, string];
    return { way: 'network', base, length: Number(length) };
  }
  if (target.type === 'ip' && type === 'ip-prefix') return { way: 'any' };
  if (target.type !== type) return null;
  if (type === 'phone') {
    return { way: 'written', texts: callingCode === undefined ? [target.value] : digitsToo(target.value, callingCode) };
  }
  if (type === 'imei') return { way: 'begins', text: target.value };
  if (type === 'ip') return { way: 'address', value: target.value };
  if (type === 'ip-prefix') return { way: 'any' };
  return { way: 'written', texts: [target.value] };
}

/** Without `+`, and in the North American plan without its country too. */
function digitsToo(value: string, callingCode: string): string[] {
  const digits = value.slice(1);
  return [value, digits, ...(callingCode === '1' && /^1\d{10}$/.test(digits) ? [digits.slice(1)] : [])];
}

function conditionOf(ways: Ways, exact: boolean, column: Column, dialect: Dialect, bound: Bound): string | null {
  const name = dialect.name(column.name);
  if (ways.way === 'any') return `${name} is not null`;
  if (column.storage === 'integer') return integerCondition(ways, column, dialect, bound);
  if (column.storage === 'address') {
    if (ways.way === 'address') return dialect.isAddress(column, ways.value, bound);
    if (ways.way === 'network') return dialect.inNetwork(column, ways, bound);
  }
  if (column.storage === 'uuid' && ways.way === 'written') {
    const uuids = ways.texts.filter((text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text));
    return uuids.length === 0 ? null : `${name} in (${uuids.map((text) => dialect.uuid(bound.text(text))).join(', ')})`;
  }
  const text = dialect.text(column);
  return exact && ways.way !== 'network'
    ? exactCondition(ways, column.storage === 'text' ? name : text, bound)
    : looseCondition(ways, text, dialect, bound);
}

const INT64_LAST = 2n ** 63n - 1n;

/** A whole number is written in one way only. */
function integerCondition(ways: Ways, column: Column, dialect: Dialect, bound: Bound): string | null {
  if (ways.way === 'begins')
    return `substr(${dialect.text(column)}, 1, ${ways.text.length}) = ${bound.text(ways.text)}`;
  if (ways.way !== 'written') return null;
  const whole = ways.texts.filter((text) => /^(0|-?[1-9]\d*)$/.test(text));
  if (whole.length === 0) return null;
  const numbers = whole.map(BigInt);
  return numbers.every((number) => number <= INT64_LAST && number >= -INT64_LAST)
    ? bound.among(dialect.name(column.name), numbers)
    : bound.among(dialect.text(column), whole);
}

function exactCondition(ways: Exclude<Ways, { way: 'network' | 'any' }>, sql: string, bound: Bound): string {
  if (ways.way === 'begins') return `${sql} like ${bound.text(`${ways.text}%`)}`;
  return bound.among(sql, ways.way === 'address' ? [ways.value] : ways.texts);
}

function looseCondition(ways: Exclude<Ways, { way: 'any' }>, text: string, dialect: Dialect, bound: Bound): string {
  const beyond = dialect.beyondAscii(text);
  const folded = dialect.folded(text);
  switch (ways.way) {
    case 'written':
      return `(${bound.among(folded, [...new Set(ways.texts.map(foldedKey))])} or ${beyond})`;
    case 'begins':
      return `(substr(${folded}, 1, ${ways.text.length}) = ${bound.text(ways.text)} or ${beyond})`;
    case 'address': {
      // Addresses that mix colons and dots can be written in more ways than their digits show.
      const keys = bound.among(dialect.foldedAddress(text), addressKeys(ways.value));
      return `(${keys} or (${text} like '%:%' and ${text} like '%.%') or ${beyond})`;
    }
    case 'network':
      return `(${text} like ${bound.text(`%${wholeOctets(ways)}%`)} or ${text} like '%:%')`;
  }
}

function foldedKey(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}

function addressKeys(value: string): string[] {
  const key = (text: string) => text.toLowerCase().replace(/[^1-9a-f]/g, '');
  if (isIP(value) === 6) return [key(value)];
  const hexadecimal = value.split('.').map((octet) => Number(octet).toString(16).padStart(2, '0'));
  return [key(value), key(`ffff${hexadecimal.join('')}`)];
}

/** What an IPv4 address of the network begins with; addresses of IPv6 have a colon. */
function wholeOctets({ base, length }: { base: string; length: number }): string {
  if (isIP(base) === 6) return ':';
  const octets = base.split('.').slice(0, Math.floor(length / 8));
  return octets
    .map((octet) => `${octet}.`)
    .slice(0, 3)
    .join('');
}
