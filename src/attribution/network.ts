/** Addresses and ranges of addresses as numbers, so that "inside" can be decided. Text is read as the records read it. */
import { address } from '../record/identifier.ts';

/** `low` and `high` included. IPv4 and IPv6 are never compared with each other. */
export type Network = { family: 4 | 6; low: bigint; high: bigint };

const BITS = { 4: 32, 6: 128 } as const;

/** An address as a number; null when the text is none. An IPv4 address written as IPv6 is IPv4. */
export function addressNumber(text: string): { family: 4 | 6; value: bigint } | null {
  const canonical = address(text.trim());
  if (canonical === null) return null;
  return canonical.includes(':')
    ? { family: 6, value: sixteen(canonical) }
    : { family: 4, value: BigInt(fourBytes(canonical)) };
}

/** The network a lease names: an address, a prefix (its host bits do not count), or a first and a last address. */
export function networkOf(low: string, high: string | null = null): Network | null {
  if (high !== null) {
    const [first, last] = [addressNumber(low), addressNumber(high)];
    if (!first || !last || first.family !== last.family || first.value > last.value) return null;
    return { family: first.family, low: first.value, high: last.value };
  }
  const [base, length, more] = low.split('/');
  const found = addressNumber(base!);
  if (!found || more !== undefined) return null;
  const bits = BITS[found.family];
  if (length === undefined) return { family: found.family, low: found.value, high: found.value };
  if (!/^\d{1,3}$/.test(length) || Number(length) > bits) return null;
  const rest = BigInt(bits - Number(length));
  const start = (found.value >> rest) << rest;
  return { family: found.family, low: start, high: start + (1n << rest) - 1n };
}

export function holds(network: Network, family: number, value: bigint): boolean {
  return network.family === family && network.low <= value && value <= network.high;
}

/** `198.18.0.7`, `2001:db8::/56`, or `198.18.0.7–198.18.0.9` where the range is no prefix. */
export function networkText({ family, low, high }: Network): string {
  if (low === high) return addressText(family, low);
  const size = high - low + 1n;
  const rest = size.toString(2).length - 1;
  if (size === 1n << BigInt(rest) && low % size === 0n) return `${addressText(family, low)}/${BITS[family] - rest}`;
  return `${addressText(family, low)}–${addressText(family, high)}`;
}

export function addressText(family: 4 | 6, value: bigint): string {
  if (family === 4) {
    const number = Number(value);
    return `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`;
  }
  const hex = value.toString(16).padStart(32, '0');
  return address(hex.match(/.{4}/g)!.join(':'))!;
}

function fourBytes(text: string): number {
  const [a, b, c, d] = text.split('.').map(Number) as [number, number, number, number];
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

/** Of canonical text: `::` stands for the groups that are missing. */
function sixteen(text: string): bigint {
  const [head = '', tail] = text.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const [first, last] = [groups(head), groups(tail ?? '')];
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - first.length - last.length }, () => '0');
  return [...first, ...zeros, ...last].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}
