/**
 * What the rules of European orders ask of a request more than once: whether it is one, who issued it, how long the
 * enforcing authority may still refuse. It finds nothing by itself.
 */
import type { Deadline } from '../calendar/deadline.ts';
import { euDays } from '../calendar/eu-days.ts';
import { isMemberState, type MemberState } from '../calendar/jurisdiction.ts';
import type { LegalRequest } from './legal-request.ts';
import type { Policy } from './policy.ts';

const FOLLOWS_UP = ['withdrawal', 'ndo', 'renewal'];

/** A European Production Order Certificate, and not a later message about one. */
export function isProductionOrder({ instrument: { type }, kind }: LegalRequest): boolean {
  return (type === 'EU-EPOC-S' || type === 'EU-EPOC-T') && !FOLLOWS_UP.includes(kind);
}

/** A European Preservation Order Certificate, and not a later message about one. */
export function isPreservationOrder({ instrument: { type }, kind }: LegalRequest): boolean {
  return type === 'EU-EPOC-PR' && !FOLLOWS_UP.includes(kind);
}

export function isEuropeanOrder(request: LegalRequest): boolean {
  return isProductionOrder(request) || isPreservationOrder(request);
}

export function isEmergencyOrder(request: LegalRequest): boolean {
  return isEuropeanOrder(request) && request.eu?.emergency === true;
}

const JUDGES = ['judge', 'court', 'magistrate judge', 'investigating judge'];

/** Roles of the issuing and the validating authority, as far as they are stated. */
export function rolesOf({ eu, instrument }: LegalRequest): string[] {
  return [eu?.iaRole ?? instrument.issuerRole, eu?.vaRole].filter((role) => role !== undefined);
}

export function byJudge(request: LegalRequest): boolean {
  return rolesOf(request).some((role) => JUDGES.includes(role));
}

export function byJudgeOrProsecutor(request: LegalRequest): boolean {
  return byJudge(request) || rolesOf(request).includes('prosecutor');
}

/** Where the addressee sits: as the certificate says, or else the provider's policy; null when neither does. */
export function enforcingState({ eu }: LegalRequest, { provider }: Policy): MemberState | null {
  const stated = eu?.enforcingState ?? provider.euAddressee?.state;
  return stated !== undefined && isMemberState(stated) ? stated : null;
}

/** The end of day 10 after receipt, by the days of the enforcing State (Art. 10(2), 17(2)); null while unknown. */
export function dayTen(request: LegalRequest, policy: Policy): Deadline | null {
  const state = enforcingState(request, policy);
  if (state === null) return null;
  const extraHolidays = policy.extraHolidays.filter(({ jurisdiction }) => jurisdiction === state);
  return euDays(Temporal.Instant.from(request.receivedAt), 10, state, { extraHolidays });
}

export function isBefore(at: string, due: Temporal.Instant): boolean {
  return Temporal.Instant.compare(Temporal.Instant.from(at), due) < 0;
}
