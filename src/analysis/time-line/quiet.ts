/**
 * The longest stretches of covered time in which a source holds no record, and how unusual they are for its own habit.
 *
 * No record is not absence: a stretch may be quiet because nothing happened, because nothing was kept, or because it was
 * not produced (reference: inference, 5.4). A record known to a day takes up the whole day: what is left is quiet for certain.
 */
import { type Interval, textFrom } from '../../base/interval.ts';
import type { Scoped } from '../../store/scoped.ts';
import { significant } from '../place/figures.ts';
import { intersection } from '../time/exposure.ts';
import { GAP_MINUTES } from '../time/sessions.ts';
import { DAY } from '../time/zone.ts';
import { type Chosen, placedSql } from './chosen.ts';
import type { Source } from './sources.ts';

const SHOWN = 3;

export type Stretch = {
  began: string;
  ended: string;
  days: number;
  /** Among all stretches between this source's sessions, 1 for the longest. */
  rank: number;
  /** Chance of no record in so many days of one's choice, the habit unchanged. */
  chance: number;
  /** Upper bound of the chance that the longest of all stretches is this long, for it was chosen after looking. */
  chanceOfAny: number;
};

export type Quiet = {
  return: string;
  format: string;
  kind: string;
  sessions: number;
  coveredDays: number;
  coverage: 'ordered and stated' | 'ordered; the return states no range';
  stretches: number;
  longest: Stretch[];
};

/** `n` sessions came in `covered` days; the chance of none in `gap` further days (Gamma(n + ½) over the rate). */
export function chanceOfQuiet(n: number, covered: number, gap: number): number {
  return (covered / (covered + gap)) ** (n + 0.5);
}

export async function quietOf(
  scoped: Scoped,
  chosen: Chosen,
  sources: readonly Source[],
  gapMinutes = GAP_MINUTES,
): Promise<Quiet[]> {
  const looked = sources.flatMap((source) => {
    const parts = inWindow(source.covered, chosen);
    return parts.length > 0 ? [{ source, parts }] : [];
  });
  if (looked.length === 0) return [];
  const found = await stretchesIn(scoped, chosen, looked, gapMinutes);
  return looked.map(({ source, parts }, index) => {
    const { return: from, format, kind, stated } = source;
    const own = found.filter((row) => row.source === index);
    const filled = new Set(own.map(({ part }) => part));
    const bare = parts.flatMap(({ began, ended }, part) => (filled.has(part) ? [] : [{ b: began, e: ended }]));
    const sessions = own.reduce((sum, row) => sum + Number(row.sessions), 0);
    const stretches = own.reduce((sum, row) => sum + Number(row.stretches), 0) + bare.length;
    const coveredDays = parts.reduce((sum, { began, ended }) => sum + daysIn(began, ended), 0);
    const longest = [...own.map(({ b, e }) => ({ b: b!, e: e! })), ...bare].toSorted(
      (one, other) => compare(other.e - other.b, one.e - one.b) || compare(one.b, other.b),
    );
    return {
      return: from,
      format,
      kind,
      sessions,
      coveredDays: significant(coveredDays, 6),
      coverage: stated === null ? 'ordered; the return states no range' : 'ordered and stated',
      stretches,
      longest: longest.slice(0, SHOWN).map(({ b, e }) => {
        const chance = chanceOfQuiet(sessions, coveredDays, daysIn(b, e));
        return {
          began: textFrom(b),
          ended: textFrom(e),
          days: significant(daysIn(b, e)),
          rank: 1 + longest.filter((other) => other.e - other.b > e - b).length,
          chance: significant(chance),
          chanceOfAny: significant(Math.min(1, stretches * chance)),
        };
      }),
    } satisfies Quiet;
  });
}

export function inWindow(intervals: readonly Interval[], { began, ended }: Chosen): Interval[] {
  const all = { began: began ?? -(1n << 62n), ended: ended ?? 1n << 62n };
  return intersection(intervals, [all]);
}

type Found = { source: number; part: number; b: bigint | null; e: bigint | null; sessions: bigint; stretches: bigint };

/** Of each part that holds a record: its sessions and stretches, counted, and its longest stretches, a row each. */
async function stretchesIn(
  scoped: Scoped,
  chosen: Chosen,
  looked: readonly { source: Source; parts: Interval[] }[],
  gapMinutes: number,
): Promise<Found[]> {
  const rows = looked.flatMap(({ source, parts }, index) =>
    parts.map(({ began, ended }, part) => `(${index}, ${part}, ${[source.return, source.format, source.kind].map(quoted).join(', ')}, ${began}::bigint, ${ended}::bigint)`),
  ); // biome-ignore format: one
  const apart = BigInt(Math.round(gapMinutes * 60e6));
  return scoped.rows<Found>(
    `with covered as (select * from (values ${rows.join(', ')}) as given(source, part, "return", format, kind, b, e)),
     chosen as (select "return", format, kind, epoch_us(began) as t, epoch_us(greatest(ended, began)) as until
       from records where ${placedSql(chosen)}),
     events as (
       select c.source, c.part, c.b, c.e, r.t,
         max(r.until) over (partition by c.source, c.part order by r.t, r.until rows between unbounded preceding and 1 preceding) as before,
         max(r.until) over (partition by c.source, c.part) as done,
         row_number() over (partition by c.source, c.part order by r.t, r.until) as place
       from chosen r join covered c
         on c."return" = r."return" and c.format = coalesce(r.format, 'unknown format') and c.kind = r.kind and r.t >= c.b and r.t < c.e
     ),
     stretches as (
       select source, part, coalesce(before, b) as b, t as e, true as opens from events where before is null or t - before > ${apart}
       union all
       select source, part, least(done, e) as b, e, false as opens from events where place = 1
     ),
     numbered as (
       select source, part, b, e, count(*) filter (where opens) over (partition by source, part) as sessions,
         count(*) over (partition by source, part) as stretches,
         row_number() over (partition by source, part order by e - b desc, b) as place from stretches
     )
     select source, part, b, e, place,
       case when place = 1 then sessions else 0 end as sessions, case when place = 1 then stretches else 0 end as stretches
     from numbered where place <= ${SHOWN} order by source, part, place`,
  );
}

const daysIn = (began: bigint, ended: bigint) => Number(ended - began) / Number(DAY);
const compare = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0);
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
