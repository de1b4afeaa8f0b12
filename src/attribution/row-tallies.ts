/** What many questions amount to, filled in row by row from an engine that adds up by itself. */
import type { Cells, Nearest, Tallies } from './log.ts';

/** One question's row. Open ends and unnamed leases are null; ports are null where none are stated. */
export type TallyRow = {
  leases: number;
  subscribers: number;
  atTime: number;
  unnamed: boolean;
  blocks: boolean;
  candidates: string[];
  nearest: {
    subscriber: string | null;
    network: string;
    portLow: number | null;
    portHigh: number | null;
    began: bigint;
    ended: bigint | null;
    row: string;
  };
};

/** Low above high: no ports are stated. */
const NO_PORTS = 0x1_0000;

export class RowTallies implements Tallies {
  readonly known: Uint8Array;
  readonly unread: Uint8Array;
  readonly leases: Uint32Array;
  readonly subscribers: Uint32Array;
  readonly atTime: Uint32Array;
  readonly unnamed: Uint8Array;
  readonly blocks: Uint8Array;
  readonly nearest: Nearest;
  readonly #rows: (TallyRow | undefined)[];

  constructor(count: number) {
    this.known = new Uint8Array(count);
    this.unread = new Uint8Array(count);
    this.leases = new Uint32Array(count);
    this.subscribers = new Uint32Array(count);
    this.atTime = new Uint32Array(count);
    this.unnamed = new Uint8Array(count);
    this.blocks = new Uint8Array(count);
    this.#rows = new Array(count);
    const of = (index: number) => this.#rows[index]!.nearest;
    this.nearest = {
      began: (index) => Number(of(index).began),
      ended: (index) => (of(index).ended === null ? Infinity : Number(of(index).ended)),
      exactEnd: (index) => of(index).ended!,
      ports(index) {
        const { portLow, portHigh } = of(index);
        return portLow === null ? NO_PORTS : ((portLow << 16) | portHigh!) >>> 0;
      },
      name: (index, into: Cells) => into.text(of(index).subscriber ?? ''),
      network: (index, into: Cells) => into.text(of(index).network),
      row: (index, into: Cells) => into.text(of(index).row),
    };
  }

  put(index: number, row: TallyRow): void {
    this.#rows[index] = row;
    this.known[index] = 1;
    this.leases[index] = row.leases;
    this.subscribers[index] = row.subscribers;
    this.atTime[index] = row.atTime;
    this.unnamed[index] = row.unnamed ? 1 : 0;
    this.blocks[index] = row.blocks ? 1 : 0;
  }

  candidates(index: number): string[] {
    return this.#rows[index]?.candidates ?? [];
  }
}
