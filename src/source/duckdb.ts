/**
 * Parquet and CSV files as a source. The engine sees the source's folder and nothing else, writes nowhere, and keeps what
 * it works on in memory: it would rather fail than leave rows on a disk.
 */
import { BIGINT, type DuckDBConnection, DuckDBInstance, VARCHAR } from '@duckdb/node-api';
import { isProblem } from '../base/problem.ts';
import { quoted } from '../store/engine.ts';
import { type DuckDbSource, nameOf } from './declaration.ts';
import { DUCKDB } from './duckdb-dialect.ts';
import { type DataFile, dataFiles } from './files.ts';
import { FILE_OF_ROW, ROW_IN_FILE } from './locator.ts';
import { Patience } from './patience.ts';
import type { Bounds, Cell, Column, Reader, Reading, Statement, Storage } from './reader.ts';
import { problemFrom, Trouble } from './trouble.ts';

const MEMORY_BYTES = 1 << 30;

export async function openDuckDb(source: DuckDbSource, folder: string): Promise<Reader> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: `${MEMORY_BYTES >> 20}MiB`,
    temp_directory: '',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    await connection.run("set global TimeZone = 'UTC'");
    await connection.run('set global parquet_metadata_cache = true');
    await connection.run(`set allowed_directories = [${quoted(folder)}]`);
    await connection.run('set enable_external_access = false');
    await connection.run('set lock_configuration = true');
    for (const table of [...source.tables, ...source.accounts]) {
      try {
        const sql = await viewSql(connection, dataFiles(folder, table.files!), folder, table.delimiter ?? ',');
        await connection.run(`create view ${DUCKDB.name(nameOf(table))} as ${sql}`);
      } catch (error) {
        throw problemFrom(troubleFrom(error), { source: source.name, table: nameOf(table) });
      }
    }
  } catch (error) {
    close();
    throw error;
  }
  return {
    dialect: DUCKDB,
    async probe(relation, names, bounds) {
      const reading = await begin(instance);
      try {
        const list = names.map((name) => DUCKDB.name(name)).join(', ');
        const found: Cell[][] = [];
        const statement = { sql: `describe select ${list} from ${relation}`, values: [] };
        for await (const rows of reading.rows(statement, bounds)) found.push(...rows);
        return found.map(
          ([, native], index): Column => ({ name: names[index]!, native: native!, storage: storageOf(native!) }),
        );
      } finally {
        await reading[Symbol.asyncDispose]();
      }
    },
    begin: () => begin(instance),
    async [Symbol.asyncDispose]() {
      close();
    },
  };
}

/** All files of a table as one, each row with its place: the number of a row is its place under the header. */
async function viewSql(
  connection: DuckDBConnection,
  files: DataFile[],
  folder: string,
  delimiter: string,
): Promise<string> {
  if (files[0]!.format === 'parquet') {
    const list = files.map(({ path }) => quoted(path)).join(', ');
    const from = [...folder].length + 2;
    return `select * exclude (filename, file_row_number), substr(filename, ${from}) as ${DUCKDB.name(FILE_OF_ROW)},
      file_row_number + 1 as ${DUCKDB.name(ROW_IN_FILE)}
      from read_parquet([${list}], filename = true, file_row_number = true, union_by_name = true, hive_partitioning = false)`;
  }
  const options = `header = true, delim = ${quoted(delimiter)}, quote = '"', escape = '"', strict_mode = true`;
  const each: string[] = [];
  for (const { path, name } of files) {
    const described = `describe select * from read_csv(${quoted(path)}, all_varchar = true, sample_size = 1, ignore_errors = true, ${options})`;
    const names = (await connection.runAndReadAll(described)).getRows().map(([column]) => String(column));
    const columns = names.map((column) => `${quoted(column)}: 'VARCHAR'`).join(', ');
    // An empty field is no value; an empty text in quotation marks is a text.
    each.push(`select *, ${quoted(name)} as ${DUCKDB.name(FILE_OF_ROW)}, row_number() over () as ${DUCKDB.name(ROW_IN_FILE)}
      from read_csv(${quoted(path)}, auto_detect = false, columns = {${columns}}, ${options}, allow_quoted_nulls = false)`);
  }
  return each.join(' union all by name ');
}

function storageOf(native: string): Storage {
  if (native === 'VARCHAR') return 'text';
  if (/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(native)) return 'integer';
  if (/^(DECIMAL|FLOAT|DOUBLE)/.test(native)) return 'decimal';
  if (native === 'TIMESTAMP WITH TIME ZONE') return 'instant';
  if (/^TIMESTAMP(_S|_MS|_NS)?$/.test(native)) return 'local';
  if (native === 'DATE') return 'day';
  return native === 'UUID' ? 'uuid' : 'other';
}

async function begin(instance: DuckDBInstance): Promise<Reading> {
  const connection = await instance.connect();
  await connection.run('begin transaction read only');
  return {
    async *rows({ sql, values }: Statement, bounds: Bounds) {
      const patience = new Patience(bounds);
      const interrupt = () => connection.interrupt();
      const types = values.map((value) => (typeof value === 'bigint' ? BIGINT : VARCHAR));
      try {
        const result = await patience.wait(() => connection.stream(sql, [...values], types), interrupt);
        for (;;) {
          const chunk = await patience.wait(() => result.fetchChunk(), interrupt);
          if (!chunk || chunk.rowCount === 0) return;
          yield chunk.getRows() as Cell[][];
        }
      } catch (error) {
        bounds.signal?.throwIfAborted();
        throw troubleFrom(error);
      }
    },
    async [Symbol.asyncDispose]() {
      connection.closeSync();
    },
  };
}

/** Of the engine's error the kind, and for a file its line: its text quotes what stands there. */
function troubleFrom(error: unknown): unknown {
  if (error instanceof Trouble || isProblem(error) || !(error instanceof Error)) return error;
  const { message } = error;
  if (/^Binder Error: (Referenced column|Table .* does not have a column|Column .* does not exist)/.test(message)) {
    return new Trouble('no-column', undefined, error);
  }
  const line = /\bLine: (\d+)/.exec(message)?.[1];
  if (line !== undefined || /CSV|Parquet|parquet|UTF-?8|thrift/i.test(message)) {
    return new Trouble('unreadable', line === undefined ? undefined : `line ${line}`, error);
  }
  if (/^Out of Memory/.test(message)) return new Trouble('failed', 'out of memory', error);
  return /^(IO|Permission) Error/.test(message) ? new Trouble('lost', undefined, error) : error;
}
