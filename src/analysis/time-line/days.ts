/** Records counted by local day. Which offset held when comes from the time zone database, not from the store. */
import type { Scoped } from '../../store/scoped.ts';
import { offsetSpans } from '../time/zone.ts';
import { type Chosen, IMPRECISE, placedSql } from './chosen.ts';

type DayCount = { day: string; format: string; kind: string; records: number };

export async function perDay(scoped: Scoped, chosen: Chosen, zone: string): Promise<DayCount[]> {
  const timed = `${placedSql(chosen)} and not coalesce(${IMPRECISE}, false)`;
  const [span] = await scoped.rows<{ first: bigint | null; last: bigint | null }>(
    `select min(began) as first, max(began) as last from records where ${timed}`,
  );
  if (!span || span.first === null || span.last === null) return [];
  const rows = await scoped.rows<{ day: string; format: string | null; kind: string; n: bigint }>(
    `select ${daySql('epoch_us(began)', zone, span.first, span.last)} as day, format, kind, count(*) as n
     from records where ${timed} group by all order by all`,
  );
  return rows.map(({ day, format, kind, n }) => ({
    day,
    format: format ?? 'unknown format',
    kind,
    records: Number(n),
  }));
}

/** The local calendar day of an instant in microseconds, `2017-03-12`, for instants from `first` to `last`. */
export function daySql(micros: string, zone: string, first: bigint, last: bigint): string {
  const spans = offsetSpans(zone, { began: first, ended: last + 1n });
  const cases = spans.slice(0, -1).map(({ ended, offset }) => `when ${micros} < ${ended} then ${offset}`);
  const offset =
    spans.length > 1 ? `case ${cases.join(' ')} else ${spans.at(-1)!.offset} end` : `${spans.at(-1)?.offset ?? 0n}`;
  return `make_timestamp(${micros} + ${offset})::date::varchar`;
}
