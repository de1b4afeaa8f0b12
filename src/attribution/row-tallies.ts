/** What many questions amount to, filled in row by row from an engine that adds up by itself. */
import type { Cells, Facts, Nearest, Tallies } from './log.ts';

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
  readonly nearest: Nearest;
  readonly #rows: (TallyRow | undefined)[];

  constructor(count: number) {
    this.known = new Uint8Array(count);
    this.unread = new Uint8Array(count);
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
  }

  at(index: number): TallyRow | undefined {
    return this.#rows[index];
  }

  facts(index: number, into: Facts): void {
    const row = this.#rows[index];
    into.known = this.known[index] === 1;
    into.unread = this.unread[index] === 1;
    into.subscribers = row?.subscribers ?? 0;
    into.atTime = row?.atTime ?? 0;
    into.unnamed = row?.unnamed ?? false;
    into.blocks = row?.blocks ?? false;
  }

  subscribers(index: number): number {
    return this.#rows[index]?.subscribers ?? 0;
  }

  putCandidates(index: number, into: Cells): void {
    into.text(JSON.stringify(this.#rows[index]?.candidates ?? []));
  }
}
