/** The times of an index: whole units since a base; an end far beyond all beginnings by its number in a list. */
import { FAR, FAR_HIGH, type Header, OPEN_END, OPEN_LOW } from './index-files.ts';

export class IndexTime {
  readonly #base: number;
  readonly #unit: number;
  readonly #farFrom: number;
  readonly #farEnds: readonly bigint[];
  readonly #farNumbers: readonly number[];

  constructor({ base, unitMicros, farFrom, farEnds }: Header) {
    this.#base = Number(base);
    this.#unit = unitMicros;
    this.#farFrom = Number(farFrom);
    this.#farEnds = farEnds.map(BigInt);
    this.#farNumbers = this.#farEnds.map(Number);
  }

  /** A time in units, rounded down; beyond the last near end, by how many far ends it has passed. */
  units(micros: number): number {
    if (micros < this.#farFrom) return Math.floor((micros - this.#base) / this.#unit);
    let passed = 0;
    while (passed < this.#farNumbers.length && this.#farNumbers[passed]! <= micros) passed += 1;
    return FAR - 1 + passed;
  }

  /** Microseconds, rounded above 2^53; Infinity for an open end. */
  micros(units: number): number {
    if (units < FAR) return this.#base + units * this.#unit;
    return units === OPEN_END ? Infinity : this.#farNumbers[units - FAR]!;
  }

  /** The same exactly; null for an open end. */
  exact(units: number): bigint | null {
    if (units < FAR) return BigInt(this.#base + units * this.#unit);
    return units === OPEN_END ? null : this.#farEnds[units - FAR]!;
  }

  /** How far a lease is from a time in microseconds: 0 while it holds. */
  distance(began: number, ended: number, micros: number): number {
    const start = this.#base + began * this.#unit;
    if (micros < start) return start - micros;
    const end = this.micros(ended);
    return micros >= end ? micros - end + 1 : 0;
  }
}

/** Beginning and end of the lease whose words start at `at`. */
export function beganAt(words: Uint32Array, at: number): number {
  return words[at]! + (words[at + 2]! & 0xffff) * 2 ** 32;
}

export function endedAt(words: Uint32Array, at: number): number {
  const high = words[at + 2]! >>> 16;
  const low = words[at + 1]!;
  if (high !== FAR_HIGH) return low + high * 2 ** 32;
  return low === OPEN_LOW ? OPEN_END : FAR + low;
}
