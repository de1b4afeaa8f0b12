/** The workbench on this machine: opens a data directory, listens on loopback, and closes everything when it ends. */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { Problem } from '../base/problem.ts';
import { openKeys } from '../custody/keys.ts';
import { Keeper } from '../desk/keeper.ts';
import { Office, readOffice } from '../entry/office.ts';
import { openRoll } from '../entry/roll.ts';
import { Sessions } from '../entry/session.ts';
import { appOf } from './app.ts';
import { Door } from './door.ts';
import { Entrance } from './entrance.ts';
import { Outputs } from './outputs.ts';
import { Pages } from './pages.ts';
import { Uploads } from './uploads.ts';

export type Serving = {
  dir: string;
  port: number;
  /** What a browser calls this server, where a proxy stands before it: `https://desk.example`. */
  origin?: string | undefined;
  tls?: { key: string; cert: string } | undefined;
  /** A file that declares the office's own sign-in (OpenID Connect). */
  oidc?: string | undefined;
  pages?: string;
};

export type Served = {
  url: string;
  /** The code for the first person; null when there is one. */
  firstCode: string | null;
  close(): Promise<void>;
};

const PAGES = fileURLToPath(new URL('../../dist/web', import.meta.url));
const BUILD = fileURLToPath(new URL('../../web/build.ts', import.meta.url));

/** In a checkout the pages are made when they are wanted, and made anew when what they are made of has changed. */
function pagesMade(): void {
  if (!existsSync(BUILD)) return;
  const made = spawnSync(process.execPath, [BUILD, '--if-stale'], { encoding: 'utf8' });
  if (made.status !== 0) {
    throw new Problem('http/no-pages', `The pages could not be built: ${made.stderr.trim().split('\n').at(-1)}`);
  }
}

/** Throws `house/none`, `http/no-pages`, `http/port-in-use` and what keys throw. */
export async function serve({ dir, port, origin: named, tls, oidc, pages: folder = PAGES }: Serving): Promise<Served> {
  if (folder === PAGES) pagesMade();
  const declared = oidc === undefined ? null : readOffice(oidc);
  const keeper = new Keeper(dir);
  // What a killed process left is settled before anyone is let in.
  await keeper.within('system', async () => {});
  const roll = openRoll(dir, openKeys(join(dir, 'keys')).desk);
  const uploads = new Uploads(dir);
  const outputs = new Outputs();
  const server = createAdaptorServer({
    fetch: (request, env) => fetching(request, env),
    ...(tls
      ? { createServer: createTlsServer, serverOptions: { key: readFileSync(tls.key), cert: readFileSync(tls.cert) } }
      : {}),
  });
  let fetching: (request: Request, env: unknown) => Response | Promise<Response> = () =>
    new Response('', { status: 503 });
  const taken = await listening(server, port);
  const origin = named ?? `${tls ? 'https' : 'http'}://localhost:${taken}`;
  const place = { origin };
  const sessions = new Sessions(roll);
  const office = declared && new Office(declared, origin);
  const entrance = new Entrance({ keeper, roll, sessions, place, office });
  const door = new Door({ keeper, roll, uploads, outputs, place });
  const addressOf = (context: Parameters<typeof getConnInfo>[0]) => getConnInfo(context).remote.address ?? '';
  const app = appOf({
    origin,
    keeper,
    roll,
    sessions,
    entrance,
    door,
    uploads,
    outputs,
    pages: new Pages(folder),
    addressOf,
  });
  fetching = (request, env) => app.fetch(request, env as never);
  return {
    url: `${origin}/`,
    firstCode: entrance.firstCode,
    async close() {
      await new Promise<void>((done) => {
        server.close(() => done());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
      await keeper[Symbol.asyncDispose]();
      roll[Symbol.dispose]();
      uploads[Symbol.dispose]();
      outputs[Symbol.dispose]();
    },
  };
}

function listening(server: ReturnType<typeof createAdaptorServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const inUse = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      reject(
        inUse
          ? new Problem(
              'http/port-in-use',
              `Port ${port} cannot be had on this machine. Name another with --port, or none for a free one.`,
              { port },
            )
          : error,
      );
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
