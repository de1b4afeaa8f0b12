/**
 * Shows a finished report in a browser on this machine: the files of one folder, to be read and nothing else.
 *
 * Listens on loopback only. What it serves is what was there when it started; a name that is not in the folder is not found.
 */
import { createReadStream, readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, relative, sep } from 'node:path';
import { Problem } from '../base/problem.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.pdf': 'application/pdf',
  '.json': 'application/json; charset=utf-8',
  '.csv': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
};

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export type Shown = { url: string; server: Server };

/** Port 0 takes a free one. Throws `http/port-in-use`. */
export async function show(folder: string, port: number): Promise<Shown> {
  const files = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [`/${relative(folder, path).split(sep).map(encodeURIComponent).join('/')}`, path]),
  );
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/report.html' : (request.url ?? '').split('?', 1)[0]!;
    const file = files.get(path);
    const headers = {
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') response.writeHead(405, headers).end();
    else if (!isLoopbackName(request.headers.host) || file === undefined)
      response.writeHead(404, headers).end('Not found.\n');
    else {
      response.writeHead(200, { ...headers, 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
      if (request.method === 'HEAD') response.end();
      else createReadStream(file).pipe(response);
    }
  });
  await new Promise<void>((resolve, reject) => {
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
    server.listen(port, '127.0.0.1', resolve);
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

/** A page elsewhere that was pointed at this machine names itself in the request; it gets nothing. */
function isLoopbackName(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host ?? '');
}
