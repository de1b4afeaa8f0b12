/** What both servers share: a folder and a port of their own, and an end that reaches only what was started here. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a test says when a server is not on this machine. It fails; it does not pass over what it was to show. */
export function notHere(server: string): Error {
  return new Error(`${server} is not on this machine. Run script/test: it installs the servers the tests talk to.`);
}

export function ownFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `fourcorners-${name}-`));
}

/** A port of the loopback address that nothing listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

/** A child that ends with this process, or when told. Only this child is signalled, by its id. */
export function ending(child: ChildProcess, signal: NodeJS.Signals): () => Promise<void> {
  const end = () => void child.kill(signal);
  process.once('exit', end);
  return async () => {
    process.removeListener('exit', end);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    end();
    await gone;
  };
}
