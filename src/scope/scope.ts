/**
 * What the paper allows, as one object: targets × data categories × half-open times.
 *
 * The same computation decides what a provider produces and what an examiner may read. It knows identifiers and times;
 * it knows nothing of law, formats or files.
 */
import { encloses, type Interval, type Micros, overlaps } from '../base/interval.ts';
import { type Identifier, names } from '../record/identifier.ts';

export type Item = {
  /** Stable within its instrument, `1`, `2`…: every record carries the item that allowed it. */
  id: string;
  target: Identifier;
  categories: string[];
  range: Interval;
};

/** The approved items of one version of one instrument. */
export type Scope = { instrument: string; version: number; items: Item[] };

/** What of a row decides. A `state` (a subscriber's name as of the day of the answer) is not an event in time. */
export type Subject = {
  subjects: Identifier[];
  category: string;
  state: boolean;
  began: Micros | null;
  ended: Micros | null;
  undetermined?: string | undefined;
};

/** Why a row is sealed. The first five are decided, the rest undetermined: a court may decide them. */
export const SEALING_REASONS = [
  'another account',
  'category not covered',
  'outside the range',
  'straddles the range',
  'undetermined: unknown account',
  'undetermined: no time',
  'undetermined: no zone',
  'undetermined: time does not exist',
  'undetermined: time exists twice',
  'undetermined: not readable',
] as const;
export type SealingReason = (typeof SEALING_REASONS)[number];

export type Decision = { item: string } | { sealed: SealingReason };

/**
 * Whether the scope covers a row, and if not, why not.
 *
 * The first item, in their order, that names a subject, includes the category and encloses the time allows the row. A
 * span must lie inside one item's range as a whole; the part of it outside would otherwise be read too. When no item
 * covers the row, the reason is the one of the item that came nearest: account, then category, then time.
 */
export function covers(scope: Scope, row: Subject): Decision {
  if (row.subjects.length === 0) return { sealed: 'undetermined: unknown account' };
  const named = scope.items.filter((item) => row.subjects.some((subject) => names(item.target, subject)));
  return decide(named, row);
}

/** The same decision when it is already known which items name the row's subjects. */
function decide(named: Item[], row: Subject): Decision {
  if (named.length === 0) return { sealed: 'another account' };
  const fitting = named.filter((item) => item.categories.includes(row.category));
  if (fitting.length === 0) return { sealed: 'category not covered' };
  if (row.state) return { item: fitting[0]!.id };
  if (row.undetermined !== undefined) return { sealed: `undetermined: ${row.undetermined}` as SealingReason };
  if (row.began === null) return { sealed: 'undetermined: no time' };
  const { began, ended } = row;
  const inside = fitting.find((item) => encloses(item.range, began, ended));
  if (inside) return { item: inside.id };
  const span = ended === null || ended <= began ? null : { began, ended };
  return span && fitting.some((item) => overlaps(item.range, span))
    ? { sealed: 'straddles the range' }
    : { sealed: 'outside the range' };
}
