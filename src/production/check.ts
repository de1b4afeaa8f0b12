/**
 * The second look at a collection: every row read back from its file and decided anew, every file held against its digest.
 *
 * It shares no step with the gathering but the meaning of the scope: what a query let through by mistake is found here.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../base/digest.ts';
import { textFrom } from '../base/interval.ts';
import { Problem } from '../base/problem.ts';
import type { Accounting } from '../formats/production/accounting.ts';
import { readCsv } from '../formats/reading/csv.ts';
import { fileOnDisk } from '../formats/reading/files.ts';
import { readProduced } from '../record/produced.ts';
import { KINDS, type Kind } from '../record/record.ts';
import { covers, type Scope } from '../scope/scope.ts';
import { itemOf } from './approved-scope.ts';
import type { ProducedFile } from './collection.ts';

export type Rechecked = {
  digest: string;
  rows: number;
  /** What an eye can hold against the approval: rows and first and last moment of each item. */
  items: { item: string; rows: number; began: string | null; ended: string | null }[];
};

/** Throws `production/not-covered`, `production/file-differs`, `production/sums-differ`, naming the row or the file. */
export async function recheck(
  folder: string,
  scope: Scope,
  files: readonly ProducedFile[],
  accounting: Accounting,
): Promise<Rechecked> {
  const found = new Map<string, { rows: number; began: bigint | null; ended: bigint | null }>();
  for (const { path, sha256: expected, rows } of files) {
    if ((await digestAt(join(folder, path))) !== expected)
      throw new Problem('production/file-differs', `${path} is not the file that was collected. Collect anew.`, {
        path,
      });
    const kind = KINDS.find((one) => path === `records/${one}.csv`);
    if (kind === undefined) continue;
    const counted = await eachRow(join(folder, path), kind, (item, draft, place) => {
      const decision = covers(scope, {
        subjects: draft.subjects,
        category: draft.category,
        state: draft.kind === 'fact',
        began: draft.began,
        ended: draft.ended,
        undetermined: draft.undetermined,
      });
      if (!('item' in decision) || itemOf(decision.item) !== item) {
        throw new Problem(
          'production/not-covered',
          `${path}, ${place}: this row is not covered by item ${item} (${'sealed' in decision ? decision.sealed : `item ${decision.item} covers it`}). Nothing is released; collect anew.`,
          { path, place, item },
        );
      }
      const so = found.get(item) ?? { rows: 0, began: null, ended: null };
      so.rows++;
      if (draft.began !== null && (so.began === null || draft.began < so.began)) so.began = draft.began;
      const end = draft.ended ?? draft.began;
      if (end !== null && (so.ended === null || end > so.ended)) so.ended = end;
      found.set(item, so);
    });
    if (counted !== rows)
      throw new Problem('production/sums-differ', `${path} has ${counted} rows, ${rows} were counted. Collect anew.`, {
        path,
      });
  }
  const total = [...found.values()].reduce((sum, { rows }) => sum + rows, 0);
  if (total !== accounting.produced)
    throw new Problem(
      'production/sums-differ',
      `${total} rows stand in the files, the accounting says ${accounting.produced}. Collect anew.`,
    );
  return {
    digest: sha256(files.map(({ path, sha256: of, rows }) => `${of} ${rows} ${path}\n`).join('')),
    rows: total,
    items: [...found].map(([item, { rows, began, ended }]) => ({
      item,
      rows,
      began: began === null ? null : textFrom(began),
      ended: ended === null ? null : textFrom(ended),
    })),
  };
}

type Draft = Extract<ReturnType<typeof readProduced>, object>['draft'];

async function eachRow(
  path: string,
  kind: Kind,
  take: (item: string, draft: Draft, place: string) => void,
): Promise<number> {
  let rows = -1;
  for await (const row of readCsv(fileOnDisk(path), { delimiter: ',' })) {
    rows++;
    if (rows === 0) continue;
    const read = 'unreadable' in row ? row.unreadable : readProduced(kind, row.fields);
    if (typeof read === 'string')
      throw new Problem(
        'production/not-covered',
        `records/${kind}.csv, row ${row.number}: ${read}. Nothing is released; collect anew.`,
        { kind, row: row.number },
      );
    take(read.item, read.draft, `row ${row.number}`);
  }
  return Math.max(0, rows);
}

async function digestAt(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}
