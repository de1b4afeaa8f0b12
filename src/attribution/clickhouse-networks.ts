/** Networks looked up by an address: prefixes by their size, the few that are none one after another. */
import type { Network } from './network.ts';

export class NetworkSet {
  readonly #prefixes = new Map<string, Map<bigint, Network>>();
  readonly #others: Network[] = [];

  constructor(networks: Iterable<Network>) {
    for (const network of networks) {
      const size = network.high - network.low + 1n;
      if ((size & (size - 1n)) !== 0n || network.low % size !== 0n) this.#others.push(network);
      else {
        const key = `${network.family} ${size}`;
        const held = this.#prefixes.get(key) ?? new Map<bigint, Network>();
        held.set(network.low, network);
        this.#prefixes.set(key, held);
      }
    }
  }

  holding(family: 4 | 6, value: bigint): Network[] {
    const found = this.#others.filter((one) => one.family === family && one.low <= value && value <= one.high);
    for (const [key, held] of this.#prefixes) {
      const [of, size] = key.split(' ') as [string, string];
      if (Number(of) !== family) continue;
      const network = held.get(value - (value % BigInt(size)));
      if (network) found.push(network);
    }
    return found;
  }
}
