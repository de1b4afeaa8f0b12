/** Giving a role: with whom it may not be held together, and when that is let pass. */
import { Problem } from '../base/problem.ts';
import { conflictsAmong, type Grant } from '../entry/roles.ts';
import { type House, now } from './house.ts';

/**
 * Gives a role. Throws `entry/roles-conflict` where one person should not hold both, unless the person is alone here: an
 * office of one is possible, and oversight sees it.
 */
export function give(house: House, person: string, grant: Grant): void {
  refuseConflict(house, person, grant);
  house.roll().grant(person, grant, now());
}

/** Throws `entry/roles-conflict`. */
export function refuseConflict(house: House, person: string, grant: Grant): void {
  const roll = house.roll();
  const held = roll.grantsOf(person);
  const roles = [...held.map(({ role }) => role), grant.role];
  const [conflict] = conflictsAmong(roles);
  const alone = roll.people().filter(({ ended }) => ended === null).length <= 1;
  if (conflict && !alone) {
    throw new Problem(
      'entry/roles-conflict',
      `One person does not hold both ${conflict[0]} and ${conflict[1]}. Nothing was changed; give one of them to someone else.`,
      { roles: conflict },
    );
  }
}
