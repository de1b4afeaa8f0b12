/**
 * Someone who was handed a sealed file, a key that opens it and the sender's public key, and nothing else: no data
 * directory, no environment of a desk, and no network where this machine can take it away.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Ran } from '../command.ts';
import { write } from './sample-order.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

export type Stranger = {
  file: string;
  run(...words: string[]): Ran;
  /** What lies on the table now. */
  table(): string[];
};

/** Puts the file, its label and `identity.txt` into a new folder, where the stranger sits. */
export function stranger(folder: string, file: string, identity: string): Stranger {
  mkdirSync(folder);
  for (const path of [file, `${file}.json`]) copyFileSync(path, join(folder, basename(path)));
  write(join(folder, 'identity.txt'), `${identity}\n`);
  const [program, before] = withoutNetwork();
  return {
    file: basename(file),
    run(...words) {
      const { status, stdout, stderr } = spawnSync(program, [...before, MAIN, ...words], {
        env: { PATH: process.env['PATH'] },
        cwd: folder,
        encoding: 'utf8',
      });
      return { status, out: stdout, err: stderr, json: () => JSON.parse(stdout) as Record<string, never> };
    },
    table: () => readdirSync(folder).sort(),
  };
}

/** A network namespace of its own, where whoever runs the tests may make one. */
function withoutNetwork(): [string, string[]] {
  const flags = ['-n', '-rn'].find((one) => spawnSync('unshare', [one, 'true']).status === 0);
  return flags === undefined ? [process.execPath, []] : ['unshare', [flags, process.execPath]];
}
