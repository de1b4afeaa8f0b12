/** Names of subscribers by their number in an index: one at a time from the file, or all of them in memory. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { NAMES, WORDS } from './index-files.ts';
import type { Cells } from './log.ts';
import { Section } from './section.ts';

/** Up to here a batch holds all names; beyond, it reads those it needs. */
const HELD_BYTES = 192 << 20;

export class Names {
  readonly #starts: Section;
  readonly #file: number;
  #held: Buffer | null = null;
  #heldStarts: Uint32Array | null = null;
  /** Where the names of one list start and end, over and over. */
  readonly #places: number[] = [];

  constructor(folder: string) {
    this.#starts = new Section(join(folder, 'name-starts'), WORDS['name-starts']);
    this.#file = openSync(join(folder, NAMES), 'r');
  }

  /** Reads all names at once, where they are not too many. */
  hold(): void {
    const { size } = fstatSync(this.#file);
    if (this.#held || size > HELD_BYTES) return;
    this.#held = Buffer.alloc(size);
    for (let done = 0; done < size; ) done += readSync(this.#file, this.#held, done, size - done, done);
    const starts = new Uint32Array(this.#starts.count);
    for (let first = 0; first < starts.length; ) {
      const count = Math.min(1 << 16, starts.length - first);
      const at = this.#starts.need(first, count);
      for (let index = 0; index < count; index++) starts[first + index] = this.#starts.words[at + index * 2]!;
      first += count;
    }
    this.#heldStarts = starts;
  }

  put(name: number, into: Cells): void {
    if (this.#held && this.#heldStarts) into.bytes(this.#held, this.#heldStarts[name]!, this.#heldStarts[name + 1]!);
    else into.text(this.text(name));
  }

  /** Several names as a JSON array. */
  putList(names: ArrayLike<number>, into: Cells): void {
    const [held, starts] = [this.#held, this.#heldStarts];
    if (!held || !starts) {
      into.text(JSON.stringify(Array.from(names, (name) => this.text(name))));
      return;
    }
    this.#places.length = names.length * 2;
    for (let one = 0; one < names.length; one++) {
      this.#places[one * 2] = starts[names[one]!]!;
      this.#places[one * 2 + 1] = starts[names[one]! + 1]!;
    }
    into.list(held, this.#places);
  }

  text(name: number): string {
    if (this.#held && this.#heldStarts) {
      return this.#held.toString('utf8', this.#heldStarts[name]!, this.#heldStarts[name + 1]!);
    }
    const at = this.#starts.need(name, 2);
    const { words } = this.#starts;
    const start = words[at]! + words[at + 1]! * 2 ** 32;
    const bytes = Buffer.alloc(words[at + 2]! + words[at + 3]! * 2 ** 32 - start);
    for (let done = 0; done < bytes.length; ) {
      done += readSync(this.#file, bytes, done, bytes.length - done, start + done);
    }
    return bytes.toString('utf8');
  }

  close(): void {
    this.#starts.close();
    closeSync(this.#file);
  }
}
