/**
 * A ClickHouse server for one test: the real engine (chdb) in a process of its own, behind the HTTP interface that the
 * official client speaks. Not the real server's sessions, progress headers or accounts.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ending, notHere, ownFolder } from './child.ts';

const PROGRAM = fileURLToPath(new URL('./clickhouse-program.ts', import.meta.url));
const ENGINE = fileURLToPath(new URL('../../.tools/chdb/node_modules/chdb/package.json', import.meta.url));

export type ClickHouseServer = {
  /** Without account or password, as a declaration holds it. */
  url: string;
  /** Ends the server at once, as a crash would. */
  [Symbol.asyncDispose](): Promise<void>;
};

export type ClickHouseOptions = {
  /** Of the account `default`; none unless given. */
  password?: string;
  /** Settings every request of the account starts with, as a settings profile gives them: `{ readonly: '1' }`. */
  profile?: Record<string, string>;
};

/** Starts an empty server. */
export async function startClickHouse(options: ClickHouseOptions = {}): Promise<ClickHouseServer> {
  if (!existsSync(ENGINE)) throw notHere('ClickHouse (chdb)');
  const folder = ownFolder('clickhouse');
  const child = spawn(process.execPath, [PROGRAM, folder, JSON.stringify(options)], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => {
    said = (said + bytes).slice(-4000);
  });
  const end = ending(child, 'SIGKILL');
  const stop = async () => {
    await end();
    rmSync(folder, { recursive: true, force: true });
  };
  const [first] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit').then(() => [null]),
  ]);
  if (typeof first !== 'string') {
    await stop();
    throw new Error(`ClickHouse did not start:\n${said}`);
  }
  return { url: first, [Symbol.asyncDispose]: stop };
}
