/** A PostgreSQL server for one test: its own folder, a free port of the loopback address, gone when disposed. */
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { ending, freePort, notHere, ownFolder } from './child.ts';

const PROGRAMS = process.env['POSTGRESQL_BIN'] ?? '/usr/lib/postgresql/15/bin';
const USER = 'fc';
const PATIENCE_MS = 30_000;

export type PostgresServer = {
  port: number;
  /** Without a password, as a declaration holds it. */
  url: string;
  user: string;
  database: string;
  /** Ends the server at once, as a crash would. */
  [Symbol.asyncDispose](): Promise<void>;
};

/** Starts an empty server whose first user, `fc`, may do everything. With a `password`, everyone needs theirs. */
export async function startPostgres({ password }: { password?: string } = {}): Promise<PostgresServer> {
  if (!existsSync(join(PROGRAMS, 'postgres'))) throw notHere('PostgreSQL 15');
  const folder = ownFolder('postgresql');
  const secret = join(folder, 'password');
  writeFileSync(secret, password ?? '');
  const account = unprivileged();
  if (account) for (const path of [folder, secret]) chownSync(path, account.uid, account.gid);
  const asThem = { cwd: folder, ...account };
  const access = password === undefined ? ['-A', 'trust'] : ['-A', 'scram-sha-256', `--pwfile=${secret}`];
  const shape = ['-D', 'data', '-U', USER, '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'];
  execFileSync(join(PROGRAMS, 'initdb'), [...shape, ...access], { ...asThem, stdio: 'pipe' });
  // A port that was free may be taken before the server has it.
  for (let attempt = 1; ; attempt += 1) {
    const started = await launch(asThem, await freePort(), password);
    if ('stop' in started) {
      const { port, stop } = started;
      return {
        port,
        url: `postgresql://${USER}@127.0.0.1:${port}/postgres`,
        user: USER,
        database: 'postgres',
        async [Symbol.asyncDispose]() {
          await stop();
          rmSync(folder, { recursive: true, force: true });
        },
      };
    }
    if (attempt < 3) continue;
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`PostgreSQL did not start:\n${started.said}`);
  }
}

type Launched = { port: number; stop(): Promise<void> } | { said: string };

async function launch(asThem: { cwd: string }, port: number, password?: string): Promise<Launched> {
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'max_connections=50'];
  const flags = ['-D', 'data', '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  const child = spawn(join(PROGRAMS, 'postgres'), flags, { ...asThem, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => {
    said = (said + bytes).slice(-4000);
  });
  // SIGQUIT is PostgreSQL's own immediate shutdown.
  const stop = ending(child, 'SIGQUIT');
  for (let waitedMs = 0; !(await answers(port, password)); waitedMs += 50) {
    if (child.exitCode !== null || waitedMs > PATIENCE_MS) {
      await stop();
      return { said };
    }
    await wait(50);
  }
  return { port, stop };
}

async function answers(port: number, password?: string): Promise<boolean> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: USER, database: 'postgres', password });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

type Account = { uid: number; gid: number };

/** PostgreSQL refuses to run as root; Debian's package brings an account for it. */
function unprivileged(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('postgres:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid === undefined || gid === undefined) throw notHere('The account “postgres”');
  return { uid: Number(uid), gid: Number(gid) };
}
