/** A declared table that was found to be as declared: its columns are there and hold what is said of them. */
import type { Precision } from '../record/record.ts';
import { Clock } from './clock.ts';
import { nameOf } from './declaration.ts';
import { FILE_OF_ROW, ROW_IN_FILE } from './locator.ts';
import { Moment } from './moment.ts';
import type { Naming } from './naming.ts';
import type { Bounds, Column, Dialect, Reader } from './reader.ts';
import { sourcesOf, type Table } from './table-declaration.ts';
import type { TimeType } from './time-declaration.ts';
import { problemFrom, Trouble, within } from './trouble.ts';

/** A table of records, ready to be asked. */
export type Prepared = {
  name: string;
  table: Table;
  relation: string;
  dialect: Dialect;
  identifiers: Naming[];
  /** Null for states. */
  clock: Clock | null;
  /** Times among the record's columns, by the table's column. */
  moments: Map<string, Moment>;
  /** Columns by which a row is found again; file and row number where the table declares none. */
  key: Column[];
  column(name: string): Column;
};

type Where = { table?: string | undefined; schema?: string | undefined; name?: string | undefined };

/** A table as its engine names it; files are a view of the declared name. */
export function relationOf(dialect: Dialect, where: Where & { files?: string | undefined }): string {
  const parts = where.table === undefined ? [nameOf(where)] : [where.schema, where.table];
  return parts.flatMap((part) => (part === undefined ? [] : [dialect.name(part)])).join('.');
}

/** Throws `source/no-table`, `source/no-column`, `source/no-permission` or `source/column-type`, naming table and column. */
export async function prepare(source: string, reader: Reader, table: Table, bounds: Bounds): Promise<Prepared> {
  const { dialect } = reader;
  const name = nameOf(table);
  const relation = relationOf(dialect, table);
  const key = table.key ?? [FILE_OF_ROW, ROW_IN_FILE];
  const times = timesOf(table);
  const columns = await probeColumns(source, name, reader, relation, [...namesIn(table), ...key], bounds);
  const column = (wanted: string) => columns.get(wanted)!;
  const moment = (wanted: string, type: TimeType, precision: Precision | null) => {
    checkTime(column(wanted), type, { source, table: name });
    return new Moment(dialect, column(wanted), type, precision);
  };
  const { time } = table;
  return {
    name,
    table,
    relation,
    dialect,
    identifiers: table.identifiers.map((declared) => ({ declared, column: column(declared.column) })),
    clock: time
      ? new Clock(
          moment(time.began, time.type, time.precision),
          time.ended === undefined ? null : moment(time.ended, time.type, time.precision),
        )
      : null,
    moments: new Map(times.map(([wanted, type]) => [wanted, moment(wanted, type, null)])),
    key: key.map(column),
    column,
  };
}

function namesIn(table: Table): string[] {
  return [
    ...table.identifiers.map(({ column }) => column),
    ...(table.time ? [table.time.began, table.time.ended] : []),
    ...sourcesOf(table),
    ...table.mentions.map(({ column }) => column),
    ...table.raw,
  ].filter((name) => name !== undefined);
}

function timesOf({ columns }: Table): [string, TimeType][] {
  return Object.values(columns).flatMap((where): [string, TimeType][] =>
    where === undefined || typeof where === 'string' ? [] : [[where.column, where.type]],
  );
}

/** The types of columns by name. When one is missing, it is found out which. */
export async function probeColumns(
  source: string,
  table: string,
  reader: Reader,
  relation: string,
  wanted: readonly string[],
  bounds: Bounds,
): Promise<Map<string, Column>> {
  const names = [...new Set(wanted)];
  try {
    const columns = await reader.probe(relation, names, bounds);
    return new Map(columns.map((column) => [column.name, column]));
  } catch (error) {
    if (error instanceof Trouble && ['no-column', 'no-permission', 'failed'].includes(error.kind)) {
      for (const column of names) {
        await within({ source, table, column }, () => reader.probe(relation, [column], bounds));
      }
    }
    return within({ source, table }, () => Promise.reject(error));
  }
}

/** Throws `source/column-type` when a column cannot hold times of the declared type. */
export function checkTime(column: Column, type: TimeType, where: { source: string; table: string }): void {
  if (Moment.holds(type).includes(column.storage)) return;
  const declared = typeof type === 'string' ? type : 'a local time';
  const trouble = new Trouble('column-type', `declared as ${declared}, and it is ${column.native}`);
  throw problemFrom(trouble, { ...where, column: column.name });
}
