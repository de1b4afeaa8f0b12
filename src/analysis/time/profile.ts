/** Sessions by local hour: counts over the hours in which they could have come, and the hours that hold most of them. */
import { type Interval, type Micros, textFrom } from '../../base/interval.ts';
import { significant } from '../place/figures.ts';
import { kuiper, meanTime, watson } from './circular.ts';
import { exposureHours } from './exposure.ts';
import { rateInterval } from './rates.ts';
import { smallestWindows, WINDOWS_TRIED, type Window } from './window.ts';
import { HOUR, type LocalTime } from './zone.ts';

export type Bin = {
  /** Local hour of the day, or hour of the week with 0 for Monday 00:00. */
  bin: number;
  sessions: number;
  exposureHours: number;
  /** Sessions per hour with its 90 % interval; null where no record could come. */
  rate: number | null;
  low: number | null;
  high: number | null;
};

export function binsOf(times: readonly LocalTime[], covered: readonly Interval[], zone: string, bins: 24 | 168): Bin[] {
  const counts = countsBy(times, bins);
  return [...exposureHours(covered, zone, bins)].map((hours, bin) => {
    const sessions = counts[bin]!;
    const interval = rateInterval(sessions, hours);
    return {
      bin,
      sessions,
      exposureHours: Number(hours.toFixed(2)),
      rate: interval && significant(sessions / hours),
      low: interval && significant(interval.low),
      high: interval && significant(interval.high),
    };
  });
}

export function countsBy(times: readonly LocalTime[], bins: 24 | 168): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const { hour, hourOfWeek } of times) counts[bins === 24 ? Math.floor(hour) : hourOfWeek]! += 1;
  return counts;
}

export function windowsOf(times: readonly LocalTime[], part: number) {
  return smallestWindows(countsBy(times, 24), part).map((window) => ({
    from: clock(window.fromHour),
    to: clock(window.toHour),
    hours: window.hours,
    sessions: window.sessions,
    share: significant(window.share),
    low: significant(window.interval.low),
    high: significant(window.interval.high),
    correctedLow: significant(window.corrected.low),
    correctedHigh: significant(window.corrected.high),
    windowsTried: WINDOWS_TRIED,
  }));
}

export function windowText(times: readonly LocalTime[], part: number): string {
  const found = smallestWindows(countsBy(times, 24), part);
  return found.map((window: Window) => `${clock(window.fromHour)}–${clock(window.toHour)}`).join(' or ');
}

/** Descriptive figures of the clock face. None of them is compared with chance. */
export function circularOf(times: readonly LocalTime[]) {
  const shares = times.map(({ hour }) => hour / 24);
  const { resultant, mean } = meanTime(shares);
  return {
    meanHour: significant(mean * 24),
    concentration: significant(resultant / shares.length),
    kuiperV: significant(kuiper(shares)),
    watsonU2: significant(watson(shares)),
    note: 'Descriptive. The mean hour may lie where no session is, and people in general are awake at some hours and not at others.',
  };
}

/** The longest stretches of covered time without a session, longest first; only those above a day. */
export function gapsOf(starts: readonly Micros[], covered: readonly Interval[], most = 5) {
  const gaps = covered.flatMap(({ began, ended }) => {
    const inside = starts
      .filter((start) => began <= start && start < ended)
      .toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    const edges = [began, ...inside, ended];
    return edges.slice(1).map((next, n) => ({ began: edges[n]!, ended: next }));
  });
  return gaps
    .filter((gap) => gap.ended - gap.began > 24n * HOUR)
    .toSorted((a, b) => Number(b.ended - b.began - (a.ended - a.began)) || Number(a.began - b.began))
    .slice(0, most)
    .map((gap) => ({
      began: textFrom(gap.began),
      ended: textFrom(gap.ended),
      hours: Number((Number(gap.ended - gap.began) / Number(HOUR)).toFixed(1)),
    }));
}

function clock(hour: number): string {
  return `${String(hour % 24).padStart(2, '0')}:00`;
}
