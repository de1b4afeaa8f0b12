/**
 * For whom and when a lease log can show absence: inside the ordered range, and not where a lease may have been sealed.
 *
 * A lease that crosses the edge of the ordered range is sealed. So absence is spoken of only between the first and the
 * last lease in scope, and never where the return states that its range ends sooner.
 */
import type { Interval } from '../../base/interval.ts';
import { identifier } from '../../record/identifier.ts';
import type { Scoped } from '../../store/scoped.ts';
import { intersection, union } from '../time/exposure.ts';
import { rangesFor } from '../time-line/ordered.ts';
import { type Level, netOf } from './address.ts';

/** One subscriber's log in one return, and where it can show that a lease is absent. */
export type NamedLog = { return: string; subscriber: string; leases: number; ordered: Interval[]; speaks: Interval[] };

/** An address or prefix an item names: then the leases of all who held it are in scope. */
export type OpenLog = { level: Level; base: string; began: bigint; ended: bigint };

export type LogCoverage = { named: NamedLog[]; open: OpenLog[] };

type Source = {
  return: string;
  item: string | null;
  category: string | null;
  account: string | null;
  account_type: string | null;
  subscriber: string;
  first: bigint;
  last: bigint;
  n: bigint;
};

export async function logCoverage(scoped: Scoped): Promise<LogCoverage> {
  const open = scoped.ranges.flatMap(({ target, began, ended }) => openLog(target, began, ended));
  const numbered = new Set(
    scoped.ranges.filter(({ target }) => openLog(target, 0n, 0n).length === 0).map(({ item }) => item),
  );
  const sources = (
    await scoped.rows<Source>(
      `select "return", item, category, account, account_type, coalesce(subscriber, account) as subscriber,
         min(began) as first, max(coalesce(ended, began)) as last, count(*) as n
       from records where kind = 'lease' and began is not null and coalesce(subscriber, account) is not null
       group by all order by all`,
    )
  ).filter(({ item }) => item !== null && numbered.has(item));
  const named = sources.flatMap((source) => {
    const ordered = union(
      rangesFor(scoped.ranges, { ...source, accountType: source.account_type })
        .filter(({ target }) => openLog(target, 0n, 0n).length === 0),
    ); // biome-ignore format: one
    if (ordered.length === 0) return [];
    const held = [{ began: source.first, ended: source.last }];
    const stated = scoped.coverage.flatMap((one) =>
      one.return === source.return && one.began !== null && one.ended !== null
        ? [{ began: one.began, ended: one.ended }]
        : [],
    );
    const speaks = intersection(stated.length > 0 ? intersection(ordered, union(stated)) : ordered, held);
    const { return: from, subscriber, n } = source;
    return [{ return: from, subscriber, leases: Number(n), ordered, speaks }];
  });
  return { named, open };
}

function openLog(target: string, began: bigint, ended: bigint): OpenLog[] {
  const found = /^(ip|ip-prefix) (.+)$/.exec(target);
  const who = found && identifier(found[1] as 'ip' | 'ip-prefix', found[2]!);
  if (!who) return [];
  const [base, length] = who.value.split('/') as [string, string | undefined];
  const family = base.includes(':') ? 6 : 4;
  const bits = length === undefined ? (family === 4 ? 32 : 128) : Number(length);
  // A single IPv6 address does not open the rest of its /64.
  if (family === 6 && bits > 64) return [];
  return [{ level: { family, bits }, base, began, ended }];
}

/** CTE body: `return, subscriber, b, e` for the logs that can show absence. */
export function namedSql({ named }: LogCoverage): string {
  const rows = named.flatMap((log) =>
    log.speaks.map(
      ({ began, ended }) => `(${text(log.return)}, ${text(log.subscriber)}, ${began}::bigint, ${ended}::bigint)`,
    ),
  );
  return values(rows, ['return', 'subscriber', 'b', 'e'], "('', '', 0::bigint, 0::bigint)");
}

/** CTE body: `net, b, e` for the addresses all of whose leases are in scope. */
export function openSql({ open }: LogCoverage): string {
  const rows = open.map(
    ({ level, base, began, ended }) => `(${netOf(text(base), level)}, ${began}::bigint, ${ended}::bigint)`,
  );
  return values(rows, ['net', 'b', 'e'], "('', 0::bigint, 0::bigint)");
}

function values(rows: string[], columns: string[], none: string): string {
  const names = columns.map((name) => `"${name}"`).join(', ');
  return `select * from (values ${rows.length > 0 ? rows.join(', ') : none}) as given(${names})${rows.length > 0 ? '' : ' where false'}`;
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
