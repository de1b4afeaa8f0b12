/** Who is asking: assigning a reviewer, calling the agency back, a second verifier, and the verdict that a person gives. */

import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../base/problem.ts';
import { agencyOf } from '../instrument/agency.ts';
import { judge } from '../instrument/judge.ts';
import { ruleSet, ruleSetOn } from '../instrument/rules/register.ts';
import { assuranceFor } from '../request/assurance.ts';
import { asJudged, version } from '../request/file.ts';
import { operation } from './operation.ts';
import { personOf } from './person.ts';
import { contextOf, DoneAt, directoryInForce, policyInForce, RequestId, statedTime, take } from './provider.ts';
import { findingLines, shownFor } from './request-shown.ts';

export const requestAssign = operation({
  words: 'request assign',
  desk: 'provider',
  op: 'alteration',
  does: 'Give a request to a reviewer, who is no party to it. Verification begins.',
  example: 'fourcorners request assign --request r-1a2b3c4d5e --to "R. Alder"',
  input: z.strictObject({
    request: RequestId,
    to: z.string().trim().min(1).describe('who reviews it; whoever acts, unless someone is named').optional(),
    at: DoneAt,
  }),
  async run(house, input, task) {
    const to =
      input.to === undefined ? house.actor : personOf(input.to, join(house.dir, 'state'), house.keys.commitments);
    const file = take(house, task, input, { act: 'assign', to: { name: to.name, pseudonym: to.pseudonym } });
    return shownFor(house, file, statedTime(input.at));
  },
  show: (shown) => `${shown.request} is ${shown.state}.`,
});

export const requestCall = operation({
  words: 'request call',
  desk: 'provider',
  op: 'alteration',
  does: 'Record a call-back: at the number the directory has, which is used unless you say you took the number from the request.',
  example:
    'fourcorners request call --request r-1a2b3c4d5e --answer confirmed --note "Switchboard put me through; she confirmed 26-cr-0117."',
  input: z.strictObject({
    request: RequestId,
    answer: z.enum(['confirmed', 'denied', 'no answer']).describe('what the agency said of this very matter'),
    number: z.string().trim().min(3).optional().describe('the number called, where it was not the directory’s'),
    note: z.string().max(2000).default('').describe('who was spoken to, and how they were reached'),
    at: DoneAt,
  }),
  async run(house, input, task) {
    const { demand } = version(house.docket().file(input.request));
    const listed = agencyOf(directoryInForce(house).paper, demand.requester)?.phone;
    const number = input.number ?? listed;
    if (number === undefined) {
      throw new Problem(
        'request/no-number',
        `The directory has no number of ${demand.requester.agencyName}. Nothing was recorded. Look the agency up, put it into the directory, or say with --number which number you called.`,
        { agency: demand.requester.agencyName },
      );
    }
    // Where a number came from is found by comparing, not asked: a number that is not the directory’s is the request’s.
    const numberSource = listed !== undefined && digits(number) === digits(listed) ? 'directory' : 'request';
    const file = take(house, task, input, {
      act: 'call back',
      number,
      numberSource,
      answer: input.answer,
      note: input.note,
    });
    return { ...shownFor(house, file, statedTime(input.at)), number, numberSource };
  },
  show: ({ request, number, numberSource, assurance }) =>
    `${request}: call to ${number} (${numberSource === 'directory' ? 'the directory’s number' : 'NOT the directory’s number: it counts for nothing'}). Level ${assurance.level} of ${assurance.floor} needed.`,
});

const digits = (number: string) => number.replace(/[^\d+]/g, '');

export const requestSecond = operation({
  words: 'request second',
  desk: 'provider',
  op: 'alteration',
  does: 'Record that you, a second person, checked who is asking by yourself.',
  example:
    'fourcorners request second --request r-1a2b3c4d5e --as "D. Quill" --note "Badge number checked with the state register."',
  input: z.strictObject({
    request: RequestId,
    fails: z.boolean().default(false).describe('the check did not bear it out'),
    note: z.string().trim().min(1).max(2000).describe('what was checked, and how'),
    at: DoneAt,
  }),
  async run(house, input, task) {
    const file = take(house, task, input, { act: 'second check', holds: !input.fails, note: input.note });
    return shownFor(house, file, statedTime(input.at));
  },
  show: ({ request, assurance }) => `${request}: level ${assurance.level} of ${assurance.floor} needed.`,
});

export const requestVerify = operation({
  words: 'request verify',
  desk: 'provider',
  op: 'alteration',
  does: 'Say who is asking: verified, where the assurance level is reached and nothing is open, or refused as a fraud.',
  example: 'fourcorners request verify --request r-1a2b3c4d5e',
  input: z.strictObject({
    request: RequestId,
    fraud: z.string().trim().min(1).optional().describe('refuse it as a fraud, and why; the sender gets no answer'),
    at: DoneAt,
  }),
  async run(house, input, task) {
    const at = statedTime(input.at);
    const before = house.docket().file(input.request);
    const policy = policyInForce(house).paper;
    const request = asJudged(before);
    const judgement = judge(await ruleSet(ruleSetOn(at.slice(0, 10))), request, contextOf(house, before, at));
    const findings = judgement.findings.filter(({ about }) => about === 'authenticity');
    const { level, because } = assuranceFor(request, directoryInForce(house).paper, policy);
    const file = take(
      house,
      task,
      { ...input, at: input.at, counts: { findings: findings.length } },
      {
        act: 'verify',
        outcome: input.fraud === undefined ? 'verified' : 'fraud',
        level,
        because,
        reason: input.fraud ?? '',
        judgement: { ...judgement, findings },
      },
    );
    return { ...shownFor(house, file, at), identity: findings };
  },
  show: (shown) => [`${shown.request} is ${shown.state}.`, ...findingLines(shown.identity)].join('\n'),
});
