/** Where a row stands in its source, so that the provider finds it again. */
import type { Locator } from '../record/record.ts';
import type { Cell } from './reader.ts';

/** What the rows of files have instead of a key. No column of a file is called so. */
export const FILE_OF_ROW = 'fourcorners file';
export const ROW_IN_FILE = 'fourcorners row';

/** `logins id=17`, or for files `logins 2017-02.parquet row 17`. */
export function locatorOf(table: string, key: readonly string[], cells: readonly Cell[]): Locator {
  if (key[0] === FILE_OF_ROW) return `${table === cells[0] ? '' : `${table} `}${cells[0]} row ${cells[1]}`;
  return `${table} ${key.map((name, index) => `${name}=${cells[index] ?? ''}`).join(' ')}`;
}
