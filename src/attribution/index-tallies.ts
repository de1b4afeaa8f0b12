/** What many questions to an index amount to, as columns; of the nearest lease its numbers, named only when asked for. */
import { NO_NAME } from './index-files.ts';
import type { Fit } from './index-fit.ts';

export class IndexTallies {
  readonly known: Uint8Array;
  readonly unread: Uint8Array;
  readonly leases: Uint32Array;
  readonly subscribers: Uint32Array;
  readonly atTime: Uint32Array;
  readonly unnamed: Uint8Array;
  readonly blocks: Uint8Array;
  readonly network: Uint32Array;
  readonly ports: Uint32Array;
  readonly began: Float64Array;
  readonly ended: Float64Array;
  readonly name: Uint32Array;
  readonly row: Uint32Array;
  readonly #several = new Map<number, number[]>();

  constructor(count: number) {
    const [bytes, words] = [() => new Uint8Array(count), () => new Uint32Array(count)];
    this.known = bytes();
    this.unread = bytes();
    this.unnamed = bytes();
    this.blocks = bytes();
    this.leases = words();
    this.subscribers = words();
    this.atTime = words();
    this.network = words();
    this.ports = words();
    this.name = words();
    this.row = words();
    this.began = new Float64Array(count);
    this.ended = new Float64Array(count);
  }

  put(index: number, fit: Fit): void {
    this.leases[index] = fit.leases;
    this.unread[index] = fit.unread ? 1 : 0;
    if (fit.leases === 0) return;
    this.subscribers[index] = fit.names.count;
    this.atTime[index] = fit.atTime.count;
    this.unnamed[index] = fit.unnamed ? 1 : 0;
    this.blocks[index] = fit.blocks ? 1 : 0;
    this.network[index] = fit.network;
    this.ports[index] = fit.ports;
    this.began[index] = fit.began;
    this.ended[index] = fit.ended;
    this.name[index] = fit.name;
    this.row[index] = fit.row;
    if (fit.names.count > 1 || fit.unnamed) this.#several.set(index, fit.names.shown());
  }

  /** Numbers of the first names. */
  names(index: number): number[] {
    const one = this.leases[index]! > 0 && this.name[index] !== NO_NAME ? [this.name[index]!] : [];
    return this.#several.get(index) ?? one;
  }
}
