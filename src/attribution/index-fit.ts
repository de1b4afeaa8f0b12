/** What the leases of an index that fit one question add up to, as numbers; the nearest of them as it stands there. */
import { CANDIDATES_SHOWN } from './answer.ts';

/** A lease in the units of an index. `ports` is `low << 16 | high`, low above high where none are stated. */
export type Found = { network: number; ports: number; began: number; ended: number; name: number; row: number };

/**
 * Names seen. The first has a place of its own, because most questions have no second; a few more are kept each once; of
 * many all are kept, and put in order when they are counted.
 */
class Seen {
  #count = 0;
  #first = 0;
  #more: number[] = [];
  #sorted: Uint32Array | null = null;

  clear(): void {
    if (this.#count > 1) this.#more = [];
    this.#count = 0;
    this.#sorted = null;
  }

  note(name: number): void {
    if (this.#count === 0) {
      this.#first = name;
      this.#count = 1;
    } else if (name !== this.#first) this.#another(name);
  }

  #another(name: number): void {
    if (this.#count <= FEW && this.#more.includes(name)) return;
    this.#more.push(name);
    this.#count += 1;
    this.#sorted = null;
  }

  get count(): number {
    return this.#count <= FEW ? this.#count : this.#each().length;
  }

  #each(): Uint32Array {
    if (this.#sorted) return this.#sorted;
    const all = new Uint32Array(this.#more.length + 1);
    all[0] = this.#first;
    for (let place = 0; place < this.#more.length; place++) all[place + 1] = this.#more[place]!;
    all.sort();
    let kept = 0;
    for (const name of all) if (kept === 0 || all[kept - 1] !== name) all[kept++] = name;
    this.#sorted = all.subarray(0, kept);
    return this.#sorted;
  }

  /** The first names by number, which is their order. */
  shown(): number[] {
    return this.#count === 0 ? [] : [...this.#each().subarray(0, CANDIDATES_SHOWN)];
  }

  /** Writes them to `into` from `at`, which has room for `CANDIDATES_SHOWN`, and gives how many. */
  write(into: Uint32Array, at: number): number {
    if (this.#count === 0) return 0;
    if (this.#count > FEW) {
      const each = this.#each().subarray(0, CANDIDATES_SHOWN);
      into.set(each, at);
      return each.length;
    }
    // Few are put in their places one by one: most questions have two or three.
    into[at] = this.#first;
    let count = 1;
    for (const name of this.#more) {
      let place = at + count;
      for (; place > at && into[place - 1]! > name; place--) into[place] = into[place - 1]!;
      into[place] = name;
      count += 1;
    }
    return count;
  }
}

const FEW = 12;

export class Fit implements Found {
  leases = 0;
  unread = false;
  unnamed = false;
  blocks = false;
  readonly names = new Seen();
  readonly atTime = new Seen();
  /** All of them, where they are wanted. */
  all: Found[] | null = null;
  /** The nearest one. */
  network = 0;
  ports = 0;
  began = 0;
  ended = 0;
  name = 0;
  row = 0;
  #distance = 0;

  clear(): void {
    this.leases = 0;
    this.unread = false;
    this.unnamed = false;
    this.blocks = false;
    this.names.clear();
    this.atTime.clear();
  }

  /** `distance` is how far the lease is from the time in microseconds, 0 while it holds. */
  add(
    network: number,
    ports: number,
    began: number,
    ended: number,
    name: number,
    row: number,
    isNamed: boolean,
    distance: number,
  ): void {
    if (!isNamed) this.unnamed = true;
    else {
      this.names.note(name);
      if (distance === 0) this.atTime.note(name);
    }
    if (this.all) this.all.push({ network, ports, began, ended, name, row });
    if (
      this.leases === 0 ||
      distance < this.#distance ||
      (distance === this.#distance && this.#after(ports, began, ended, name, row))
    ) {
      this.network = network;
      this.ports = ports;
      this.began = began;
      this.ended = ended;
      this.name = name;
      this.row = row;
      this.#distance = distance;
    }
    this.leases += 1;
  }

  /** Whether the nearest one so far comes after this, in the order of `byDistance` for equal distances. */
  #after(ports: number, began: number, ended: number, name: number, row: number): boolean {
    const order =
      began - this.began ||
      ended - this.ended ||
      portOrder(ports) - portOrder(this.ports) ||
      name - this.name ||
      row - this.row;
    return order < 0;
  }
}

/** Stated ports come after none. */
const portOrder = (ports: number) => (ports >>> 16 > (ports & 0xffff) ? -1 : ports);
