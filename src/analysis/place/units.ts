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
  const units = new Map<string, ErrorUnit>();
  const records = new Map<string, Set<string>>();
  const days = new Set<string>();
  const sessions = sessionsOf(stated);
  const first = stated.toSorted((a, b) => (a.began < b.began ? -1 : a.began > b.began ? 1 : byText(a.id, b.id)));
  for (const { unit, unitLabel, surface, flags, record } of first) {
    const known = units.get(unit);
    if (!known)
      units.set(unit, {
        id: unit,
        label: unitLabel,
        surface,
        flags,
        records: 0,
        bySource: new Map(),
        sessionsByDay: new Map(),
      });
    records.set(unit, (records.get(unit) ?? new Set()).add(record));
  }
  for (const { began, events } of sessions) {
    const heard = [...new Set(events.map(({ unit }) => unit))].sort(byText);
    const { label } = events[0]!;
    for (const id of heard) {
      const unit = units.get(id)!;
      const day = localDay(began, zoneAt(unit.surface.latitude, unit.surface.longitude));
      days.add(day);
      unit.sessionsByDay.set(day, (unit.sessionsByDay.get(day) ?? 0) + 1 / heard.length);
      unit.bySource.set(label, (unit.bySource.get(label) ?? 0) + 1 / heard.length);
    }
  }
  const sorted = [...units.values()].toSorted((a, b) => byText(a.id, b.id));
  for (const unit of sorted) unit.records = records.get(unit.id)!.size;
  const sources = [...new Set(stated.map(({ label }) => label))].toSorted(byText);
  return { units: sorted, sessions: sessions.length, days: days.size, sources };
}

export function sessionsIn({ bySource }: ErrorUnit): number {
  return [...bySource].toSorted(([a], [b]) => byText(a, b)).reduce((sum, [, sessions]) => sum + sessions, 0);
}
