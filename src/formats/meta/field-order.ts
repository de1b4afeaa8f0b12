/**
 * Finds which field comes first in the rows of an address list.
 *
 * Facebook and Instagram write the address and then its time, WhatsApp the time and then the address, and a row may
 * lack either; taking the wrong one for the first would pair every address with another row's time. Where the section
 * begins as its service does, that settles it. Otherwise the blocks are held, and the order that leaves the fewest gaps
 * is taken; between equals the service's own order stands.
 */
import { key } from './label.ts';
import type { Block } from './markup.ts';

/** Blocks held while the order is unclear. */
const MOST_HELD = 4000;

export class FieldOrder {
  readonly #orders: string[];
  readonly #usual: string | null;
  readonly #settled: (first: string) => void;
  readonly #pass: (block: Block) => void;
  #held: Block[] | null = [];

  /** `orders` are the two labels that may come first; `usual` the one the service writes first, when known. */
  constructor(
    orders: [string, string],
    usual: string | null,
    settled: (first: string) => void,
    pass: (block: Block) => void,
  ) {
    this.#orders = orders;
    this.#usual = usual;
    this.#settled = settled;
    this.#pass = pass;
  }

  block(block: Block): void {
    if (!this.#held) {
      this.#pass(block);
      return;
    }
    this.#held.push(block);
    if (this.#held.length === 1 && this.#usual !== null && key(block.label) === key(this.#usual))
      this.#settle(this.#usual);
    else if (this.#held.length >= MOST_HELD) this.#settle(this.#best(false));
  }

  end(): void {
    if (this.#held && this.#held.length > 0) this.#settle(this.#best(true));
  }

  /** What is held undecided. */
  left(): Block[] {
    return this.#held ?? [];
  }

  #settle(first: string): void {
    const held = this.#held!;
    this.#held = null;
    this.#settled(first);
    for (const block of held) this.#pass(block);
  }

  #best(atEnd: boolean): string {
    const [one, other] = this.#orders as [string, string];
    const [gapsOne, gapsOther] = [this.#gaps(one, other, atEnd), this.#gaps(other, one, atEnd)];
    if (this.#usual === one && gapsOne <= gapsOther) return one;
    if (this.#usual === other && gapsOther <= gapsOne) return other;
    if (gapsOne === gapsOther) return this.#firstSeen(one, other);
    return gapsOne < gapsOther ? one : other;
  }

  #gaps(first: string, second: string, atEnd: boolean): number {
    let gaps = 0;
    let open: 'nothing' | 'first' | 'both' | 'second' = 'nothing';
    for (const { label } of this.#held!) {
      const name = key(label);
      if (name === key(first)) {
        if (open === 'first' || open === 'second') gaps += 1;
        open = 'first';
      } else if (name === key(second)) {
        if (open === 'second') gaps += 1;
        open = open === 'first' ? 'both' : 'second';
      }
    }
    return gaps + (open === 'second' || (atEnd && open === 'first') ? 1 : 0);
  }

  #firstSeen(one: string, other: string): string {
    const found = this.#held!.find(({ label }) => [key(one), key(other)].includes(key(label)));
    return found && key(found.label) === key(other) ? other : one;
  }
}
