/** A command line that stays up between the commands of a story: the same lines, without a new process for each. */
import { parentPort } from 'node:worker_threads';
import { runLine } from '../src/cli/program.ts';

export type Line = { words: string[]; env: Record<string, string> };
export type LineSaid = { status: number; out: Uint8Array; err: string };

parentPort!.on('message', async ({ line, answer, waiting }) => {
  const { words, env } = line as Line;
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
  const out: Buffer[] = [];
  let err = '';
  const status = await runLine(words, {
    print: async (bytes) => void out.push(Buffer.from(bytes as Uint8Array)),
    say: (text) => {
      err += text;
    },
    progress: { say: () => {}, end: () => {} },
  });
  answer.postMessage({ status, out: Buffer.concat(out), err } satisfies LineSaid);
  const flag = new Int32Array(waiting as SharedArrayBuffer);
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
});
