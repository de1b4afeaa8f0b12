/** Which networks of an index hold an address: one step in memory, one block of the file. */
import { join } from 'node:path';
import { type Header, WORDS } from './index-files.ts';
import type { Network } from './network.ts';
import { Section } from './section.ts';

const BLOCK = 256;

type Level = { bits: number; first: number; count: number; marks: Uint32Array };

export class Networks {
  readonly #sections: Record<4 | 6, Section>;
  readonly #levels: Record<4 | 6, Level[]>;
  readonly #before6: number;

  constructor(folder: string, header: Header) {
    this.#sections = {
      4: new Section(join(folder, 'networks-4'), WORDS['networks-4']),
      6: new Section(join(folder, 'networks-6'), WORDS['networks-6']),
    };
    this.#before6 = header.networks[4];
    const of = (family: 4 | 6) =>
      header.levels
        .filter((level) => level.family === family)
        .map(({ bits, first, count }) => ({ bits, first, count, marks: this.#marks(family, first, count) }));
    this.#levels = { 4: of(4), 6: of(6) };
  }

  /** The first address of every 256th network. */
  #marks(family: 4 | 6, first: number, count: number): Uint32Array {
    const section = this.#sections[family];
    const size = section.size / 2;
    const marks = new Uint32Array(Math.ceil(count / BLOCK) * size);
    for (let mark = 0; mark * BLOCK < count; mark++) {
      const at = section.need(first + mark * BLOCK, Math.min(BLOCK, count - mark * BLOCK));
      marks.set(section.words.subarray(at, at + size), mark * size);
    }
    return marks;
  }

  /** Numbers of the networks that hold the address whose words start at `at`. */
  find(family: 4 | 6, words: Uint32Array, at: number, out: number[]): void {
    out.length = 0;
    const section = this.#sections[family];
    for (const level of this.#levels[family]) {
      let record = this.#lastNotAfter(section, level, words, at);
      for (; record >= level.first; record--) {
        const place = section.need(record, 1);
        if (!this.#near(section, level, place, words, at)) break;
        if (order(section.words, place + section.size / 2, words, at, section.size / 2) >= 0) {
          out.push(family === 4 ? record : record + this.#before6);
        }
      }
    }
  }

  /** The last network of the level that starts at the address or before it; one before the level when there is none. */
  #lastNotAfter(section: Section, { first, count, marks }: Level, words: Uint32Array, at: number): number {
    const size = section.size / 2;
    let [from, to] = [0, marks.length / size];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (order(marks, middle * size, words, at, size) <= 0) from = middle + 1;
      else to = middle;
    }
    if (from === 0) return first - 1;
    const block = first + (from - 1) * BLOCK;
    const held = Math.min(BLOCK, first + count - block);
    const place = section.need(block, held);
    let [low, high] = [0, held];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (order(section.words, place + middle * section.size, words, at, size) <= 0) low = middle + 1;
      else high = middle;
    }
    return block + low - 1;
  }

  /** Whether a network that starts there could, by the sizes of its level, still reach the address. */
  #near(section: Section, { bits }: Level, place: number, words: Uint32Array, at: number): boolean {
    const size = section.size / 2;
    if (bits === 0) return order(section.words, place, words, at, size) === 0;
    if (size === 1) return words[at]! - section.words[place]! < 2 ** bits;
    return numberAt(words, at, size) - numberAt(section.words, place, size) < 1n << BigInt(bits);
  }

  /** Whether a network is one address. */
  isSingle(number: number): boolean {
    const family = number < this.#before6 ? 4 : 6;
    const record = family === 4 ? number : number - this.#before6;
    for (const { bits, first, count } of this.#levels[family]) {
      if (record >= first && record < first + count) return bits === 0;
    }
    return false;
  }

  network(number: number): Network {
    const family = number < this.#before6 ? 4 : 6;
    const section = this.#sections[family];
    const place = section.need(family === 4 ? number : number - this.#before6, 1);
    const size = section.size / 2;
    return { family, low: numberAt(section.words, place, size), high: numberAt(section.words, place + size, size) };
  }

  close(): void {
    this.#sections[4].close();
    this.#sections[6].close();
  }
}

function order(a: Uint32Array, at: number, b: Uint32Array, bAt: number, size: number): number {
  for (let word = 0; word < size; word++) {
    const [left, right] = [a[at + word]!, b[bAt + word]!];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

function numberAt(words: Uint32Array, at: number, size: number): bigint {
  let value = 0n;
  for (let word = 0; word < size; word++) value = (value << 32n) | BigInt(words[at + word]!);
  return value;
}
