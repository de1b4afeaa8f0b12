/** The pages themselves: the files that `web/build.ts` made, read once when the server starts. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { Problem } from '../base/problem.ts';
import { nothingHere } from './outputs.ts';
import { answered } from './problem.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.bin': 'application/octet-stream',
};

export class Pages {
  readonly #files = new Map<string, { bytes: Buffer; type: string }>();

  /** Throws `http/no-pages` where they were not built. */
  constructor(folder: string) {
    if (!existsSync(join(folder, 'index.html'))) {
      throw new Problem(
        'http/no-pages',
        `The pages are not built. \`node web/build.ts\` in the checkout makes them; script/demo does it for you.`,
      );
    }
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const type = TYPES[extname(entry.name)];
      if (type) this.#files.set(`/${relative(folder, path).split(sep).join('/')}`, { bytes: readFileSync(path), type });
    }
  }

  /** A file, or the one page for every place in it. */
  answer(path: string, accept: string): Response {
    const file =
      this.#files.get(path) ??
      (accept.includes('text/html') && !extname(path) ? this.#files.get('/index.html') : undefined);
    if (!file) return answered(nothingHere());
    // Names of built files carry their digest; the page that names them is asked for anew each time.
    const isNamed = path.startsWith('/assets/');
    return new Response(new Uint8Array(file.bytes), {
      headers: {
        'content-type': file.type,
        'cache-control': isNamed ? 'private, max-age=31536000, immutable' : 'no-store',
      },
    });
  }
}
