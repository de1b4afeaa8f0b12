/** Which of the records with a place were asked about: a window of time, or the neighbourhood of transfers. */
import { type Micros, microsFrom } from '../../base/interval.ts';
import { Problem } from '../../base/problem.ts';
import type { Scoped } from '../../store/scoped.ts';
import { knownZone } from '../time/zone.ts';

export type Asked = { began: Micros | null; ended: Micros | null; around: { times: Micros[]; minutes: number } | null };

/** An instant with its offset, or a local day or time in the zone given. Throws `analysis/window-without-zone`. */
export function instantIn(text: string | undefined, zone: string | undefined): Micros | null {
  if (text === undefined) return null;
  const stated = microsFrom(text);
  if (stated !== null) return stated;
  if (zone !== undefined) {
    try {
      const local = Temporal.PlainDateTime.from(text).toZonedDateTime(knownZone(zone), { disambiguation: 'reject' });
      return local.epochNanoseconds / 1000n;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  throw new Problem(
    'analysis/window-without-zone',
    `“${text}” is not an instant: write it with its offset, such as 2017-03-01T00:00:00Z, or as a local time that exists once and name the zone.`,
    { text },
  );
}

export async function transferTimes(scoped: Scoped, account: string | undefined): Promise<Micros[]> {
  const rows = await scoped.rows<{ began: Micros }>(
    `select distinct began from records where kind = 'transfer' and began is not null
       and precision not in ('day', 'month', 'none') and ($account is null or account = $account) order by began`,
    { account: account ?? null },
  );
  return rows.map(({ began }) => began);
}

export function isAsked({ began, ended, around }: Asked, instant: Micros): boolean {
  if (began !== null && instant < began) return false;
  if (ended !== null && instant >= ended) return false;
  if (!around) return true;
  const reach = BigInt(Math.round(around.minutes * 60_000_000));
  return around.times.some((time) => instant - time <= reach && time - instant <= reach);
}
