/**
 * What sort of demand this is, as several rules ask it: whose law the paper is made under, whether it compels, whether
 * it owes the provider the facts, and on which day it came.
 */
import type { LegalRequest } from './legal-request.ts';
import { asksForData, isCertificate, PRIVATE_SUBPOENAS } from './papers.ts';
import type { Policy } from './policy.ts';

/** Kinds that ask, agree or accompany, and compel no provider to produce. */
const COMPELS_NOTHING = new Set(['US-2703F', 'US-EDR', 'US-CONSENT', 'US-NDO', 'EU-EPOC-PR', 'EU-EIO']);

/** The country whose courts and authorities use a kind of paper, by the first part of its id. */
const HOME: Record<string, string> = { US: 'US', UK: 'GB', DE: 'DE' };

/** Ways by which one country reaches data in another on its own footing. */
const ROUTES = new Set(['XB-MLAT', 'XB-CLOUD', 'EU-EPOC-S', 'EU-EPOC-T', 'EU-EPOC-PR']);

export function isEuropean({ instrument }: LegalRequest): boolean {
  return instrument.type?.startsWith('EU-') === true;
}

export function isEmergency({ kind, eu }: Pick<LegalRequest, 'kind' | 'eu'>): boolean {
  return kind === 'emergency' || eu?.emergency === true;
}

/**
 * A civil party or a defence with a paper such a party can have. Whoever claims to be one and brings a government's paper
 * is checked like a government.
 */
export function isPrivateParty({ track, instrument: { type } }: LegalRequest): boolean {
  return track !== 'government' && (type === undefined || PRIVATE_SUBPOENAS.includes(type));
}

export function compels({ instrument: { type } }: LegalRequest): boolean {
  return type !== undefined && !COMPELS_NOTHING.has(type);
}

/** A paper of another country's own law, outside treaty, executive agreement and European Production Order. */
export function isForeign({ instrument: { type }, requester }: LegalRequest, policy: Policy): boolean {
  if (type !== undefined && (ROUTES.has(type) || type === 'OWN-DATA')) return false;
  return (HOME[type?.split('-')[0] ?? ''] ?? requester.country) !== policy.provider.country;
}

/**
 * Whether this demand owes the provider itself a description of the facts. A court's order, a grand jury's subpoena and
 * a European order owe them to someone else (Regulation (EU) 2023/1543, Article 9(2)).
 */
export function owesFacts(request: LegalRequest, policy: Policy): boolean {
  const { type } = request.instrument;
  if (isCertificate(request) || !asksForData(request)) return false;
  if (request.kind === 'emergency' || type === undefined) return true;
  return policy.owesFacts.includes(type) || isForeign(request, policy);
}

/** The day it came, as the desk that received it keeps its days. */
export function dayReceived({ receivedAt, tz }: LegalRequest): Temporal.PlainDate {
  return Temporal.Instant.from(receivedAt).toZonedDateTimeISO(tz).toPlainDate();
}

export function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}
