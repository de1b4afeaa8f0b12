/**
 * DuckDB read by columns, for results of many millions of rows: the engine of `store` gives objects, a row at a time.
 *
 * The same walls: in memory, no extensions, no way to any file but below the folders it is told.
 */
import { BIGINT, DuckDBDataChunk, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import { quoted } from '../store/engine.ts';

export type Column = { getItem(index: number): DuckDBValue };
export type Chunk = { rows: number; columns: Column[] };

export type ColumnEngine = {
  run(sql: string): Promise<void>;
  /** `params` are bound by name; big integers are BIGINT. */
  rows<T>(sql: string, params?: Record<string, DuckDBValue>): Promise<T[]>;
  /** Rows as they come. On a connection of its own: another statement on the same one would end them without a word. */
  chunks(sql: string): AsyncGenerator<Chunk>;
  /** Adds rows to a table, given as columns of equal length. */
  append(table: string, columns: readonly DuckDBValue[][]): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

const CHUNK_ROWS = 2048;

/** `spill` is a folder for what does not fit in `memoryBytes`; what is written there can be read there. */
export async function openColumns(
  folders: readonly string[],
  { spill, memoryBytes }: { spill: string; memoryBytes: number },
): Promise<ColumnEngine> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: `${Math.floor(memoryBytes / (1 << 20))}MiB`,
    temp_directory: spill,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run("set global TimeZone = 'UTC'");
  await connection.run(`set allowed_directories = [${[...folders, spill].map(quoted).join(', ')}]`);
  await connection.run('set enable_external_access = false');
  await connection.run('set lock_configuration = true');
  return {
    async run(sql) {
      await connection.run(sql);
    },
    async rows(sql, params) {
      const types = Object.entries(params ?? {}).flatMap(([name, value]) =>
        typeof value === 'bigint' ? [[name, BIGINT] as const] : [],
      );
      return (await connection.runAndReadAll(sql, params, Object.fromEntries(types))).getRowObjects() as never;
    },
    async *chunks(sql) {
      const own = await instance.connect();
      try {
        const result = await own.stream(sql);
        for (;;) {
          const chunk = await result.fetchChunk();
          if (!chunk || chunk.rowCount === 0) return;
          const columns = Array.from({ length: chunk.columnCount }, (_, index) => chunk.getColumnVector(index));
          yield { rows: chunk.rowCount, columns };
        }
      } finally {
        own.closeSync();
      }
    },
    async append(table, columns) {
      const appender = await connection.createAppender(table);
      const types = Array.from({ length: appender.columnCount }, (_, index) => appender.columnType(index));
      const rows = columns[0]?.length ?? 0;
      for (let first = 0; first < rows; first += CHUNK_ROWS) {
        const count = Math.min(CHUNK_ROWS, rows - first);
        const chunk = DuckDBDataChunk.create(types, count);
        columns.forEach((values, index) => {
          chunk.setColumnValues(index, values.slice(first, first + count));
        });
        appender.appendDataChunk(chunk);
      }
      appender.closeSync();
    },
    async [Symbol.asyncDispose]() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
