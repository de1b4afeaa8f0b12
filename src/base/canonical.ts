/**
 * Canonical JSON, so that the same thing always has the same digest.
 *
 * RFC 8785 restricted to what evidence needs: objects, arrays, strings, booleans, null and whole numbers a double holds
 * exactly. Fractions travel as text. A value outside that is a bug in the caller and throws `TypeError`.
 */
import { type Digest, sha256 } from './digest.ts';

export function canonical(value: unknown): string {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw new TypeError('a lone surrogate has no canonical form');
      return JSON.stringify(value);
    case 'boolean':
      return String(value);
    case 'number':
      if (!Number.isSafeInteger(value)) throw new TypeError(`${value} is not a whole number a double holds exactly`);
      return String(value === 0 ? 0 : value);
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
      return `{${Object.keys(value)
        .filter((key) => (value as Record<string, unknown>)[key] !== undefined)
        .sort()
        .map((key) => `${canonical(key)}:${canonical((value as Record<string, unknown>)[key])}`)
        .join(',')}}`;
    default:
      throw new TypeError(`a ${typeof value} has no canonical form`);
  }
}

export function digestOf(value: unknown): Digest {
  return sha256(canonical(value));
}
