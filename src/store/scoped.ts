/**
 * Records within a scope, as a question sees them: one view `records`, read with SQL, nothing else reachable.
 *
 * Columns: `id, kind, return, file, locator, item, account, account_type, began, ended, precision, time_as_stored,
 * zone_basis, category, format, raw` and the columns of `KIND_COLUMNS`. Times are TIMESTAMP in UTC. `id` is
 * `record_id(return, file, locator)`: a question that shows few of many rows chooses them first and names them then.
 */
export type Value = string | number | bigint | boolean | null;

export type Scoped = {
  /**
   * Rows of one SELECT over `records`. Parameters are named (`$account`). TIMESTAMP comes as microseconds (bigint),
   * BIGINT as bigint, DECIMAL as text, INTEGER and DOUBLE as number. Order only what you order yourself.
   * Throws `store/not-within` when the statement reaches beyond `records`.
   */
  rows<T extends Record<string, Value> = Record<string, Value>>(
    sql: string,
    params?: Record<string, Value>,
  ): Promise<T[]>;
  /** The ordered ranges of the items in force, for exposure and gaps: what was asked for. */
  ranges: { item: string; target: string; category: string; began: bigint; ended: bigint }[];
  /** What each return states of its own range: what the provider says it covered. */
  coverage: { return: string; file: string; format: string; began: bigint | null; ended: bigint | null }[];
};
