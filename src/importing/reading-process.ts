/**
 * Starts the reading process, takes its finished parts, and answers for its end.
 *
 * It runs under Node's permission model where that is there: it may read the files it is given and write below the memory
 * folder, and nothing else. The matter's keys never reach it. Its messages are bound to the version of this program.
 */
import { fork } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem } from '../base/problem.ts';
import type { FromChild } from './child.ts';
import type { Part } from './parts.ts';
import type { Job, ReadOutcome } from './read.ts';

const HEAP_MIB = 1024;

/**
 * Reads a return elsewhere. `take` gets each finished part and must be done with its file when it resolves.
 * Throws the reader's own problems, and `import/reader-ended` when it was killed or crashed on the bytes.
 */
export async function readElsewhere(
  job: Job,
  take: (part: Part) => Promise<void>,
  progress: (rows: number) => void,
): Promise<ReadOutcome> {
  const versioned = getCompileCacheDir();
  const cache = versioned && dirname(versioned);
  const program = fileURLToPath(new URL('../../', import.meta.url));
  const readable = [
    ...['src', 'node_modules', 'package.json'].map((name) => join(program, name)),
    ...(cache ? [cache] : []),
    job.memoryFolder,
    ...job.files.map(({ path }) => realpathSync(path)),
  ];
  const child = fork(fileURLToPath(new URL('./child.ts', import.meta.url)), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [
      '--permission',
      '--allow-addons',
      '--max-semi-space-size=4',
      ...readable.map((path) => `--allow-fs-read=${path}`),
      `--allow-fs-write=${job.memoryFolder}`,
      `--max-old-space-size=${HEAP_MIB}`,
      '--disable-warning=SecurityWarning',
      '--disable-warning=ExperimentalWarning',
    ],
    env: { TZ: 'UTC', LANG: 'C', ...(cache ? { NODE_COMPILE_CACHE: cache } : {}) },
  });
  let said = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000);
  });
  return await new Promise<ReadOutcome>((resolve, reject) => {
    let ended: ReadOutcome | null = null;
    let taking: Promise<void> = Promise.resolve();
    const fail = (error: unknown) => {
      child.kill('SIGKILL');
      reject(error);
    };
    child.on('message', (message: FromChild) => {
      if ('part' in message) {
        taking = taking
          .then(() => take(message.part))
          .then(() => {
            // A reader that has said all it had to say is gone by now and needs no answer.
            if (child.connected) child.send({ taken: message.part.path }, () => {});
          });
        taking.catch(fail);
      } else if ('progress' in message) progress(message.progress);
      else if ('done' in message) ended = message.done;
      else if ('problem' in message)
        fail(new Problem(message.problem.code, message.problem.message, message.problem.facts));
      else fail(new Error(`the reader failed: ${message.bug}`));
    });
    child.on('error', fail);
    child.on('exit', (code, signal) => {
      taking.then(
        () =>
          ended
            ? resolve(ended)
            : reject(
                new Problem(
                  'import/reader-ended',
                  `The reader stopped on this return (${signal ?? `status ${code}`}). Nothing was imported, and nothing of it was kept.`,
                  { status: code, signal, said: said.split('\n').slice(0, 3).join(' ') },
                ),
              ),
        reject,
      );
    });
    child.send(job);
  });
}
