/** What waits for a second person: papers in the matters one works in, and decisions, collections and changes of the desk. */
import { z } from 'zod';
import type { Directory } from '../instrument/agency.ts';
import type { Policy } from '../instrument/policy.ts';
import { approvalsComplete, approvedItems, version } from '../request/file.ts';
import { pending } from './desk-paper.ts';
import { instrumentsOf } from './instrument.ts';
import { papersOf } from './matter.ts';
import { operation } from './operation.ts';
import { policyInForce } from './provider.ts';

const MOST = 500;

export const instrumentWaiting = operation({
  words: 'instrument waiting',
  desk: 'examiner',
  op: 'consultation',
  does: 'List the papers that wait for a second person, in the matters you work in.',
  example: 'fourcorners instrument waiting',
  input: z.strictObject({}),
  async run(house, _, task) {
    const waiting = [];
    for (const matter of house.matters().filter((id) => task.reaches(id))) {
      for (const { instrument, versions } of await instrumentsOf(house.matter(matter))) {
        const { version: number, added, approval } = versions.at(-1)!;
        if (approval !== null) continue;
        const { kind, number: paper } = added.paper;
        const { name } = await papersOf(house, matter);
        waiting.push({
          matter,
          name,
          instrument,
          version: number,
          paper: `${kind} ${paper ?? ''}`.trim(),
          by: added.addedBy.name,
          at: added.addedAt,
        });
      }
    }
    return { waiting };
  },
  show: ({ waiting }) =>
    waiting
      .map(({ matter, instrument, paper, by }) => `${matter}  ${instrument}  ${paper}, added by ${by}`)
      .join('\n') || 'No paper waits.',
});

export const requestWaiting = operation({
  words: 'request waiting',
  desk: 'provider',
  op: 'consultation',
  does: 'List what waits for a second person at the provider’s desk: decisions, collections, changes of policy and directory.',
  example: 'fourcorners request waiting',
  input: z.strictObject({}),
  async run(house) {
    const docket = house.docket();
    const { bulkTargets } = policyInForce(house).paper.limits;
    const files = (['in_review', 'qa'] as const).flatMap((state) =>
      docket.list({ state, ended: false, limit: MOST }).map(({ request }) => docket.file(request)),
    );
    const requests = files.flatMap((file) => {
      const decided = version(file).demand.items.every(({ id }) => file.decisions[id] !== undefined);
      const deciders = [...new Set(Object.values(file.decisions).map(({ by }) => by.name))].join(', ');
      if (
        file.state === 'in_review' &&
        decided &&
        approvedItems(file).length > 0 &&
        !approvalsComplete(file, bulkTargets)
      )
        return [{ request: file.id, what: 'a decision', by: deciders, at: file.lastAt }];
      return file.state === 'qa' && file.collection
        ? [{ request: file.id, what: 'a collection', by: file.collection.by.name, at: file.collection.at }]
        : [];
    });
    const changes = (['policy', 'directory'] as const).flatMap((name) => {
      const change = pending<Policy | Directory>(house, name);
      return change ? [{ what: name, by: change.proposedBy.name, at: change.proposedAt }] : [];
    });
    return { requests, changes };
  },
  show: ({ requests, changes }) =>
    [
      ...requests.map(({ request, what, by }) => `${request}: ${what} by ${by}`),
      ...changes.map(({ what, by }) => `a change of the ${what} by ${by}`),
    ].join('\n') || 'Nothing waits.',
});
