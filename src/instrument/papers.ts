/** Which demands, papers, categories and identifiers the rules treat alike. It judges nothing. */
import type { LegalRequest, RequestItem } from './legal-request.ts';

/** The demand would hand data over if it were granted. */
export function asksForData({ kind }: LegalRequest): boolean {
  return kind === 'production' || kind === 'emergency';
}

export function isPreservation({ kind }: LegalRequest): boolean {
  return kind === 'preservation' || kind === 'renewal';
}

/** The demand is about data: to hand over or to keep. */
export function namesData(request: LegalRequest): boolean {
  return asksForData(request) || isPreservation(request);
}

/**
 * A certificate under Regulation (EU) 2023/1543, for which a provider has fewer grounds to push back than for others.
 */
export function isCertificate({ instrument }: LegalRequest): boolean {
  return instrument.type?.startsWith('EU-EPOC') ?? false;
}

/** Papers that a judge issues on probable cause for what is stored. */
export const WARRANTS: readonly string[] = ['US-WARRANT', 'US-WARRANT-ST', 'US-REVERSE'];

/** Subpoenas of parties to a case, not of a government. */
export const PRIVATE_SUBPOENAS: readonly string[] = ['US-CIVIL', 'US-DEF'];

/** What people wrote, said or stored, and what is treated like it; ciphertext is content that cannot be read. */
export const CONTENT: readonly string[] = ['DC-12', 'DC-13', 'DC-22'];

/** Searches and prompts are handled as content here. */
export function isContent(category: string | undefined): boolean {
  return category !== undefined && (CONTENT.includes(category) || category === 'DC-09');
}

export const PROSPECTIVE: readonly string[] = ['DC-16', 'DC-17'];

/** States of an account, such as its name or its opening: they need no dates by nature. */
export const STATES: readonly string[] = ['DC-01', 'DC-03'];

/** What no system can look up. */
export const NOT_SEARCHABLE: readonly string[] = ['display-name', 'real-name', 'name', 'birth-date', 'street', 'photo'];

/** What names a place, a tower or a term instead of anybody. */
export const REVERSE_TARGETS: readonly string[] = ['area', 'tower', 'keyword'];

/** A search for whoever was somewhere or wrote something, rather than for somebody. */
export function isReverse(request: LegalRequest, item: RequestItem): boolean {
  return item.category === 'DC-21' || REVERSE_TARGETS.includes(request.targets[item.target]?.type ?? '');
}
