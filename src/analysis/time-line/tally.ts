/** All records asked about, counted once each: in the order, known to a day only, without a time, or outside the window. */
import type { Scoped } from '../../store/scoped.ts';
import { alikeSql, type Chosen, IMPRECISE, placedSql } from './chosen.ts';

export type Tally = {
  timed: number;
  imprecise: number;
  untimed: number;
  outside: number;
  first: bigint | null;
  last: bigint | null;
  withoutTime: { format: string; kind: string; records: number }[];
  precision: Record<string, number>;
  zoneBases: Record<string, number>;
};

export async function tallied(scoped: Scoped, chosen: Chosen): Promise<Tally> {
  const rows = await scoped.rows<{ format: string; kind: string; precision: string; basis: string; state: string; n: bigint; first: bigint | null; last: bigint | null }>(
    `select coalesce(format, 'unknown format') as format, kind, coalesce(precision, 'none') as precision, coalesce(zone_basis, 'unknown') as basis,
       case when began is null then 'untimed' when not (${placedSql(chosen)}) then 'outside' when ${IMPRECISE} then 'imprecise' else 'timed' end as state,
       count(*) as n, min(began) as first, max(began) as last
     from records where ${alikeSql(chosen)} group by all order by all`,
  ); // biome-ignore format: one
  const tally: Tally = {
    timed: 0,
    imprecise: 0,
    untimed: 0,
    outside: 0,
    first: null,
    last: null,
    withoutTime: [],
    precision: {},
    zoneBases: {},
  };
  for (const { format, kind, precision, basis, state, n, first, last } of rows) {
    const count = Number(n);
    tally[state as 'timed'] += count;
    if (state === 'timed' || state === 'imprecise') {
      tally.precision[precision] = (tally.precision[precision] ?? 0) + count;
      tally.zoneBases[basis] = (tally.zoneBases[basis] ?? 0) + count;
    }
    if (state === 'timed') {
      if (tally.first === null || first! < tally.first) tally.first = first;
      if (tally.last === null || last! > tally.last) tally.last = last;
    }
    if (state !== 'untimed') continue;
    const known = tally.withoutTime.find((one) => one.format === format && one.kind === kind);
    if (known) known.records += count;
    else tally.withoutTime.push({ format, kind, records: count });
  }
  return tally;
}
