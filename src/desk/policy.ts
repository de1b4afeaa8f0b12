/** The provider's policy: showing it, proposing a change, and another person's approval. */
import { z } from 'zod';
import { type Policy, readPolicy } from '../instrument/policy.ts';
import { summaryOf } from '../request/summary.ts';
import { approve, pending, propose, Version, versionsOf } from './desk-paper.ts';
import { textGiven } from './given.ts';
import { operation } from './operation.ts';
import { policyInForce, policyOf } from './provider.ts';

export const policyShow = operation({
  words: 'policy show',
  desk: 'provider',
  op: 'consultation',
  does: 'Show the policy in force or an earlier one, its versions, and a change that waits for approval.',
  example: 'fourcorners policy show > policy.json',
  input: z.strictObject({ version: Version }),
  async run(house, { version: wanted }) {
    const { version, paper } =
      wanted === undefined ? policyInForce(house) : { version: wanted, paper: policyOf(house, wanted) };
    const versions = versionsOf<Policy>(house, 'policy').map(({ paper: _paper, ...rest }) => rest);
    const waiting = pending<Policy>(house, 'policy');
    return {
      version,
      policy: paper,
      /** Against the version before it. */
      changes: version === 0 ? [] : changesOf(policyOf(house, version - 1), paper),
      versions,
      pending: waiting && { ...waiting, changes: changesOf(policyInForce(house).paper, waiting.paper) },
    };
  },
  show: ({ policy }) => JSON.stringify(policy, null, 2),
});

export const policyPropose = operation({
  words: 'policy propose',
  desk: 'provider',
  op: 'alteration',
  does: 'Propose a changed policy.json: only what differs from the defaults need stand in it. A second person approves it.',
  example: 'fourcorners policy propose --file policy.json',
  input: z.strictObject({ file: z.string().min(1).describe('policy.json') }),
  async run(house, { file }, task) {
    const proposed = readPolicy(textGiven(file, 'Nothing was changed.'));
    const before = policyInForce(house).paper;
    return { ...propose(house, task, 'policy', proposed), changes: changesOf(before, proposed) };
  },
  show: ({ version, digest, changes }) =>
    [`Policy version ${version} waits for approval: ${digest}`, ...changes.map((line) => `  ${line}`)].join('\n'),
});

export const policyApprove = operation({
  words: 'policy approve',
  desk: 'provider',
  op: 'governance',
  does: 'Approve the proposed policy, as a second person. What is due is worked out anew.',
  example: 'fourcorners policy approve --as "D. Quill"',
  input: z.strictObject({ digest: z.string().optional().describe('the digest of what you read') }),
  async run(house, { digest }, task) {
    const { version, paper } = approve<Policy>(house, task, 'policy', digest);
    const docket = house.docket();
    let open = 0;
    docket.atOnce(() => {
      for (const request of docket.every()) {
        docket.resummarise(summaryOf(docket.file(request), paper));
        if (++open % 1000 === 0) task.progress(`${open} requests`);
      }
    });
    return { version, requests: open };
  },
  show: ({ version }) => `Policy version ${version} is in force.`,
});

/** Field by field, `clocks.cureDays: 14 → 21`. */
function changesOf(before: unknown, after: unknown, path = ''): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const both = [before, after].every((one) => one !== null && typeof one === 'object' && !Array.isArray(one));
  if (!both) return [`${path}: ${JSON.stringify(before) ?? 'not set'} → ${JSON.stringify(after) ?? 'not set'}`];
  const names = new Set([...Object.keys(before as object), ...Object.keys(after as object)]);
  return [...names].flatMap((name) =>
    changesOf(
      (before as Record<string, unknown>)[name],
      (after as Record<string, unknown>)[name],
      path ? `${path}.${name}` : name,
    ),
  );
}
