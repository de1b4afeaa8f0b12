/**
 * What the leases in scope say of each login: one, several, none, or cannot tell, with the reason.
 *
 * A login fits a lease of the same network and port when some instant within the clock allowance of the login falls in
 * the lease. It points to one subscriber only when every such instant does, or when all leases of the address are in
 * scope and no other fits: the block may have been another's just before or after.
 */
import { isAddressSql, isInsideSql, type Level, netsOf } from './address.ts';
import { leasesSql, SHIFTS, shiftOf, slackOf, slotOf } from './leases.ts';
import { type LogCoverage, namedSql, openSql } from './log-coverage.ts';

export const ANSWERS = ['one', 'several', 'none', 'cannot tell'] as const;
export type AnswerWord = (typeof ANSWERS)[number];

export type Assumed = {
  allowanceMicros: bigint;
  /** Added to every login's time: an error of one clock. */
  shiftMicros: bigint;
};

export type Ground = { levels: readonly Level[]; coverage: LogCoverage; loginKinds: readonly string[] };

/** Records that can be logins of an account: what an account itself sent from an address. */
export const isLoginSql = (kinds: readonly string[]) => {
  const parts = [
    ...(kinds.includes('session') ? [`kind = 'session'`] : []),
    ...(kinds.includes('contact') ? [`(kind = 'contact' and direction = 'outbound')`] : []),
  ];
  return `(${parts.join(' or ') || 'false'}) and ip is not null and ${isAddressSql('ip')}`;
};

/** One of each: the same account, time, address and port may stand in a record and in a snapshot of it. */
const FIRST_OF_EACH = `row_number() over (partition by account, began, precision, ip, port, case when began is null then id end order by id) = 1`;

/** Which records are compared: all, or those with these ids and with the places of the leases that fit them. */
type Narrowed = { ids: readonly string[] };

/**
 * The CTEs `logins`, each with the window of its clock allowance, `login_nets`, the networks it lies in, `leases`, and
 * `fitting`: each pair of a login and a lease that fits it.
 */
export function fittingSql(
  { levels, coverage, loginKinds }: Ground,
  { allowanceMicros, shiftMicros }: Assumed,
  narrowed?: Narrowed,
): string {
  const sized = [...levels, ...coverage.open.map(({ level }) => level)];
  const all = [...new Map(sized.map((level) => [`${level.family}/${level.bits}`, level])).values()];
  const window = `(select coalesce(max(hi - lo), 0) from logins)`;
  const withSource = narrowed !== undefined;
  const ids = narrowed ? ` and id in (${narrowed.ids.map((id) => `'${id.replaceAll("'", "''")}'`).join(', ')})` : '';
  return `logins as materialized (
    select row_number() over (order by began, id) as n, id, account, epoch_us(began) as t, ip, port,
      epoch_us(began) + ${shiftMicros} - ${allowanceMicros} as lo,
      epoch_us(began) + ${shiftMicros} + ${allowanceMicros} + ${slackOf('precision')} as hi,
      case when began is null or precision in ('day', 'month', 'none') then 'time' when ${isInsideSql('ip')} then 'inside' end as unfit
    from records where ${isLoginSql(loginKinds)}${ids}
    qualify ${FIRST_OF_EACH}
  ),
  login_nets as materialized (
    select n, ${withSource ? 'id, ' : ''}lo, hi, port, unnest(${netsOf('ip', all)}) as net from logins where unfit is null
  ),
  leases as (${leasesSql(levels, withSource)}),
  slotted as (
    select *, ${shiftOf('length')} as shift from (select *, e_latest - b + ${window} as length from leases)
  ),
  keyed as (
    select * exclude (length), unnest(range(${slotOf(`b - ${window}`, 'shift')}, ${slotOf('e_latest', 'shift')} + 1)) as slot from slotted
  ),
  looked as (
    select *, unnest([${SHIFTS.join(', ')}]) as shift from login_nets
  ),
  fitting as (
    select l.n, k.subscriber, k.b, k.e, k.b_latest, k.sure, k.net, k.low, k.whole or (k.low is not null and l.port is not null) as exact,
      k.b_latest <= l.lo and k.e > l.hi as holds, l.lo, l.hi,
      ${withSource ? 'l.id, k."return", k.file, k.locator, ' : ''}least((l.lo + l.hi) // 2 - k.b_latest, k.e - (l.lo + l.hi) // 2) as margin
    from looked l join keyed k on k.net = l.net and k.shift = l.shift and k.slot = ${slotOf('l.lo', 'l.shift')}
    where k.e_latest > l.lo and k.b <= l.hi and (k.low is null or l.port is null or l.port between k.low and k.high)
  )`;
}

