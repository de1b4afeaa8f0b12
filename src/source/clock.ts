/** When a row of a table happened: one time column for an instant or a day, two for what lasts. */
import type { Interval } from '../base/interval.ts';
import type { Draft, Precision } from '../record/record.ts';
import type { Stamp } from '../record/stamp.ts';
import type { Bound } from './bound.ts';
import type { Moment } from './moment.ts';
import type { Cell } from './reader.ts';

export type When = Pick<Draft, 'began' | 'ended' | 'precision' | 'timeAsStored' | 'zoneBasis' | 'undetermined'>;

/** What a state says of time: nothing. */
export const STATE: When = { began: null, ended: null, precision: 'none', timeAsStored: '', zoneBasis: 'unknown' };

export class Clock {
  readonly began: Moment;
  readonly ended: Moment | null;

  constructor(began: Moment, ended: Moment | null) {
    this.began = began;
    this.ended = ended;
  }

  /** Whether the engine compares every time column as this house does. */
  get exact(): boolean {
    return this.began.exact && (this.ended?.exact ?? true);
  }

  /** SQL of the cells that `when` reads. */
  cells(): string[] {
    return [...this.began.cells(), ...(this.ended?.cells() ?? [])];
  }

  /** What is inside a range begins in it; whether it also ends in it is decided row by row. */
  narrowing(range: Interval, bound: Bound): string[] {
    return this.began.narrowing(range, bound);
  }

  /** A row whose end is not known cannot be said to lie inside anything. */
  when(cells: readonly Cell[]): When {
    const start = this.began.read([cells[0]!, cells[1]!]);
    if (this.ended === null) return { ...placed(start, start.ended), timeAsStored: start.text };
    const end = this.ended.read([cells[2]!, cells[3]!]);
    return {
      ...placed(start, end.ended ?? end.began),
      precision: later(start.precision, end.precision),
      timeAsStored: `${start.text} / ${end.text}`,
      undetermined: start.undetermined ?? end.undetermined,
    };
  }
}

function placed(
  { began, precision, zoneBasis, undetermined }: Stamp,
  ended: bigint | null,
): Omit<When, 'timeAsStored'> {
  return { began, ended, precision, zoneBasis, undetermined };
}

const FROM_EXACT: Precision[] = ['microsecond', 'millisecond', 'second', 'minute', 'hour', 'day', 'month', 'none'];

function later(one: Precision, other: Precision): Precision {
  return FROM_EXACT.indexOf(one) < FROM_EXACT.indexOf(other) ? other : one;
}
