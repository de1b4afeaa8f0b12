/**
 * Which numbers are not shown: the small ones, and as many others as it takes that no small one can be worked out.
 *
 * A hidden number is safe when there are other figures that would be published alike, that add up as these do, and in
 * which the number is another. Such figures are looked for by small changes, one undoing in the sums what another did;
 * what then differs is hidden too. Nought is always shown. It does not say how near a reader can come: a hidden number may
 * be known to be one of two.
 */
import { Search } from './other-figures.ts';

/** `weight`: what is lost when it is hidden without being small. A count that is not `isExact` is never shown itself. */
export type Count = { value: number; weight: number; isExact: boolean };

/** What everyone may know of the counts: `least ≤ Σ factor · count ≤ most`. */
export type Relation = { terms: (readonly [count: number, factor: number])[]; least: number; most: number };

/** By how much some counts are others. */
export type Change = ReadonlyMap<number, number>;

export type Figured = {
  counts: readonly Count[];
  relations: readonly Relation[];
  nameOf(count: number): string;
  /** Changes that touch this count; the likeliest to be seen by nobody first. */
  changesOf(count: number): Iterable<Change>;
  /** Changes that undo this one in sums, the likeliest first. */
  oppositesOf(change: Change): Iterable<Change>;
};

/** `small` is shown as being small; of `withheld` is only told that it is not nought. */
export type Showing = 'shown' | 'small' | 'withheld';

/**
 * How each count is shown. Numbers from 1 to `small` − 1 are small.
 * Throws `transparency/cannot-hide` when a small number could be worked out whatever else is hidden.
 */
export function hidden(figured: Figured, small: number): Showing[] {
  const { counts } = figured;
  const showing = counts.map(({ value, isExact }): Showing => {
    if (value === 0 || value >= small) return 'shown';
    return isExact ? 'small' : 'withheld';
  });
  // Nought is shown, so below 3 a small number is known from being small.
  if (small < 3) return showing;
  const search = new Search(figured, showing, small);
  const safe = new Set<number>();
  for (const [index, { isExact }] of counts.entries()) {
    if (!isExact || showing[index] === 'shown' || safe.has(index)) continue;
    for (const [changed, by] of search.otherFigures(index)) {
      safe.add(changed);
      if (!search.looksTheSame(changed, by)) showing[changed] = 'withheld';
    }
  }
  return showing;
}
