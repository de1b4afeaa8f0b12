/** People: who may enter, in which roles, and who is in now. What each role may do is `who-may.ts`. */
import { z } from 'zod';
import { Problem } from '../base/problem.ts';
import { checkedGrant, conflictsAmong, type Grant, ROLE_NAMES, ROLES, type Role } from '../entry/roles.ts';
import { give } from './granting.ts';
import { type House, now } from './house.ts';
import { MatterId } from './matter.ts';
import { operation } from './operation.ts';

const INVITED_DAYS = 7;

const RoleName = z.enum(ROLE_NAMES as [Role, ...Role[]]);
const Name = z.string().trim().min(1).max(200).describe('the person, by name');

/** Throws `entry/no-such-person`. */
function onRoll(house: House, name: string): { person: string; name: string } {
  const { pseudonym } = house.as(name).actor;
  const known = house.roll().nameOf(pseudonym);
  if (known !== null) return { person: pseudonym, name: known };
  throw new Problem(
    'entry/no-such-person',
    `${name} is not on the roll. \`fourcorners person invite\` enters someone.`,
    {},
  );
}

export const personList = operation({
  words: 'person list',
  desk: 'everyone',
  op: 'consultation',
  does: 'List who may enter and in which roles.',
  example: 'fourcorners person list',
  input: z.strictObject({}),
  async run(house, _, task) {
    const roll = house.roll();
    return {
      roles: Object.entries(ROLES).map(([role, { desk, where, does }]) => ({ role: role as Role, desk, where, does })),
      people: roll.people().map(({ person, ...listed }) => {
        const grants = roll.grantsOf(person).filter(({ matter }) => matter === null || task.reaches(matter));
        return {
          ...listed,
          person,
          grants,
          passkeys: roll.passkeysOf(person).length,
          hasPassword: roll.password(person) !== null,
          isIn: roll.sessionsOf(person).length > 0,
          conflicts: conflictsAmong(grants.map(({ role }) => role)),
        };
      }),
    };
  },
  show: ({ people }) =>
    people
      .map(
        ({ name, grants, ended }) =>
          `${name}${ended ? ' (ended)' : ''}: ${grants.map(inWords).join(', ') || 'no role'}`,
      )
      .join('\n') || 'Nobody is on the roll yet: `fourcorners person invite` enters someone.',
});

export const personInvite = operation({
  words: 'person invite',
  desk: 'everyone',
  op: 'governance',
  does: 'Enter a person, in a role if you like, and print the code with which they make their own key, once and within a week.',
  example: 'fourcorners person invite --name "T. Reyes" --role releaser',
  input: z.strictObject({
    name: Name,
    role: RoleName.optional().describe('a role to begin with'),
    matter: MatterId.optional(),
  }),
  async run(house, input) {
    const { pseudonym, name } = house.as(input.name).actor;
    const roll = house.roll();
    const grant = input.role === undefined ? null : checkedGrant(input.role, input.matter);
    if (grant?.matter) house.matter(grant.matter);
    roll.enter(pseudonym, name, now());
    if (grant) give(house, pseudonym, grant);
    const until = new Date(Date.now() + INVITED_DAYS * 86_400_000).toISOString();
    return { name, person: pseudonym, code: roll.invite(pseudonym, until), until };
  },
  show: ({ name, code, until }) =>
    `${name} is on the roll. The code to enter with, once, until ${until}:\n${code}\nHand it over in person, or by another way than the link.`,
});

export const personGrant = operation({
  words: 'person grant',
  desk: 'everyone',
  op: 'governance',
  does: 'Give a person a role, at a desk or in a matter.',
  example: 'fourcorners person grant --name "T. Reyes" --role releaser',
  input: z.strictObject({ name: Name, role: RoleName, matter: MatterId.optional() }),
  async run(house, input) {
    const { person, name } = onRoll(house, input.name);
    const grant = checkedGrant(input.role, input.matter);
    if (grant.matter) house.matter(grant.matter);
    give(house, person, grant);
    return { name, person, ...grant };
  },
  show: ({ name, ...grant }) => `${name} is ${inWords(grant)}.`,
});

export const personRevoke = operation({
  words: 'person revoke',
  desk: 'everyone',
  op: 'governance',
  does: 'Take a role from a person. They are signed out everywhere.',
  example: 'fourcorners person revoke --name "T. Reyes" --role releaser',
  input: z.strictObject({ name: Name, role: RoleName, matter: MatterId.optional() }),
  async run(house, input) {
    const { person, name } = onRoll(house, input.name);
    const grant = checkedGrant(input.role, input.matter);
    refuseLast(house, person, grant.role);
    return { name, person, ...grant, had: house.roll().revoke(person, grant) };
  },
  show: ({ name, had, ...grant }) =>
    had ? `${name} is no longer ${inWords(grant)}.` : `${name} was not ${inWords(grant)}.`,
});

