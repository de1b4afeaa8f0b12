/**
 * Whose an identifier was: handles are renamed, numbers handed on, addresses leased for minutes. It reads what a
 * look-up found (`resolves`) and looks nothing up.
 */
import { type Interval, type Micros, microsFrom, overlaps } from '../base/interval.ts';
import { boundOf } from './bounds.ts';
import type { RequestTarget } from './legal-request.ts';

type Holder = { account: string; began: Micros; ended: Micros };

const ALWAYS: Interval = { began: -(2n ** 62n), ended: 2n ** 62n };

/**
 * How several accounts had the identifier within the window: at once, or one after another (also when one account had
 * it for a part of the window only). Null when one had it throughout, when none had it, and when nobody has looked.
 */
export function severalHolders(target: RequestTarget, window: Interval | null): 'at once' | 'in turn' | null {
  const within = window ?? ALWAYS;
  const holders = (target.resolves ?? []).map(holderOf).filter((holder) => overlaps(holder, within));
  const clash = holders.some((one, index) =>
    holders.slice(index + 1).some((other) => other.account !== one.account && overlapWithin(one, other, within)),
  );
  if (clash) return 'at once';
  if (new Set(holders.map(({ account }) => account)).size > 1) return 'in turn';
  if (window === null || holders.length === 0) return null;
  const throughout = holders.some(({ began, ended }) => began <= window.began && window.ended <= ended);
  return throughout ? null : 'in turn';
}

/** The moment at which the paper saw the address, if it says its zone; never read in a zone it does not state. */
export function seenAt({ observedAt, tz }: Pick<RequestTarget, 'observedAt' | 'tz'>): Micros | null {
  if (observedAt === undefined) return null;
  const { instant, zoned, day } = boundOf(observedAt);
  if (day || instant === null) return null;
  if (zoned) return instant;
  if (tz === undefined) return null;
  try {
    const local = Temporal.PlainDateTime.from(observedAt.replace(' ', 'T'));
    return local.toZonedDateTime(tz.trim(), { disambiguation: 'reject' }).epochNanoseconds / 1000n;
  } catch {
    return null;
  }
}

/** The same id of two types is two accounts. */
export function accountsOf({ resolves }: Pick<RequestTarget, 'resolves'>): Set<string> {
  return new Set((resolves ?? []).map(({ type, account }) => `${type ?? ''} ${account}`));
}

function holderOf({ type, account, from, to }: NonNullable<RequestTarget['resolves']>[number]): Holder {
  const began = from === null ? null : microsFrom(from);
  const ended = to === null ? null : microsFrom(to);
  return { account: `${type ?? ''} ${account}`, began: began ?? ALWAYS.began, ended: ended ?? ALWAYS.ended };
}

function overlapWithin(one: Holder, other: Holder, window: Interval): boolean {
  const began = [one.began, other.began, window.began].reduce((a, b) => (a > b ? a : b));
  const ended = [one.ended, other.ended, window.ended].reduce((a, b) => (a < b ? a : b));
  return began < ended;
}
