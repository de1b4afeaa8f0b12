/**
 * DuckDB as this house uses it: in memory, no extensions, no way to any file but those in folders it is told.
 *
 * Its readers trust their input, so what comes from outside is read by it in a process of its own.
 */
import type { Value } from './scoped.ts';

export type Engine = {
  run(sql: string): Promise<void>;
  rows<T extends Record<string, Value> = Record<string, Value>>(
    sql: string,
    params?: Record<string, Value>,
  ): Promise<T[]>;
  /** Rows as they come, a few thousand at a time, for results that need not fit in memory. */
  stream<T extends Record<string, Value> = Record<string, Value>>(
    sql: string,
    params?: Record<string, Value>,
  ): AsyncGenerator<T[]>;
  /**
   * The columns of a result, a few thousand rows at a time, as the engine holds them: for numbers only, and none of them
   * null. What is given is overwritten by the next piece.
   */
  columns(sql: string): AsyncGenerator<{ rows: number; columns: ArrayLike<number>[] }>;
  /** Appends columns of equal length to a table; each array holds values of that column's type, or null. */
  append(table: string, columns: readonly unknown[][]): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/**
 * Opens an engine that may read and write files only below `folders`.
 * `memoryBytes` bounds what it keeps; beyond that it spills into `folders[0]`, which must be a memory file system.
 */
export async function openEngine(folders: string[], memoryBytes = 1 << 30, threads = 2): Promise<Engine> {
  const { openDuckDb } = await import('./duckdb.ts');
  return openDuckDb(folders, memoryBytes, threads);
}

/** A SQL string literal. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A SQL name. */
export function named(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
