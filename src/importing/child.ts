/** The process that reads what came from outside: no keys, no network, no way to a disk. It takes one job and ends. */
import { isProblem } from '../base/problem.ts';
import type { Part } from './parts.ts';
import { type Job, type ReadOutcome, readReturn } from './read.ts';

export type FromChild =
  | { part: Part }
  | { progress: number }
  | { done: ReadOutcome }
  | { problem: { code: string; message: string; facts: Record<string, unknown> } }
  | { bug: string };

const PARTS_IN_FLIGHT = 3;

function tell(message: FromChild): void {
  process.send?.(message);
}

async function work(job: Job): Promise<void> {
  let inFlight = 0;
  let resume: (() => void) | null = null;
  process.on('message', (message: { taken?: string }) => {
    if (message.taken === undefined) return;
    inFlight--;
    resume?.();
  });
  const take = async (part: Part) => {
    inFlight++;
    tell({ part });
    while (inFlight >= PARTS_IN_FLIGHT) await new Promise<void>((done) => (resume = done));
  };
  tell({ done: await readReturn(job, take, (rows) => tell({ progress: rows })) });
}

process.once('message', (job: Job) => {
  work(job).then(
    () => process.disconnect!(),
    (error: unknown) => {
      tell(
        isProblem(error)
          ? { problem: { code: error.code, message: error.message, facts: error.facts } }
          : { bug: String((error as Error)?.stack ?? error) },
      );
      process.disconnect!();
    },
  );
});
process.on('disconnect', () => process.exit(0));
