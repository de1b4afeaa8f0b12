/** The files of a declared table: those a pattern names, in the order of their names, none of them outside the folder. */
import { globSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Problem } from '../base/problem.ts';
import { Trouble } from './trouble.ts';

/** `name` is relative to the folder of the source; `path` is where it is, links followed. */
export type DataFile = { name: string; path: string; format: 'parquet' | 'csv' };

/** `folder` has no links in it. Throws `source/outside` when a link leads out of it. */
export function dataFiles(folder: string, pattern: string): DataFile[] {
  const names = globSync(pattern, { cwd: folder }).sort();
  if (names.length === 0) throw new Trouble('no-table', `no file is named ${pattern}`);
  return names.map((found) => {
    const path = realpathSync(join(folder, found));
    const name = relative(folder, join(folder, found));
    if (!path.startsWith(folder + sep)) {
      throw new Problem(
        'source/outside',
        `${name} leads out of the folder of its source. Nothing was read. Put the file itself there, or name another folder.`,
        { file: name },
      );
    }
    // The engine would take such a name for a pattern.
    if (/[*?[\]{}]/.test(path)) throw new Trouble('unreadable', `a name with a sign of a pattern: ${name}`);
    return { name, path, format: /\.parquet$/.test(name) ? 'parquet' : 'csv' };
  });
}
