/** Reading statements to a ClickHouse server, and how addresses go to it and come back. */
import type { ClickHouseClient, ClickHouseSettings } from '@clickhouse/client';
import { addressText, type Network, networkOf } from './network.ts';

export type Ask = {
  /** Rows as arrays. Parameters are bound. */
  rows<T>(query: string, params?: Record<string, string | number>): Promise<T[]>;
  /** The longest statement that may be sent, in bytes. */
  longestBytes: number;
};

const LONGEST_BYTES = 4 << 20;

/** Asks the account how long a statement may be, and for longer ones where the account may ask for that. */
export async function asking(client: ClickHouseClient): Promise<Ask> {
  let settings: ClickHouseSettings = {};
  const rows = async <T>(query: string, params: Record<string, string | number> = {}) => {
    const result = await client.query({
      query,
      query_params: params,
      format: 'JSONCompactEachRow',
      clickhouse_settings: settings,
    });
    return (await result.json<T>()) as T[];
  };
  const stated = new Map(
    await rows<[string, string]>(
      `SELECT name, value FROM system.settings WHERE name IN ('readonly', 'max_query_size')`,
    ),
  );
  const given = Number(stated.get('max_query_size') ?? 262_144);
  if (stated.get('readonly') === '1' || given >= LONGEST_BYTES)
    return { rows, longestBytes: Math.min(given, LONGEST_BYTES) };
  settings = { max_query_size: String(2 * LONGEST_BYTES) };
  return { rows, longestBytes: LONGEST_BYTES };
}

/** An address as the server reads it into an IPv6. */
export function wireAddress(family: 4 | 6, value: bigint): string {
  return family === 4 ? `::ffff:${addressText(4, value)}` : addressText(6, value);
}

/** A network from its first and last address as the server writes them. */
export function wireNetwork(low: string, high: string): Network {
  return networkOf(low, high)!;
}
