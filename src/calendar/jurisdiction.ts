/**
 * Where a period of legal process is counted: the United States (`US`), one of its states (`US-NM`) or a Member State
 * of the Union (`IE`), with a part of it only where someone named that part (`DE-BY`). Knows the legal time zone of each
 * that has one, not its holidays.
 */
import { Problem } from '../base/problem.ts';

/** The zone of the seat of government where a State has several: Madrid, not the Canaries; Lisbon, not the Azores. */
const MEMBER_STATES = {
  AT: 'Europe/Vienna',
  BE: 'Europe/Brussels',
  BG: 'Europe/Sofia',
  CY: 'Asia/Nicosia',
  CZ: 'Europe/Prague',
  DE: 'Europe/Berlin',
  DK: 'Europe/Copenhagen',
  EE: 'Europe/Tallinn',
  ES: 'Europe/Madrid',
  FI: 'Europe/Helsinki',
  FR: 'Europe/Paris',
  GR: 'Europe/Athens',
  HR: 'Europe/Zagreb',
  HU: 'Europe/Budapest',
  IE: 'Europe/Dublin',
  IT: 'Europe/Rome',
  LT: 'Europe/Vilnius',
  LU: 'Europe/Luxembourg',
  LV: 'Europe/Riga',
  MT: 'Europe/Malta',
  NL: 'Europe/Amsterdam',
  PL: 'Europe/Warsaw',
  PT: 'Europe/Lisbon',
  RO: 'Europe/Bucharest',
  SE: 'Europe/Stockholm',
  SI: 'Europe/Ljubljana',
  SK: 'Europe/Bratislava',
} as const;

/** 49 C.F.R. part 71 draws the lines; null where they cross the state and someone must say which side. */
const US_STATES: Readonly<Record<string, string | null>> = Object.fromEntries([
  ...entries('America/New_York', 'CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV'),
  ...entries('America/Chicago', 'AL AR IA IL LA MN MO MS OK WI'),
  ...entries('America/Denver', 'CO MT NM UT WY'),
  ...entries('America/Los_Angeles', 'CA WA'),
  ...entries('America/Phoenix', 'AZ'),
  ...entries('Pacific/Honolulu', 'HI'),
  ...entries(null, 'AK FL ID IN KS KY MI ND NE NV OR SD TN TX'),
]);

export type MemberState = keyof typeof MEMBER_STATES;
export type UnitedStates = 'US' | `US-${string}`;
export type Jurisdiction = UnitedStates | MemberState | `${MemberState}-${string}`;

/** Throws `calendar/jurisdiction-unknown` for anything but `US`, a state of it, a Member State, or a part of one. */
export function jurisdictionFrom(text: string): Jurisdiction {
  const { country, part } = partsOf(text);
  const known = country === 'US' ? part === null || Object.hasOwn(US_STATES, part) : isMemberState(country);
  if (!known || !/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(text)) {
    throw new Problem(
      'calendar/jurisdiction-unknown',
      `No days can be counted for “${text}”: not US, a state such as US-NM, or a Member State such as IE or DE-BY.`,
      { jurisdiction: text },
    );
  }
  return text as Jurisdiction;
}

export function isMemberState(text: string): text is MemberState {
  return Object.hasOwn(MEMBER_STATES, text);
}

/** Country and, where one is named, the part of it: `US-NM` is `US` and `NM`. */
export function partsOf(jurisdiction: string): { country: string; part: string | null } {
  const [country, part] = jurisdiction.split('-', 2);
  return { country: country!, part: part ?? null };
}

/** The legal zone, or null where the law alone does not say: the United States as a whole, and states with two zones. */
export function zoneOf(jurisdiction: Jurisdiction): string | null {
  const { country, part } = partsOf(jurisdictionFrom(jurisdiction));
  if (country !== 'US') return MEMBER_STATES[country as MemberState];
  return part === null ? null : US_STATES[part]!;
}

/** A zone someone named, or else the legal one. Throws `calendar/zone-unknown` or `calendar/zone-not-named`. */
export function zoneFor(jurisdiction: Jurisdiction, named?: string): string {
  const zone = named ?? zoneOf(jurisdiction);
  if (zone === null) {
    throw new Problem(
      'calendar/zone-not-named',
      `${jurisdiction} has no single time zone, so the end of a day there is not known. Name the zone.`,
      { jurisdiction },
    );
  }
  return checkedZone(zone);
}

/** Throws `calendar/zone-unknown` unless the time zone database has it. */
export function checkedZone(zone: string): string {
  try {
    new Temporal.ZonedDateTime(0n, zone);
  } catch {
    throw new Problem('calendar/zone-unknown', `“${zone}” is not a time zone such as Europe/Dublin.`, { zone });
  }
  return zone;
}

function entries(zone: string | null, states: string): [string, string | null][] {
  return states.split(' ').map((state) => [state, zone]);
}
