/**
 * Checks proofs against roots, as RFC 9162 writes the two algorithms down, and no more kindly.
 *
 * A proof from the empty tree shows nothing and fails. Sizes go up to 2^53−1, so halving is arithmetic, not bit shifts.
 */
import { type Hash, nodeHash } from './tree.ts';

/** RFC 9162, 2.1.3.2: is `leaf` number `index` of the tree of `size` leaves with this `root`? */
export function checkInclusion(leaf: Hash, index: number, size: number, proof: readonly Hash[], root: Hash): boolean {
  if (!isCount(index) || !isCount(size) || index >= size || ![leaf, root, ...proof].every(isHash)) return false;
  let position = index;
  let last = size - 1;
  let made = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      made = nodeHash(sibling, made);
      while (position % 2 === 0 && position !== 0) [position, last] = [position / 2, half(last)];
    } else {
      made = nodeHash(made, sibling);
    }
    [position, last] = [half(position), half(last)];
  }
  return last === 0 && equal(made, root);
}

/** RFC 9162, 2.1.4.2: is the tree of `older` leaves a beginning of the tree of `newer`? Equal sizes need an empty proof. */
export function checkConsistency(
  older: number,
  newer: number,
  proof: readonly Hash[],
  olderRoot: Hash,
  newerRoot: Hash,
): boolean {
  if (!isCount(older) || !isCount(newer) || older === 0 || older > newer) return false;
  if (![olderRoot, newerRoot, ...proof].every(isHash)) return false;
  if (older === newer) return proof.length === 0 && equal(olderRoot, newerRoot);
  if (proof.length === 0) return false;
  const path = Number.isInteger(Math.log2(older)) ? [olderRoot, ...proof] : proof;
  let position = older - 1;
  let last = newer - 1;
  while (position % 2 === 1) [position, last] = [half(position), half(last)];
  let madeOlder = path[0]!;
  let madeNewer = madeOlder;
  for (const sibling of path.slice(1)) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      madeOlder = nodeHash(sibling, madeOlder);
      madeNewer = nodeHash(sibling, madeNewer);
      while (position % 2 === 0 && position !== 0) [position, last] = [position / 2, half(last)];
    } else {
      madeNewer = nodeHash(madeNewer, sibling);
    }
    [position, last] = [half(position), half(last)];
  }
  return last === 0 && equal(madeOlder, olderRoot) && equal(madeNewer, newerRoot);
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

const half = (count: number): number => Math.floor(count / 2);
const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
const isHash = (value: Uint8Array): boolean => value.length === 32;
