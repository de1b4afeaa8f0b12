/**
 * Preserved snapshots: rows as they were when a hold began, frozen under a key of their own. No command shows one; the only
 * way out is a later approved paper that names the snapshot.
 */
import { createReadStream, createWriteStream, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '../base/problem.ts';
import { decryptFile, encrypt, syncFolder, writeDurably } from '../custody/frames.ts';
import { memoryFolder } from '../custody/memory.ts';
import { itemOf } from '../production/approved-scope.ts';
import type { Gathered } from '../production/collection.ts';
import { producedCells, readProduced } from '../record/produced.ts';
import type { Kind } from '../record/record.ts';
import { type RequestFile, version } from '../request/file.ts';
import { HELD } from '../request/way.ts';
import { covers, type Scope } from '../scope/scope.ts';
import type { Count } from '../source/count.ts';
import type { House } from './house.ts';
import { folderOf } from './request-documents.ts';

const pathOf = (house: House, request: string, snapshot: string) =>
  join(folderOf(house, request), 'snapshots', `${snapshot}.enc`);
const contextOf = (request: string, snapshot: string) => `${request}/snapshot/${snapshot}`;

/** Freezes rows; its digest is that of the file as it lies there. */
export async function freeze(
  house: House,
  request: string,
  snapshot: string,
  rows: AsyncIterable<Gathered[]>,
): Promise<{ digest: string; rows: number }> {
  const path = pathOf(house, request, snapshot);
  const key = house.docket().keyFor(request);
  mkdirSync(join(folderOf(house, request), 'snapshots'), { recursive: true, mode: 0o700 });
  rmSync(path, { force: true });
  let count = 0;
  async function* lines(): AsyncGenerator<Uint8Array> {
    for await (const chunk of rows) {
      count += chunk.length;
      yield Buffer.from(
        chunk
          .map(({ item, draft, locator }) => `${JSON.stringify([draft.kind, locator, producedCells(draft, item)])}\n`)
          .join(''),
      );
    }
  }
  const { sha256 } = await writeDurably(path, encrypt(key, contextOf(request, snapshot), lines()));
  await syncFolder(join(folderOf(house, request), 'snapshots'));
  return { digest: sha256, rows: count };
}

export function thaw(house: House, request: string, snapshot: string): void {
  rmSync(pathOf(house, request, snapshot), { force: true });
}

/**
 * Rows of the snapshots that approved items name, as far as these items cover them; counted like a source's. Rows only in
 * the snapshot that the later paper does not cover stay in it.
 */
export async function snapshotRows(
  house: House,
  file: RequestFile,
  scope: Scope,
  take: (row: Gathered) => void,
): Promise<Count[]> {
  const counts: Count[] = [];
  const named = version(file).demand.items.flatMap(({ id, snapshot }) =>
    snapshot === undefined ? [] : [{ id, snapshot }],
  );
  for (const snapshot of new Set(named.map((one) => one.snapshot))) {
    const ids = named.filter((one) => one.snapshot === snapshot).map(({ id }) => id);
    const own: Scope = { ...scope, items: scope.items.filter(({ id }) => ids.includes(itemOf(id))) };
    if (own.items.length === 0) continue;
    counts.push(...(await rowsWithin(house, holderOf(house, snapshot), snapshot, own, take)));
  }
  return counts;
}

/** Throws `preservation/no-snapshot` when there is none, or its hold has ended. */
function holderOf(house: House, snapshot: string): string {
  const docket = house.docket();
  const holder = docket.marked({ kind: 'snapshot', value: snapshot }).find((request) => {
    const { hold, state } = docket.file(request);
    return hold?.snapshot === snapshot && (HELD.includes(state) || state === 'p_converted');
  });
  if (holder !== undefined && existsSync(pathOf(house, holder, snapshot))) return holder;
  throw new Problem(
    'preservation/no-snapshot',
    `There is no snapshot ${snapshot}, or its hold has ended and it was deleted. Nothing was gathered.`,
    { snapshot },
  );
}

async function rowsWithin(
  house: House,
  holder: string,
  snapshot: string,
  scope: Scope,
  take: (row: Gathered) => void,
): Promise<Count[]> {
  const counts = new Map(
    scope.items.map(({ id }) => [
      id,
      { item: id, table: `snapshot ${snapshot}`, produced: 0, withheld: {}, parts: {} } as Count,
    ]),
  );
  using memory = memoryFolder();
  const clear = join(memory.path, 'snapshot.jsonl');
  const key = house.docket().keyFor(holder);
  await pipeline(
    Readable.from(decryptFile(pathOf(house, holder, snapshot), key, contextOf(holder, snapshot))),
    createWriteStream(clear, { mode: 0o600 }),
  );
  for await (const line of createInterface({ input: createReadStream(clear), crlfDelay: Number.POSITIVE_INFINITY })) {
    const [kind, locator, cells] = JSON.parse(line) as [Kind, string, string[]];
    const read = readProduced(kind, cells);
    if (typeof read === 'string') throw new TypeError(`a frozen row does not read back: ${read}`);
    const { draft } = read;
    const decision = covers(scope, {
      subjects: draft.subjects,
      category: draft.category,
      state: draft.kind === 'fact',
      began: draft.began,
      ended: draft.ended,
      undetermined: draft.undetermined,
    });
    if ('item' in decision) {
      counts.get(decision.item)!.produced++;
      take({ item: decision.item, draft, locator });
    } else if (decision.sealed !== 'another account') {
      // Counted where an item names its account; which of several does not matter to whoever reads the sum.
      const first = scope.items[0]!.id;
      const withheld = counts.get(first)!.withheld;
      withheld[decision.sealed] = (withheld[decision.sealed] ?? 0) + 1;
    }
  }
  return [...counts.values()];
}
