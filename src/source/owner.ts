/**
 * Which item of a scope a row falls to: the one that lets it be handed over, or the one that came nearest.
 *
 * It asks `covers()` and nothing else. Every row of the accounts a scope names falls to exactly one item, so that what
 * was produced and what was withheld add up.
 */
import { covers, type Scope, type SealingReason, type Subject } from '../scope/scope.ts';

/** Null: no item names the row, and it is nobody's to count. */
export type Owner = { item: string; withheld: SealingReason | null } | null;

export function ownerOf(scope: Scope, row: Subject): Owner {
  const decision = covers(scope, row);
  if ('item' in decision) return { item: decision.item, withheld: null };
  const reason = decision.sealed;
  if (reason === 'another account' || reason === 'undetermined: unknown account') return null;
  const nearest = scope.items.find((item) => {
    const alone = covers({ ...scope, items: [item] }, row);
    return 'sealed' in alone && alone.sealed === reason;
  });
  return { item: nearest!.id, withheld: reason };
}
