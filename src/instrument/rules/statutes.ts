/**
 * Which provisions a kind of paper can rest on, where the kind is named for them. Kinds made under the law of fifty
 * states or of any country are not here: a citation is asked of them, not a certain one.
 */

/** Without spaces, section signs and full stops, in lower case: `18 U.S.C. § 2703(d)` is `18usc2703(d)`. */
const PROVISIONS: Readonly<Record<string, { cites: RegExp; as: string }>> = {
  'US-3486': { cites: /3486/, as: '18 U.S.C. § 3486' },
  'US-1509': { cites: /1509/, as: '19 U.S.C. § 1509' },
  'US-1225D': { cites: /1225\(d\)/, as: '8 U.S.C. § 1225(d)' },
  'US-FTC-CID': { cites: /57b-?1/, as: '15 U.S.C. § 57b-1' },
  'US-DEA-876': { cites: /(^|usc|section)876(?!\d)/, as: '21 U.S.C. § 876' },
  'US-2703D': { cites: /2703(?!\()|2703.*\(d\)|2703\(c\)\(1\)\(b\)/, as: '18 U.S.C. § 2703(d)' },
  'US-WARRANT': { cites: /2703(?!\()|2703.*\([ab]\)|(rule|crimp)41(?!\d)/, as: '18 U.S.C. § 2703(a) or Fed. R. Crim. P. 41' },
  'US-PENTRAP': { cites: /312[1-7]/, as: '18 U.S.C. §§ 3121–3127' },
  'US-WIRETAP': { cites: /25(1\d|2[0-3])/, as: '18 U.S.C. §§ 2510–2523' },
  'US-NSL': { cites: /2709/, as: '18 U.S.C. § 2709' },
  'UK-IPA3': { cites: /investigatorypowers|ipa/, as: 'the Investigatory Powers Act 2016' },
  'UK-PACE': { cites: /pace|policeandcriminalevidence/, as: 'the Police and Criminal Evidence Act 1984' },
  'DE-STPO': { cites: /stpo|strafprozessordnung|tdddg|tkg/, as: 'the StPO, the TDDDG or the TKG' },
  /** § 2703(c)(2) admits a subpoena that another statute authorises; it authorises none itself. */
  'US-SUBP-ADMIN': { cites: /^(?!.*2703)/, as: 'the statute that lets the agency issue subpoenas' },
}; // biome-ignore format: one line a kind

/** The provision that none of the statutes cited is; null when one fits, or the kind asks for none in particular. */
export function provisionMissing(type: string, statutes: readonly string[]): string | null {
  const provision = PROVISIONS[type];
  if (!provision) return null;
  return statutes.map(compact).some((cited) => provision.cites.test(cited)) ? null : provision.as;
}

function compact(citation: string): string {
  return citation.toLowerCase().replace(/[\s.§]+/g, '');
}
