/** Failed ways in are counted, for a person and for where they come from; too many close the door for a while. */
import { Problem } from '../base/problem.ts';
import type { Roll } from './roll.ts';

const WINDOW_MS = 15 * 60_000;
const MOST = 5;
/** From one address more than one person may err. */
const MOST_FROM = 20;

/** Throws `entry/too-many-attempts`; then not even the right password opens. */
export function refuseMany(roll: Roll, who: string, from: string, nowMs: number): void {
  const since = nowMs - WINDOW_MS;
  if (roll.attempts(`who ${who}`, since) >= MOST || roll.attempts(`from ${from}`, since) >= MOST_FROM) {
    throw new Problem(
      'entry/too-many-attempts',
      'Too many attempts failed. The door stays closed for fifteen minutes after the last; an administrator sees them.',
    );
  }
}

export function failed(roll: Roll, who: string, from: string, nowMs: number): void {
  roll.attempt(`who ${who}`, nowMs);
  roll.attempt(`from ${from}`, nowMs);
}

export function succeeded(roll: Roll, who: string): void {
  roll.forgive(`who ${who}`);
}
