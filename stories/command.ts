/**
 * Runs the command line as a person would, and reads what it printed.
 *
 * Every word goes through the whole command line. A story about what it does keeps one command line up in a thread beside
 * it; a story about processes (what is left in memory and folders, what a killed one leaves) says `ownProcesses`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Line, LineSaid } from './warm-line.ts';

const MAIN = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

export type Ran = { status: number | null; out: string; err: string; json(): Record<string, never> };

export type Office = {
  folder: string;
  data: string;
  env: NodeJS.ProcessEnv;
  /** The command's words; a last object gives who acts or more environment. */
  run(...words: string[]): Ran;
  as(person: string, ...words: string[]): Ran;
  /** Starts a command and does not wait. */
  start(...words: string[]): ReturnType<typeof spawn>;
  /** A matter, a paper in it added and approved by two people; their ids. */
  matterWith(paper: unknown): { matter: string; instrument: string };
  path(name: string): string;
  [Symbol.dispose](): void;
};

export function office({ ownProcesses = false } = {}): Office {
  const folder = mkdtempSync(join(tmpdir(), 'fourcorners-story-'));
  const data = join(folder, 'data');
  const env: NodeJS.ProcessEnv = { ...process.env, FOURCORNERS_DATA: data, FOURCORNERS_AS: 'R. Alder' };
  const run = (environment: NodeJS.ProcessEnv, words: string[]): Ran => {
    const { status, out, err } = ownProcesses ? spawned(environment, folder, words) : warm(environment, folder, words);
    return { status, out, err, json: () => JSON.parse(out) as Record<string, never> };
  };
  const made: Office = {
    folder,
    data,
    env,
    run: (...words) => run(env, words),
    as: (person, ...words) => run({ ...env, FOURCORNERS_AS: person }, words),
    start: (...words) => spawn(process.execPath, [MAIN, ...words], { env, cwd: folder, stdio: 'ignore' }),
    matterWith(paper) {
      const file = join(folder, `paper-${Math.floor(performance.now() * 1000)}.json`);
      writeFileSync(file, JSON.stringify(paper));
      const matter = String(made.run('matter', 'create', '--name', 'Story', '--json').json()['matter']);
      const instrument = String(
        made.run('instrument', 'add', '--matter', matter, '--file', file, '--json').json()['instrument'],
      );
      const approved = made.as('D. Quill', 'instrument', 'approve', '--matter', matter, '--instrument', instrument);
      if (approved.status !== 0) throw new Error(approved.err);
      return { matter, instrument };
    },
    path: (name) => join(folder, name),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
  const begun = made.run('init');
  if (begun.status !== 0) throw new Error(begun.err);
  return made;
}

type Printed = Pick<Ran, 'status' | 'out' | 'err'>;

function spawned(env: NodeJS.ProcessEnv, cwd: string, words: string[]): Printed {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...words], {
    env,
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  return { status, out: stdout, err: stderr };
}

let thread: Worker | null = null;

function warm(env: NodeJS.ProcessEnv, cwd: string, words: string[]): Printed {
  process.chdir(cwd);
  thread ??= new Worker(new URL('warm-line.ts', import.meta.url));
  thread.unref();
  const { port1, port2 } = new MessageChannel();
  const waiting = new SharedArrayBuffer(4);
  const line: Line = { words, env: env as Record<string, string> };
  thread.postMessage({ line, answer: port2, waiting }, [port2]);
  if (Atomics.wait(new Int32Array(waiting), 0, 0, 600_000) === 'timed-out')
    throw new Error(`No end: ${words.join(' ')}`);
  const { status, out, err } = receiveMessageOnPort(port1)!.message as LineSaid;
  port1.close();
  return { status, out: Buffer.from(out).toString('utf8'), err };
}

/** A paper for one target, February and March 2017. */
export function paperFor(type: string, value: string, categories: string[], kind = 'US-WARRANT') {
  return {
    kind,
    number: '17-mr-0001',
    servedOn: 'Example Provider',
    issuedOn: '2017-04-03',
    issuer: { name: 'U.S. District Court, District of New Mexico', role: 'magistrate judge' },
    purpose: 'wire fraud',
    offences: [{ statute: '18 U.S.C. § 1343' }],
    basis: 'Invented for a story.',
    items: [{ target: { type, value }, categories, began: '2017-02-01T00:00:00Z', ended: '2017-04-01T00:00:00Z' }],
  };
}
