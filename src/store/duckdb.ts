/** The engine itself: loaded by \`openEngine\` when someone asks for it, which most acts do not. */
import {
  BIGINT,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBDecimalValue,
  DuckDBInstance,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api';
import { type Engine, quoted } from './engine.ts';
import type { Value } from './scoped.ts';

const CHUNK_ROWS = 2048;

export async function openDuckDb(folders: string[], memoryBytes: number, threads: number): Promise<Engine> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(threads),
    memory_limit: `${Math.floor(memoryBytes / (1 << 20))}MiB`,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    ...(folders[0] ? { temp_directory: `${folders[0]}/spill` } : {}),
  });
  const connection = await instance.connect();
  await connection.run("set TimeZone = 'UTC'");
  if (folders.length > 0) {
    const list = folders.map((folder) => quoted(folder)).join(', ');
    await connection.run(`set allowed_directories = [${list}]`);
  }
  await connection.run('set enable_external_access = false');
  await connection.run('set lock_configuration = true');
  return engineOn(connection, () => {
    connection.closeSync();
    instance.closeSync();
  });
}

function engineOn(connection: DuckDBConnection, close: () => void): Engine {
  return {
    async run(sql) {
      await connection.run(sql);
    },
    async rows(sql, params) {
      // Not as a stream: others may ask on this connection before the last row is read.
      const result = await connection.run(sql, params as Record<string, DuckDBValue> | undefined, typesOf(params));
      const names = result.deduplicatedColumnNames();
      const rows: Record<string, Value>[] = [];
      for (;;) {
        const chunk = await result.fetchChunk();
        if (!chunk || chunk.rowCount === 0) return rows as never;
        addRows(rows, chunk, names);
      }
    },
    async *stream(sql, params) {
      const result = await connection.stream(sql, params as Record<string, DuckDBValue> | undefined, typesOf(params));
      const names = result.deduplicatedColumnNames();
      for (;;) {
        const chunk = await result.fetchChunk();
        if (!chunk || chunk.rowCount === 0) return;
        const rows: Record<string, Value>[] = [];
        addRows(rows, chunk, names);
        yield rows as never;
      }
    },
    async *columns(sql) {
      const result = await connection.stream(sql);
      const count = result.columnCount;
      for (;;) {
        const chunk = await result.fetchChunk();
        if (!chunk || chunk.rowCount === 0) return;
        const columns = Array.from({ length: count }, (_, index) => {
          const { items } = chunk.getColumnVector(index) as unknown as { items: ArrayLike<number> };
          return items;
        });
        yield { rows: chunk.rowCount, columns };
      }
    },
    async append(table, columns) {
      const appender = await connection.createAppender(table);
      const types = Array.from({ length: appender.columnCount }, (_, index) => appender.columnType(index));
      const rows = columns[0]?.length ?? 0;
      for (let first = 0; first < rows; first += CHUNK_ROWS) {
        const count = Math.min(CHUNK_ROWS, rows - first);
        const chunk = DuckDBDataChunk.create(types, count);
        types.forEach((type, index) => {
          const values = columns[index]!.slice(first, first + count).map((value) => stored(value, type));
          chunk.setColumnValues(index, values);
        });
        appender.appendDataChunk(chunk);
      }
      appender.closeSync();
    },
    async [Symbol.asyncDispose]() {
      close();
    },
  };
}

/** Big integers are BIGINT, which times and counts are; the engine would otherwise take them for HUGEINT. */
function typesOf(params?: Record<string, Value>): Record<string, DuckDBType> | undefined {
  const big = Object.entries(params ?? {}).filter(([, value]) => typeof value === 'bigint');
  return big.length === 0 ? undefined : Object.fromEntries(big.map(([name]) => [name, BIGINT]));
}

function stored(value: unknown, type: DuckDBType): DuckDBValue {
  if (value === null || value === undefined) return null;
  if (type.typeId === DuckDBTypeId.TIMESTAMP) return new DuckDBTimestampValue(value as bigint);
  if (type.typeId === DuckDBTypeId.DECIMAL) {
    const { width, scale } = type as unknown as { width: number; scale: number };
    return decimal(String(value), width, scale);
  }
  return value as DuckDBValue;
}

/** Exact decimal text as the engine stores it; null when it does not fit without loss. */
function decimal(text: string, width: number, scale: number): DuckDBDecimalValue | null {
  const found = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!found) return null;
  const fraction = (found[3] ?? '').replace(/0+$/, '');
  if (fraction.length > scale) return null;
  const digits = BigInt(found[2]! + fraction.padEnd(scale, '0'));
  if (digits.toString().length > width) return null;
  return new DuckDBDecimalValue(found[1] === '-' ? -digits : digits, width, scale);
}

/** A text that stands below the same text is held once: a million records name few accounts. */
function addRows(rows: Record<string, Value>[], chunk: DuckDBDataChunk, names: readonly string[]): void {
  const [first, count] = [rows.length, chunk.rowCount];
  for (let row = 0; row < count; row++) rows.push({});
  for (const [index, name] of names.entries()) {
    const vector = chunk.getColumnVector(index);
    let above: Value = first > 0 ? rows[first - 1]![name]! : null;
    for (let row = 0; row < count; row++) {
      const value = plainValue(vector.getItem(row) as DuckDBValue);
      if (value !== above) above = value;
      rows[first + row]![name] = above;
    }
  }
}

function plainValue(value: DuckDBValue): Value {
  if (value === null || typeof value !== 'object') return value as Value;
  if (value instanceof DuckDBTimestampValue) return value.micros;
  if (value instanceof DuckDBDecimalValue) return trimmed(value.toString());
  return String(value);
}

function trimmed(decimalText: string): string {
  return decimalText.includes('.') ? decimalText.replace(/\.?0+$/, '') : decimalText;
}