/**
 * The CTEs up to `answered`: one row a login with `n, id, account, t, ip, port, lo, hi, answer, reason, subscribers, leases,
 * subscriber, margin, against` and, of the lease that holds the login best, `lease_net, lease_low, lease_b`.
 */
export function answeredSql(ground: Ground, assumed: Assumed): string {
  const { levels, coverage } = ground;
  const other = (family: 4 | 6) => (levels.some((level) => level.family === family) ? `'address'` : `'family'`);
  return `${fittingSql(ground, assumed)},
  fits as (
    select n, count(distinct subscriber) filter (where sure) as subscribers, count(*) filter (where sure) as leases,
      bool_or(not sure) as unsure, coalesce(bool_and(exact) filter (where sure), false) as exact,
      coalesce(bool_or(holds and exact and sure), false) as held, any_value(lo) as lo, any_value(hi) as hi,
      list(distinct {'b': b_latest, 'e': e}) filter (where sure and exact and not holds) as pieces,
      min(subscriber) filter (where sure) as subscriber,
      max(margin) filter (where sure) as margin,
      max({'margin': margin, 'net': net, 'low': low, 'b': b_latest}) filter (where sure) as best
    from fitting group by n
  ),
  nets as materialized (
    select net, "return", min(b_latest) as first, max(case when e >= 400000000000000000 then b_latest else e end) as last from leases group by net, "return"
  ),
  named as (${namedSql(coverage)}),
  opened as (${openSql(coverage)}),
  known as (select distinct n from login_nets join nets using (net)),
  absent as (
    select n, count(distinct subscriber) as against
    from login_nets l join nets using (net) join named using ("return") where l.lo >= named.b and l.hi < named.e group by n
  ),
  all_seen as (
    select distinct l.n from login_nets l join opened o on o.net = l.net and l.lo >= o.b and l.hi < o.e
    where exists (select 1 from login_nets m join nets on nets.net = m.net where m.n = l.n and m.lo >= nets.first and m.hi < nets.last)
  ),
  judged as (
    select l.*, f.* exclude (n, lo, hi, exact, held, pieces, unsure), coalesce(a.against, 0) as against,
      s.n is not null as seen, k.n is not null as in_log, coalesce(f.exact, false) as exact, coalesce(f.unsure, false) as unsure,
      coalesce(f.held or ${chained('f')}, false) as held
    from logins l left join fits f using (n) left join absent a using (n) left join all_seen s using (n) left join known k using (n)
  ),
  answered as (
    select * exclude (best), best.net as lease_net, best.low as lease_low, best.b as lease_b,
      case
        when unfit is not null then unfit
        when subscribers > 1 then case when exact then 'neighbour' else 'shared' end
        when subscribers = 1 and not exact then case when seen and not unsure then 'alone' else 'no port' end
        when subscribers = 1 and held then 'held'
        when subscribers = 1 then case when seen and not unsure then 'alone' else 'edge' end
        when unsure then 'unsure'
        when not in_log then case when contains(ip, ':') then ${other(6)} else ${other(4)} end
        when seen or against > 0 then 'absent'
        else 'uncovered'
      end as reason,
      case
        when reason in ('neighbour', 'shared', 'no port') then 'several'
        when reason in ('held', 'alone') then 'one'
        when reason = 'absent' then 'none'
        else 'cannot tell'
      end as answer
    from judged
  )`;
}

/** Whether pieces of one subscriber’s leases, one after the other, leave no instant of the allowance out. */
function chained(f: string): string {
  const s = `list_sort(${f}.pieces)`;
  return `(${f}.subscribers = 1 and len(${f}.pieces) > 1 and (${s})[1].b <= ${f}.lo
    and list_max(list_transform(${f}.pieces, lambda piece: piece.e)) > ${f}.hi
    and len(list_filter(range(2, len(${f}.pieces) + 1), lambda i: (${s})[i].b > list_max(list_transform((${s})[1:i - 1], lambda piece: piece.e)))) = 0)`;
}
