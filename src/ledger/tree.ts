/**
 * The Merkle tree over the entries: its hashes, its root at any size, and the proofs it can give (RFC 9162, section 2.1).
 *
 * Leaves and nodes are hashed with different prefixes, so neither passes for the other. Checking a proof is in `proof.ts`.
 */
import { hash } from 'node:crypto';
import { Hashes } from './hashes.ts';

/** 32 bytes of SHA-256. */
export type Hash = Uint8Array;

export const EMPTY_ROOT: Hash = hash('sha256', '', 'buffer');

const nodeInput = Buffer.alloc(65, 1);

export function leafHash(entry: Uint8Array): Hash {
  return hash('sha256', Buffer.concat([Buffer.of(0), entry]), 'buffer');
}

export function nodeHash(left: Hash, right: Hash): Hash {
  nodeInput.set(left, 1);
  nodeInput.set(right, 33);
  return hash('sha256', nodeInput, 'buffer');
}

export class Tree {
  /** Level k holds the hash of every complete run of 2^k leaves, from the left. */
  readonly #levels: Hashes[] = [new Hashes()];

  get size(): number {
    return this.#levels[0]!.length;
  }

  add(leaf: Hash): void {
    let added = leaf;
    for (let level = 0; ; level += 1) {
      this.#levels[level] ??= new Hashes();
      const row = this.#levels[level]!;
      row.push(added);
      if (row.length % 2 === 1) return;
      added = nodeHash(row.at(row.length - 2), row.at(row.length - 1));
    }
  }

  /** Hashes `began ≤ i < ended` of the complete subtrees of 2^level leaves. Throws `RangeError` where there is none. */
  nodes(level: number, began: number, ended: number): Uint8Array {
    const row = this.#levels[level];
    if (row === undefined) throw new RangeError(`no level ${level}`);
    return row.slice(began, ended);
  }

  /** Root over the first `size` leaves; zero gives the hash of nothing. Throws `RangeError` past the end. */
  root(size: number = this.size): Hash {
    this.#within(size);
    return size === 0 ? EMPTY_ROOT : Buffer.from(this.#range(0, size));
  }

  /** RFC 9162, 2.1.3.1: the siblings from leaf `index` up to the root over `size` leaves. */
  inclusion(index: number, size: number = this.size): Hash[] {
    this.#within(size);
    if (!(index >= 0 && index < size)) throw new RangeError(`no leaf ${index} among ${size}`);
    const path: Hash[] = [];
    let [began, ended] = [0, size];
    while (ended - began > 1) {
      const middle = began + splitOf(ended - began);
      if (index < middle) {
        path.push(Buffer.from(this.#range(middle, ended)));
        ended = middle;
      } else {
        path.push(Buffer.from(this.#range(began, middle)));
        began = middle;
      }
    }
    return path.reverse();
  }

  /** RFC 9162, 2.1.4.1: shows that the first `older` leaves of this tree are what they were. `0 < older ≤ size`. */
  consistency(older: number, size: number = this.size): Hash[] {
    this.#within(size);
    if (!(older > 0 && older <= size)) throw new RangeError(`no consistency from ${older} to ${size}`);
    const path: Hash[] = [];
    let [began, ended, known] = [0, size, true];
    while (older !== ended) {
      const middle = began + splitOf(ended - began);
      if (older <= middle) {
        path.push(Buffer.from(this.#range(middle, ended)));
        ended = middle;
      } else {
        path.push(Buffer.from(this.#range(began, middle)));
        began = middle;
        known = false;
      }
    }
    if (!known) path.push(Buffer.from(this.#range(began, ended)));
    return path.reverse();
  }

  #within(size: number): void {
    if (!Number.isSafeInteger(size) || size < 0 || size > this.size) throw new RangeError(`no tree of ${size} leaves`);
  }

  #range(began: number, ended: number): Hash {
    const width = ended - began;
    const level = Math.log2(width);
    if (Number.isInteger(level) && began % width === 0) {
      const index = began / width;
      return this.nodes(level, index, index + 1);
    }
    const middle = began + splitOf(width);
    return nodeHash(this.#range(began, middle), this.#range(middle, ended));
  }
}

/** The largest power of two smaller than `width` (which is more than one). */
function splitOf(width: number): number {
  return 2 ** Math.floor(Math.log2(width - 1));
}
