/** What was put, the lowest rank first; of equals, the one put first. */
export class Queue<T> {
  readonly #heap: { one: T; rank: number; order: number }[] = [];
  #order = 0;

  put(one: T, rank: number): void {
    const heap = this.#heap;
    heap.push({ one, rank, order: this.#order++ });
    for (let at = heap.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) break;
      [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
      at = parent;
    }
  }

  take(): T | null {
    const heap = this.#heap;
    const first = heap[0];
    if (first === undefined) return null;
    const last = heap.pop()!;
    if (heap.length === 0) return first.one;
    heap[0] = last;
    for (let at = 0; ; ) {
      let least = at;
      for (const child of [at * 2 + 1, at * 2 + 2])
        if (child < heap.length && this.#isBefore(child, least)) least = child;
      if (least === at) return first.one;
      [heap[at], heap[least]] = [heap[least]!, heap[at]!];
      at = least;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const [one, other] = [this.#heap[a]!, this.#heap[b]!];
    return one.rank < other.rank || (one.rank === other.rank && one.order < other.order);
  }
}
