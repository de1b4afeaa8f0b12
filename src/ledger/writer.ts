/**
 * Puts entries on the disk one after the other, and the signed checkpoint behind them.
 *
 * An entry counts from the moment its bytes are durable; the checkpoint follows within a tenth of a second, one for all that
 * came meanwhile: writing it keeps the disk as long as an entry does. After a failed write nothing more is written or read:
 * what the disk holds is known only by opening it again.
 */
import type { KeyObject } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../base/problem.ts';
import { signCheckpoint } from './checkpoint.ts';
import type { Contents } from './contents.ts';
import { systemCode, writeWhole } from './durable.ts';
import { frame } from './frames.ts';
import type { Loaded } from './store.ts';

/** Where to write, and as whom to sign. */
export type Place = { dir: string; origin: string; key: KeyObject };

/** Whoever asks for the checkpoint, or closes the ledger, does not wait for it. */
const CHECKPOINT_MS = 100;

export class Writer {
  readonly #place: Place;
  readonly #file: FileHandle;
  readonly #contents: Contents;
  #lengthBytes: number;
  #signed: Loaded['signed'];
  #turn: Promise<unknown> = Promise.resolve();
  #signing: Promise<void> | null = null;
  #due: NodeJS.Timeout | undefined;
  #broken: Problem | null = null;
  #told = false;

  private constructor(place: Place, file: FileHandle, loaded: Loaded) {
    this.#place = place;
    this.#file = file;
    this.#contents = loaded.contents;
    this.#lengthBytes = loaded.lengthBytes;
    this.#signed = loaded.signed;
    this.#signNow();
  }

  static async open(place: Place, loaded: Loaded): Promise<Writer> {
    return new Writer(place, await open(join(place.dir, 'entries.log'), 'a'), loaded);
  }

  /** What is durable. Throws `ledger/write-failed` after a failure. */
  get contents(): Contents {
    if (this.#broken === null) return this.#contents;
    this.#told = true;
    throw this.#broken;
  }

  /** `make` is called when it is this entry's turn, and may throw. Resolves when the bytes are durable. */
  append(make: () => Uint8Array): Promise<Uint8Array> {
    const kept = this.#turn.then(() => this.#keep(make));
    this.#turn = kept.catch(() => undefined);
    return kept;
  }

  /** The checkpoint over everything that was appended before the call. */
  async signed(): Promise<{ contents: Contents; size: number; text: string }> {
    await this.#settled();
    return { contents: this.contents, ...this.#signed };
  }

  /** Throws `ledger/write-failed` when nobody was told of it yet. */
  async close(): Promise<void> {
    await this.#settled();
    await this.#file.close();
    if (this.#broken !== null && !this.#told) throw this.#broken;
  }

  async #keep(make: () => Uint8Array): Promise<Uint8Array> {
    const contents = this.contents;
    const bytes = make();
    const framed = frame(bytes);
    try {
      await this.#refuseOtherWriters();
      await this.#file.appendFile(framed);
      await this.#file.datasync();
    } catch (error) {
      this.#told = true;
      throw this.#break(error);
    }
    this.#lengthBytes += framed.length;
    contents.add(bytes);
    this.#due ??= setTimeout(() => this.#signNow(), CHECKPOINT_MS);
    return bytes;
  }

  /** The lock keeps writers apart where locks work; a log that has grown by itself shows that they did not. */
  async #refuseOtherWriters(): Promise<void> {
    const { size } = await this.#file.stat();
    if (size === this.#lengthBytes) return;
    throw new Problem(
      'ledger/second-writer',
      'Something else has changed entries.log since it was opened. Nothing was written. End the other writer and open the ledger again.',
      { expectedBytes: this.#lengthBytes, foundBytes: size },
    );
  }

  #signNow(): void {
    clearTimeout(this.#due);
    this.#due = undefined;
    if (this.#broken !== null || this.#signing !== null) return;
    if (this.#signed.size < this.#contents.size) this.#signing = this.#signAll();
  }

  async #signAll(): Promise<void> {
    const { dir, origin, key } = this.#place;
    try {
      while (this.#signed.size < this.#contents.size) {
        const size = this.#contents.size;
        const text = signCheckpoint(origin, size, this.#contents.tree.root(size), key);
        await writeWhole(join(dir, 'checkpoint'), text);
        this.#signed = { size, text };
      }
    } catch (error) {
      this.#break(error);
    }
    this.#signing = null;
  }

  async #settled(): Promise<void> {
    await this.#turn;
    this.#signNow();
    await this.#signing;
  }

  /** A `Problem` for a refused system call; anything else is a bug and stays one, but the ledger is closed all the same. */
  #break(error: unknown): Error {
    this.#broken ??=
      error instanceof Problem
        ? error
        : new Problem(
            'ledger/write-failed',
            'The ledger could not be written, so nothing more is done. What was acknowledged is kept. Make room or mend the disk, then open it again.',
            { system: systemCode(error) },
          );
    return systemCode(error) === null && error instanceof Error ? error : this.#broken;
  }
}
