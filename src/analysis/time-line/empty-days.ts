/** Days that a source covers from midnight to midnight and for which it holds nothing: produced empty. */
import type { Interval } from '../../base/interval.ts';
import type { Scoped } from '../../store/scoped.ts';
import { type Chosen, placedSql } from './chosen.ts';
import { daySql } from './days.ts';
import { inWindow } from './quiet.ts';
import type { Source } from './sources.ts';

const RUNS_SHOWN = 100;

type EmptyDays = {
  return: string;
  format: string;
  kind: string;
  coverage: 'ordered and stated' | 'ordered; the return states no range';
  /** Whole local days covered, and how many of them hold no record. */
  days: number;
  empty: number;
  /** Stretches of empty days in order, both ends included; at most 100. */
  runs: { first: string; last: string; days: number }[];
  runsInAll: number;
};

export async function emptyDays(
  scoped: Scoped,
  chosen: Chosen,
  sources: readonly Source[],
  zone: string,
): Promise<EmptyDays[]> {
  const touched = await daysTouched(scoped, chosen, zone);
  return sources.flatMap(({ return: from, format, kind, covered, stated }) => {
    const whole = inWindow(covered, chosen).map((interval) => wholeDays(interval, zone));
    const days = whole.reduce((sum, { first, last }) => sum + Math.max(0, last - first + 1), 0);
    if (days === 0) return [];
    const own = touched.get(JSON.stringify([from, format, kind])) ?? [];
    const runs = whole.flatMap((range) => runsBetween(range, own));
    return [
      {
        return: from,
        format,
        kind,
        coverage: stated === null ? 'ordered; the return states no range' : 'ordered and stated',
        days,
        empty: runs.reduce((sum, { first, last }) => sum + last - first + 1, 0),
        runs: runs
          .slice(0, RUNS_SHOWN)
          .map(({ first, last }) => ({ first: dayText(first), last: dayText(last), days: last - first + 1 })),
        runsInAll: runs.length,
      } satisfies EmptyDays,
    ];
  });
}

type DayRange = { first: number; last: number };

/** By source, the days its records touch, in order of their first day. */
async function daysTouched(scoped: Scoped, chosen: Chosen, zone: string): Promise<Map<string, DayRange[]>> {
  const [span] = await scoped.rows<{ first: bigint | null; last: bigint | null }>(
    `select min(began) as first, max(greatest(ended, began)) as last from records where ${placedSql(chosen)}`,
  );
  const touched = new Map<string, DayRange[]>();
  if (!span || span.first === null || span.last === null) return touched;
  const [first, last] = ['epoch_us(began)', 'greatest(epoch_us(ended) - 1, epoch_us(began))'].map((micros) =>
    daySql(micros, zone, span.first!, span.last!),
  );
  const rows = await scoped.rows<{ return: string; format: string; kind: string; first: string; last: string }>(
    `select distinct "return", coalesce(format, 'unknown format') as format, kind, ${first} as first, ${last} as last
     from records where ${placedSql(chosen)} order by all`,
  );
  for (const row of rows) {
    const key = JSON.stringify([row.return, row.format, row.kind]);
    const days = touched.get(key) ?? [];
    days.push({ first: dayNumber(row.first), last: dayNumber(row.last) });
    touched.set(key, days);
  }
  for (const days of touched.values()) days.sort((a, b) => a.first - b.first || a.last - b.last);
  return touched;
}

/** What of `range` none of the touched days reaches. */
function runsBetween(range: DayRange, touched: readonly DayRange[]): DayRange[] {
  const runs: DayRange[] = [];
  let from = range.first;
  for (const { first, last } of touched) {
    if (first > range.last) break;
    if (first > from) runs.push({ first: from, last: first - 1 });
    from = Math.max(from, last + 1);
  }
  if (from <= range.last) runs.push({ first: from, last: range.last });
  return runs;
}

/** The first and last day that lie in the interval from their own midnight to the next. */
function wholeDays({ began, ended }: Interval, zone: string): DayRange {
  const local = (micros: bigint) => Temporal.Instant.fromEpochNanoseconds(micros * 1000n).toZonedDateTimeISO(zone);
  const [start, end] = [local(began), local(ended)];
  const whole = start.startOfDay().epochNanoseconds === start.epochNanoseconds;
  return {
    first: dayNumber(start.toPlainDate().toString()) + (whole ? 0 : 1),
    last: dayNumber(end.toPlainDate().toString()) - 1,
  };
}

const EPOCH = Temporal.PlainDate.from('1970-01-01');
const dayNumber = (text: string) => EPOCH.until(Temporal.PlainDate.from(text), { largestUnit: 'day' }).days;
const dayText = (number: number) => EPOCH.add({ days: number }).toString();
