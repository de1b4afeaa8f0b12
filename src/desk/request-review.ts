/** The legal review: judging by the rules, answering findings, deciding item by item, and the approval of other people. */
import { z } from 'zod';
import { Problem } from '../base/problem.ts';
import { type Judgement, judge } from '../instrument/judge.ts';
import { ruleSet, ruleSetOn } from '../instrument/rules/register.ts';
import { approvalDigest, approvedItems, asJudged, type RequestFile, version } from '../request/file.ts';
import { historyOf } from '../request/history.ts';
import { marksOf } from '../request/summary.ts';
import { operation } from './operation.ts';
import {
  contextOf,
  DoneAt,
  directoryInForce,
  directoryOf,
  mayTake,
  policyInForce,
  policyOf,
  RequestId,
  statedTime,
  take,
} from './provider.ts';
import { resolveTargets } from './request-resolve.ts';
import { fileLines, findingLines, shownFor } from './request-shown.ts';

export const requestReview = operation({
  words: 'request review',
  desk: 'provider',
  op: 'alteration',
  does: 'Judge the newest version by every rule: three verdicts, and per item what stands against it. Approves nothing.',
  example: 'fourcorners request review --request r-1a2b3c4d5e',
  input: z.strictObject({ request: RequestId, at: DoneAt }),
  async run(house, input, task) {
    const at = statedTime(input.at);
    const before = house.docket().file(input.request);
    const set = await ruleSet(ruleSetOn(at.slice(0, 10)));
    const review = (file: RequestFile) => {
      const context = contextOf(house, file, at);
      return {
        act: 'review' as const,
        judgement: judge(set, asJudged(file), context),
        policy: policyInForce(house).version,
        directory: directoryInForce(house).version,
        holds: context.history.holds,
      };
    };
    // Nobody is looked up for a demand that may not be reviewed yet.
    mayTake(house, task, input, review(before));
    const resolution = await resolveTargets(house, before);
    const reviewed = review(resolution === null ? before : { ...before, resolved: resolution.resolved });
    const { findings, items } = reviewed.judgement;
    const file = take(
      house,
      task,
      { ...input, counts: { findings: findings.length, items: items.length } },
      ...(resolution === null ? [] : [{ act: 'resolve' as const, ...resolution }]),
      reviewed,
    );
    return shownFor(house, file, at);
  },
  show: fileLines,
});

export const requestJudge = operation({
  words: 'request judge',
  desk: 'provider',
  op: 'consultation',
  does: 'Judge a request again and store nothing: as on the day of its review, or by another rule set or policy.',
  example: 'fourcorners request judge --request r-1a2b3c4d5e --rules 2026-06-29',
  input: z.strictObject({
    request: RequestId,
    rules: z.string().optional().describe('a rule set; that of its last review unless one is named, else the newest'),
    policy: z.coerce
      .number()
      .int()
      .min(0)
      .optional()
      .describe('a policy version; that of its last review unless named'),
    at: z.string().optional().describe('as of when; the moment of its last review unless named'),
  }),
  async run(house, input) {
    const file = house.docket().file(input.request);
    const stored = file.judgement;
    const at = input.at === undefined ? (stored?.at ?? new Date().toISOString()) : statedTime(input.at);
    const policy = policyOf(house, input.policy ?? file.judgedUnder?.policy ?? policyInForce(house).version);
    const directory = directoryOf(house, file.judgedUnder?.directory ?? directoryInForce(house).version);
    const history = historyOf(house.docket(), file, marksOf(file));
    const set = await ruleSet(input.rules ?? stored?.ruleSet);
    const judgement = judge(set, asJudged(file), { at, policy, directory, history });
    return { request: file.id, judgement, stored, differs: stored === null ? null : differences(stored, judgement) };
  },
  show: ({ request, judgement, differs }) =>
    [
      `${request} by rule set ${judgement.ruleSet}: who asks ${judgement.authenticity}, the paper ${judgement.sufficiency}, the scope ${judgement.scope}`,
      ...findingLines(judgement.findings),
      ...(differs === null
        ? []
        : differs.length === 0
          ? ['  The same as was stored.']
          : differs.map((line) => `  differs: ${line}`)),
    ].join('\n'),
});

function differences(stored: Judgement, now: Judgement): string[] {
  const name = ({ rule, path, severity }: Judgement['findings'][number]) => `${rule} ${severity} at ${path}`;
  const [before, after] = [stored.findings.map(name), now.findings.map(name)];
  return [
    ...before.filter((one) => !after.includes(one)).map((one) => `no longer found: ${one}`),
    ...after.filter((one) => !before.includes(one)).map((one) => `found now: ${one}`),
    ...(stored.rulesDigest === now.rulesDigest ? [] : ['the rules themselves have another digest']),
  ];
}

