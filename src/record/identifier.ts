/**
 * Names that systems give to people, devices and accounts.
 *
 * Types are not interchangeable: a number is not a SIM, a handle is not an account. `value` is the comparable form,
 * `text` what the source wrote. `untyped` is for a source that does not say what its column holds; it equals a typed
 * identifier only when written in one of that identifier's usual forms.
 */
import { BlockList, isIP } from 'node:net';

export const IDENTIFIER_TYPES = [
  'facebook-id', 'instagram-id', 'whatsapp-id', 'account-id', 'handle', 'email', 'phone', 'imsi', 'imei', 'iban',
  'bank-account', 'ip', 'ip-prefix', 'name', 'reference', 'agent', 'device', 'cookie', 'untyped',
] as const; // biome-ignore format: a list reads better as one

export type IdentifierType = (typeof IDENTIFIER_TYPES)[number];

export type Identifier = { type: IdentifierType; value: string; text: string };

/**
 * The identifier that `text` writes, in comparable form; null when it is not one of that type.
 *
 * A phone number must carry its country: `+` and the country code, or digits alone together with `callingCode`, which
 * only a format may give that knows its carrier's numbering plan (`'1'` for the United States).
 */
export function identifier(type: IdentifierType, text: string, callingCode?: string): Identifier | null {
  const value = comparable(type, text.trim(), callingCode);
  return value === null || value === '' ? null : { type, value, text };
}

function comparable(type: IdentifierType, text: string, callingCode?: string): string | null {
  switch (type) {
    case 'email':
      return /^[^\s@]+@[^\s@]+$/.test(text) ? text.toLowerCase() : null;
    case 'phone':
      return phone(text, callingCode);
    case 'imsi':
      return /^\d{14,15}$/.test(text) ? text : null;
    case 'imei':
      return /^\d{14,16}$/.test(text) ? text.slice(0, 14) : null;
    case 'iban':
      return /^[A-Za-z]{2}\d{2}[A-Za-z0-9 ]{8,40}$/.test(text) ? text.replaceAll(' ', '').toUpperCase() : null;
    case 'ip':
      return address(text);
    case 'ip-prefix':
      return prefix(text);
    case 'facebook-id':
    case 'instagram-id':
      return /^\d{1,20}$/.test(text) ? text : null;
    case 'handle':
      return text.replace(/^@/, '').toLowerCase();
    case 'name':
      return text.normalize('NFC').replace(/\s+/g, ' ').toLowerCase();
    default:
      return text;
  }
}

function phone(text: string, callingCode?: string): string | null {
  const digits = text.replace(/[\s().\-\u2010-\u2015]/g, '');
  if (/^\+\d{7,15}$/.test(digits)) return digits;
  if (callingCode === undefined || !/^\d{7,15}$/.test(digits)) return null;
  if (callingCode === '1') {
    if (digits.length === 10) return `+1${digits}`;
    return digits.length === 11 && digits.startsWith('1') ? `+${digits}` : null;
  }
  return digits.startsWith(callingCode) ? `+${digits}` : null;
}

/** Canonical text of an IPv4 or IPv6 address (RFC 5952), without brackets, zone or port; null when it is none. */
export function address(text: string): string | null {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const family = isIP(bare);
  if (family === 4) return bare;
  if (family === 0 || bare.includes('%')) return null;
  const written = new URL(`http://[${bare}]/`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(written);
  if (!mapped) return written;
  const [high, low] = [Number.parseInt(mapped[1]!, 16), Number.parseInt(mapped[2]!, 16)];
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

function prefix(text: string): string | null {
  const [base, length, more] = text.split('/');
  const canonical = base === undefined ? null : address(base);
  if (canonical === null || length === undefined || more !== undefined || !/^\d{1,3}$/.test(length)) return null;
  return Number(length) <= (isIP(canonical) === 4 ? 32 : 128) ? `${canonical}/${Number(length)}` : null;
}

/** Whether an instrument that names `target` names this `subject` of a record. */
export function names(target: Identifier, subject: Identifier): boolean {
  if (subject.type === 'untyped') return writtenForms(target).includes(subject.value);
  if (target.type === 'ip-prefix' && subject.type === 'ip') return within(target.value, subject.value);
  if (target.type === 'ip' && subject.type === 'ip-prefix') return within(subject.value, target.value);
  return target.type === subject.type && target.value === subject.value;
}

/** How a source that does not type its columns would write this identifier. */
export function writtenForms(target: Identifier): string[] {
  if (target.type !== 'phone') return [target.value];
  const digits = target.value.slice(1);
  return [target.value, digits, ...(digits.startsWith('1') && digits.length === 11 ? [digits.slice(1)] : [])];
}

function within(prefixValue: string, addressValue: string): boolean {
  const [base, length] = prefixValue.split('/') as [string, string];
  const family = isIP(base) === 4 ? 'ipv4' : 'ipv6';
  if ((isIP(addressValue) === 4 ? 'ipv4' : 'ipv6') !== family) return false;
  const block = new BlockList();
  block.addSubnet(base, Number(length), family);
  return block.check(addressValue, family);
}
