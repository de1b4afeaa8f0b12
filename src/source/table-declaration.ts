/**
 * What the rows of one table are: whose, of which category, when, and which of its columns are handed over as what.
 *
 * It says where things stand; what an instrument covers of them is decided elsewhere.
 */
import { z } from 'zod';
import { CATEGORIES } from '../instrument/kinds.ts';
import { IDENTIFIER_TYPES } from '../record/identifier.ts';
import { KIND_COLUMNS, KINDS, type Kind, type KindColumn, OWN_COLUMNS } from '../record/record.ts';
import { ColumnName, Time, TimeType } from './time-declaration.ts';

/** Columns that a kind can have besides its own. */
const WHERE: KindColumn[] = [
  'latitude', 'longitude', 'place_kind', 'radius_metres', 'radius_quantile', 'azimuth', 'beam_degrees',
  'range_low_metres', 'range_high_metres', 'area', 'place_text',
]; // biome-ignore format: a list reads better as one
const ALSO: Record<Kind, KindColumn[]> = {
  session: [],
  lease: [],
  contact: ['action', 'device', ...WHERE, 'last_latitude', 'last_longitude', 'last_azimuth'],
  place: ['action', 'device', ...WHERE],
  transfer: ['action', 'status'],
  fact: [],
};

function columnsOf(kind: Kind): KindColumn[] {
  return [...OWN_COLUMNS[kind], ...ALSO[kind]];
}

const Column = z.enum(Object.keys(KIND_COLUMNS) as KindColumn[]);
const isMoment = (column: KindColumn) => KIND_COLUMNS[column] === 'TIMESTAMP';
const isNumber = (column: KindColumn) => ['INTEGER', 'DOUBLE'].includes(KIND_COLUMNS[column]);

/** A column that names someone. `callingCode` is for numbers written without `+` and their country. */
const Naming = {
  column: ColumnName,
  type: z.enum(IDENTIFIER_TYPES),
  callingCode: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, 'a calling code in digits, such as 1 or 49')
    .optional(),
};

export const IdentifierColumn = z.strictObject({
  ...Naming,
  role: z.literal('subject').default('subject'),
  /** Every value stands in its comparable form, so that the database may compare as it stands and use its index. */
  exact: z.boolean().default(false),
});
export type IdentifierColumn = z.infer<typeof IdentifierColumn>;

/** Where rows are: a table of a server, or files. */
export const Whereabouts = {
  table: z.string().min(1, 'the name of a table').optional(),
  /** PostgreSQL: the schema, when it is not on the account's search path. ClickHouse: another database. */
  schema: z.string().min(1).optional(),
  /** DuckDB: Parquet or CSV files below the source's folder; `*` stands for any part of a name, `**` for folders. */
  files: z.string().min(1, 'a pattern of file names').optional(),
  delimiter: z.string().length(1, 'one character').optional(),
  /** What the table is called in provenance and counts; its own name unless given. */
  name: z.string().min(1).optional(),
};

const Categories = z.enum(CATEGORIES, { error: 'a data category, DC-01 to DC-22' });

export const Table = z
  .strictObject({
    ...Whereabouts,
    kind: z.enum(KINDS),
    category: Categories,
    /** Columns by which the provider finds a row again. Files have their row numbers. */
    key: z.array(ColumnName).min(1).optional(),
    identifiers: z.array(IdentifierColumn).min(1, 'at least one column that says whose the row is'),
    time: Time.optional(),
    state: z.literal(true).optional(),
    columns: z
      .partialRecord(
        Column,
        z.union([ColumnName, z.strictObject({ column: ColumnName, type: TimeType })], {
          error: 'the name of a column, or for a time { "column": name, "type": what it holds }',
        }),
      )
      .default({}),
    constants: z.partialRecord(Column, z.union([z.string(), z.number()])).default({}),
    mentions: z.array(z.strictObject(Naming)).default([]),
    /** Columns of the table whose content needs another category than the row. */
    parts: z.array(z.strictObject({ category: Categories, columns: z.array(ColumnName).min(1) })).default([]),
    raw: z.array(ColumnName).default([]),
  })
  .superRefine((table, context) => {
    for (const { path, message } of troubles(table)) context.addIssue({ code: 'custom', path, message });
  });
