/** The answers counted, and as many of them listed as were asked for: the counts are always whole. */
import type { Scoped } from '../../store/scoped.ts';
import { type AnswerWord, type Assumed, answeredSql, fittingSql, type Ground } from './answers.ts';
import type { Reason } from './reasons.ts';

export type Counts = { one: number; several: number; none: number; cannotTell: number };

type Tallied = {
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

/** Up to five leases of each listed login, the earliest first. Ids are worked out for those few leases only. */
async function leaseIds(
  scoped: Scoped,
  ground: Ground,
  assumed: Assumed,
  rows: { id: string }[],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (rows.length === 0) return found;
  const pairs = await scoped.rows<Place & { login: string }>(
    `with ${fittingSql(ground, assumed, { ids: rows.map(({ id }) => id) })}
     select id as login, "return", file, locator from fitting where sure
     qualify row_number() over (partition by n order by b_latest, low, "return", file, locator) <= ${LEASES_A_ROW}
     order by n, b_latest, low, "return", file, locator`,
  );
  const locators = [...new Set(pairs.map(({ locator }) => `'${locator.replaceAll("'", "''")}'`))];
  const leases = await scoped.rows<Place & { id: string }>(
    `select id, "return", file, locator from records where kind = 'lease' and locator in (${locators.join(', ')})`,
  );
  const ids = new Map(leases.map((lease) => [keyOf(lease), lease.id]));
  for (const pair of pairs) found.set(pair.login, [...(found.get(pair.login) ?? []), ids.get(keyOf(pair))!]);
  return found;
}

type Place = { return: string; file: string; locator: string };
const keyOf = ({ return: from, file, locator }: Place) => JSON.stringify([from, file, locator]);

/** Logins that point to one subscriber with the port known, the longest margin first. */
export function strongestOf(rows: readonly Listed[]): Listed[] {
  return rows
    .filter(({ answer, port, placeByMargin }) => answer === 'one' && port !== null && placeByMargin <= STRONGEST)
    .toSorted((a, b) => Number(a.placeByMargin - b.placeByMargin));
}
