/** A growing row of 32-byte hashes in one block of memory, so that a million of them stay small and a tile is a slice. */
const WIDTH = 32;

export class Hashes {
  #bytes = Buffer.alloc(64 * WIDTH);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(hash: Uint8Array): void {
    if (hash.length !== WIDTH) throw new RangeError(`a hash has ${WIDTH} bytes, not ${hash.length}`);
    if ((this.#length + 1) * WIDTH > this.#bytes.length) {
      this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.#bytes.length)]);
    }
    this.#bytes.set(hash, this.#length * WIDTH);
    this.#length += 1;
  }

  at(index: number): Uint8Array {
    return this.slice(index, index + 1);
  }

  /** The hashes `began ≤ i < ended`, one after the other. Throws `RangeError` past the last. */
  slice(began: number, ended: number): Uint8Array {
    if (began < 0 || began > ended || ended > this.#length) throw new RangeError(`no hashes ${began} to ${ended}`);
    return this.#bytes.subarray(began * WIDTH, ended * WIDTH);
  }
}
