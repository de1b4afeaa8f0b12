/**
 * The shortest stretch of the local day that holds a given part of the sessions.
 *
 * It is found by looking, so the plain interval is too narrow a claim; the corrected one allows for every window that
 * could have been found.
 */
import { type Bounds, clopperPearson } from './rates.ts';

/** Starts times widths of whole-hour windows that are not the whole day. */
export const WINDOWS_TRIED = 24 * 23;

export type Window = {
  /** Local hours, `fromHour` included, `toHour` not; a window over midnight has `toHour` ≤ `fromHour`. */
  fromHour: number;
  toHour: number;
  hours: number;
  sessions: number;
  share: number;
  interval: Bounds;
  /** The same at 90 % over all windows tried. */
  corrected: Bounds;
};

/** All shortest windows of whole hours that hold at least `part` of the sessions; of equal length the fullest only. */
export function smallestWindows(counts: readonly number[], part: number): Window[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return [];
  for (let hours = 1; hours <= 24; hours += 1) {
    const sums = counts.map((_, from) => {
      let sum = 0;
      for (let step = 0; step < hours; step += 1) sum += counts[(from + step) % 24]!;
      return sum;
    });
    const most = Math.max(...sums);
    if (most < part * total - 1e-9) continue;
    const starts = hours === 24 ? [0] : sums.flatMap((sum, from) => (sum === most ? [from] : []));
    return starts.map((fromHour) => ({
      fromHour,
      toHour: (fromHour + hours) % 24,
      hours,
      sessions: most,
      share: most / total,
      interval: clopperPearson(most, total),
      corrected: clopperPearson(most, total, 1 - 0.1 / WINDOWS_TRIED),
    }));
  }
  return [];
}
