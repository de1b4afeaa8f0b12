/** A row of the log as the server sends it. */
import type { Lease } from './answer.ts';
import { networkOf, networkText } from './network.ts';

/** As `leaseColumns` asks for it. -1 for ports that are not stated. */
export type LeaseRow = [
  low: string, high: string, portLow: number, portHigh: number, began: string, ended: string | null, name: string | null, row: string,
]; // biome-ignore format: one row

/** Null for a row that cannot be read as a lease. */
export function leaseOf([low, high, portLow, portHigh, began, ended, name, row]: LeaseRow): Lease | null {
  const [from, to] = [BigInt(began), ended === null ? null : BigInt(ended)];
  const network = networkOf(low, high);
  const isPorts = portLow === -1 ? portHigh === -1 : portLow >= 0 && portLow <= portHigh && portHigh <= 65_535;
  if (!network || !isPorts || (to !== null && to < from)) return null;
  const text = networkText(network);
  return {
    subscriber: name === null || name.trim() === '' ? null : name,
    network: text,
    portLow: portLow < 0 ? null : portLow,
    portHigh: portLow < 0 ? null : portHigh,
    began: from,
    ended: to,
    row: row === '' ? rowName(text, portLow, portHigh, began) : row,
  };
}

/** What a row is called that has no name of its own: its key. */
export function rowName(network: string, low: number, high: number, began: string): string {
  return `${network}${low < 0 ? '' : ` ports ${low}-${high}`} from ${began} µs`;
}
