/** Months as a calendar shows them: weeks from Monday to Sunday, each day with what ends or is due on it. */

export type CalendarEntry = {
  key: string;
  /** An instant, shown on its day in the zone chosen; or a date as it was ordered, `YYYY-MM-DD`, which has no zone. */
  at: string;
  words: string;
  href: string;
  tone: 'plain' | 'warn' | 'bad';
};
type Day = { date: string; number: number; isToday: boolean; entries: CalendarEntry[] };
/** `weeks` have seven places; null where the day is of another month. */
export type Month = { month: string; weeks: (Day | null)[][] };

/** The day of an entry, `YYYY-MM-DD`; null for what is no time. */
export function dayOf(at: string, zone: string): string | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(at)) return at;
  try {
    return Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString();
  } catch {
    return null;
  }
}

/** The months in which something stands, and this one; in order, none twice. */
export function monthsOf(entries: readonly CalendarEntry[], zone: string, nowMs: number = Date.now()): Month[] {
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(zone).toPlainDate();
  const byDay = Map.groupBy(
    entries.filter(({ at }) => dayOf(at, zone) !== null),
    ({ at }) => dayOf(at, zone)!,
  );
  const months = new Set([today.toPlainYearMonth().toString(), ...[...byDay.keys()].map((day) => day.slice(0, 7))]);
  return [...months].sort().map((month) => {
    const of = Temporal.PlainYearMonth.from(month);
    const places: (Day | null)[] = new Array(of.toPlainDate({ day: 1 }).dayOfWeek - 1).fill(null);
    for (let number = 1; number <= of.daysInMonth; number++) {
      const date = of.toPlainDate({ day: number });
      places.push({ date: date.toString(), number, isToday: date.equals(today), entries: byDay.get(date.toString()) ?? [] }); // biome-ignore format: one day
    }
    while (places.length % 7 > 0) places.push(null);
    return {
      month,
      weeks: Array.from({ length: places.length / 7 }, (_, week) => places.slice(week * 7, week * 7 + 7)),
    };
  });
}
