/**
 * Deterministic translation (RFC 7422): which inside address has an outside address and port, and back, by arithmetic.
 *
 * What the translator is set up to do, not what it did: ports of the dynamic pool are given as they are needed, and only
 * its log knows to whom.
 */
import { Problem } from '../base/problem.ts';
import type { Translator } from '../source/leases.ts';
import { addressNumber, addressText } from './network.ts';

const PORTS = 65_536;

export type Inside =
  | { kind: 'inside'; address: string; index: number }
  /** Given to nobody, to whoever needs more, or no address of this translator. */
  | { kind: 'reserved' | 'dynamic' | 'unused' | 'elsewhere' };

export class Translation {
  readonly #first: number;
  readonly #count: number;
  readonly #outside: number;
  readonly #outsideCount: number;
  readonly #sharing: number;
  readonly #each: number;
  readonly #staggered: boolean;
  /** Ports that are not reserved, in order; and the place of each port among them, or -1. */
  readonly #ports: Uint16Array;
  readonly #places = new Int32Array(PORTS).fill(-1);

  /** Throws `attribution/translator` when the figures do not go together. */
  constructor({ inside, outside, insidePerOutside, portsPerAddress, reserved, algorithm }: Translator) {
    const number = (text: string) => Number(addressNumber(text)!.value);
    this.#first = number(inside.first);
    this.#count = number(inside.last) - this.#first + 1;
    this.#outside = number(outside.first);
    this.#outsideCount = number(outside.last) - this.#outside + 1;
    this.#sharing = insidePerOutside;
    this.#each = portsPerAddress;
    this.#staggered = algorithm === 'staggered';
    const isReserved = (port: number) => reserved.some(({ low, high }) => low <= port && port <= high);
    this.#ports = Uint16Array.from(
      Array.from({ length: PORTS }, (_, port) => port).filter((port) => !isReserved(port)),
    );
    this.#ports.forEach((port, place) => {
      this.#places[port] = place;
    });
    const why =
      this.#count < 1 || this.#outsideCount < 1
        ? 'a range ends before it begins'
        : this.#count > this.#sharing * this.#outsideCount
          ? `${this.#count} inside addresses do not fit ${this.#outsideCount} outside ones shared by ${this.#sharing} each`
          : this.#sharing * this.#each > this.#ports.length
            ? `${this.#sharing} times ${this.#each} ports are more than the ${this.#ports.length} that are not reserved`
            : null;
    if (why)
      throw new Problem(
        'attribution/translator',
        `The translator's figures do not go together: ${why}. Nothing was looked up.`,
      );
  }

  /** How many inside addresses share this outside address; 0 when it is none of the translator's. */
  sharing(outside: string): number {
    const place = this.#outsidePlace(outside);
    return place < 0 ? 0 : Math.max(0, Math.min(this.#sharing, this.#count - place * this.#sharing));
  }

  insideOf(outside: string, port: number): Inside {
    const at = this.#outsidePlace(outside);
    if (at < 0) return { kind: 'elsewhere' };
    const place = this.#places[port]!;
    if (place < 0) return { kind: 'reserved' };
    if (place >= this.#sharing * this.#each) return { kind: 'dynamic' };
    const slot = this.#staggered ? place % this.#sharing : Math.floor(place / this.#each);
    const index = at * this.#sharing + slot;
    return index < this.#count
      ? { kind: 'inside', address: addressText(4, BigInt(this.#first + index)), index }
      : { kind: 'unused' };
  }

  /** Every inside address behind an outside one. */
  allInside(outside: string): string[] {
    const at = this.#outsidePlace(outside);
    return Array.from({ length: this.sharing(outside) }, (_, slot) =>
      addressText(4, BigInt(this.#first + at * this.#sharing + slot)),
    );
  }

  /** The outside address and port of the `nth` port, from 0, of an inside address; null when it has none. */
  outsideOf(inside: string, nth: number): { address: string; port: number } | null {
    const index = Number(addressNumber(inside)?.value ?? -1) - this.#first;
    if (index < 0 || index >= this.#count || nth < 0 || nth >= this.#each) return null;
    const slot = index % this.#sharing;
    const place = this.#staggered ? nth * this.#sharing + slot : slot * this.#each + nth;
    return {
      address: addressText(4, BigInt(this.#outside + Math.floor(index / this.#sharing))),
      port: this.#ports[place]!,
    };
  }

  /** The ports of an inside address, where they are one block; null where they lie scattered. */
  block(inside: string): { low: number; high: number } | null {
    const [first, last] = [this.outsideOf(inside, 0), this.outsideOf(inside, this.#each - 1)];
    if (!first || !last || last.port - first.port + 1 !== this.#each) return null;
    return { low: first.port, high: last.port };
  }

  #outsidePlace(outside: string): number {
    const number = addressNumber(outside);
    if (number?.family !== 4) return -1;
    const place = Number(number.value) - this.#outside;
    return place >= 0 && place < this.#outsideCount ? place : -1;
  }
}
