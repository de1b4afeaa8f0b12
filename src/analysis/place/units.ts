/** Statements gathered by error unit, each with the sessions in which it was heard: one vote per unit. */

import { sessionsOf } from '../time/sessions.ts';
import { localDay, zoneAt } from '../time/zone.ts';
import { byText } from './figures.ts';
import type { Stated } from './statement.ts';
import type { Surface } from './surface.ts';

export type ErrorUnit = {
  id: string;
  label: string;
  surface: Surface;
  flags: string[];
  records: number;
  /** Sessions by source and by local day; a session that heard several units counts a part for each. */
  bySource: Map<string, number>;
  sessionsByDay: Map<string, number>;
};

export type Gathered = { units: ErrorUnit[]; sessions: number; days: number; sources: string[] };

/** Units by id. The surface of a unit is that of its first statement. */
export function gathered(stated: readonly Stated[]): Gathered {
  const firsts = new Map<string, Stated>();
  const records = new Map<string, number>();
  const lasts = new Map<string, string>();
  for (const one of stated) {
    const { unit, record } = one;
    const first = firsts.get(unit);
    if (!first || isBefore(one, first)) firsts.set(unit, one);
    // The statements of a record stand together, and it counts once for a unit.
    if (lasts.get(unit) !== record) records.set(unit, (records.get(unit) ?? 0) + 1);
    lasts.set(unit, record);
  }
  const units = new Map<string, ErrorUnit>();
  for (const [id, { unitLabel: label, surface, flags }] of firsts) {
    const none = { bySource: new Map<string, number>(), sessionsByDay: new Map<string, number>() };
    units.set(id, { id, label, surface, flags, records: records.get(id)!, ...none });
  }
  const days = new Set<string>();
  const sessions = sessionsOf(stated);
  for (const { began, events } of sessions) {
    const heard = [...new Set(events.map(({ unit }) => unit))].sort(byText);
    const { label } = events[0]!;
    const dayIn = new Map<string, string>();
    for (const id of heard) {
      const unit = units.get(id)!;
      const zone = zoneAt(unit.surface.latitude, unit.surface.longitude);
      const day = dayIn.get(zone) ?? localDay(began, zone);
      dayIn.set(zone, day);
      days.add(day);
      unit.sessionsByDay.set(day, (unit.sessionsByDay.get(day) ?? 0) + 1 / heard.length);
      unit.bySource.set(label, (unit.bySource.get(label) ?? 0) + 1 / heard.length);
    }
  }
  const sorted = [...units.values()].toSorted((a, b) => byText(a.id, b.id));
  const sources = [...new Set(stated.map(({ label }) => label))].toSorted(byText);
  return { units: sorted, sessions: sessions.length, days: days.size, sources };
}

function isBefore(a: Stated, b: Stated): boolean {
  return a.began < b.began || (a.began === b.began && byText(a.id, b.id) < 0);
}

export function sessionsIn({ bySource }: ErrorUnit): number {
  return [...bySource].toSorted(([a], [b]) => byText(a, b)).reduce((sum, [, sessions]) => sum + sessions, 0);
}
