/**
 * A provider's own data, as far as its declaration reaches: what a scope covers of it, what it withholds, and which
 * accounts an identifier means. One face for the three engines; it never writes.
 */
import { realpathSync } from 'node:fs';
import { resolve as resolvePath } from 'node:path';
import type { Micros } from '../base/interval.ts';
import { Problem } from '../base/problem.ts';
import type { Identifier } from '../record/identifier.ts';
import type { Item, Scope } from '../scope/scope.ts';
import { type Count, countItem, countStatement } from './count.ts';
import type { Source as Declaration } from './declaration.ts';
import { Shape } from './draft.ts';
import { openDuckDb } from './duckdb.ts';
import { type Gathered, gatherItem, rowsStatement } from './gather.ts';
import { type Prepared, prepare } from './prepared.ts';
import type { Bounds, Reader, Reading, Statement } from './reader.ts';
import { distinct, type PreparedAccounts, prepareAccounts, type Resolved, resolveIn } from './resolve.ts';
import { Trouble, within } from './trouble.ts';

export type Asked = { signal?: AbortSignal };

/** What would be asked of the database for one item and table, and the values bound to it. */
export type Explained = { item: string; table: string; asks: 'count' | 'rows' } & Statement;

export type Source = {
  name: string;
  engine: Declaration['engine'];
  declaration: Declaration;
  /**
   * Rows the scope covers, some thousands at a time, by item, table and time; at the end a count for every item and
   * table. Rows already given are void when it throws.
   */
  gather(scope: Scope, asked?: Asked): AsyncGenerator<Gathered[], Count[]>;
  /** The same counts, with no row read. */
  count(scope: Scope, asked?: Asked): Promise<Count[]>;
  /** The accounts that had an identifier, or had it at some time in `[began, ended)`. */
  resolve(target: Identifier, began?: Micros, ended?: Micros): Promise<Resolved[]>;
  explain(scope: Scope): Explained[];
  [Symbol.asyncDispose](): Promise<void>;
};

/**
 * Opens what a declaration names and finds its tables to be as declared.
 *
 * `folder` is where the declaration stands. The password is that of the declared variable unless given. Throws
 * `source/no-password`, `source/unreachable`, `source/refused`, `source/no-table`, `source/no-column`,
 * `source/column-type`, `source/no-permission`, `source/outside` or `source/unreadable`.
 */
export async function openSource(
  declaration: Declaration,
  { folder, password }: { folder: string; password?: string },
): Promise<Source> {
  const { name, engine } = declaration;
  const limit = { limitMs: declaration.timeLimitSeconds * 1000 };
  const reader = await within({ source: name }, () => openReader(declaration, folder, password));
  let tables: Prepared[];
  let accounts: PreparedAccounts[];
  try {
    tables = await inTurn(declaration.tables, (table) => prepare(name, reader, table, limit));
    accounts = await inTurn(declaration.accounts, (table) => prepareAccounts(name, reader, table, limit));
  } catch (error) {
    await reader[Symbol.asyncDispose]();
    throw error;
  }
  const reading = (bounds: Bounds) => within({ source: name }, () => reader.begin(bounds));
  return {
    name,
    engine,
    declaration,
    async *gather(scope, { signal } = {}) {
      const bounds = { ...limit, signal };
      const counts: Count[] = [];
      await using one = await reading(bounds);
      for (const [item, prepared] of pairs(scope, tables)) {
        counts.push(yield* gatherItem(name, scope, item, prepared, one, bounds));
      }
      return counts;
    },
    async count(scope, { signal } = {}) {
      const bounds = { ...limit, signal };
      await using one = await reading(bounds);
      return await inTurn(pairs(scope, tables), ([item, prepared]) =>
        within({ source: name, table: prepared.name, item: item.id }, () =>
          countItem(scope, item, prepared, one, bounds),
        ),
      );
    },
    async resolve(target, began, ended) {
      const span = { began: began ?? null, ended: ended ?? null };
      await using one: Reading = await reading(limit);
      const found = await inTurn(accounts, (prepared) =>
        within({ source: name, table: prepared.name }, () => resolveIn(target, span, prepared, one, limit)),
      );
      return distinct(found.flat());
    },
    explain: (scope) =>
      pairs(scope, tables).flatMap(([item, prepared]) => {
        const [count, rows] = [
          countStatement(scope, item, prepared),
          rowsStatement(item, prepared, new Shape(prepared)),
        ];
        const where = { item: item.id, table: prepared.name };
        return [
          ...(count ? [{ ...where, asks: 'count' as const, ...count }] : []),
          ...(rows ? [{ ...where, asks: 'rows' as const, ...rows }] : []),
        ];
      }),
    [Symbol.asyncDispose]: () => reader[Symbol.asyncDispose](),
  };
}

async function openReader(declaration: Declaration, folder: string, password: string | undefined): Promise<Reader> {
  if (declaration.engine === 'duckdb') {
    const place = resolvePath(folder, declaration.folder);
    let real: string;
    try {
      real = realpathSync(place);
    } catch (error) {
      throw new Trouble('unreachable', `no folder ${declaration.folder}`, error);
    }
    return openDuckDb(declaration, real);
  }
  const { passwordVariable, name } = declaration;
  const secret = password ?? (passwordVariable === undefined ? undefined : process.env[passwordVariable]);
  if (passwordVariable !== undefined && secret === undefined) {
    throw new Problem(
      'source/no-password',
      `The source ${name} takes its password from ${passwordVariable}, which is not set. Nothing was opened.`,
      { source: name, variable: passwordVariable },
    );
  }
  // Read when a server is asked: most acts of a desk ask none, and every command would wait for both clients.
  if (declaration.engine === 'postgresql') return (await import('./postgresql.ts')).openPostgres(declaration, secret);
  return (await import('./clickhouse.ts')).openClickHouse(declaration, secret);
}

function pairs(scope: Scope, tables: readonly Prepared[]): [Item, Prepared][] {
  return scope.items.flatMap((item) => tables.map((table): [Item, Prepared] => [item, table]));
}

async function inTurn<T, U>(list: readonly T[], each: (one: T) => Promise<U>): Promise<U[]> {
  const all: U[] = [];
  for (const one of list) all.push(await each(one));
  return all;
}
