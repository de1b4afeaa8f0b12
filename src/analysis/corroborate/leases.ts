/**
 * The leases a login can be compared with, as SQL: whose, which network, which ports, from when to when.
 *
 * A lease whose beginning or end is not in its log may have held longer than shown: it is kept apart, so that nothing is
 * concluded from it except that absence cannot be.
 */
import type { Scoped } from '../../store/scoped.ts';
import type { LeftOut } from '../finding.ts';
import { baseOf, bitsOf, familyOf, isInsideSql, type Level, leaseNet } from './address.ts';

/** Longest time within which a stamp of this precision may lie, above what it says. */
export const slackOf = (precision: string) =>
  `case ${precision} when 'minute' then 59999999 when 'hour' then 3599999999 else 0 end`;

const FOREVER = 400_000_000_000_000_000n;
const OPEN_ENDS = `('open end')`;
const LOST_STARTS = `('delete without add')`;
const WHOLE_PORTS = 64_512;

/** Why a lease cannot be compared; null when it can. */
const UNUSABLE = `case
  when ip is null then 'no address'
  when began is null then 'no time that can be placed'
  when precision in ('day', 'month', 'none') then 'time not stated within the day'
  when ${isInsideSql(baseOf('ip'))} then 'inside address of a network: it needs the carrier’s translation log'
  when coalesce(subscriber, account) is null then 'no subscriber'
  when protocol is not null and upper(protocol) not in ('TCP', 'UDP') then 'a protocol without ports'
end`;

/** Sizes of networks and lengths of time that occur among the leases, for lookups that need no more. */
type Shapes = { levels: Level[]; usable: bigint; unusable: LeftOut[]; holdSeconds: number | null };

export async function shapesOf(scoped: Scoped): Promise<Shapes> {
  const rows = await scoped.rows<{
    why: string | null;
    family: number;
    bits: number;
    n: bigint;
    held: string | null;
    closed: bigint;
  }>(
    `select ${UNUSABLE} as why, case when why is null then ${familyOf('ip')} end as family,
       case when why is null then ${bitsOf('ip')} end as bits, count(*) as n,
       sum(epoch_us(ended) - epoch_us(began)) filter (where ended > began)::varchar as held,
       count(*) filter (where ended > began) as closed
     from records where kind = 'lease' group by all order by all`,
  );
  const usable = rows.filter(({ why }) => why === null);
  const closed = usable.reduce((sum, row) => sum + row.closed, 0n);
  const held = usable.reduce((sum, row) => sum + BigInt(row.held ?? '0'), 0n);
  return {
    levels: usable.map(({ family, bits }) => ({ family: family as 4 | 6, bits })),
    usable: usable.reduce((sum, { n }) => sum + n, 0n),
    unusable: rows
      .filter(({ why }) => why !== null)
      .map(({ why, n }) => ({ what: 'leases', why: why!, count: Number(n) })),
    holdSeconds: closed === 0n ? null : Number(held) / Number(closed) / 1e6,
  };
}

/**
 * CTE body: `net, subscriber, return, b, b_latest, e, e_latest, low, high, whole, sure`, and `file, locator` when asked.
 * `b ≤ t < e_latest` is when the lease may have held, `b_latest ≤ t < e` when it held for certain.
 */
export function leasesSql(levels: readonly Level[], withSource = false): string {
  const slack = slackOf('precision');
  return `select ${withSource ? 'file, locator, ' : ''}${leaseNet('ip', bitsOf('ip'), levels)} as net, coalesce(subscriber, account) as subscriber, "return",
      case when action in ${LOST_STARTS} then -${FOREVER} else epoch_us(began) end as b,
      epoch_us(began) + ${slack} as b_latest,
      coalesce(epoch_us(ended), ${FOREVER}) as e,
      coalesce(epoch_us(ended) + ${slack}, ${FOREVER}) as e_latest,
      port_low as low, coalesce(port_high, port_low) as high,
      (port_low is null and protocol is null) or coalesce(port_high - port_low + 1 >= ${WHOLE_PORTS}, false) as whole,
      coalesce(action not in ${OPEN_ENDS} and action not in ${LOST_STARTS}, true) as sure
    from records where kind = 'lease' and (${UNUSABLE}) is null`;
}

/**
 * Powers of two of microseconds, from four minutes to all time. A lease lies in at most two slots of the smallest of
 * these that is no shorter than itself, and a login in one slot of each: no pair is missed, few are looked at in vain.
 */
export const SHIFTS = [28, 30, 32, 34, 36, 38, 40, 42, 44, 46, 48, 62] as const;
const ORIGIN = 1n << 60n;

export const shiftOf = (length: string) =>
  `case ${SHIFTS.slice(0, -1)
    .map((shift) => `when ${length} <= ${2n ** BigInt(shift)} then ${shift}`)
    .join(' ')} else ${SHIFTS.at(-1)} end`;

export const slotOf = (time: string, shift: string) => `((${time} + ${ORIGIN}) >> ${shift})`;
