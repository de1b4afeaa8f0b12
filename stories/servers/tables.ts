/**
 * The same invented table in every kind of source: PostgreSQL, ClickHouse, Parquet and CSV files; and the declaration of
 * the source that holds it.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { DuckDBInstance } from '@duckdb/node-api';
import pg from 'pg';
import { ownFolder } from './child.ts';
import { type ClickHouseServer, startClickHouse } from './clickhouse.ts';
import { type PostgresServer, startPostgres } from './postgres.ts';

/** What a column holds. `instant` values are microseconds; all others are text as it would be written. */
export type Holds = 'text' | 'integer' | 'decimal' | 'instant' | 'local' | 'day' | 'address';
export type Columns = Record<string, Holds>;
export type Value = string | bigint | null;
export type InventedTable = { name: string; columns: Columns; rows: Value[][] };

export type Kept = 'postgresql' | 'clickhouse' | 'parquet' | 'csv';
export const KEPT: Kept[] = ['postgresql', 'clickhouse', 'parquet', 'csv'];

/** `password` of the place is none. `declare` gives the source that holds one table, its other fields as declared. */
export type Place = {
  folder: string;
  postgres: PostgresServer;
  clickhouse: ClickHouseServer;
  keep(table: InventedTable, where: Kept): Promise<void>;
  declare(where: Kept, table: Record<string, unknown> & { table: string }, over?: Record<string, unknown>): string;
  [Symbol.asyncDispose](): Promise<void>;
};

export async function openPlace(): Promise<Place> {
  const folder = ownFolder('source');
  mkdirSync(join(folder, 'data'));
  const [postgres, clickhouse] = await Promise.all([startPostgres(), startClickHouse()]);
  const pool = new pg.Pool({ connectionString: postgres.url, max: 2 });
  const client = createClient({ url: clickhouse.url });
  const instance = await DuckDBInstance.create(':memory:');
  const keepers: Record<Kept, (table: InventedTable) => Promise<void>> = {
    postgresql: (table) => inPostgres(pool, table),
    clickhouse: (table) => inClickHouse(client, table),
    parquet: (table) => inParquet(instance, join(folder, 'data'), table),
    csv: async (table) => writeFileSync(join(folder, 'data', `${table.name}.csv`), csvOf(table)),
  };
  return {
    folder,
    postgres,
    clickhouse,
    keep: (table, where) => keepers[where](table),
    declare(where, { table, ...rest }, over = {}) {
      const files = { name: table, files: `${table}.${where}`, ...rest };
      const kinds = {
        postgresql: {
          engine: 'postgresql', url: `postgresql://127.0.0.1:${postgres.port}`, database: 'postgres', user: postgres.user,
        },
        clickhouse: { engine: 'clickhouse', url: clickhouse.url, database: 'default', user: 'default' },
        parquet: { engine: 'duckdb', folder: 'data' },
        csv: { engine: 'duckdb', folder: 'data' },
      }; // biome-ignore format: one line a place
      const tables = [where === 'parquet' || where === 'csv' ? files : { table, ...rest }];
      return JSON.stringify({ name: where, timeLimitSeconds: 30, ...kinds[where], tables, ...over });
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([pool.end(), client.close()]);
      instance.closeSync();
      await Promise.all([postgres[Symbol.asyncDispose](), clickhouse[Symbol.asyncDispose]()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The instant as text with its offset, to the microsecond. */
function instantText(micros: bigint): string {
  const seconds = micros / 1_000_000n - (micros % 1_000_000n < 0n ? 1n : 0n);
  const rest = micros - seconds * 1_000_000n;
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}.${String(rest).padStart(6, '0')}Z`;
}

const written = (value: Value) => (typeof value === 'bigint' ? instantText(value) : value);

const PG_TYPES: Record<Holds, string> = {
  text: 'text', integer: 'bigint', decimal: 'numeric', instant: 'timestamptz', local: 'timestamp', day: 'date', address: 'inet',
}; // biome-ignore format: a table

async function inPostgres(pool: pg.Pool, { name, columns, rows }: InventedTable): Promise<void> {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const list = Object.entries(columns).map(([column, holds]) => `${quoted(column)} ${PG_TYPES[holds]}`);
  await pool.query(`create table ${quoted(name)} (${list.join(', ')})`);
  const types = Object.values(columns).map((holds) => `::${PG_TYPES[holds]}`);
  for (let first = 0; first < rows.length; first += 500) {
    const some = rows.slice(first, first + 500);
    const tuples = some.map(
      (row, at) => `(${row.map((_, index) => `$${at * row.length + index + 1}${types[index]}`)})`,
    );
    await pool.query(`insert into ${quoted(name)} values ${tuples.join(', ')}`, some.flat().map(written));
  }
}

const CH_TYPES: Record<Holds, string> = {
  text: 'String', integer: 'Int64', decimal: 'Decimal(30, 9)', instant: "DateTime64(6, 'America/Denver')", local: 'String',
  day: 'Date32', address: 'IPv6',
}; // biome-ignore format: a table

async function inClickHouse(client: ClickHouseClient, { name, columns, rows }: InventedTable): Promise<void> {
  const quoted = (text: string) => `\`${text.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
  const list = Object.entries(columns).map(([column, holds]) => `${quoted(column)} Nullable(${CH_TYPES[holds]})`);
  await client.command({
    query: `CREATE TABLE ${quoted(name)} (${list.join(', ')}) ENGINE = MergeTree ORDER BY tuple()`,
  });
  if (rows.length === 0) return;
  const settings = { date_time_input_format: 'best_effort' as const };
  await client.insert({
    table: quoted(name),
    values: rows.map((row) => row.map(written)),
    format: 'JSONCompactEachRow',
    clickhouse_settings: settings,
  });
}

const DUCK_TYPES: Record<Holds, string> = {
  text: 'varchar', integer: 'bigint', decimal: 'decimal(30, 9)', instant: 'timestamptz', local: 'timestamp', day: 'date',
  address: 'varchar',
}; // biome-ignore format: a table

async function inParquet(
  instance: DuckDBInstance,
  folder: string,
  { name, columns, rows }: InventedTable,
): Promise<void> {
  const connection = await instance.connect();
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  await connection.run("set TimeZone = 'UTC'");
  const list = Object.entries(columns).map(([column, holds]) => `${quoted(column)} ${DUCK_TYPES[holds]}`);
  await connection.run(`create temp table made (${list.join(', ')})`);
  const places = Object.values(columns).map((_, index) => `$${index + 1}`);
  const insert = await connection.prepare(`insert into made values (${places.join(', ')})`);
  for (const row of rows) {
    row.map(written).forEach((value, index) => {
      if (value === null) insert.bindNull(index + 1);
      else insert.bindVarchar(index + 1, value);
    });
    await insert.run();
  }
  await connection.run(`copy made to '${join(folder, `${name}.parquet`)}' (format parquet)`);
  connection.closeSync();
}

function csvOf({ columns, rows }: InventedTable): string {
  const field = (value: Value) => {
    const text = written(value);
    return text === null ? '' : `"${text.replaceAll('"', '""')}"`;
  };
  return [Object.keys(columns), ...rows].map((row) => `${row.map(field).join(',')}\n`).join('');
}
