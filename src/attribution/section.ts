/**
 * A file of fixed records read by position, through one window that moves: many questions in order read it once, one
 * question reads a few kilobytes. It caches nothing else, so memory does not grow with the file.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { Problem } from '../base/problem.ts';

const LONGEST_READ_BYTES = 4 << 20;

export class Section {
  /** Records of the file. */
  readonly count: number;
  /** Words of 32 bits in a record. */
  readonly size: number;
  /** The window. */
  words: Uint32Array<ArrayBuffer> = new Uint32Array(0);
  #first = 0;
  #held = 0;
  readonly #file: number;
  readonly #path: string;
  readonly #most: number;

  constructor(path: string, size: number) {
    this.#file = openSync(path, 'r');
    this.#path = path;
    this.size = size;
    this.count = Math.floor(fstatSync(this.#file).size / (size * 4));
    this.#most = Math.max(1, Math.floor(LONGEST_READ_BYTES / (size * 4)));
  }

  /**
   * Where in `words` record `first` starts, with `count` records from there. A need just after the last one is taken for
   * the beginning of a row of such needs, and more is read at once.
   */
  need(first: number, count: number): number {
    const held = this.#first + this.#held;
    if (first >= this.#first && first + count <= held) return (first - this.#first) * this.size;
    const goesOn = first >= this.#first && first <= held + this.#held && this.#held > 0;
    const ahead = goesOn ? Math.min(this.#held * 2, this.#most) : 0;
    this.#read(first, Math.min(Math.max(count, ahead), this.count - first));
    if (count > this.#held) this.#short();
    return 0;
  }

  /** How many records of the window there are from this one on; 0 when it is not in the window. */
  ahead(record: number): number {
    const held = this.#first + this.#held;
    return record >= this.#first && record < held ? held - record : 0;
  }

  /** First record of the window and the one after its last. */
  get window(): [number, number] {
    return [this.#first, this.#first + this.#held];
  }

  #read(first: number, count: number): void {
    if (this.words.length < count * this.size) {
      this.words = new Uint32Array(Math.max(count, Math.min(this.words.length * 2, this.#most)) * this.size);
    }
    const bytes = new Uint8Array(this.words.buffer, 0, count * this.size * 4);
    for (let done = 0; done < bytes.length; ) {
      const got = readSync(this.#file, bytes, done, bytes.length - done, first * this.size * 4 + done);
      if (got === 0) this.#short();
      done += got;
    }
    this.#first = first;
    this.#held = count;
  }

  #short(): never {
    throw new Problem(
      'attribution/index-damaged',
      `${this.#path} is shorter than its index says. Nothing was answered; build the index again.`,
      { file: this.#path },
    );
  }

  close(): void {
    closeSync(this.#file);
  }
}
