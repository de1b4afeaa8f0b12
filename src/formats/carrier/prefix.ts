/** Whether a canonical address prefix names its own first address: no bits are set beyond its length. */
import { isIP } from 'node:net';

export function startsAtItsBase(prefix: string): boolean {
  const [base, length] = prefix.split('/') as [string, string];
  const bits = isIP(base) === 4 ? bitsOf4(base) : bitsOf6(base);
  return !bits.slice(Number(length)).includes('1');
}

function bitsOf4(address: string): string {
  return address
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');
}

/** `address` is in the form of RFC 5952: at most one `::`, no dotted end. */
function bitsOf6(address: string): string {
  const [left = '', right] = address.split('::');
  const head = left === '' ? [] : left.split(':');
  const tail = right === undefined || right === '' ? [] : right.split(':');
  const middle = right === undefined ? [] : Array<string>(8 - head.length - tail.length).fill('0');
  return [...head, ...middle, ...tail].map((part) => Number.parseInt(part, 16).toString(2).padStart(16, '0')).join('');
}
