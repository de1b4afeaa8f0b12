/** Whose record it is, and who else a value names. */
import type { Micros } from '../../base/interval.ts';
import { type Identifier, type IdentifierType, identifier } from '../../record/identifier.ts';
import type { KindColumn, Mention } from '../../record/record.ts';
import type { ZoneRule } from '../../record/stamp.ts';

type Service = 'facebook' | 'instagram' | 'threads' | 'whatsapp';

export type Account = {
  /** Null when the record does not say, or says something else. */
  service: Service | null;
  /** Empty when the record names no account, or more than one. */
  subjects: Identifier[];
  generated: Micros | null;
  zone: ZoneRule | undefined;
};

const ID_TYPES: Record<Service, IdentifierType> = {
  facebook: 'facebook-id',
  instagram: 'instagram-id',
  threads: 'instagram-id',
  whatsapp: 'phone',
};

export function serviceOf(text: string | undefined): Service | null {
  const found = /facebook|instagram|threads|whatsapp/i.exec(text ?? '');
  return found ? (found[0].toLowerCase() as Service) : null;
}

/**
 * An account as a value names it: a number, `+` and a phone number, a profile page, an e-mail address, a user name,
 * `jane.roe (instagram: 17841400000000042) [Jane Roe]`, `Jane Roe (100000000000042)`.
 *
 * WhatsApp writes numbers with their country code and often without `+`. Digits alone are an id of the service, and
 * untyped where the service is not known. Null for empty text and for a
 * date, which stands first in lists of participants.
 */
function accountIn(text: string, service: Service | null): Identifier | null {
  const written = text.replace(/\s*\[[^\]]*\]\s*$/, '').trim();
  if (written === '' || /^\d{4}-\d\d-\d\d\b/.test(written)) return null;
  const inBrackets = /\((?:\s*(facebook|instagram|threads|whatsapp)\s*:)?\s*(\+?\d{3,20})\s*\)\s*$/i.exec(written);
  if (inBrackets) return retold(byNumber(inBrackets[2]!, serviceOf(inBrackets[1]) ?? service), written);
  if (/^\+?\d{3,20}$/.test(written)) return byNumber(written, service);
  if (/^\+[\d\s().-]+$/.test(written)) return identifier('phone', written);
  const page = /^(?:https?:\/\/)?(?:[a-z]+\.)*(?:facebook|instagram|threads)\.(?:com|net)\/([^\s]+)$/i.exec(written);
  if (page) {
    const id = /[?&]id=(\d+)/.exec(page[1]!)?.[1] ?? /^(\d+)\/?$/.exec(page[1]!)?.[1];
    const name = page[1]!.replace(/[/?#].*$/, '');
    return retold(id ? byNumber(id, service) : identifier('handle', name), written);
  }
  if (written.includes('@') && !written.startsWith('@')) {
    const email = identifier('email', written);
    if (email) return email;
  }
  return identifier(/^@?[\w.-]+$/.test(written) ? 'handle' : 'name', written);
}

function byNumber(digits: string, service: Service | null): Identifier | null {
  if (digits.startsWith('+')) return identifier('phone', digits);
  if (service === 'whatsapp') return retold(identifier('phone', `+${digits}`), digits) ?? identifier('untyped', digits);
  return identifier(service ? ID_TYPES[service] : 'untyped', digits);
}

function retold(found: Identifier | null, text: string): Identifier | null {
  return found && { ...found, text };
}

/** The accounts a value lists, one a line or parted by commas outside brackets. */
export function accountsIn(text: string, service: Service | null): Identifier[] {
  return text
    .split(/\n|[,;](?![^(]*\))/)
    .map((part) => accountIn(part, service))
    .filter((found) => found !== null);
}

export function isSubject(who: Identifier, account: Account): boolean {
  const name = /^[\w.]+(?=\s*\()/.exec(who.text.trim())?.[0].toLowerCase();
  return account.subjects.some(
    ({ type, value }) =>
      (type === who.type && value === who.value) || (type === 'handle' && value === name && who.type === 'untyped'),
  );
}

/** A mention for everyone in a source field who is not the account itself. */
export function mentionsIn(
  text: string | undefined,
  field: string,
  account: Account,
  column: KindColumn | null = null,
): Mention[] {
  if (text === undefined) return [];
  return accountsIn(text, account.service)
    .filter((who) => !isSubject(who, account))
    .map((who) => ({ column, who, fields: [field] }));
}
