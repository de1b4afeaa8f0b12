/**
 * A paper of the desk that two people change: one proposes, another approves exactly that. The policy and the directory.
 *
 * Every version stays; what was judged under one can be judged under it again.
 */
import { z } from 'zod';
import { digestOf } from '../base/canonical.ts';
import { Problem } from '../base/problem.ts';
import { type House, now } from './house.ts';
import type { Task } from './operation.ts';
import type { Proposed } from './provider.ts';

type Name = 'policy' | 'directory';

/** Of an earlier paper; 0 is what the program brings. */
export const Version = z.coerce
  .number()
  .int()
  .min(0)
  .optional()
  .describe('an earlier version; the one in force unless given');

const PROPOSALS: Record<Name, string> = { policy: 'policy proposed', directory: 'directory proposed' };

export function propose<T>(house: House, task: Task, name: Name, paper: T): { version: number; digest: string } {
  const docket = house.docket();
  const version = docket.lastPaper(PROPOSALS[name]) + 1;
  const digest = digestOf(paper);
  const proposed: Proposed<T> = {
    paper,
    digest,
    proposedBy: { name: house.actor.name, pseudonym: house.actor.pseudonym },
    proposedAt: now(),
    approvedBy: null,
    approvedAt: null,
  };
  docket.putPaper(PROPOSALS[name], version, task.act, proposed);
  task.tell({ objects: { count: 1, digest } });
  return { version: docket.lastPaper(name) + 1, digest };
}

/** The last proposal that nobody has approved yet; null when there is none. */
export function pending<T>(house: House, name: Name): Proposed<T> | null {
  const docket = house.docket();
  const proposed = docket.paper<Proposed<T>>(PROPOSALS[name], docket.lastPaper(PROPOSALS[name]));
  const inForce = docket.paper<Proposed<T>>(name, docket.lastPaper(name));
  return proposed && (inForce === null || inForce.proposedAt < proposed.proposedAt) ? proposed : null;
}

/** Throws `paper/nothing-proposed`, `paper/same-person`, `paper/other-digest`. */
export function approve<T>(
  house: House,
  task: Task,
  name: Name,
  digest: string | undefined,
): { version: number; paper: T } {
  const proposed = pending<T>(house, name);
  if (!proposed)
    throw new Problem('paper/nothing-proposed', `No change of the ${name} waits for approval. Nothing was changed.`);
  if (proposed.proposedBy.pseudonym === house.actor.pseudonym) {
    throw new Problem(
      'paper/same-person',
      `${house.actor.name} proposed this and cannot approve it too. Nothing was changed; a second person does it with --as.`,
      { person: house.actor.name },
    );
  }
  if (digest !== undefined && digest !== proposed.digest) {
    throw new Problem(
      'paper/other-digest',
      `What waits for approval is ${proposed.digest}, not ${digest}. Nothing was changed; read it again.`,
      { digest: proposed.digest },
    );
  }
  const docket = house.docket();
  const version = docket.lastPaper(name) + 1;
  docket.putPaper(name, version, task.act, {
    ...proposed,
    approvedBy: { name: house.actor.name, pseudonym: house.actor.pseudonym },
    approvedAt: now(),
  });
  task.tell({ objects: { count: 1, digest: proposed.digest } });
  return { version, paper: proposed.paper };
}

/** Every version in force until now, newest last. */
export function versionsOf<T>(house: House, name: Name): (Proposed<T> & { version: number })[] {
  const docket = house.docket();
  return Array.from({ length: docket.lastPaper(name) }, (_, index) => ({
    version: index + 1,
    ...docket.paper<Proposed<T>>(name, index + 1)!,
  }));
}
