/** The answers counted, and as many of them listed as were asked for: the counts are always whole. */
import type { Scoped } from '../../store/scoped.ts';
import { type AnswerWord, answeredSql, type Assumed, type Ground, loginsSql } from './answers.ts';
import { leasesSql } from './leases.ts';
import type { Reason } from './reasons.ts';

export type Counts = { one: number; several: number; none: number; cannotTell: number };

export type Tallied = {
  counts: Counts;
  reasons: { answer: AnswerWord; reason: Reason; logins: number }[];
  /** By subscriber, of the logins that point to one; a lease counts once however many logins it holds. */
  subscribers: { subscriber: string; logins: number; comparisons: number; first: bigint; last: bigint }[];
};

const KEY = { one: 'one', several: 'several', none: 'none', 'cannot tell': 'cannotTell' } as const;
const STRONGEST = 10;
const LEASES_A_ROW = 5;

export async function counted(scoped: Scoped, ground: Ground, assumed: Assumed): Promise<Counts> {
  const rows = await scoped.rows<{ answer: AnswerWord; n: bigint }>(
    `with ${answeredSql(ground, assumed)} select answer, count(*) as n from answered group by answer`,
  );
  return countsOf(rows);
}

function countsOf(rows: readonly { answer: AnswerWord; n: bigint }[]): Counts {
  const counts = { one: 0, several: 0, none: 0, cannotTell: 0 };
  for (const { answer, n } of rows) counts[KEY[answer]] += Number(n);
  return counts;
}

type Group = {
  answer: AnswerWord;
  reason: Reason | null;
  pointed: string | null;
  n: bigint;
  leases: bigint;
  first: bigint | null;
  last: bigint | null;
};

export async function tallied(scoped: Scoped, ground: Ground, assumed: Assumed): Promise<Tallied> {
  const rows = await scoped.rows<Group>(
    `with ${answeredSql(ground, assumed)}
     select answer, reason, pointed, count(*) as n,
       count(distinct {'net': lease_net, 'low': lease_low, 'b': lease_b}) as leases, min(t) as first, max(t) as last
     from (select *, case when answer = 'one' then subscriber end as pointed from answered)
     group by grouping sets ((answer, reason), (answer, pointed)) order by all`,
  );
  const reasons = rows.filter(({ reason }) => reason !== null);
  return {
    counts: countsOf(reasons),
    reasons: reasons.map(({ answer, reason, n }) => ({ answer, reason: reason!, logins: Number(n) })),
    subscribers: rows
      .filter(({ pointed }) => pointed !== null)
      .map(({ pointed, n, leases, first, last }) => ({
        subscriber: pointed!,
        logins: Number(n),
        comparisons: Number(leases),
        first: first!,
        last: last!,
      })),
  };
}

export type Listed = {
  n: bigint;
  id: string;
  account: string | null;
  t: bigint | null;
  ip: string;
  port: number | null;
  answer: AnswerWord;
  reason: Reason;
  subscribers: bigint | null;
  leases: bigint | null;
  subscriber: string | null;
  margin: bigint | null;
  against: bigint;
  placeInTime: bigint;
  placeInAnswer: bigint;
  placeByMargin: bigint;
  leaseIds: string[];
};

/** In order of time: the first `limit` logins, the first `limit` that fit no lease, and those that fit one best. */
export async function listed(scoped: Scoped, ground: Ground, assumed: Assumed, limit: number): Promise<Listed[]> {
  const rows = await scoped.rows<Omit<Listed, 'leaseIds'>>(
    `with ${answeredSql(ground, assumed)}
     select n, id, account, t, ip, port, answer, reason, subscribers, leases, subscriber, margin, against,
       n as "placeInTime",
       row_number() over (partition by answer order by n) as "placeInAnswer",
       row_number() over (partition by answer, port is null order by margin desc nulls last, n) as "placeByMargin"
     from answered
     qualify "placeInTime" <= ${limit} or (answer = 'none' and "placeInAnswer" <= ${limit})
       or (answer = 'one' and port is not null and "placeByMargin" <= ${STRONGEST})
     order by n`,
  );
  const ids = await leaseIds(scoped, ground, assumed, rows.filter(({ leases }) => (leases ?? 0n) > 0n)); // biome-ignore format: one
  return rows.map((row) => ({ ...row, leaseIds: ids.get(row.id) ?? [] }));
}

/** Up to five leases of each listed login, the earliest first. */
async function leaseIds(scoped: Scoped, ground: Ground, assumed: Assumed, rows: { id: string }[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (rows.length === 0) return found;
  const pairs = await scoped.rows<{ login: string; lease: string }>(
    `with wanted as (select unnest([${rows.map(({ id }) => `'${id.replaceAll("'", "''")}'`).join(', ')}]) as id),
     ${loginsSql(ground, assumed)}
     select login, lease from (
       select l.id as login, k.id as lease, row_number() over (partition by l.n order by k.b_latest, k.low, k.id) as place
       from logins l join wanted using (id) join login_nets m using (n) join (${leasesSql(ground.levels, true)}) k on k.net = m.net
       where k.sure and k.e_latest > l.lo and k.b <= l.hi and (k.low is null or l.port is null or l.port between k.low and k.high)
     ) where place <= ${LEASES_A_ROW} order by login, place`,
  );
  for (const { login, lease } of pairs) found.set(login, [...(found.get(login) ?? []), lease]);
  return found;
}

/** Logins that point to one subscriber with the port known, the longest margin first. */
export function strongestOf(rows: readonly Listed[]): Listed[] {
  return rows
    .filter(({ answer, port, placeByMargin }) => answer === 'one' && port !== null && placeByMargin <= STRONGEST)
    .toSorted((a, b) => Number(a.placeByMargin - b.placeByMargin));
}
