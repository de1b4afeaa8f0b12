/**
 * Earlier holds on what a request to preserve names, by the same agency. It reads the desk's history and decides
 * nothing.
 */
import { microsFrom } from '../base/interval.ts';
import type { LegalRequest, RequestTarget } from './legal-request.ts';
import type { Context, Hold } from './rule.ts';

/** Holds on this target that another request began. */
export function holdsOn(request: LegalRequest, target: RequestTarget, { history }: Context): Hold[] {
  const names = [target.value, ...(target.resolves ?? []).map(({ account }) => account)].map(plain);
  return history.holds.filter((hold) => hold.request !== request.id && names.includes(plain(hold.target)));
}

/** Whether the hold was over by then: released, or past its expiry. An expiry that cannot be read is not past. */
export function isOver({ open, until }: Hold, at: string): boolean {
  return !open || isBy(until, at);
}

export function isBy(moment: string, at: string): boolean {
  const [one, other] = [microsFrom(moment), microsFrom(at)];
  return one !== null && other !== null && one <= other;
}

function plain(name: string): string {
  return name.trim().toLowerCase();
}
