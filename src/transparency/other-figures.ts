/**
 * The search for figures that would be published alike and in which one number is another: first by a change and its
 * opposite, then by mending one relation after the other, then change upon change; narrowly, then more widely.
 *
 * It finds such figures or says that it found none; it does not prove that there are none.
 */
import { Problem } from '../base/problem.ts';
import type { Change, Figured, Showing } from './hide.ts';
import { Queue } from './queue.ts';

/** Changes of one number that are tried, each with so many opposites. */
const [TRIED, OPPOSITES] = [300, 60];
/** Figures gone on with when relations are mended one number at a time, and numbers tried for each. */
const [MENDED, MENDINGS] = [500, 10];
/** Then: figures gone on with at each step, changes looked at for each, and steps. */
const [BREADTH, LOOKS, STEPS] = [4, 200, 6];
/** What is hidden without looking further: a number or two of a row. */
const CHEAP = 25;
/** How many times as widely is looked, and what may be hidden without looking more widely still: no total of all papers. */
const ROUNDS = [
  [1, 300],
  [4, Number.POSITIVE_INFINITY],
] as const;
/** How much a relation that does not hold yet counts while it is being mended: more than a change that nobody sees. */
const BROKEN = 3;
/** Dearer than hiding everything: a nought would become another number, or a number nought; or it does not add up. */
const [SEEN, IMPOSSIBLE] = [1e9, 1e6];

type Tried = { change: Change; cost: number };

export class Search {
  readonly #figured: Figured;
  readonly #showing: readonly Showing[];
  readonly #small: number;
  readonly #sums: number[];
  readonly #relationsOf: [relation: number, factor: number][][];
  /** What is changed at the moment, by count and by relation; nought again after each use. */
  readonly #by: Float64Array;
  readonly #moved: Float64Array;

  constructor(figured: Figured, showing: readonly Showing[], small: number) {
    this.#figured = figured;
    this.#showing = showing;
    this.#small = small;
    this.#sums = figured.relations.map(({ terms }) =>
      terms.reduce((sum, [count, factor]) => sum + factor * figured.counts[count]!.value, 0),
    );
    this.#relationsOf = figured.counts.map(() => []);
    this.#by = new Float64Array(figured.counts.length);
    this.#moved = new Float64Array(figured.relations.length);
    for (const [relation, { terms, least, most }] of figured.relations.entries()) {
      // What does not hold of the true numbers tells a reader nothing.
      if (this.#sums[relation]! < least || this.#sums[relation]! > most) continue;
      for (const [count, factor] of terms) this.#relationsOf[count]!.push([relation, factor]);
    }
  }

  /** What is another in the cheapest other figures found, `index` among it. */
  otherFigures(index: number): Change {
    let best: Tried | null = null;
    for (const [wide, enough] of ROUNDS) {
      for (const way of [this.#paired, this.#mended, this.#stepped]) {
        const found = way.call(this, index, wide);
        if (found !== null && found.cost < (best?.cost ?? IMPOSSIBLE)) best = found;
        if (best !== null && best.cost <= CHEAP) return best.change;
      }
      if (best !== null && best.cost <= enough) return best.change;
    }
    const name = this.#figured.nameOf(index);
    throw new Problem(
      'transparency/cannot-hide',
      `${name} is small and could be worked out from the rest. Nothing was written. Report on a longer period, or set limits.smallCell of the policy to another number.`,
      { count: name },
    );
  }

  /** Whether a reader sees the same when this number is another by so much. */
  looksTheSame(index: number, by: number): boolean {
    const { value, isExact } = this.#figured.counts[index]!;
    const after = value + by;
    switch (this.#showing[index]!) {
      case 'withheld':
        return after > 0;
      case 'small':
        return after > 0 && after < this.#small;
      case 'shown':
        return by === 0 || (!isExact && value > 0 && after >= this.#small);
    }
  }

  /** One change, or one with its opposite elsewhere: what is usually enough. */
  #paired(index: number, wide: number): Tried | null {
    let best: Tried | null = null;
    let tried = 0;
    for (const change of this.#figured.changesOf(index)) {
      if (tried++ >= TRIED * wide) break;
      best = this.#cheaper(best, index, change);
      let opposites = 0;
      for (const opposite of this.#figured.oppositesOf(change)) {
        if (opposites++ >= OPPOSITES * wide) break;
        best = this.#cheaper(best, index, change, opposite);
        if (best !== null && best.cost <= CHEAP) return best;
      }
    }
    return best;
  }

  #cheaper(best: Tried | null, index: number, ...changes: Change[]): Tried | null {
    const most = best?.cost ?? IMPOSSIBLE;
    const cost = this.#costOf(changes, index, most);
    return cost < most ? { change: changes.reduce(together), cost } : best;
  }

  /** Of changes together. More than `most`, once it is more; without end where `index` is as it was. */
  #costOf(changes: readonly Change[], index: number, most = Number.POSITIVE_INFINITY): number {
    const by = this.#by;
    for (const change of changes) for (const [count, step] of change) by[count]! += step;
    let cost = by[index] === 0 ? Number.POSITIVE_INFINITY : 0;
    const moved: number[] = [];
    for (const change of changes) {
      for (const [count] of change) {
        const step = by[count]!;
        if (step === 0) continue;
        by[count] = 0;
        if (cost >= most) continue;
        cost += this.#price(count, step);
        for (const [relation, factor] of this.#relationsOf[count]!) {
          if (this.#moved[relation] === 0) moved.push(relation);
          this.#moved[relation]! += factor * step;
        }
      }
    }
    for (const relation of moved) {
      const { least, most: highest } = this.#figured.relations[relation]!;
      const sum = this.#sums[relation]! + this.#moved[relation]!;
      this.#moved[relation] = 0;
      if (sum < least || sum > highest) cost += IMPOSSIBLE;
    }
    return cost;
  }

