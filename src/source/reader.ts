/**
 * What an engine must be able to do to be a source: say what its columns hold, and answer a statement with bound values,
 * in a transaction that cannot write. Everything comes out as text; what it means is decided in one place for all three.
 */
import type { Micros } from '../base/interval.ts';
import type { Bound } from './bound.ts';

/** A value as the engine writes it as text; null where there is none. */
export type Cell = string | null;

export type Statement = { sql: string; values: readonly (string | bigint)[] };

/** What a column's type amounts to here. */
export type Storage = 'text' | 'integer' | 'decimal' | 'instant' | 'local' | 'day' | 'address' | 'uuid' | 'other';

/** `native` is the type as the engine calls it. */
export type Column = { name: string; storage: Storage; native: string };

/** How long one statement may take, and who else may stop it. */
export type Bounds = { limitMs: number; signal?: AbortSignal | undefined };

/** One transaction. It sees one state of the data where the engine can do that (PostgreSQL). */
export type Reading = {
  rows(statement: Statement, bounds: Bounds): AsyncGenerator<Cell[][]>;
  [Symbol.asyncDispose](): Promise<void>;
};

export type Reader = {
  dialect: Dialect;
  /** The types of these columns, in their order. Throws a `Trouble` when one is not there. */
  probe(relation: string, names: readonly string[], bounds: Bounds): Promise<Column[]>;
  begin(bounds: Bounds): Promise<Reading>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** How an engine writes what statements are made of. Every argument is SQL, unless it is a column or a bound value. */
export type Dialect = {
  placeholder(index: number, type: 'text' | 'integer'): string;
  /** A name, quoted: whatever it contains, it stays a name. */
  name(text: string): string;
  /** A column's value as text. Instants are written in UTC, with their offset. */
  text(column: Column): string;
  asText(sql: string): string;
  /** ASCII letters and digits only, in lower case. */
  folded(text: string): string;
  /** Hexadecimal digits without zeros, in lower case: one for all ways to write an IPv6 address in hexadecimal. */
  foldedAddress(text: string): string;
  beyondAscii(text: string): string;
  /** Text compared byte by byte. */
  bytes(text: string): string;
  uuid(text: string): string;
  /** Microseconds since 1970 of a column that is an instant, rounded down; null where it is not finite. */
  micros(column: Column): string;
  /** An instant to compare such a column with; null when the engine has none so far away. */
  instant(micros: Micros, bound: Bound): string | null;
  /** A day, `2017-02-01`, to compare a column of local times or days with. */
  localDay(day: string, column: Column, bound: Bound): string;
  /** Whether a column of addresses is this address, however it is mapped. */
  isAddress(column: Column, address: string, bound: Bound): string;
  inNetwork(column: Column, network: { base: string; length: number }, bound: Bound): string;
};
