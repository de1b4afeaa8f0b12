/** A lease log by its index: one question, or many in the order of their addresses, so that it is read front to back. */
import { LEASES_SHOWN, type Lease } from './answer.ts';
import { type Header, NO_NAME } from './index-files.ts';
import { Fit, type Found } from './index-fit.ts';
import { Names } from './index-names.ts';
import { Networks } from './index-networks.ts';
import { IndexReader } from './index-reader.ts';
import { IndexTallies } from './index-tallies.ts';
import { IndexTime } from './index-time.ts';
import { type Basis, byDistance, type LeaseLog, type Nearest, type Tallies, type Tally } from './log.ts';
import { networkText } from './network.ts';
import type { Asked } from './question.ts';
import { byAddress, byKey, byTime } from './sorting.ts';

/** Questions without a port to a crowded network that are answered together. */
const TOGETHER = 4096;

export class IndexLog implements LeaseLog {
  readonly basis: Basis;
  readonly #networks: Networks;
  readonly #names: Names;
  readonly #reader: IndexReader;
  readonly #time: IndexTime;
  readonly #files: { rowsBefore: number; words: string }[];

  constructor(folder: string, header: Header, basis: Basis) {
    this.basis = basis;
    this.#networks = new Networks(folder, header);
    this.#names = new Names(folder);
    this.#time = new IndexTime(header);
    this.#reader = new IndexReader(folder, this.#time);
    this.#files = header.source.map(({ rowsBefore, name }) => ({ rowsBefore, words: `${name} row ` }));
  }

  async tally(asked: Asked): Promise<Tally> {
    const fit = new Fit();
    fit.all = [];
    const networks: number[] = [];
    this.#networks.find(asked.family[0] as 4 | 6, asked.words, 0, networks);
    for (const network of networks) this.#reader.look(network, asked, 0, fit);
    return {
      known: networks.length > 0,
      unread: fit.unread,
      leases: fit.leases,
      subscribers: fit.names.count,
      atTime: fit.atTime.count,
      unnamed: fit.unnamed,
      blocks: fit.blocks,
      candidates: fit.names.shown().map((name) => this.#names.text(name)),
      shown: this.#nearestOf(fit.all, asked.time[0]!)
        .map((found) => this.#lease(found))
        .sort(byDistance(BigInt(asked.time[0]!))),
    };
  }

  /** The nearest leases, without naming the others. */
  #nearestOf(found: Found[], time: number): Found[] {
    if (found.length <= LEASES_SHOWN) return found;
    const far = new Map(found.map((one) => [one, this.#time.distance(one.began, one.ended, time)]));
    return found.sort((a, b) => far.get(a)! - far.get(b)! || a.began - b.began).slice(0, LEASES_SHOWN);
  }

  async tallies(asked: Asked): Promise<Tallies> {
    this.#names.hold();
    const out = new IndexTallies(asked.count);
    const order = byAddress(asked);
    const networks: number[] = [];
    const fit = new Fit();
    for (let from = 0; from < order.length; ) {
      const first = order[from]!;
      let to = from + 1;
      while (to < order.length && sameAddress(asked, first, order[to]!)) to += 1;
      this.#networks.find(asked.family[first] as 4 | 6, asked.words, first * 4, networks);
      let run = order.subarray(from, to);
      from = to;
      if (networks.length === 0) continue;
      const crowded = run.length > 1 ? networks.find((network) => this.#reader.isCrowded(network)) : undefined;
      if (crowded !== undefined) run = this.#crowded(asked, run, networks, crowded, out);
      for (let place = 0; place < run.length; place++) {
        fit.clear();
        for (let one = 0; one < networks.length; one++) this.#reader.look(networks[one]!, asked, run[place]!, fit);
        out.put(run[place]!, fit);
      }
    }
    return {
      facts: (index, into) => out.facts(index, into),
      subscribers: (index) => out.subscribers(index),
      nearest: this.#nearest(asked, out),
      putCandidates: (index, into) => this.#names.putList(out.names(index), into),
    };
  }

  /** Answers those without a port, which look into every slot, and gives the others in the order of slots and times. */
  #crowded(asked: Asked, run: Uint32Array, networks: number[], crowded: number, out: IndexTallies): Uint32Array {
    const timely = byTime(asked, run);
    const without = timely.filter((index) => asked.port[index]! < 0);
    for (let from = 0; from < without.length; from += TOGETHER) {
      const some = without.subarray(from, from + TOGETHER);
      const fits = Array.from(some, () => new Fit());
      for (const network of networks) this.#reader.lookTogether(network, asked, some, fits);
      for (let one = 0; one < some.length; one++) out.put(some[one]!, fits[one]!);
    }
    const others = timely.filter((index) => asked.port[index]! >= 0);
    const slots = new Uint32Array(asked.count);
    for (const index of others) slots[index] = this.#reader.slotFor(crowded, asked.port[index]!);
    return byKey(slots, others);
  }

  #nearest(asked: Asked, out: IndexTallies): Nearest {
    return {
      began: (index) => this.#time.micros(out.began(index)),
      ended: (index) => this.#time.micros(out.ended(index)),
      exactEnd: (index) => this.#time.exact(out.ended(index))!,
      ports: (index) => out.ports(index),
      name: (index, into) => {
        if (out.name(index) !== NO_NAME) this.#names.put(out.name(index), into);
      },
      network: (index, into) => {
        const network = out.network(index);
        if (asked.family[index] === 4 && this.#networks.isSingle(network)) into.fourBytes(asked.words[index * 4]!);
        else into.text(networkText(this.#networks.network(network)));
      },
      row: (index, into) => {
        const file = this.#fileOf(out.row(index));
        into.text(file.words);
        into.whole(out.row(index) - file.rowsBefore + 1);
      },
    };
  }

  #lease({ network, ports, began, ended, name, row }: Found): Lease {
    const [low, high] = [ports >>> 16, ports & 0xffff];
    const file = this.#fileOf(row);
    return {
      subscriber: name === NO_NAME ? null : this.#names.text(name),
      network: networkText(this.#networks.network(network)),
      portLow: low > high ? null : low,
      portHigh: low > high ? null : high,
      began: this.#time.exact(began)!,
      ended: this.#time.exact(ended),
      row: `${file.words}${row - file.rowsBefore + 1}`,
    };
  }

  #fileOf(row: number): { rowsBefore: number; words: string } {
    let file = 0;
    while (file + 1 < this.#files.length && this.#files[file + 1]!.rowsBefore <= row) file += 1;
    return this.#files[file]!;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#networks.close();
    this.#names.close();
    this.#reader.close();
  }
}

function sameAddress({ family, words }: Asked, a: number, b: number): boolean {
  if (words[a * 4] !== words[b * 4] || family[a] !== family[b]) return false;
  if (family[a] === 4) return true;
  for (let word = 1; word < 4; word++) if (words[a * 4 + word] !== words[b * 4 + word]) return false;
  return true;
}
