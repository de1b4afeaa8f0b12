/** A second thread that answers rows of a table from the same index, so that both processors work on a large one. */
import { Worker } from 'node:worker_threads';
import type { ParquetLeases } from '../source/leases.ts';
import type { CountsTold, RowForm } from './answer-rows.ts';

/** What the thread opens for itself. */
export type HelperPlace = { source: ParquetLeases; folder: string; index: string; now: bigint };
export type HelperJob = { bytes: Uint8Array<ArrayBuffer>; form: RowForm };
/** Rows are numbered from 0. */
export type HelperResult = { parts: Uint8Array<ArrayBuffer>[]; told: CountsTold; rows: number };

export type Helper = {
  /** Answers whole rows without quotes. */
  rows(bytes: Uint8Array, form: RowForm): Promise<HelperResult>;
  [Symbol.asyncDispose](): Promise<void>;
};

export function startHelper(place: HelperPlace): Helper {
  const worker = new Worker(new URL('./helper-thread.ts', import.meta.url), { workerData: place });
  let waiting: { resolve(result: HelperResult): void; reject(error: unknown): void } | null = null;
  const settle = (then: (one: NonNullable<typeof waiting>) => void) => {
    const one = waiting;
    waiting = null;
    worker.unref();
    if (one) then(one);
  };
  worker.on('message', (result: HelperResult) => settle(({ resolve }) => resolve(result)));
  worker.on('error', (error) => settle(({ reject }) => reject(error)));
  worker.on('exit', () => settle(({ reject }) => reject(new Error('the second thread ended'))));
  worker.unref();
  return {
    rows(bytes, form) {
      return new Promise<HelperResult>((resolve, reject) => {
        waiting = { resolve, reject };
        worker.ref();
        const own = new Uint8Array(bytes);
        worker.postMessage({ bytes: own, form } satisfies HelperJob, [own.buffer]);
      });
    },
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}
