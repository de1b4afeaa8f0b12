/**
 * The provider's desk at work: the policy and directory in force, a request's file, and the one way an act is added to it.
 *
 * Every operation on a request goes through `take`: guards, fold, docket, and the digest that the ledger keeps of it.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { digestOf } from '../base/canonical.ts';
import { microsFrom } from '../base/interval.ts';
import { Problem } from '../base/problem.ts';
import { type Directory, EMPTY_DIRECTORY } from '../instrument/agency.ts';
import { DEFAULT_POLICY, type Policy } from '../instrument/policy.ts';
import type { Context } from '../instrument/rule.ts';
import type { Act, Done } from '../request/act.ts';
import { assuranceFor } from '../request/assurance.ts';
import { authorityUntil } from '../request/clocks.ts';
import type { Mark } from '../request/docket.ts';
import { asJudged, type RequestFile, taken } from '../request/file.ts';
import { type Around, landing } from '../request/guards.ts';
import { historyOf } from '../request/history.ts';
import { marksGone, marksOf, summaryOf } from '../request/summary.ts';
import { type House, now } from './house.ts';
import type { Task } from './operation.ts';

export const RequestId = z.string().min(1).describe('the request, as `request receive` named it');

export const At = z
  .string()
  .refine((text) => microsFrom(text) !== null, 'a time with its zone, such as 2026-09-04T17:10:00+01:00')
  .optional();

/** When it was done, where that was before now: a letter that came yesterday is entered today. */
export const DoneAt = At.describe('when it was done, where that was before now');

/** The stated time as an instant of 24 characters, so that instants compare as text; now when none is stated. Throws `input/future`. */
export function statedTime(at: string | undefined): string {
  if (at === undefined) return now();
  const instant = new Date(Number(microsFrom(at)! / 1000n)).toISOString();
  if (Date.parse(instant) > Date.now() + 1000) {
    throw new Problem(
      'input/future',
      `${at} has not come yet. Nothing was done; leave --at out for what is done now.`,
      { at },
    );
  }
  return instant;
}

/** A desk paper in force: approved by a second person, version 0 being what the program brings. */
type InForce<T> = { version: number; paper: T };

export type Proposed<T> = {
  paper: T;
  digest: string;
  proposedBy: { name: string; pseudonym: string };
  proposedAt: string;
  approvedBy: { name: string; pseudonym: string } | null;
  approvedAt: string | null;
};

export function policyInForce(house: House): InForce<Policy> {
  return inForce(house, 'policy', DEFAULT_POLICY);
}

export function directoryInForce(house: House): InForce<Directory> {
  return inForce(house, 'directory', EMPTY_DIRECTORY);
}

function inForce<T>(house: House, name: string, fallback: T): InForce<T> {
  const docket = house.docket();
  const version = docket.lastPaper(name);
  return { version, paper: docket.paper<Proposed<T>>(name, version)?.paper ?? fallback };
}

/** The policy of an earlier version: what a judgement of that day rested on. Throws `policy/no-such-version`. */
export function policyOf(house: House, version: number): Policy {
  if (version === 0) return DEFAULT_POLICY;
  const found = house.docket().paper<Proposed<Policy>>('policy', version);
  if (found) return found.paper;
  throw new Problem(
    'policy/no-such-version',
    `There is no policy version ${version}. \`fourcorners policy show\` lists them.`,
    { version },
  );
}

/** The directory of an earlier version. Throws `directory/no-such-version`. */
export function directoryOf(house: House, version: number): Directory {
  if (version === 0) return EMPTY_DIRECTORY;
  const found = house.docket().paper<Proposed<Directory>>('directory', version);
  if (found) return found.paper;
  throw new Problem(
    'directory/no-such-version',
    `There is no version ${version} of the directory. \`fourcorners directory show\` lists them.`,
    { version },
  );
}

/** What rules may look at beside the request. `marks` are those of the file unless it is only being received. */
export function contextOf(
  house: House,
  file: RequestFile,
  at: string,
  marks: readonly Mark[] = marksOf(file),
): Context {
  return {
    at,
    policy: policyInForce(house).paper,
    directory: directoryInForce(house).paper,
    history: historyOf(house.docket(), file, marks),
  };
}

function aroundOf(house: House, file: RequestFile, under: RequestFile | null = null): Around {
  const policy = policyInForce(house).paper;
  const { floor, missing } = assuranceFor(asJudged(file), directoryInForce(house).paper, policy);
  return {
    policy,
    assurance: { floor, missing },
    authorityUntil: authorityUntil(file, policy)?.due.toString({ fractionalSecondDigits: 3 }) ?? null,
    under,
  };
}

export function actOf(house: House, task: Task, seq: number, at: string, done: Done): Act {
  return {
    ...done,
    seq,
    at,
    recordedAt: now(),
    by: { name: house.actor.name, pseudonym: house.actor.pseudonym },
    entry: task.act,
    salt: randomBytes(16).toString('hex'),
  };
}

export type Taking = {
  request: string;
  at?: string | undefined;
  under?: RequestFile | null;
  counts?: Record<string, number>;
};

/**
 * Adds what `make` says was done to a request, all of it or nothing. `make` is given the file as it is before each act.
 * Throws `request/not-found`, `request/not-now`, `input/future`.
 */
export function take(
  house: House,
  task: Task,
  { request, at, under = null, counts }: Taking,
  ...made: (Done | ((file: RequestFile, at: string) => Done))[]
): RequestFile {
  const docket = house.docket();
  const when = statedTime(at);
  let file = docket.file(request);
  const acts: Act[] = [];
  for (const one of made) {
    const before = file;
    const act = actOf(house, task, before.seq + 1, when, typeof one === 'function' ? one(before, when) : one);
    const state = landing(before, act, aroundOf(house, before, under), (same) => taken(before, act, same));
    file = taken(before, act, state);
    acts.push(act);
  }
  keep(house, task, file, acts, counts);
  return file;
}

/** Throws `request/not-now` when the act may not come next: asked before the work it would crown is begun. */
export function mayTake(house: House, task: Task, { request, at, under = null }: Taking, done: Done): RequestFile {
  const file = house.docket().file(request);
  const act = actOf(house, task, file.seq + 1, statedTime(at), done);
  landing(file, act, aroundOf(house, file, under), (same) => taken(file, act, same));
  return file;
}

/** Writes acts and the file they give, and tells the ledger their digest. */
export function keep(
  house: House,
  task: Task,
  file: RequestFile,
  acts: Act[],
  counts?: Record<string, number>,
  freshKey?: Uint8Array,
): void {
  const policy = policyInForce(house).paper;
  house.docket().add(file, acts, summaryOf(file, policy), marksOf(file), marksGone(file), freshKey);
  task.tell({ objects: { count: acts.length, digest: digestOf(acts) }, ...(counts ? { counts } : {}) });
}
