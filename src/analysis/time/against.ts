/** Sessions against a reference profile that the examiner brings and names. */
import { Problem } from '../../base/problem.ts';
import { significant } from '../place/figures.ts';
import { kuiper } from './circular.ts';
import { atLeastChance, chanceUnder, DRAWS, nullOf, referenceOf, sharesUnder } from './comparison.ts';
import type { TimedEvent } from './events.ts';
import type { LocalTime } from './zone.ts';

export const NO_REFERENCE =
  'Whether this differs from what people in general do is not said: no reference profile was given, and a comparison with use ' +
  'spread evenly over the day would say only that people sleep.';

export type Profile = { name: string; weights: number[] };

/** Reads `NAME: 24 weights`. Throws `analysis/reference-profile`. */
export function profileIn(text: string | undefined): Profile | null {
  if (text === undefined) return null;
  const [, name, list] = /^([^:]+):(.*)$/s.exec(text) ?? [];
  const weights = (list ?? '').split(',').map((one) => (one.trim() === '' ? Number.NaN : Number(one)));
  if (
    name &&
    weights.length === 24 &&
    weights.every((one) => one >= 0 && one < 1e9) &&
    weights.some((one) => one > 0)
  ) {
    return { name: name.trim(), weights };
  }
  throw new Problem(
    'analysis/reference-profile',
    'A reference profile is a name, a colon and 24 weights from midnight on.',
  );
}

/** A window of whole local hours, `fromHour` included and `toHour` not; it may run over midnight. */
export type Claim = { fromHour: number; toHour: number };

/** Reads `17-19`. Throws `analysis/claimed-window`. */
export function claimIn(text: string | undefined): Claim | null {
  if (text === undefined) return null;
  const [, from, to] = /^(\d{1,2})-(\d{1,2})$/.exec(text.trim()) ?? [];
  const [fromHour, toHour] = [Number(from), Number(to)];
  if (fromHour < 24 && toHour <= 24 && fromHour !== toHour % 24) return { fromHour, toHour };
  throw new Problem('analysis/claimed-window', 'A claimed window is two local hours, such as 17-19.');
}

/**
 * Kuiper's test with simulated chance, and the claim counted against its expected share. Refused when the profile leaves an
 * hour with sessions empty.
 */
export function compareWith(
  { name, weights }: Profile,
  times: readonly LocalTime[],
  exposure: ArrayLike<number>,
  events: readonly TimedEvent[],
  claim: Claim | null,
) {
  const reference = referenceOf(weights, exposure);
  const impossible = times.some(({ hour }) => weights[Math.floor(hour)] === 0);
  if (!reference || impossible) return { refused: `The profile “${name}” has no use in an hour that has sessions.` };
  const stepMinutes = events.some(({ precision }) => precision === 'minute') ? 1 : 0;
  const hours = times.map(({ hour }) => hour);
  const v = kuiper(sharesUnder(reference, hours));
  const chance = significant(chanceUnder(nullOf(reference, times.length, stepMinutes), v));
  const text =
    `Against the profile “${name}”, sessions that follow it would differ at least this much in a share of ${chance} of ` +
    `${DRAWS} simulated sets.`;
  const claimed = claim && claimUnder(reference, hours, claim);
  return { reference: name, statistic: 'Kuiper V', v: significant(v), chance, draws: DRAWS, claim: claimed, text };
}

function claimUnder(reference: Float64Array, hours: readonly number[], { fromHour, toHour }: Claim) {
  const over = toHour <= fromHour;
  const inside = hours.filter((hour) => (over ? hour >= fromHour || hour < toHour : hour >= fromHour && hour < toHour));
  const expected = reference[toHour]! - reference[fromHour]! + (over ? 1 : 0);
  return {
    window: `${fromHour}-${toHour}`,
    sessions: inside.length,
    expectedShare: significant(expected),
    chanceOfAtLeast: significant(atLeastChance(inside.length, hours.length, expected)),
    note: 'Holds only if the window was named before anyone looked at the records.',
  };
}
