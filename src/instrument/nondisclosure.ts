/** On what a demand's secrecy rests: nothing but its own word, a statute, a certified letter, or a court's order. */
import type { LegalRequest } from './legal-request.ts';
import { isCertificate } from './papers.ts';
import { cites } from './us-code.ts';

export type Secrecy = 'asserted' | 'statute' | 'letter' | 'order';

/** Null when no secrecy is asked for. A certificate's secrecy is the Regulation's own (Article 13). */
export function secrecyOf(request: LegalRequest): Secrecy | null {
  const { ndo, instrument } = request;
  if (isCertificate(request)) return null;
  if (ndo === undefined) return request.kind === 'ndo' ? 'asserted' : null;
  if (ndo.court !== undefined) return 'order';
  if (instrument.type === 'US-NSL') return 'letter';
  return ndo.statute === undefined || NEED_A_COURT.some(([title, section]) => cites(ndo.statute!, title, section))
    ? 'asserted'
    : 'statute';
}

/** Provisions by which a court may forbid notice; citing one forbids nothing. */
const NEED_A_COURT: readonly [number, string][] = [
  [18, '2705'],
  [18, '3486'],
];

export function isOrdered(request: LegalRequest): boolean {
  return secrecyOf(request) === 'order';
}

/** The local day of an instant, where the desk keeps its days. */
export function dayAt(instant: string, zone: string): Temporal.PlainDate {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate();
}
