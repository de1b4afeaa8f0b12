/**
 * Which time a report is about: a half-year, a quarter or a year, half-open and in UTC.
 *
 * A year is reported in its two half-years, so that its rows stand beside those of a half-year's own report.
 */
import { type Micros, microsFrom } from '../base/interval.ts';
import { Problem } from '../base/problem.ts';

/** `from` is the first day, `to` the first day that is no longer in it. */
export type Part = { name: string; from: string; to: string; began: Micros; ended: Micros; isHalfYear: boolean };

export type Period = Omit<Part, 'isHalfYear'> & { parts: Part[] };

/** Reads `2026-H2`, `2026-Q3` or `2026`. Throws `transparency/period`. */
export function readPeriod(text: string): Period {
  const [, year, , half, quarter] = /^(\d{4})(-(?:H([12])|Q([1-4])))?$/.exec(text) ?? [];
  if (year === undefined || Number(year) < 1970) {
    throw new Problem(
      'transparency/period',
      `${text || 'An empty period'} is not a period. Nothing was written. Name a half-year such as 2026-H2, a quarter such as 2026-Q3, or a year such as 2026.`,
      { period: text },
    );
  }
  if (quarter !== undefined) return periodOf(partOf(text, Number(year), Number(quarter) * 3 - 2, 3));
  if (half !== undefined) return periodOf(partOf(text, Number(year), Number(half) * 6 - 5, 6));
  return periodOf(partOf(`${year}-H1`, Number(year), 1, 6), partOf(`${year}-H2`, Number(year), 7, 6), text);
}

function periodOf(first: Part, last: Part = first, name: string = first.name): Period {
  const parts = first === last ? [first] : [first, last];
  return { name, from: first.from, to: last.to, began: first.began, ended: last.ended, parts };
}

function partOf(name: string, year: number, month: number, months: number): Part {
  const first = new Temporal.PlainDate(year, month, 1);
  const [from, to] = [first.toString(), first.add({ months }).toString()];
  return { name, from, to, began: startOf(from), ended: startOf(to), isHalfYear: months === 6 };
}

const startOf = (day: string): Micros => microsFrom(`${day}T00:00:00Z`)!;

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']; // biome-ignore format: a list

/** `July to December 2026`. */
export function inWords({ from, to }: Pick<Part, 'from' | 'to'>): string {
  const last = Temporal.PlainDate.from(to).subtract({ days: 1 });
  return `${MONTHS[Number(from.slice(5, 7)) - 1]} to ${MONTHS[last.month - 1]} ${last.year}`;
}
