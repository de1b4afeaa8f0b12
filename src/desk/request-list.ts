/** The inbox by what is due next, and one request as a whole. */
import { z } from 'zod';
import { approvalDigest } from '../request/file.ts';
import { words } from '../request/guards.ts';
import { STATES } from '../request/way.ts';
import { now } from './house.ts';
import { operation } from './operation.ts';
import { At, RequestId } from './provider.ts';
import { fileLines, shownFor } from './request-shown.ts';

const Moment = At.describe('as of which moment; any time, for looking ahead');

export const requestList = operation({
  words: 'request list',
  desk: 'provider',
  op: 'consultation',
  does: 'List the requests by what is due next.',
  example: 'fourcorners request list --limit 20',
  input: z.strictObject({
    state: z.enum(STATES).optional().describe('only in this state'),
    ended: z.boolean().default(false).describe('those that have ended'),
    limit: z.coerce.number().int().min(1).max(10_000).default(50),
    at: Moment,
  }),
  async run(house, input) {
    const at = input.at === undefined ? now() : new Date(input.at).toISOString();
    const { state, ended, limit } = input;
    const requests = house.docket().list({ state, ended, limit });
    return {
      at,
      counts: house.docket().counts(),
      requests: requests.map((one) => ({ ...one, overdue: one.next !== null && one.next.due <= at })),
    };
  },
  show: ({ requests }) =>
    requests
      .map(
        ({ request, state, agency, caseNo, next, overdue, kind }) =>
          `${request}  ${(next ? `${next.due.slice(0, 16)}Z` : '—').padEnd(18)} ${overdue ? 'OVERDUE ' : ''}${(next?.clock ?? '').padEnd(20)} ${words(state).padEnd(14)} ${kind.padEnd(12)} ${agency}${caseNo ? `, ${caseNo}` : ''}`,
      )
      .join('\n') || 'Nothing is open. `fourcorners request receive` takes a demand in.',
});

export const requestShow = operation({
  words: 'request show',
  desk: 'provider',
  op: 'consultation',
  does: 'Show a request: versions, verdicts, findings, items, approvals, clocks; and every act of it with --acts.',
  example: 'fourcorners request show --request r-1a2b3c4d5e --acts',
  input: z.strictObject({
    request: RequestId,
    acts: z.boolean().default(false).describe('every act, with its ledger entry'),
    at: Moment,
  }),
  async run(house, input) {
    const docket = house.docket();
    const file = docket.file(input.request);
    const at = input.at === undefined ? now() : new Date(input.at).toISOString();
    return {
      ...shownFor(house, file, at),
      approvalDigest: approvalDigest(file),
      ...(input.acts ? { acts: docket.acts(input.request).map(({ salt: _salt, ...act }) => act) } : {}),
    };
  },
  show: (shown) =>
    [
      fileLines(shown),
      `  to approve: ${shown.approvalDigest}`,
      ...(shown.acts ?? []).map(
        ({ seq, at, act, by, recordedAt }) =>
          `  ${String(seq).padStart(4)}  ${at}  ${by.name}: ${act}${recordedAt.slice(0, 16) === at.slice(0, 16) ? '' : ` (entered ${recordedAt})`}`,
      ),
    ].join('\n'),
});
