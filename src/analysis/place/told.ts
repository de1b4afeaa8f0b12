/** The areas in words and rounded figures. */
import type { LeftOut } from '../finding.ts';
import type { Anchors } from './anchor-summary.ts';
import { byText, coordinate, counted, significant } from './figures.ts';
import type { Area } from './hdr.ts';
import type { Refused } from './statement.ts';
import { type ErrorUnit, type Gathered, sessionsIn } from './units.ts';

const LISTED = 500;

/** By id. Where there are too many to read, those heard in most sessions, and how many there are in all. */
export function surfacesTold(units: readonly ErrorUnit[]) {
  if (units.length <= LISTED) return { surfaces: listed(units) };
  const most = units
    .map((unit) => ({ unit, sessions: sessionsIn(unit) }))
    .toSorted((a, b) => b.sessions - a.sessions || byText(a.unit.id, b.unit.id))
    .slice(0, LISTED)
    .map(({ unit }) => unit);
  return { surfaces: listed(most.toSorted((a, b) => byText(a.id, b.id))), surfacesInAll: units.length };
}

function listed(units: readonly ErrorUnit[]) {
  return units.map((unit) => {
    const { latitude, longitude, r50, r90, epsilon } = unit.surface;
    return {
      unit: unit.id,
      class: unit.surface.class,
      label: unit.label,
      latitude: coordinate(latitude, r50),
      longitude: coordinate(longitude, r50),
      r50Metres: significant(r50),
      r90Metres: significant(r90),
      misplacedShare: epsilon,
      records: unit.records,
      sessions: significant(sessionsIn(unit)),
      sources: [...unit.bySource.keys()].toSorted(byText),
      flags: unit.flags,
    };
  });
}

export type RefusedGroup = {
  class: string;
  why: string;
  statements: number;
  records: number;
  sources: string[];
  areas: string[];
};

/** Refusals by class and reason, with the areas in words that their sources give: no point, no circle. */
export function refusalsTold(refused: readonly Refused[]): RefusedGroup[] {
  const groups = new Map<string, Refused[]>();
  for (const one of refused) {
    const key = `${one.class}\n${one.why}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups]
    .toSorted(([a], [b]) => byText(a, b))
    .map(([, group]) => ({
      class: group[0]!.class,
      why: group[0]!.why,
      statements: group.length,
      records: new Set(group.map(({ record }) => record)).size,
      sources: [...new Set(group.map(({ label }) => label))].toSorted(byText),
      areas: [...new Set(group.flatMap(({ area }) => area || []))].toSorted(byText),
    }));
}

export function leftOutOf(groups: readonly RefusedGroup[]): LeftOut[] {
  return groups.map(({ class: kind, why, statements }) => ({
    what: `statements of place, ${kind}`,
    why,
    count: statements,
  }));
}

export function statementOf(
  { sessions, days, units, sources }: Gathered,
  area: Area,
  { anchors, noStablePlace }: Anchors,
  headline: string | null,
): string {
  const basis = `${counted(sessions, 'session')} on ${counted(days, 'local day')} (${counted(units.length, 'error unit')}, ${counted(sources.length, 'source')})`;
  const occupied =
    `If the listed assumptions hold, nine tenths of where the records of ${basis} were made lie in an area of ${area.areaKm2} km² ` +
    `in ${counted(area.parts, 'part')}.`;
  const first = anchors[0];
  const place =
    first === undefined || noStablePlace
      ? 'They point to no stable place.'
      : first.kind === 'single-antenna area'
        ? `The strongest fixed place rests on one error unit, so no area sharper than that unit's own is given (90 % area ${first.hdr90.areaKm2} km²).`
        : `They are best explained by ${anchors.length === 1 ? 'a place' : `${anchors.length} places, the strongest`} inside an area of ` +
          `${first.hdr90.areaKm2} km² (90 % area, ${counted(first.units.length, 'error unit')}, a share of ${first.share} of the sessions). ` +
          'How many people live there is not available.';
  return [headline, occupied, place].filter((text) => text !== null).join(' ');
}
