/**
 * The roles a person can hold. Nobody may do anything a role does not name; what each may do is `desk/who-may.ts`.
 *
 * A role of the examiner desk is held in one matter. The others are held at a desk.
 */
import { Problem } from '../base/problem.ts';

export const ROLES = {
  clerk: { desk: 'provider', where: 'desk', does: 'receives requests and enters what arrives' },
  reviewer: { desk: 'provider', where: 'desk', does: 'verifies who is asking, judges, decides items, writes letters, produces' },
  releaser: { desk: 'provider', where: 'desk', does: 'approves as the second person, checks collections, hands over' },
  lead: { desk: 'examiner', where: 'matter', does: 'answers for a matter: its papers, its people, its report' },
  examiner: { desk: 'examiner', where: 'matter', does: 'imports, looks, asks and writes in a matter' },
  oversight: { desk: 'oversight', where: 'desk', does: 'reads the ledger, counts and checks; opens nothing' },
  'seal holder': { desk: 'oversight', where: 'desk', does: 'opens what is sealed, under a new authority and with a second person' },
  administrator: { desk: 'everyone', where: 'desk', does: 'says who may enter and what for; reads no evidence' },
} as const; // biome-ignore format: a list reads better as one

export type Role = keyof typeof ROLES;
export const ROLE_NAMES = Object.keys(ROLES) as Role[];

/** A role, and the matter it is held in; null for a desk. */
export type Grant = { role: Role; matter: string | null };

/** Roles one person must not hold together: who names the people does not read, who opens seals does not work the case. */
const NEVER_TOGETHER: [Role, Role][] = [
  ['administrator', 'lead'],
  ['administrator', 'examiner'],
  ['administrator', 'releaser'],
  ['seal holder', 'lead'],
  ['seal holder', 'examiner'],
  ['oversight', 'reviewer'],
  ['oversight', 'releaser'],
];

/** Pairs of roles among these that one person should not hold. */
export function conflictsAmong(roles: readonly Role[]): [Role, Role][] {
  return NEVER_TOGETHER.filter(([one, other]) => roles.includes(one) && roles.includes(other));
}

/** Throws `entry/role-place` when a matter is missing or does not belong. */
export function checkedGrant(role: Role, matter: string | undefined): Grant {
  const { where } = ROLES[role];
  if ((where === 'matter') !== (matter !== undefined)) {
    throw new Problem(
      'entry/role-place',
      where === 'matter'
        ? `The role ${role} is held in a matter: name it. Nothing was changed.`
        : `The role ${role} is held at a desk, not in a matter. Nothing was changed.`,
      { role },
    );
  }
  return { role, matter: matter ?? null };
}