export const personEnd = operation({
  words: 'person end',
  desk: 'everyone',
  op: 'governance',
  does: 'End a person here: keys, roles and sessions go; what they did stays theirs.',
  example: 'fourcorners person end --name "T. Reyes"',
  input: z.strictObject({ name: Name }),
  async run(house, input) {
    const { person, name } = onRoll(house, input.name);
    refuseLast(house, person, 'administrator');
    house.roll().end(person, now());
    return { name, person };
  },
  show: ({ name }) => `${name} may no longer enter.`,
});

/** Throws `entry/last-administrator`: without one nobody could be let in again. */
function refuseLast(house: House, person: string, role: Role): void {
  const roll = house.roll();
  const isOne = (one: string) => roll.grantsOf(one).some((grant) => grant.role === 'administrator');
  if (role !== 'administrator' || !isOne(person)) return;
  if (roll.people().some((other) => other.person !== person && other.ended === null && isOne(other.person))) return;
  throw new Problem(
    'entry/last-administrator',
    'This is the last administrator. Nothing was changed; name another first.',
  );
}

export const sessionList = operation({
  words: 'session list',
  desk: 'everyone',
  op: 'consultation',
  does: 'List where you are signed in.',
  example: 'fourcorners session list',
  input: z.strictObject({}),
  async run(house) {
    return {
      sessions: house
        .roll()
        .sessionsOf(house.actor.pseudonym)
        .map(({ id, opened, seen, method, agent }) => ({
          session: id,
          opened: new Date(opened).toISOString(),
          seen: new Date(seen).toISOString(),
          method,
          agent,
        })),
    };
  },
});

export const sessionEnd = operation({
  words: 'session end',
  desk: 'everyone',
  op: 'governance',
  does: 'Sign out: one session of yours, or everywhere.',
  example: 'fourcorners session end',
  input: z.strictObject({ session: z.string().min(1).optional().describe('one of `session list`; all without it') }),
  async run(house, { session }) {
    return { ended: house.roll().endSessions(house.actor.pseudonym, session) };
  },
  show: ({ ended }) => `${ended} sessions ended.`,
});

export const matterPeople = operation({
  words: 'matter people',
  desk: 'examiner',
  op: 'consultation',
  does: 'List who works in a matter.',
  example: 'fourcorners matter people --matter m-1a2b3c4d5e',
  input: z.strictObject({ matter: MatterId }),
  async run(house, input) {
    const { id } = house.matter(input.matter);
    const roll = house.roll();
    return { people: roll.holdersIn(id).map(({ person, role }) => ({ person, role, name: roll.nameOf(person) })) };
  },
  show: ({ people }) =>
    people.map(({ name, person, role }) => `${name ?? person}: ${role}`).join('\n') || 'Nobody yet.',
});

const MatterRole = z.enum(['lead', 'examiner']);

export const matterAdmit = operation({
  words: 'matter admit',
  desk: 'examiner',
  op: 'governance',
  does: 'Let a person work in a matter.',
  example: 'fourcorners matter admit --matter m-1a2b3c4d5e --name "D. Quill" --role examiner',
  input: z.strictObject({ matter: MatterId, name: Name, role: MatterRole }),
  async run(house, input) {
    const { id } = house.matter(input.matter);
    const { person, name } = onRoll(house, input.name);
    give(house, person, { role: input.role, matter: id });
    return { matter: id, name, person, role: input.role };
  },
  show: ({ name, role, matter }) => `${name} is ${role} in ${matter}.`,
});

export const matterDismiss = operation({
  words: 'matter dismiss',
  desk: 'examiner',
  op: 'governance',
  does: 'Let a person work in a matter no longer. They are signed out everywhere.',
  example: 'fourcorners matter dismiss --matter m-1a2b3c4d5e --name "D. Quill" --role examiner',
  input: z.strictObject({ matter: MatterId, name: Name, role: MatterRole }),
  async run(house, input) {
    const { id } = house.matter(input.matter);
    const { person, name } = onRoll(house, input.name);
    const others = house
      .roll()
      .holdersIn(id)
      .some((one) => one.role === 'lead' && one.person !== person);
    if (input.role === 'lead' && !others)
      throw new Problem('entry/last-lead', 'A matter keeps a lead. Nothing was changed; admit another lead first.');
    return {
      matter: id,
      name,
      person,
      role: input.role,
      had: house.roll().revoke(person, { role: input.role, matter: id }),
    };
  },
  show: ({ name, role, matter }) => `${name} is no longer ${role} in ${matter}.`,
});

function inWords({ role, matter }: Grant): string {
  return matter === null ? role : `${role} in ${matter}`;
}