  /** One number after the other, each mending a relation that no longer holds. */
  #mended(index: number, wide: number): Tried | null {
    const queue = new Queue<Tried & { broken: number[] }>();
    const seen = new Set<string>();
    const put = (change: Change) => {
      const key = [...change.keys()].sort((a, b) => a - b).join();
      if (seen.has(key)) return;
      seen.add(key);
      const broken = this.#broken(change);
      const cost = this.#pricesOf(change);
      if (cost < IMPOSSIBLE) queue.put({ change, cost, broken }, cost + change.size * 0.01 + broken.length * BROKEN);
    };
    for (const by of [1, -1]) put(new Map([[index, by]]));
    for (let tries = 0; tries < MENDED * wide; tries += 1) {
      const going = queue.take();
      if (going === null || going.broken.length === 0) return going;
      for (const [count, by] of this.#mendings(going)) put(new Map(going.change).set(count, by));
    }
    return null;
  }

  /** Numbers not yet changed that bring the shortest broken relation nearer, the cheapest first. */
  #mendings({ change, broken }: { change: Change; broken: number[] }): [count: number, by: number][] {
    const { relations } = this.#figured;
    const shortest = broken.reduce((a, b) => (relations[b]!.terms.length < relations[a]!.terms.length ? b : a));
    const { terms, least } = relations[shortest]!;
    const sum = terms.reduce((so, [count, factor]) => so + factor * (change.get(count) ?? 0), this.#sums[shortest]!);
    const towards = sum < least ? 1 : -1;
    return terms
      .filter(([count]) => !change.has(count) && this.#figured.counts[count]!.value > 0)
      .map(([count, factor]): [number, number] => [count, towards * factor])
      .filter(([count, by]) => this.#price(count, by) < SEEN)
      .sort(([a, up], [b, down]) => this.#price(a, up) - this.#price(b, down) || a - b)
      .slice(0, MENDINGS);
  }

  /** Change upon change, each undoing what would be dearest to hide or does not add up. */
  #stepped(index: number, wide: number): Tried | null {
    let best: Tried | null = null;
    let going = this.#tries(this.#figured.changesOf(index), EMPTY, index, wide);
    for (let step = 0; step < STEPS && going.length > 0; step += 1) {
      if (best === null || going[0]!.cost < best.cost) best = going[0]!;
      if (best.cost <= CHEAP) break;
      going = cheapest(
        going.flatMap(({ change }) => {
          const next = this.#unlikeliest(change);
          return next === null ? [] : this.#tries(this.#figured.changesOf(next), change, index, wide);
        }),
      );
    }
    return best;
  }

  /** The cheapest of these changes on top of what was changed, where `index` stays changed. */
  #tries(changes: Iterable<Change>, before: Change, index: number, wide: number): Tried[] {
    const found: Tried[] = [];
    let looks = 0;
    for (const change of changes) {
      if (looks++ >= LOOKS * wide) break;
      const cost = this.#costOf([before, change], index);
      if (cost < Number.POSITIVE_INFINITY) found.push({ change: together(before, change), cost });
    }
    return cheapest(found);
  }

  #pricesOf(change: Change): number {
    let cost = 0;
    for (const [index, by] of change) cost += this.#price(index, by);
    return cost;
  }

  /** Relations that would no longer hold. */
  #broken(change: Change): number[] {
    const moved: number[] = [];
    for (const [count, by] of change) {
      for (const [relation, factor] of this.#relationsOf[count]!) {
        if (this.#moved[relation] === 0) moved.push(relation);
        this.#moved[relation]! += factor * by;
      }
    }
    return moved.filter((relation) => {
      const { least, most } = this.#figured.relations[relation]!;
      const sum = this.#sums[relation]! + this.#moved[relation]!;
      this.#moved[relation] = 0;
      return sum < least || sum > most;
    });
  }

  /** The count to change next: what is dearest, or one of what does not add up. */
  #unlikeliest(change: Change): number | null {
    const [relation] = this.#broken(change);
    if (relation !== undefined) {
      const others = this.#figured.relations[relation]!.terms.map(([count]) => count);
      return others.find((count) => !change.has(count) && this.#figured.counts[count]!.value > 0) ?? others[0]!;
    }
    let dearest: number | null = null;
    let most = 0;
    for (const [index, by] of change) {
      const price = this.#price(index, by);
      if (price > most) [most, dearest] = [price, index];
    }
    return dearest;
  }

  #price(index: number, by: number): number {
    if (this.looksTheSame(index, by)) return 0;
    const { value, weight } = this.#figured.counts[index]!;
    if (value === 0 || value + by <= 0) return SEEN;
    return this.#showing[index] === 'small' ? weight / 2 : weight;
  }
}

const EMPTY: Change = new Map();

function cheapest(found: Tried[]): Tried[] {
  return found.sort((a, b) => a.cost - b.cost || a.change.size - b.change.size).slice(0, BREADTH);
}

export function together(one: Change, other: Change): Change {
  const sum = new Map(one);
  for (const [index, by] of other) {
    const both = (sum.get(index) ?? 0) + by;
    if (both === 0) sum.delete(index);
    else sum.set(index, both);
  }
  return sum;
}
