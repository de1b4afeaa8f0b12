/** The order in which many questions are looked up, so that a log is read from front to back. */
import type { Asked } from './question.ts';

/** Indices of the questions that have an address, by family and address; by digits, lowest first. */
export function byAddress({ count, family, words }: Asked): Uint32Array {
  const all = new Uint32Array(count);
  let size = 0;
  let has6 = false;
  for (let index = 0; index < count; index++) {
    if (family[index] === 0) continue;
    all[size++] = index;
    if (family[index] === 6) has6 = true;
  }
  const keys = new Uint32Array(count);
  let order: Uint32Array = all.subarray(0, size);
  for (let word = has6 ? 3 : 0; word >= 0; word--) {
    for (let index = 0; index < count; index++) keys[index] = words[index * 4 + word]!;
    order = byKey(keys, order);
  }
  if (!has6) return order;
  keys.set(family.subarray(0, count));
  return byKey(keys, order);
}

/** The same questions by their time, to the second. */
export function byTime({ time }: Asked, some: Uint32Array): Uint32Array {
  let earliest = Infinity;
  let last = 0;
  for (const index of some) {
    earliest = Math.min(earliest, time[index]!);
    last = Math.max(last, index);
  }
  const keys = new Uint32Array(last + 1);
  for (const index of some) keys[index] = Math.min(0xffff_ffff, (time[index]! - earliest) / 1e6);
  return byKey(keys, some);
}

/** Questions by a number each, in the order they had where it is the same. */
export function byKey(keys: Uint32Array, order: Uint32Array): Uint32Array {
  const [half, whole] = [new Uint32Array(order.length), new Uint32Array(order.length)];
  distribute(keys, 0, order, half);
  distribute(keys, 16, half, whole);
  return whole;
}

function distribute(keys: Uint32Array, shift: number, from: Uint32Array, into: Uint32Array): void {
  const starts = new Uint32Array(0x10001);
  for (let place = 0; place < from.length; place++) starts[((keys[from[place]!]! >>> shift) & 0xffff) + 1]! += 1;
  for (let value = 0; value < 0x10000; value++) starts[value + 1]! += starts[value]!;
  for (let place = 0; place < from.length; place++) {
    const index = from[place]!;
    const value = (keys[index]! >>> shift) & 0xffff;
    into[starts[value]!] = index;
    starts[value]! += 1;
  }
}
