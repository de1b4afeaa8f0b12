/**
 * The rows of a source that a scope covers, each with the item that covers it and its place; and a count of all the rest.
 *
 * One bounded query for each item and table. The database narrows, `covers()` decides; a row that several items cover is
 * given once, for the first of them. What is withheld is counted and does not leave.
 */
import type { Draft, Locator } from '../record/record.ts';
import { covers, type Item, type Scope } from '../scope/scope.ts';
import { Bound } from './bound.ts';
import { type Count, countItem } from './count.ts';
import { Shape } from './draft.ts';
import { namingSql } from './naming.ts';
import { ownerOf } from './owner.ts';
import { without } from './part.ts';
import type { Prepared } from './prepared.ts';
import type { Bounds, Cell, Reading, Statement } from './reader.ts';
import { problemFrom, Trouble, within } from './trouble.ts';

export type Gathered = { item: string; draft: Draft; locator: Locator };

/** Null when the table can hold nothing for the item. */
export function rowsStatement(item: Item, prepared: Prepared, shape: Shape): Statement | null {
  const { dialect, relation, identifiers, clock, key, table } = prepared;
  if (!item.categories.includes(table.category)) return null;
  const bound = new Bound(dialect);
  const naming = namingSql(item.target, identifiers, dialect, bound);
  if (naming === null) return null;
  const conditions = [naming, ...(clock?.narrowing(item.range, bound) ?? [])];
  const order = [...(clock ? [clock.began.order] : []), ...key.map((column) => orderOf(column, prepared))];
  return {
    sql: `select ${shape.cells.join(', ')} from ${relation} where ${conditions.join(' and ')} order by ${order.join(', ')}`,
    values: bound.values,
  };
}

function orderOf(column: Prepared['key'][number], { dialect }: Prepared): string {
  return column.storage === 'integer' ? dialect.name(column.name) : dialect.bytes(dialect.text(column));
}

/** Rows for one item of one table, then its count. Throws when the two do not agree. */
export async function* gatherItem(
  source: string,
  scope: Scope,
  item: Item,
  prepared: Prepared,
  reading: Reading,
  bounds: Bounds,
): AsyncGenerator<Gathered[], Count> {
  const where = { source, table: prepared.name, item: item.id };
  const count = await within(where, () => countItem(scope, item, prepared, reading, bounds));
  const shape = new Shape(prepared);
  const statement = count.produced === 0 ? null : rowsStatement(item, prepared, shape);
  let given = 0;
  if (statement !== null) {
    const rows = reading.rows(statement, bounds);
    try {
      for (;;) {
        const next = await within(where, () => rows.next());
        if (next.done) break;
        const gathered = next.value.flatMap((cells) => rowFor(scope, item, shape, cells) ?? []);
        given += gathered.length;
        if (gathered.length > 0) yield gathered;
      }
    } finally {
      await rows.return(undefined);
    }
  }
  if (given !== count.produced)
    throw problemFrom(new Trouble('changed', `${count.produced} counted, ${given} read`), where);
  return count;
}

function rowFor(scope: Scope, item: Item, shape: Shape, cells: readonly Cell[]): Gathered | null {
  const subject = shape.subject(cells);
  const owner = ownerOf(scope, subject);
  if (owner?.item !== item.id || owner.withheld !== null) return null;
  const draft = shape.draft(cells, subject);
  const uncovered = (draft.parts ?? []).filter(({ category }) => 'sealed' in covers(scope, { ...subject, category }));
  return { item: item.id, draft: without(draft, uncovered), locator: shape.locator(cells) };
}
