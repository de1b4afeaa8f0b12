/**
 * What many questions to an index amount to: a record of numbers each, so that one is written and read at one place. Names
 * are read when they are asked for.
 */
import { NO_NAME } from './index-files.ts';
import type { Fit } from './index-fit.ts';
import type { Facts } from './log.ts';

/** Words of a record, and what stands where. */
const SIZE = 12;
const [LEASES, SUBSCRIBERS, AT_TIME, MARKS, NETWORK, PORTS, NAME, ROW, BEGAN, ENDED] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10];
const [KNOWN, UNREAD, UNNAMED, BLOCKS] = [1, 2, 4, 8];
const HIGH = 2 ** 32;

export class IndexTallies {
  readonly #words: Uint32Array;
  readonly #several = new Map<number, number[]>();

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
    if (fit.names.count > 1 || fit.unnamed) this.#several.set(index, fit.names.shown());
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

  /** Numbers of the first names. */
  names(index: number): number[] {
    const at = index * SIZE;
    const one = this.#words[at + LEASES]! > 0 && this.#words[at + NAME] !== NO_NAME ? [this.#words[at + NAME]!] : [];
    return this.#several.get(index) ?? one;
  }
}
