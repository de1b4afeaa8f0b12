/** How the answers change when the clocks are allowed to differ more or less, or one of them is an hour wrong. */
import type { Scoped } from '../../store/scoped.ts';
import type { Answer } from '../finding.ts';
import type { Assumed, Ground } from './answers.ts';
import { type Counts, counted } from './comparison.ts';

const ALLOWANCES = [0, 5, 120, 600];

export function assumedOf(allowanceSeconds: number, shiftSeconds = 0): Assumed {
  return {
    allowanceMicros: BigInt(Math.round(allowanceSeconds * 1e6)),
    shiftMicros: BigInt(shiftSeconds) * 1_000_000n,
  };
}

export async function sensitivityOf(
  scoped: Scoped,
  ground: Ground,
  allowance: number,
  now: Counts,
): Promise<Answer['sensitivity']> {
  const changes = [
    ...ALLOWANCES.map((seconds) => ({ change: `the clocks may differ by ${seconds} s`, assumed: assumedOf(seconds), same: seconds === allowance })),
    { change: 'the clock of the logins is an hour slow', assumed: assumedOf(allowance, 3600), same: false },
    { change: 'the clock of the logins is an hour fast', assumed: assumedOf(allowance, -3600), same: false },
  ]; // biome-ignore format: a line each
  const told: Answer['sensitivity'] = [];
  for (const { change, assumed, same } of changes) {
    const { one, several, none, cannotTell } = same ? now : await counted(scoped, ground, assumed);
    told.push({
      change,
      effect: `${one} one, ${several} several, ${none} no lease, ${cannotTell} cannot tell`,
      figures: { one, several, none, cannotTell },
    });
  }
  return told;
}
