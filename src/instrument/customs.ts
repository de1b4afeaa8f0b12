/**
 * What makes a matter one of customs, and a record one of importation, in the words of a summons. It judges nothing.
 */
import type { LegalRequest, RequestItem } from './legal-request.ts';
import { offenceKindsOf } from './statute-subjects.ts';
import { phrases } from './wording.ts';

/** The safety of customs officers is no matter of customs: the word needs its object. */
const MATTER = phrases(
  'customs (?:laws?|dut(?:y|ies)|fraud|fines?|penalt(?:y|ies)|violations?|entr(?:y|ies)|declarations?)',
  'customs (?:compliance|revenue|valuation)',
  'import(?:s|ed|ers?|ing|ation)?',
  'smuggl(?:ing|ed|ers?)',
  'entry of goods',
  'merchandise',
  'tariffs?',
  'anti-?dumping',
  'countervailing dut(?:y|ies)',
  'duties(?: and taxes)? (?:owed|due|payable|evaded)',
  'evasion of duties',
  'drawback',
);

const PROHIBITED = phrases(
  '(?:prohibited|counterfeit|smuggled|restricted|embargoed|forfeitable) (?:\\p{L}+ )?(?:merchandise|goods|imports?)',
  '(?:prohibited|counterfeit|smuggled|restricted|embargoed|forfeitable) (?:\\p{L}+ )?(?:articles?|items?|products?)',
  '(?:prohibited|smuggled) (?:wildlife|antiquities)',
  'contraband',
);

/** 19 U.S.C. § 1508: records of importation, of bringing goods in, and of drawback. */
const IMPORT_RECORD = phrases(
  'import|importation',
  'entry summar(?:y|ies)',
  'customs (?:entr(?:y|ies)|declarations?)',
  'bills? of lading',
  'commercial invoices?',
  'packing lists?',
  'manifests?',
  'shipments? of',
  'drawback',
);

function wordsOf({ basis }: LegalRequest): string {
  const offences = basis.offences.map(({ text = '' }) => text);
  return [basis.purpose ?? '', basis.facts ?? '', basis.nexus ?? '', ...offences].join('\n');
}

export function isCustomsMatter(request: LegalRequest): boolean {
  return offenceKindsOf(request).includes('customs') || MATTER.test(wordsOf(request));
}

export function isImportRecord({ rawText }: RequestItem): boolean {
  return IMPORT_RECORD.test(rawText);
}

/** 19 U.S.C. § 1509(d)(1)(A)(ii): probable cause ties the records to merchandise that must not be brought in. */
export function isTiedToProhibitedGoods(request: LegalRequest): boolean {
  return request.instrument.recites.includes('probable cause') && PROHIBITED.test(wordsOf(request));
}
