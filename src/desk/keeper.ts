/**
 * A house held open between acts, for whoever serves many: opened with the first act and let go when none has come for a
 * moment, so that the command line can act beside it.
 *
 * Acts that change the same matter or request, and acts that change the desk, follow one another; looking waits for nobody.
 */
import { type House, openHouse } from './house.ts';
import { Shelf } from './shelf.ts';

const LET_GO_MS = 1500;

export class Keeper implements AsyncDisposable {
  readonly dir: string;
  readonly #shelf = new Shelf();
  #opened: Promise<House> | null = null;
  #inside = 0;
  #timer: NodeJS.Timeout | undefined;
  #closing: Promise<void> = Promise.resolve();
  readonly #lines = new Map<string, Promise<unknown>>();

  constructor(dir: string) {
    this.dir = dir;
  }

  /** Runs one act in the house, as a person. Throws what opening it throws. */
  async within<T>(actor: string, run: (house: House) => Promise<T>): Promise<T> {
    this.#inside += 1;
    clearTimeout(this.#timer);
    try {
      const house = await this.#house(actor);
      return await run({ ...house.as(actor), shelf: this.#shelf, line: (of, next) => this.#line(of, next) });
    } finally {
      this.#inside -= 1;
      if (this.#inside === 0) this.#timer = setTimeout(() => void this.#letGo(), LET_GO_MS).unref();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#timer);
    await this.#letGo();
    await this.#shelf[Symbol.asyncDispose]();
  }

  #house(actor: string): Promise<House> {
    if (this.#opened === null) {
      const opening = this.#closing.then(() => openHouse(this.dir, actor));
      this.#opened = opening;
      opening.catch(() => {
        if (this.#opened === opening) this.#opened = null;
      });
    }
    return this.#opened;
  }

  /** A house whose ledger failed to write is let go too: the next act opens it anew and finds what was kept. */
  async #letGo(): Promise<void> {
    const opened = this.#opened;
    if (opened === null || this.#inside > 0) return;
    this.#opened = null;
    this.#closing = opened.then(async (house) => await house[Symbol.asyncDispose]()).catch(() => {});
    await this.#closing;
  }

  async #line<T>(of: string, next: () => Promise<T>): Promise<T> {
    const before = this.#lines.get(of) ?? Promise.resolve();
    const mine = before.catch(() => {}).then(next);
    const settled = mine.catch(() => {});
    this.#lines.set(of, settled);
    try {
      return await mine;
    } finally {
      if (this.#lines.get(of) === settled) this.#lines.delete(of);
    }
  }
}
