/** The time a statement may take, counted while the engine is waited for and not while its rows are used. */
import type { Bounds } from './reader.ts';
import { Trouble } from './trouble.ts';

export class Patience {
  readonly #signal: AbortSignal | undefined;
  readonly #limitMs: number;
  readonly #graceMs: number;
  #spentMs = 0;

  /** `graceMs` is for an engine that keeps the limit itself, so that it is the one to say so. */
  constructor({ limitMs, signal }: Bounds, graceMs = 0) {
    this.#limitMs = limitMs;
    this.#graceMs = graceMs;
    this.#signal = signal;
  }

  /**
   * Waits for `work`; calls `interrupt` when the time is up or the caller gives up. Throws `time-limit`, or the signal's
   * reason, whatever the interrupted work threw.
   */
  async wait<T>(work: () => Promise<T>, interrupt: () => void): Promise<T> {
    this.#signal?.throwIfAborted();
    const leftMs = this.#limitMs + this.#graceMs - this.#spentMs;
    let late = leftMs <= 0;
    const begunMs = performance.now();
    const timer = setTimeout(() => {
      late = true;
      interrupt();
    }, leftMs);
    this.#signal?.addEventListener('abort', interrupt, { once: true });
    try {
      if (late) throw new Trouble('time-limit', this.#said);
      const done = await work();
      // An interrupted engine may answer as if it had come to its end.
      if (late) throw new Trouble('time-limit', this.#said);
      this.#signal?.throwIfAborted();
      return done;
    } catch (error) {
      this.#signal?.throwIfAborted();
      if (late || (error instanceof Trouble && error.kind === 'time-limit')) {
        throw new Trouble('time-limit', this.#said, error);
      }
      throw error;
    } finally {
      clearTimeout(timer);
      this.#signal?.removeEventListener('abort', interrupt);
      this.#spentMs += performance.now() - begunMs;
    }
  }

  get #said(): string {
    return `${this.#limitMs / 1000} s`;
  }
}
