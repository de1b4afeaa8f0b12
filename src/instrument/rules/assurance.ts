/**
 * How surely the desk knows who is asking, and how surely it has to for what is asked.
 *
 * Level 1: mail from an official domain that authenticates. Level 2: a vetted agency's portal credential. Level 3: a
 * call-back at the directory's number confirmed this matter. Level 4: the same and a second, different verifier, or a
 * qualified signature over the decentralised IT system. A mailbox can be taken over: level 1 discloses nothing.
 */
import type { LegalRequest } from '../legal-request.ts';
import { asksForData, isContent, isReverse } from '../papers.ts';
import type { Policy } from '../policy.ts';
import { isEmergency } from '../process.ts';

export type Level = 0 | 1 | 2 | 3 | 4;

export type Assurance = { floor: Exclude<Level, 0>; level: Level; because: string[]; missing: Missing[] };

export type Missing =
  | 'mail that authenticates as an official domain, a portal credential or a call-back'
  | 'a vetted portal credential or a call-back'
  | 'a call-back at the number of the directory that confirmed this matter'
  | 'a second verifier, other than who called back';

/** What this request needs, what it has, and what is missing between the two. */
export function assuranceOf(request: LegalRequest, policy: Policy): Assurance {
  const { floor, because } = floorOf(request, policy);
  const level = levelOf(request);
  return { floor, level, because, missing: level >= floor ? [] : missing(request, floor) };
}

function floorOf(request: LegalRequest, { limits }: Policy): Pick<Assurance, 'floor' | 'because'> {
  if (!asksForData(request)) return { floor: 1, because: ['nothing is disclosed'] };
  const four = [
    isEmergency(request) && 'it is an emergency',
    request.targets.length >= limits.bulkTargets && `it names ${request.targets.length} targets`,
    request.items.some((item) => isReverse(request, item)) && 'it searches for whoever was in a place or wrote a term',
  ].filter((reason) => reason !== false);
  const three = [
    request.items.some(({ category }) => isContent(category)) && 'it asks for content',
    request.requester.auth.priorVerified === 0 && 'no earlier request of this agency was verified',
    request.targets.length > limits.targetsWithoutCallBack && `it names ${request.targets.length} targets`,
  ].filter((reason) => reason !== false);
  if (four.length > 0) return { floor: 4, because: [...new Set([...four, ...three])] };
  if (three.length > 0) return { floor: 3, because: three };
  return { floor: 2, because: ['records of a person are disclosed'] };
}

function levelOf(request: LegalRequest): Level {
  const { channel, eu, requester } = request;
  const { auth } = requester;
  if (channel === 'dits' && eu?.qes === true) return 4;
  if (isCalledBack(request)) return isSeconded(request) ? 4 : 3;
  if (channel === 'portal' && auth.credential === 'ok') return 2;
  return auth.domainInDirectory && auth.dmarc === 'pass' && auth.replyToDiffers !== true ? 1 : 0;
}

function missing(request: LegalRequest, floor: Level): Missing[] {
  if (floor === 1) return ['mail that authenticates as an official domain, a portal credential or a call-back'];
  if (floor === 2) return ['a vetted portal credential or a call-back'];
  const made: Missing[] = [];
  if (!isCalledBack(request)) made.push('a call-back at the number of the directory that confirmed this matter');
  if (floor === 4 && !isSeconded(request)) made.push('a second verifier, other than who called back');
  return made;
}

/** A call to a number that the request itself gave confirms nothing. */
function isCalledBack({ requester: { callback } }: LegalRequest): boolean {
  return callback?.answer === 'confirmed' && callback.numberSource === 'directory';
}

function isSeconded({ requester: { callback, secondVerifier } }: LegalRequest): boolean {
  return secondVerifier !== null && alike(secondVerifier) !== alike(callback?.by ?? '');
}

const alike = (name: string) => name.trim().toLowerCase();