export const requestReason = operation({
  words: 'request reason',
  desk: 'provider',
  op: 'alteration',
  does: 'Answer a finding: why the review goes on in spite of it. What cannot be produced stays so whatever the reason.',
  example:
    'fourcorners request reason --request r-1a2b3c4d5e --rule R-060 --reason "The court keeps UTC; confirmed by its clerk."',
  input: z.strictObject({
    request: RequestId,
    rule: z.string().regex(/^R-\d{3}$/, 'a rule such as R-060'),
    item: z.string().optional().describe('only for this item'),
    reason: z.string().trim().min(3).max(4000),
    at: DoneAt,
  }),
  async run(house, input, task) {
    const before = house.docket().file(input.request);
    const judged = before.judgement?.findings ?? [];
    const all = [...judged, ...contextFindings(before)];
    if (before.state === 'in_review' && !all.some(({ rule }) => rule === input.rule)) {
      throw new Problem(
        'request/no-such-finding',
        `${input.rule} has found nothing in ${input.request}. Nothing was recorded.`,
        { rule: input.rule },
      );
    }
    const file = take(house, task, input, {
      act: 'give reason',
      rule: input.rule,
      item: input.item ?? null,
      reason: input.reason,
    });
    return shownFor(house, file, statedTime(input.at));
  },
  show: fileLines,
});

const contextFindings = (file: { verification: { findings: Judgement['findings'] } | null }) =>
  file.verification?.findings ?? [];

export const requestDecide = operation({
  words: 'request decide',
  desk: 'provider',
  op: 'alteration',
  does: 'Decide an item, as its reviewer: produce it, reject it, or push it back. It takes effect when others have approved.',
  example:
    'fourcorners request decide --request r-1a2b3c4d5e --item 2 --decision approve --reason "Reached by the order; two months."',
  input: z.strictObject({
    request: RequestId,
    item: z.string().min(1).describe('the item, or `all`'),
    decision: z.enum(['approve', 'reject', 'push-back']),
    reason: z.string().trim().min(1).max(4000).describe('for the file, and for the letter where it is not produced'),
    at: DoneAt,
  }),
  async run(house, input, task) {
    const before = house.docket().file(input.request);
    const all = version(before).demand.items.map(({ id }) => id);
    const chosen = input.item === 'all' ? all : all.filter((id) => id === input.item);
    if (chosen.length === 0) {
      throw new Problem(
        'request/no-such-item',
        `${input.request} has no item ${input.item}: it has ${all.join(', ') || 'none'}. Nothing was decided.`,
        { item: input.item },
      );
    }
    const decision = input.decision === 'push-back' ? 'push back' : input.decision;
    const file = take(
      house,
      task,
      input,
      ...chosen.map((item) => ({ act: 'decide' as const, item, decision, reason: input.reason }) as const),
    );
    return shownFor(house, file, statedTime(input.at));
  },
  show: fileLines,
});

export const requestApprove = operation({
  words: 'request approve',
  desk: 'provider',
  op: 'alteration',
  does: 'Approve, as another person, exactly what was decided to be produced. Two people where the law of it is weighty.',
  example: 'fourcorners request approve --request r-1a2b3c4d5e --as "D. Quill"',
  input: z.strictObject({
    request: RequestId,
    digest: z
      .string()
      .optional()
      .describe('the digest of what you read, as `request show` prints it; another one is refused'),
    at: DoneAt,
  }),
  async run(house, input, task) {
    const file = take(house, task, input, (before) => ({
      act: 'approve',
      items: approvedItems(before),
      digest: input.digest ?? approvalDigest(before),
    }));
    return shownFor(house, file, statedTime(input.at));
  },
  show: (shown) =>
    `${shown.request} is ${shown.state}; approved by ${shown.approvals.by.join(' and ')}${shown.approvals.complete ? '' : `, and ${shown.approvals.needed} are needed`}.`,
});

export const requestReject = operation({
  words: 'request reject',
  desk: 'provider',
  op: 'alteration',
  does: 'End a request of which every item is rejected. The letter that says why is composed with `request letter`.',
  example: 'fourcorners request reject --request r-1a2b3c4d5e',
  input: z.strictObject({ request: RequestId, at: DoneAt }),
  async run(house, input, task) {
    const file = take(house, task, input, (before) => ({
      act: 'reject',
      reasons: [...new Set(Object.values(before.decisions).map(({ reason }) => reason))],
    }));
    return shownFor(house, file, statedTime(input.at));
  },
  show: (shown) => `${shown.request} is ${shown.state}.`,
});
