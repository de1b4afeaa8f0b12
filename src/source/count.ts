/**
 * How many rows of a table an item lets through, and how many not, and why: counted in the database, without reading one.
 *
 * Rows come back as groups of what decides: whose they are, and where their times lie among the beginnings and ends of
 * all ranges. Only times the engine cannot compare come back as they are.
 */
import type { Micros } from '../base/interval.ts';
import { covers, type Item, type Scope, type SealingReason, type Subject } from '../scope/scope.ts';
import { Bound } from './bound.ts';
import type { Clock } from './clock.ts';
import { namingSql, subjectIn } from './naming.ts';
import { ownerOf } from './owner.ts';
import type { Prepared } from './prepared.ts';
import type { Bounds, Cell, Reading, Statement } from './reader.ts';

/** What one item gets of one table. `parts` are rows handed over without a part, by the part's category. */
export type Count = {
  item: string;
  table: string;
  produced: number;
  withheld: Partial<Record<SealingReason, number>>;
  parts: Record<string, number>;
};

/** Null when no column of the table can name the item's target. */
export function countStatement(scope: Scope, item: Item, prepared: Prepared): Statement | null {
  const { dialect, relation, identifiers, clock, table } = prepared;
  const bound = new Bound(dialect);
  const naming = namingSql(item.target, identifiers, dialect, bound);
  if (naming === null) return null;
  const columns = [
    ...identifiers.map(({ column }) => dialect.text(column)),
    ...(clock === null ? [] : clock.exact ? placeSql(clock, boundariesOf(scope), bound) : clock.cells()),
    ...table.parts.map((part) => presentSql(part.columns, prepared)),
  ];
  const groups = columns.map((_, index) => index + 1).join(', ');
  return {
    sql: `select ${columns.join(', ')}, ${dialect.asText('count(*)')} from ${relation} where ${naming} group by ${groups}`,
    values: bound.values,
  };
}

export async function countItem(
  scope: Scope,
  item: Item,
  prepared: Prepared,
  reading: Reading,
  bounds: Bounds,
): Promise<Count> {
  const count: Count = { item: item.id, table: prepared.name, produced: 0, withheld: {}, parts: {} };
  const statement = countStatement(scope, item, prepared);
  if (statement === null) return count;
  const read = groupReader(scope, prepared);
  for await (const rows of reading.rows(statement, bounds)) {
    for (const cells of rows) add(count, scope, item, read(cells));
  }
  return count;
}

type Group = { subject: Subject; parts: string[]; rows: number };

function add(count: Count, scope: Scope, item: Item, { subject, parts, rows }: Group): void {
  const owner = ownerOf(scope, subject);
  if (owner?.item !== item.id) return;
  if (owner.withheld !== null) {
    count.withheld[owner.withheld] = (count.withheld[owner.withheld] ?? 0) + rows;
    return;
  }
  count.produced += rows;
  for (const category of parts) {
    if ('item' in covers(scope, { ...subject, category })) continue;
    count.parts[category] = (count.parts[category] ?? 0) + rows;
  }
}

function groupReader(scope: Scope, { identifiers, clock, table }: Prepared): (cells: Cell[]) => Group {
  const boundaries = boundariesOf(scope);
  const times = clock === null ? 0 : clock.exact ? PLACE_CELLS : clock.cells().length;
  return (cells) => {
    const named = cells.slice(0, identifiers.length);
    const when = cells.slice(named.length, named.length + times);
    const flags = cells.slice(named.length + times, -1);
    return {
      subject: {
        subjects: identifiers.flatMap(
          ({ declared: { type, callingCode } }, index) => subjectIn(named[index]!, type, callingCode) ?? [],
        ),
        category: table.category,
        state: clock === null,
        ...(clock === null
          ? { began: null, ended: null }
          : clock.exact
            ? placeIn(when, boundaries, clock)
            : clock.when(when)),
      },
      parts: table.parts.filter((_, index) => flags[index] === '1').map(({ category }) => category),
      rows: Number(cells.at(-1)),
    };
  };
}

/** Whether any of the columns holds something. */
function presentSql(columns: readonly string[], { dialect, column }: Prepared): string {
  const any = columns.map((name) => `coalesce(${dialect.text(column(name))}, '') <> ''`).join(' or ');
  return `case when ${any} then '1' else '0' end`;
}

function boundariesOf({ items }: Scope): Micros[] {
  const all = new Set(items.flatMap(({ range }) => [range.began, range.ended]));
  return [...all].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** How many boundaries the start has reached; how many the end has passed; whether it is a span at all. */
const PLACE_CELLS = 3;

function placeSql({ began, ended }: Clock, boundaries: Micros[], bound: Bound): string[] {
  const among = (number: string, thresholds: bigint[]) => {
    const below = thresholds.map((least, index) => `when ${number} < ${bound.integer(least)} then '${index}'`);
    return `case when ${number} is null then null ${below.join(' ')} else '${thresholds.length}' end`;
  };
  return [
    among(
      began.number,
      boundaries.map((boundary) => began.threshold(boundary, 'reached')),
    ),
    ended === null
      ? `'0'`
      : among(
          ended.number,
          boundaries.map((boundary) => ended.threshold(boundary, 'passed')),
        ),
    ended === null ? `'0'` : `case when ${ended.number} > ${began.number} then '1' else '0' end`,
  ];
}

/** Times that lie among the boundaries as those of the group do; the scope cannot tell them apart. */
function placeIn([start, end, span]: Cell[], boundaries: Micros[], clock: Clock) {
  const unknown = { began: null, ended: null, undetermined: 'no time' };
  if (start === null || (clock.ended !== null && end === null)) return unknown;
  const [reached, passed] = [Number(start), Number(end)];
  const began = reached === 0 ? boundaries[0]! - 1n : boundaries[reached - 1]!;
  if (span !== '1') return { began, ended: null };
  return { began, ended: passed === 0 ? boundaries[0]! : boundaries[passed - 1]! + 1n };
}
