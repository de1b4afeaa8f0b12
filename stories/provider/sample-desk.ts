/**
 * The desk of the sample's order, led through the one door in this process up to where a story begins: for stories about
 * what comes after.
 */
import { directoryApprove, directoryImport } from '../../src/desk/directory.ts';
import { noticeDecide, noticeSend } from '../../src/desk/notice.ts';
import type { Operation } from '../../src/desk/operation.ts';
import { perform } from '../../src/desk/perform.ts';
import { policyApprove, policyPropose } from '../../src/desk/policy.ts';
import { requestReceive } from '../../src/desk/request-receive.ts';
import { requestApprove, requestDecide, requestReview } from '../../src/desk/request-review.ts';
import { requestAssign, requestCall, requestSecond, requestVerify } from '../../src/desk/request-verify.ts';
import type { DemandInput } from '../../src/instrument/legal-request.ts';
import type { Office } from '../command.ts';
import { ADDRESS, agencies, email, POLICY, write } from './sample-order.ts';

export const REVIEWER = 'R. Alder';
export const SECOND = 'D. Quill';
export const THIRD = 'M. Sorrel';

/** When the user's time to object is over. */
export const PRODUCED = '2017-05-01T17:45:00Z';
export const CHECKED = '2017-05-01T17:55:00Z';
export const PACKAGED = '2017-05-01T18:00:00Z';

type Act = <T = unknown>(actor: string, operation: Operation, given: object) => Promise<T>;

/** The one door of a data directory; `dir` is that of the office unless another is named. */
export function acts(desk: Office, dir = desk.data): Act {
  return async <T>(actor: string, operation: Operation, given: object) =>
    (await perform(operation, given, { dir, actor })) as T;
}

/** Directory and policy, each approved by a second person. */
export async function openDesk(desk: Office, recipient: string): Promise<void> {
  const act = acts(desk);
  await act(REVIEWER, directoryImport, { file: write(desk.path('agencies.csv'), agencies(recipient)) });
  await act(SECOND, directoryApprove, {});
  await act(REVIEWER, policyPropose, { file: write(desk.path('policy.json'), POLICY) });
  await act(SECOND, policyApprove, {});
}

/** The message on the desk's disk. */
export async function messageOn(desk: Office, form: DemandInput): Promise<string> {
  return write(desk.path('order.eml'), await email(form));
}

export async function receive(desk: Office, file: string): Promise<string> {
  const { request } = await acts(desk)<{ request: string }>(REVIEWER, requestReceive, {
    file,
    received: '2017-04-13T16:20:00Z',
  });
  return request;
}

export async function verify(desk: Office, request: string): Promise<void> {
  const act = acts(desk);
  await act(REVIEWER, requestAssign, { request, at: '2017-04-13T17:00:00Z' });
  await act(REVIEWER, requestCall, { request, answer: 'confirmed', at: '2017-04-13T17:05:00Z' });
  await act(SECOND, requestSecond, { request, note: 'Badge number checked.', at: '2017-04-13T17:15:00Z' });
  await act(REVIEWER, requestVerify, { request, at: '2017-04-13T17:20:00Z' });
}

export async function review(desk: Office, request: string): Promise<void> {
  await acts(desk)(REVIEWER, requestReview, { request, at: '2017-04-13T17:30:00Z' });
}

/** Decides what was judged, has it approved by two people, and tells the user. */
export async function approve(desk: Office, request: string, items: string[], rejected: string[] = []): Promise<void> {
  const act = acts(desk);
  const reason = 'Within the order.';
  const at = '2017-04-17T15:30:00Z';
  for (const item of items) await act(REVIEWER, requestDecide, { request, item, decision: 'approve', reason, at });
  for (const item of rejected) {
    await act(REVIEWER, requestDecide, { request, item, decision: 'reject', reason: 'Not within the order.', at });
  }
  await act(SECOND, requestApprove, { request, at: '2017-04-17T16:00:00Z' });
  await act(THIRD, requestApprove, { request, at: '2017-04-17T17:00:00Z' });
  await act(REVIEWER, noticeDecide, { request, at: '2017-04-17T17:30:00Z' });
  await act(REVIEWER, noticeSend, { request, to: ADDRESS, at: '2017-04-17T17:45:00Z' });
}
