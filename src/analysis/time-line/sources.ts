/**
 * Where the records came from, and for which time each source could have held any: what was ordered, what its return
 * states, and what is left between the two.
 */
import type { Interval } from '../../base/interval.ts';
import type { Scoped } from '../../store/scoped.ts';
import { byText } from '../place/figures.ts';
import { intersection, union } from '../time/exposure.ts';
import { alikeSql, type Chosen } from './chosen.ts';
import { type OrderedRange, rangesFor } from './ordered.ts';

export type SourceFile = {
  return: string;
  file: string;
  format: string;
  records: number;
  first: bigint | null;
  last: bigint | null;
  ordered: OrderedRange[];
  stated: Interval[];
};

/** One kind of record from one return: what a habit is looked for in. */
export type Source = {
  return: string;
  format: string;
  kind: string;
  ordered: Interval[];
  /** Null when the return states no range of its own. */
  stated: Interval[] | null;
  /** Ordered, and where the return states a range inside that too. */
  covered: Interval[];
  notStated: Interval[];
};

type Row = {
  return: string;
  file: string | null;
  format: string | null;
  kind: string;
  item: string | null;
  category: string | null;
  account: string | null;
  account_type: string | null;
  n: bigint;
  first: bigint | null;
  last: bigint | null;
};

export async function sourcesOf(scoped: Scoped, chosen: Chosen): Promise<{ files: SourceFile[]; sources: Source[] }> {
  const rows = await scoped.rows<Row>(
    `select "return", file, format, kind, item, category, account, account_type, count(*) as n, min(began) as first, max(began) as last
     from records where ${alikeSql(chosen)} group by all order by all`,
  );
  const statedIn = (from: string, file?: string | null) =>
    scoped.coverage.flatMap((one) =>
      one.return === from && (file === undefined || one.file === file) && one.began !== null && one.ended !== null
        ? [{ began: one.began, ended: one.ended }]
        : [],
    );
  const files = new Map<string, SourceFile>();
  const grouped = new Map<string, { return: string; format: string; kind: string; ordered: OrderedRange[] }>();
  for (const row of rows) {
    const ordered = rangesFor(scoped.ranges, { ...row, accountType: row.account_type });
    const [file, format] = [row.file ?? '', row.format ?? 'unknown format'];
    const key = JSON.stringify([row.return, file, format]);
    const known = files.get(key) ?? {
      return: row.return,
      file,
      format,
      records: 0,
      first: null,
      last: null,
      ordered: [],
      stated: statedIn(row.return, row.file),
    };
    known.records += Number(row.n);
    if (row.first !== null && (known.first === null || row.first < known.first)) known.first = row.first;
    if (row.last !== null && (known.last === null || row.last > known.last)) known.last = row.last;
    known.ordered = distinct([...known.ordered, ...ordered]);
    files.set(key, known);
    // A fact is a state as of an answer: no habit could show in it.
    if (row.first === null || row.kind === 'fact') continue;
    const source = JSON.stringify([row.return, format, row.kind]);
    const group = grouped.get(source) ?? { return: row.return, format, kind: row.kind, ordered: [] };
    group.ordered = distinct([...group.ordered, ...ordered]);
    grouped.set(source, group);
  }
  for (const { return: from, file, format } of scoped.coverage) {
    const key = JSON.stringify([from, file, format]);
    if (!files.has(key))
      files.set(key, {
        return: from,
        file,
        format,
        records: 0,
        first: null,
        last: null,
        ordered: [],
        stated: statedIn(from, file),
      });
  }
  return {
    files: [...files.entries()].toSorted(([a], [b]) => byText(a, b)).map(([, one]) => one),
    sources: [...grouped.entries()].toSorted(([a], [b]) => byText(a, b)).map(([, one]) => {
      const ordered = union(one.ordered);
      const stated = statedIn(one.return);
      const own = stated.length > 0 ? union(stated) : null;
      const covered = own === null ? ordered : intersection(ordered, own);
      return { ...one, ordered, stated: own, covered, notStated: own === null ? [] : without(ordered, own) };
    }),
  }; // biome-ignore format: two lists
}

/** What of `whole` lies in none of `parts`; both in order and without overlaps. */
export function without(whole: readonly Interval[], parts: readonly Interval[]): Interval[] {
  return whole.flatMap(({ began, ended }) => {
    const left: Interval[] = [];
    let from = began;
    for (const part of parts) {
      if (part.ended <= from || part.began >= ended) continue;
      if (part.began > from) left.push({ began: from, ended: part.began });
      from = part.ended;
    }
    if (from < ended) left.push({ began: from, ended });
    return left;
  });
}

function distinct(ranges: OrderedRange[]): OrderedRange[] {
  return [
    ...new Map(
      ranges.map((range) => [`${range.target}\n${range.category}\n${range.began}\n${range.ended}`, range]),
    ).values(),
  ];
}
