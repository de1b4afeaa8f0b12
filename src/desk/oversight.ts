/** What oversight reads beyond the list: one act with its proof and what was signed for it, and what should alarm. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../base/problem.ts';
import { conflictsAmong } from '../entry/roles.ts';
import type { House } from './house.ts';
import { operation } from './operation.ts';
import { namesIn } from './person.ts';

export const ledgerEntry = operation({
  words: 'ledger entry',
  desk: 'oversight',
  op: 'consultation',
  does: 'Show one act in full: its entry, its place in the log with the proof, and what the person signed for it.',
  example: 'fourcorners ledger entry --id 3f2a9c1e-0b7d-4c58-9a54-6a0d2f1c7e11',
  input: z.strictObject({ id: z.string().min(1).max(128).describe('the id of an entry, as `ledger show` lists it') }),
  async run(house, { id }) {
    const index = house.ledger.indexOf(id);
    if (index === null) throw new Problem('ledger/no-such-entry', `There is no entry ${id} in this ledger.`, { id });
    const { entry, proof } = await house.ledger.proveEntry(index);
    const text = Buffer.from(entry).toString('utf8');
    const names = namesIn(join(house.dir, 'state'), house.keys.commitments);
    const { actor } = JSON.parse(text) as { actor: string };
    return {
      index,
      entry: text,
      actorName: names[actor] ?? null,
      proof,
      vkey: house.ledger.vkey,
      signed: house.roll().statement(id),
    };
  },
  show: ({ entry, proof }) => `${entry}\n${proof}`,
});

/** A pair of people of whom one approves so much of the other's work is worth a look. */
const PAIR_SHARE = 0.8;
const PAIR_LEAST = 5;
const MOST_OVERDUE = 200;
const GOING_ON_MS = 10 * 60_000;
const APPROVALS = new Set([
  'instrument.approve',
  'request.approve',
  'produce.check',
  'policy.approve',
  'directory.approve',
]);

export const oversightAlarms = operation({
  words: 'oversight alarms',
  desk: 'oversight',
  op: 'consultation',
  does: 'List what should be looked at: acts without an ending, acts that a crash ended, times that have passed, refusals that pile up, roles one person should not hold, and who approves whom.',
  example: 'fourcorners oversight alarms',
  input: z.strictObject({}),
  async run(house) {
    const names = namesIn(join(house.dir, 'state'), house.keys.commitments);
    const nameOf = (actor: string) => names[actor] ?? actor;
    const entries = [...house.ledger.entries()];
    const ended = new Set(entries.flatMap(({ ref }) => (ref === undefined ? [] : [ref])));
    const shown = ({ id, act, actor, recordedAt, matter, result }: (typeof entries)[number]) => ({
      id, act: act.replaceAll('.', ' '), by: nameOf(actor), at: recordedAt, of: matter ?? null, result: result ?? null,
    }); // biome-ignore format: one entry
    // What began just now may still be going on, as the act that asks is.
    const settled = new Date(Date.now() - GOING_ON_MS).toISOString();
    const open = entries.filter(
      (entry) => entry.phase === 'intent' && !ended.has(entry.id) && entry.recordedAt < settled,
    );
    const crashed = entries.filter(({ result }) => result === 'aborted:crash' || result === 'failed');
    const refused = new Map<string, number>();
    for (const { actor, result } of entries) {
      if (result?.startsWith('problem:')) refused.set(actor, (refused.get(actor) ?? 0) + 1);
    }
    return {
      open: open.map(shown),
      overdue: overdueIn(house),
      crashed: crashed.map(shown),
      refusals: [...refused].map(([actor, count]) => ({ by: nameOf(actor), count })).sort((a, b) => b.count - a.count),
      conflicts: conflictsOf(house),
      pairs: pairsIn(entries, nameOf),
    };
  },
});

/** Requests whose next time has passed: answers, notices, and the paper that must follow an emergency. */
function overdueIn(house: House) {
  if (!existsSync(join(house.dir, 'state', 'docket.sqlite'))) return [];
  const at = new Date().toISOString();
  return house
    .docket()
    .list({ limit: MOST_OVERDUE })
    .flatMap(({ request, next }) =>
      next !== null && next.due <= at ? [{ request, clock: next.clock, due: next.due, whose: next.whose }] : [],
    );
}

function conflictsOf(house: House) {
  const roll = house.roll();
  return roll.people().flatMap(({ person, name, ended }) => {
    if (ended !== null) return [];
    return conflictsAmong(roll.grantsOf(person).map(({ role }) => role)).map((roles) => ({ name, roles }));
  });
}

type Entry = { act: string; actor: string; phase: string; result?: string | undefined; matter?: string | undefined };

/** Of the matters and requests one person worked on, how many another approved in. */
function pairsIn(entries: readonly Entry[], nameOf: (actor: string) => string) {
  const chains = new Map<string, { workers: Set<string>; approvers: Set<string> }>();
  for (const { act, actor, phase, result, matter } of entries) {
    if (phase !== 'outcome' || matter === undefined || !result?.startsWith('ok')) continue;
    const chain = chains.get(matter) ?? { workers: new Set(), approvers: new Set() };
    (APPROVALS.has(act) ? chain.approvers : chain.workers).add(actor);
    chains.set(matter, chain);
  }
  const pairs = new Map<string, { worker: string; approver: string; together: number }>();
  const worked = new Map<string, number>();
  for (const { workers, approvers } of chains.values()) {
    if (approvers.size === 0) continue;
    for (const worker of workers) {
      worked.set(worker, (worked.get(worker) ?? 0) + 1);
      for (const approver of approvers) {
        if (approver === worker) continue;
        const key = `${worker} ${approver}`;
        const pair = pairs.get(key) ?? { worker, approver, together: 0 };
        pair.together += 1;
        pairs.set(key, pair);
      }
    }
  }
  return [...pairs.values()]
    .map(({ worker, approver, together }) => ({
      worker: nameOf(worker),
      approver: nameOf(approver),
      together,
      of: worked.get(worker)!,
    }))
    .map((pair) => ({ ...pair, alarming: pair.of >= PAIR_LEAST && pair.together / pair.of >= PAIR_SHARE }))
    .sort((a, b) => b.together - a.together);
}
