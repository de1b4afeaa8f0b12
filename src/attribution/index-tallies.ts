/**
 * What many questions to an index amount to: a record of numbers each, so that one is written and read at one place. Names
 * are read when they are asked for.
 */
import { CANDIDATES_SHOWN } from './answer.ts';
import { NO_NAME } from './index-files.ts';
import type { Fit } from './index-fit.ts';
import type { Facts } from './log.ts';

/** Words of a record, and what stands where. */
const SIZE = 13;
const [LEASES, SUBSCRIBERS, AT_TIME, MARKS, NETWORK, PORTS, NAME, ROW, BEGAN, ENDED, NAMES] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12,
];
const [KNOWN, UNREAD, UNNAMED, BLOCKS] = [1, 2, 4, 8];
const HIGH = 2 ** 32;

export class IndexTallies {
  readonly #words: Uint32Array;
  /** Names of questions that have several: their number, then they. A record holds the place after that of its own. */
  #several = new Uint32Array(1024);
  #used = 0;

  constructor(count: number) {
    this.#words = new Uint32Array(count * SIZE);
  }

  put(index: number, fit: Fit): void {
    const words = this.#words;
    const at = index * SIZE;
    words[at + MARKS] = KNOWN | (fit.unread ? UNREAD : 0) | (fit.unnamed ? UNNAMED : 0) | (fit.blocks ? BLOCKS : 0);
    if (fit.leases === 0) return;
    words[at + LEASES] = fit.leases;
    words[at + SUBSCRIBERS] = fit.names.count;
    words[at + AT_TIME] = fit.atTime.count;
    words[at + NETWORK] = fit.network;
    words[at + PORTS] = fit.ports;
    words[at + NAME] = fit.name;
    words[at + ROW] = fit.row;
    words[at + BEGAN] = fit.began % HIGH;
    words[at + BEGAN + 1] = fit.began / HIGH;
    words[at + ENDED] = fit.ended % HIGH;
    words[at + ENDED + 1] = fit.ended / HIGH;
    if (fit.names.count > 1 || fit.unnamed) words[at + NAMES] = this.#keep(fit);
  }

  #keep({ names }: Fit): number {
    if (this.#used + CANDIDATES_SHOWN + 1 > this.#several.length) {
      const larger = new Uint32Array(this.#several.length * 2);
      larger.set(this.#several);
      this.#several = larger;
    }
    const at = this.#used;
    const count = names.write(this.#several, at + 1);
    this.#several[at] = count;
    this.#used += count + 1;
    return at + 1;
  }

  facts(index: number, into: Facts): void {
    const at = index * SIZE;
    const marks = this.#words[at + MARKS]!;
    into.known = (marks & KNOWN) !== 0;
    into.unread = (marks & UNREAD) !== 0;
    into.unnamed = (marks & UNNAMED) !== 0;
    into.blocks = (marks & BLOCKS) !== 0;
    into.subscribers = this.#words[at + SUBSCRIBERS]!;
    into.atTime = this.#words[at + AT_TIME]!;
  }

  subscribers(index: number): number {
    return this.#words[index * SIZE + SUBSCRIBERS]!;
  }

  network(index: number): number {
    return this.#words[index * SIZE + NETWORK]!;
  }

  ports(index: number): number {
    return this.#words[index * SIZE + PORTS]!;
  }

  name(index: number): number {
    return this.#words[index * SIZE + NAME]!;
  }

  row(index: number): number {
    return this.#words[index * SIZE + ROW]!;
  }

  /** In units of the index, as are ends. */
  began(index: number): number {
    const at = index * SIZE + BEGAN;
    return this.#words[at]! + this.#words[at + 1]! * HIGH;
  }

  ended(index: number): number {
    const at = index * SIZE + ENDED;
    return this.#words[at]! + this.#words[at + 1]! * HIGH;
  }

  /** Numbers of the first names, as long as nothing more is put. */
  names(index: number): ArrayLike<number> {
    const at = index * SIZE;
    const kept = this.#words[at + NAMES]!;
    if (kept > 0) return this.#several.subarray(kept, kept + this.#several[kept - 1]!);
    return this.#words[at + LEASES]! > 0 && this.#words[at + NAME] !== NO_NAME ? [this.#words[at + NAME]!] : [];
  }
}