export type Table = z.infer<typeof Table>;

type Trouble = { path: (string | number)[]; message: string };

function troubles(table: z.infer<typeof Table>): Trouble[] {
  return [...timeTroubles(table), ...columnTroubles(table), ...partTroubles(table)];
}

function timeTroubles({ kind, time, state }: Table): Trouble[] {
  const found: Trouble[] = [];
  const say = (path: string[], message: string) => found.push({ path, message });
  if (kind === 'fact' && !state) say(['state'], 'true for facts: they are decided by account and category only');
  if (kind !== 'fact' && state) say(['state'], `only for facts; a ${kind} happens at a time`);
  if (state && time) say(['time'], 'not together with state');
  if (!state && !time && kind !== 'fact') say(['time'], `needed for a ${kind}`);
  if (time?.precision === 'day' && typeof time.type === 'string') {
    say(['time', 'precision'], 'day only with { "local": zone }: an instant is no day');
  }
  if (time?.precision === 'day' && time.ended !== undefined) say(['time', 'ended'], 'not with precision day');
  return found;
}

function columnTroubles({ kind, columns, constants }: Table): Trouble[] {
  const found: Trouble[] = [];
  const has = columnsOf(kind);
  const derived = (column: KindColumn) => column === 'paid_time_as_stored';
  for (const [column, where] of Object.entries(columns) as [KindColumn, Table['columns'][KindColumn]][]) {
    const say = (message: string) => found.push({ path: ['columns', column], message });
    if (!has.includes(column) || derived(column)) say(`a ${kind} has no such column; it has ${has.join(', ')}`);
    else if (isMoment(column) && typeof where === 'string') say('{ "column": …, "type": … }: it is a time');
    else if (!isMoment(column) && typeof where !== 'string') say('the name of a column: it is no time');
  }
  for (const [column, value] of Object.entries(constants) as [KindColumn, string | number][]) {
    const say = (message: string) => found.push({ path: ['constants', column], message });
    if (!has.includes(column) || derived(column)) say(`a ${kind} has no such column; it has ${has.join(', ')}`);
    else if (columns[column] !== undefined) say('also in columns');
    else if (isMoment(column)) say('a time is not the same for all rows');
    else if (isNumber(column) !== (typeof value === 'number'))
      say(isNumber(column) ? 'a number' : 'text in quotation marks');
  }
  return found;
}

/** A part must be something the row can do without: not whose it is, when it was, or how it is found again. */
function partTroubles(table: Table): Trouble[] {
  const found: Trouble[] = [];
  const needed = [
    ...table.identifiers.map(({ column }) => column),
    ...(table.key ?? []),
    ...(table.time ? [table.time.began, table.time.ended] : []),
  ];
  const handedOver = [...sourcesOf(table), ...table.raw, ...table.mentions.map(({ column }) => column)];
  table.parts.forEach((part, index) => {
    const say = (message: string) => found.push({ path: ['parts', index, 'columns'], message });
    if (part.category === table.category) {
      found.push({ path: ['parts', index, 'category'], message: 'the same as that of the row' });
    }
    for (const column of part.columns) {
      if (needed.includes(column)) say(`${column} says whose the row is, when it was or where; it cannot be a part`);
      else if (!handedOver.includes(column)) say(`${column} is in none of columns, mentions and raw`);
      else if (table.parts.some((other) => other !== part && other.columns.includes(column)))
        say(`${column} is in two parts`);
    }
  });
  return found;
}

/** The table's columns that its record columns are read from. */
export function sourcesOf({ columns }: Pick<Table, 'columns'>): string[] {
  return Object.values(columns).flatMap((where) =>
    where === undefined ? [] : [typeof where === 'string' ? where : where.column],
  );
}
