import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkConsistency, checkInclusion } from './proof.ts';
import { EMPTY_ROOT, type Hash, leafHash, Tree } from './tree.ts';

const hex = (hash: Uint8Array) => Buffer.from(hash).toString('hex');
const bytes = (text: string) => Buffer.from(text, 'hex');

/** The eight leaves that implementations of RFC 6962 share as a test tree. */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/** The definition of RFC 9162, 2.1.1, word for word, as an oracle that shares no code with the tree. */
function definedRoot(entries: Uint8Array[]): string {
  const sha = (...parts: Uint8Array[]) => {
    const hash = createHash('sha256');
    for (const part of parts) hash.update(part);
    return hash.digest();
  };
  const mth = (list: Uint8Array[]): Uint8Array => {
    if (list.length === 0) return sha();
    if (list.length === 1) return sha(Buffer.of(0), list[0]!);
    let split = 1;
    while (split * 2 < list.length) split *= 2;
    return sha(Buffer.of(1), mth(list.slice(0, split)), mth(list.slice(split)));
  };
  return hex(mth(entries));
}

function treeOf(entries: Uint8Array[]): Tree {
  const tree = new Tree();
  for (const entry of entries) tree.add(leafHash(entry));
  return tree;
}

const numbered = (size: number) => Array.from({ length: size }, (_, index) => Buffer.from(`entry ${index}`));

test('the shared test tree of eight leaves has its known root at every size', () => {
  const tree = treeOf(LEAVES.map(bytes));
  for (const [size, root] of ROOTS.entries()) assert.equal(hex(tree.root(size)), root);
  assert.equal(hex(EMPTY_ROOT), ROOTS[0]);
});

test('roots are what the standard defines, at every size up to 70', () => {
  const entries = numbered(70);
  const tree = treeOf(entries);
  for (let size = 0; size <= 70; size += 1) assert.equal(hex(tree.root(size)), definedRoot(entries.slice(0, size)));
});

test('every inclusion proof of every tree up to 40 holds, and for no other leaf, index, size or root', () => {
  const tree = treeOf(numbered(41));
  for (let size = 1; size <= 40; size += 1) {
    const root = tree.root(size);
    for (let index = 0; index < size; index += 1) {
      const leaf = tree.nodes(0, index, index + 1);
      const proof = tree.inclusion(index, size);
      assert.ok(checkInclusion(leaf, index, size, proof, root));
      assert.ok(!checkInclusion(tree.nodes(0, size, size + 1), index, size, proof, root));
      assert.ok(!checkInclusion(leaf, index, size, [...proof, root], root));
      assert.ok(!checkInclusion(leaf, index, size, proof, tree.root(size + 1)));
      if (proof.length > 0) assert.ok(!checkInclusion(leaf, index, size, proof.slice(1), root));
      for (const other of [index - 1, index + 1, size, -1, 0.5]) {
        if (other !== index)
          assert.ok(!checkInclusion(leaf, other, size, proof, root), `${index} as ${other} of ${size}`);
      }
    }
  }
});

test('every consistency proof between trees up to 40 holds, and for no other roots or sizes', () => {
  const tree = treeOf(numbered(41));
  for (let newer = 1; newer <= 40; newer += 1) {
    for (let older = 1; older <= newer; older += 1) {
      const proof = tree.consistency(older, newer);
      const [before, after] = [tree.root(older), tree.root(newer)];
      assert.ok(checkConsistency(older, newer, proof, before, after), `${older} to ${newer}`);
      assert.ok(!checkConsistency(older, newer, [...proof, after], before, after));
      assert.ok(!checkConsistency(older, newer, proof, tree.root(older - 1), after));
      assert.ok(!checkConsistency(older, newer, proof, before, tree.root(newer + 1)));
      if (older < newer) assert.ok(!checkConsistency(older, newer, [], before, after));
      if (proof.length > 0) assert.ok(!checkConsistency(older, newer, proof.slice(1), before, after));
    }
  }
});

test('a proof from the empty tree, backwards, or with sizes that are no counts is refused', () => {
  const tree = treeOf(numbered(8));
  const root = tree.root();
  assert.ok(!checkConsistency(0, 8, [], EMPTY_ROOT, root));
  assert.ok(!checkConsistency(0, 0, [], EMPTY_ROOT, EMPTY_ROOT));
  assert.ok(!checkConsistency(8, 4, tree.consistency(4, 8), root, tree.root(4)));
  assert.ok(!checkConsistency(8, 8, [root], root, root));
  assert.ok(!checkConsistency(2 ** 60, 2 ** 61, [root], root, root));
  assert.ok(!checkInclusion(root, 0, 0, [], root));
  assert.ok(!checkInclusion(root, 0, 1, [], root.subarray(1)));
});

test('a proof longer or shorter than its tree is high is refused, though its hashes lead to the root', () => {
  const tree = treeOf(numbered(2));
  const [sibling, leaf] = [tree.nodes(0, 0, 1), tree.nodes(0, 1, 2)];
  assert.ok(checkInclusion(leaf, 1, 2, [sibling], tree.root()));
  assert.ok(!checkInclusion(leaf, 0, 1, [sibling], tree.root()));
  assert.ok(checkConsistency(1, 2, [leaf], sibling, tree.root()));
  assert.ok(!checkConsistency(1, 4, [leaf], sibling, tree.root()));
});

test('a hash changed anywhere in a proof makes it fail', () => {
  const entries = numbered(100);
  const tree = treeOf(entries);
  const parameters = fc.record({
    size: fc.integer({ min: 2, max: 100 }),
    pick: fc.nat(),
    place: fc.nat(),
    bit: fc.nat(7),
  });
  fc.assert(
    fc.property(parameters, ({ size, pick, place, bit }) => {
      const changed = (proof: Hash[]) => {
        const copy = proof.map((hash) => Buffer.from(hash));
        copy[place % copy.length]![place % 32]! ^= 1 << bit;
        return copy;
      };
      const index = pick % size;
      const leaf = tree.nodes(0, index, index + 1);
      assert.ok(!checkInclusion(leaf, index, size, changed(tree.inclusion(index, size)), tree.root(size)));
      const older = 1 + (pick % (size - 1));
      const proof = changed(tree.consistency(older, size));
      assert.ok(!checkConsistency(older, size, proof, tree.root(older), tree.root(size)));
    }),
    { seed: 6962, numRuns: 300 },
  );
});
