/**
 * Which one rule speaks of an item that its paper does not reach, so that nobody reads the same thing twice.
 *
 * The order is from the special to the general: what no paper here gives, what one statute caps, content, location, the
 * table of kinds and categories.
 */
import { reaches, SUBPOENAS } from './kinds.ts';
import type { LegalRequest, RequestItem } from './legal-request.ts';
import { asksForData, CONTENT, isCertificate, isContent, isReverse, PRIVATE_SUBPOENAS, PROSPECTIVE } from './papers.ts';
import type { Policy } from './policy.ts';
import { compels, isForeign } from './process.ts';
import { cites } from './us-code.ts';

export type ReachRule = 'R-064' | 'R-070' | 'R-071' | 'R-072' | 'R-073' | 'R-074' | 'R-076' | 'R-079';

/** Null when the paper reaches the item, and when it is left to a reviewer or to the rules on European certificates. */
export function reachRule(request: LegalRequest, item: RequestItem, policy: Policy): ReachRule | null {
  const kind = request.instrument.type;
  const { category } = item;
  if (!asksForData(request)) return null;
  if (category === 'DC-18') return 'R-079';
  if (isReverse(request, item)) return 'R-064';
  if (category === undefined || kind === undefined) return null;
  if (PROSPECTIVE.includes(category)) return reaches(kind, category, policy) === true ? null : 'R-076';
  if (isCertificate(request) || request.kind === 'emergency') return null;
  // R-020 says that such a paper compels nothing, R-028 that another country's process does not reach content.
  if (!compels(request) || (isForeign(request, policy) && isContent(category))) return null;
  if (reaches(kind, category, policy) !== false) return null;
  if (kind === 'US-NSL') return 'R-074';
  if (kind === 'US-3486' && isChildCase(request)) return 'R-073';
  if (CONTENT.includes(category) && CONTENT_REFUSED.includes(kind)) return 'R-071';
  if (category === 'DC-11') return 'R-072';
  return 'R-070';
}

const CONTENT_REFUSED: readonly string[] = [...SUBPOENAS, ...PRIVATE_SUBPOENAS, 'US-2703D'];

/** 18 U.S.C. § 3486(a)(1)(C): a subpoena in a case of child exploitation is capped. */
export function isChildCase({ basis }: LegalRequest): boolean {
  return basis.offences.some(
    ({ kind, statute = '' }) => kind === 'child exploitation' || cites(statute, 18, ...CHILD_EXPLOITATION),
  );
}

const CHILD_EXPLOITATION = ['1591', '2251', '2251A', '2252', '2252A', '2260', '2421', '2422', '2423'];
