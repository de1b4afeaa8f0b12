/**
 * Tables for a lease log in ClickHouse, on one node and on a cluster. `docs/attribution.md` prints them and says why they
 * are so; a log that is there already may have other names and types, which its declaration then says.
 */

const COLUMNS = `(
  ip_low     IPv6,
  ip_high    IPv6,
  port_low   UInt16 DEFAULT 0,
  port_high  UInt16 DEFAULT 65535,
  began      DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  ended      Nullable(DateTime64(6, 'UTC')) CODEC(ZSTD(1)),
  subscriber String CODEC(ZSTD(1)),
  row        String DEFAULT '' CODEC(ZSTD(1))
)`;

const ORDER = `PARTITION BY toYYYYMM(began)
ORDER BY (ip_low, port_low, began)`;

/** One node. */
export const ONE_NODE = `CREATE TABLE leases
${COLUMNS}
ENGINE = MergeTree
${ORDER}`;

/** Every node of a cluster: its own shard's rows, and a table that speaks for all shards. */
export const EACH_NODE = `CREATE TABLE leases_local ON CLUSTER carrier
${COLUMNS}
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/leases', '{replica}')
${ORDER}`;

export const ALL_SHARDS = `CREATE TABLE leases ON CLUSTER carrier AS leases_local
ENGINE = Distributed(carrier, currentDatabase(), leases_local, cityHash64(ip_low))`;

/** What the declaration of such a table says of its columns. */
export const SCHEMA_COLUMNS = {
  ip_low: 'ip_low',
  ip_high: 'ip_high',
  port_low: 'port_low',
  port_high: 'port_high',
  began: 'began',
  ended: 'ended',
  subscriber: 'subscriber',
  row: 'row',
} as const;
