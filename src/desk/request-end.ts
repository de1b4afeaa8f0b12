/** What others say of a request, and its ends: the enforcing authority, a stay, a withdrawal, an acknowledgement, closing. */
import { z } from 'zod';
import { version } from '../request/file.ts';
import { operation } from './operation.ts';
import { DoneAt, RequestId, statedTime, take } from './provider.ts';
import { clearRemains } from './remains.ts';
import { folderOf } from './request-documents.ts';
import { shownFor } from './request-shown.ts';

const Said = z.string().trim().min(1).max(4000);
const shows = (shown: { request: string; state: string }) => `${shown.request} is ${shown.state}.`;

export const requestAuthority = operation({
  words: 'request authority',
  desk: 'provider',
  op: 'collection',
  does: 'Record what the enforcing authority says of a European order: no ground for refusal, or a refusal in part or in full.',
  example:
    'fourcorners request authority --request r-1a2b3c4d5e --decision partial --items 2 --reference "IE-CA 118/26"',
  input: z.strictObject({
    request: RequestId,
    decision: z.enum(['no-ground', 'partial', 'full']),
    items: z.string().default('').describe('the items a partial refusal names, with commas'),
    reference: Said.describe('number or message of its decision'),
    at: DoneAt,
  }),
  async run(house, input, task) {
    const decision = input.decision === 'no-ground' ? 'no ground' : input.decision;
    const items = input.items
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean);
    const file = take(house, task, input, { act: 'enforcing authority', decision, items, reference: input.reference });
    return shownFor(house, file, statedTime(input.at));
  },
  show: shows,
});

export const requestStay = operation({
  words: 'request stay',
  desk: 'provider',
  op: 'alteration',
  does: 'Stop a request where it stands, because a motion or an objection was filed: preserve, do not produce.',
  example: 'fourcorners request stay --request r-1a2b3c4d5e --ground "Motion to quash filed by the user, 26-mc-0031"',
  input: z.strictObject({ request: RequestId, ground: Said, at: DoneAt }),
  async run(house, input, task) {
    const file = take(house, task, input, { act: 'stay', ground: input.ground });
    return shownFor(house, file, statedTime(input.at));
  },
  show: shows,
});

export const requestResume = operation({
  words: 'request resume',
  desk: 'provider',
  op: 'alteration',
  does: 'Lift a stay: the request goes on from where it stood.',
  example: 'fourcorners request resume --request r-1a2b3c4d5e --reason "Motion denied 2026-10-02"',
  input: z.strictObject({ request: RequestId, reason: Said, at: DoneAt }),
  async run(house, input, task) {
    const file = take(house, task, input, { act: 'lift stay', reason: input.reason });
    return shownFor(house, file, statedTime(input.at));
  },
  show: shows,
});

export const requestWithdraw = operation({
  words: 'request withdraw',
  desk: 'provider',
  op: 'erasure',
  does: 'Record that the issuer withdrew it, and how that was authenticated. What was collected is deleted; the acts stay.',
  example:
    'fourcorners request withdraw --request r-1a2b3c4d5e --reason "Case dismissed" --authenticated "call-back to the directory number"',
  input: z.strictObject({ request: RequestId, reason: Said, authenticated: Said, at: DoneAt }),
  async run(house, input, task) {
    const { reason, authenticated } = input;
    const file = take(house, task, input, { act: 'withdraw', reason, authenticated });
    clearRemains(folderOf(house, file.id), house.docket(), file.id);
    return shownFor(house, file, statedTime(input.at));
  },
  show: shows,
});

export const requestAcknowledge = operation({
  words: 'request acknowledge',
  desk: 'provider',
  op: 'collection',
  does: 'Record that the recipient confirms the package by its digest.',
  example: 'fourcorners request acknowledge --request r-1a2b3c4d5e --sha256 9f86d0… --by "Sam Ortega"',
  input: z.strictObject({
    request: RequestId,
    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hex'),
    by: Said,
    at: DoneAt,
  }),
  async run(house, input, task) {
    const file = take(house, task, input, { act: 'acknowledge', sha256: input.sha256, by_whom: input.by });
    return shownFor(house, file, statedTime(input.at));
  },
  show: shows,
});

export const requestFollowUp = operation({
  words: 'request follow-up',
  desk: 'provider',
  op: 'collection',
  does: 'Record the paper that follows an emergency, or the note after it.',
  example: 'fourcorners request follow-up --request r-1a2b3c4d5e --note "Warrant 26-mr-0442 served 2026-09-20"',
  input: z.strictObject({ request: RequestId, note: Said, at: DoneAt }),
  async run(house, input, task) {
    const file = take(house, task, input, { act: 'follow up', note: input.note });
    return shownFor(house, file, statedTime(input.at));
  },
  show: shows,
});

export const requestClose = operation({
  words: 'request close',
  desk: 'provider',
  op: 'alteration',
  does: 'Close a request that is produced, rejected, or was not cured in time.',
  example: 'fourcorners request close --request r-1a2b3c4d5e --reason "No answer to the letter of 2026-09-14"',
  input: z.strictObject({ request: RequestId, reason: Said, at: DoneAt }),
  async run(house, input, task) {
    const file = take(house, task, input, { act: 'close', reason: input.reason });
    return { ...shownFor(house, file, statedTime(input.at)), kind: version(file).demand.kind };
  },
  show: shows,
});
