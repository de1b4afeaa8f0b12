/**
 * Mailboxes as the address fields of a message write them (RFC 5322, 3.4), read so that nothing is made up.
 *
 * Where two readers could see two different addresses in one field, none is taken and the doubt is said.
 */
import { addressParser } from 'postal-mime';
import { shortened, visible } from '../document/visible.ts';

export type Mailbox = {
  /** As stored. */
  address: string;
  /** The display name, decoded; empty when there is none. */
  name: string;
  /** What stands behind the `@`, in lower case, without a last dot. */
  domain: string;
};

const PLAIN_ADDRESS = /^[^\s@<>()[\],;:"\\\p{C}]+@[^\s@<>()[\],;:"\\\p{C}]+$/u;

/** RFC 5321, 4.5.3.1: 64 before the sign, 255 behind it. */
const ADDRESS_LIMIT_CHARACTERS = 320;

/** The mailboxes of one field, and what makes its reading doubtful. */
export function mailboxesIn(value: string): { mailboxes: Mailbox[]; doubts: string[] } {
  const doubts: string[] = [];
  const bare = withoutQuotesAndComments(value);
  if (bare === null) doubts.push('a quote or a comment in it is never closed');
  const found = addressParser(value, { flatten: true });
  const mailboxes = found.flatMap(({ address, name }): Mailbox[] => {
    const written = address ?? '';
    if (!PLAIN_ADDRESS.test(written) || written.length > ADDRESS_LIMIT_CHARACTERS) {
      doubts.push(
        written ? `‘${shortened(visible(written), 100)}’ is no plain address` : 'it holds a name without an address',
      );
      return [];
    }
    // An address inside an encoded word is text (RFC 2047, section 5): a mail system does not read it as one.
    if (!value.includes(written)) doubts.push('its address is hidden in an encoded word');
    return [{ address: written, name, domain: domainOf(written)! }];
  });
  const brackets = (bare ?? value).split('<').length - 1;
  if (brackets > mailboxes.length) doubts.push('it has more bracketed addresses than mailboxes');
  if (found.length === 0) doubts.push('it holds no address');
  return { mailboxes, doubts };
}

/** Behind the last `@`, in lower case, without a last dot; null when the text is no plain address. */
export function domainOf(address: string): string | null {
  if (!PLAIN_ADDRESS.test(address)) return null;
  const domain = address
    .slice(address.lastIndexOf('@') + 1)
    .toLowerCase()
    .replace(/\.$/, '');
  return domain === '' ? null : domain;
}

/** Addresses that a display name shows and that are not the mailbox it names. Look-alike signs of `@` count as one. */
export function otherAddressesShown({ address, name }: Mailbox): string[] {
  const plain = name.normalize('NFKC').replace(/\p{Cf}/gu, '');
  return addressesIn(plain).filter((shown) => shown.toLowerCase() !== address.toLowerCase());
}

/** Whatever in a text has the form of an address. */
export function addressesIn(text: string): string[] {
  return text
    .split(/[\s<>()[\],;:"'|]+/)
    .filter((word) => word.indexOf('@') > 0)
    .map((word) => word.replace(/\.$/, ''))
    .filter((word) => word.slice(word.lastIndexOf('@') + 1).includes('.'));
}

/** Null when a quoted string or a comment is never closed. Linear in the length of the field. */
function withoutQuotesAndComments(value: string): string | null {
  const kept: string[] = [];
  let quoted = false;
  let depth = 0;
  for (let at = 0; at < value.length; at++) {
    const character = value[at]!;
    if (character === '\\' && (quoted || depth > 0)) at++;
    else if (character === '"' && depth === 0) quoted = !quoted;
    else if (!quoted && character === '(') depth++;
    else if (!quoted && character === ')' && depth > 0) depth--;
    else if (!quoted && depth === 0) kept.push(character);
  }
  return quoted || depth > 0 ? null : kept.join('');
}
