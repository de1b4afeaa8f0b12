/** The sender's calls and messages, with the cells that truly served them. The workbook about it is made elsewhere. */
import { COUNTERPARTS, ORDERED } from './cast.ts';
import { chance } from './chance.ts';
import { type Point, rounded } from './city.ts';
import { LOCAL_ZONE, type Seconds, secondsFrom, wallClock } from './clock.ts';
import type { Life } from './life.ts';
import type { Cell, Radio } from './radio.ts';
import type { Transfer } from './transfers.ts';

export type Call = {
  at: Seconds;
  medium: 'voice' | 'sms';
  outgoing: boolean;
  counterpart: string;
  durationSeconds: number;
  place: string;
  point: Point;
  /** Null for messages: the carrier states no cell for them. */
  first: Cell | null;
  last: Cell | null;
};

/** What the workbook says it covers: whole UTC days, one more than was ordered. */
export const CALLS_RECORDED = { began: ORDERED.began, ended: secondsFrom('2017-04-02T00:00:00Z') };

/** Rows an hour of the local day, midnight first: few at night, most between noon and ten. */
const HOURLY = [0.13, 0.06, 0.03, 0.03, 0.03, 0.05, 0.16, 0.32, 0.43, 0.45, 0.45, 0.49, 0.59, 0.54, 0.49, 0.52, 0.59, 0.67, 0.76, 0.81,
  0.86, 0.78, 0.54, 0.3]; // biome-ignore format: 24 hours
const VOICE = 0.58;
const RUNG_NEAR_TRANSFER = 0.85;

/** Calls and messages by time, the ones around transfers among them. */
export function callsOf(seed: number, life: Life, transfers: Transfer[], radio: Radio): Call[] {
  const draw = chance(seed, 'calls');
  const fading = chance(seed, 'fading');
  const call = (at: Seconds, medium: Call['medium'], counterpart: string, outgoing: boolean): Call => {
    const wanted = medium === 'voice' ? Math.max(4, Math.round(draw.exponential(95))) : 0;
    // No call runs over the end of an ordered day: what straddles is shown by the leases.
    const durationSeconds = at < ORDERED.ended ? Math.min(wanted, ORDERED.ended - at - 1) : wanted;
    const point = life.pointAt(at, draw);
    const cellAt = (instant: Seconds) =>
      medium === 'voice' ? radio(instant === at ? point : life.pointAt(instant, draw), fading) : null;
    const place = life.placeAt(at)?.name ?? 'on the way';
    const [first, last] = [cellAt(at), cellAt(at + durationSeconds)];
    return { at, medium, outgoing, counterpart, durationSeconds, place, point: rounded(point), first, last };
  };

  const calls: Call[] = [];
  for (let hour = CALLS_RECORDED.began; hour < CALLS_RECORDED.ended; hour += 3600) {
    const count = draw.poisson(HOURLY[wallClock(hour, LOCAL_ZONE).hour]!);
    for (let n = 0; n < count; n += 1) {
      const at = hour + draw.whole(0, 3599);
      const medium = draw.happens(VOICE) ? 'voice' : 'sms';
      calls.push(call(at, medium, COUNTERPARTS[draw.weighted([8, 6, 5, 4, 3, 2, 1, 1])]!, draw.happens(0.55)));
    }
  }
  for (const { sent } of transfers) {
    if (sent < CALLS_RECORDED.began || sent >= CALLS_RECORDED.ended || !draw.happens(RUNG_NEAR_TRANSFER)) continue;
    calls.push(call(sent + draw.whole(60, 280), 'voice', COUNTERPARTS[0], true));
    if (draw.happens(0.5)) calls.push(call(sent - draw.whole(60, 420), 'voice', COUNTERPARTS[0], false));
  }
  return calls.sort((a, b) => a.at - b.at);
}
