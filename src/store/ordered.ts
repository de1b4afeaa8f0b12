/**
 * The records in one fixed order, by time, so that a page can speak of them by their place: as columns of numbers for views
 * of all of them, and as rows of text for the few that are read.
 *
 * Made once and kept with the records, encrypted as they are. People no paper names are masked here as
 * everywhere: the text comes from the same columns.
 */
import type { Engine } from './engine.ts';
import { type KeptPlace, readKept, writeKept } from './kept-order.ts';
import { type OpenRecords, RECORD_COLUMNS, RECORD_ID } from './records.ts';
import type { Value } from './scoped.ts';

/** What a record says of place, as what it is. */
const PLACE_SORTS = [
  'none',
  'device fix',
  'sector',
  'timing band',
  'agent',
  'address',
  'area',
  'text',
  'unknown',
] as const;

export type ColumnType = 'f64' | 'f32' | 'u32' | 'u16' | 'u8';
/** `of` is the column of a record that it is made of, where most matters have none that fills it: it is then left out. */
type Column = { name: string; type: ColumnType; sql: string; of?: string };

/**
 * Milliseconds since 1970 in UTC, seconds it lasts, degrees, metres; NaN where there is none. The last five are as in a
 * record: how often the radius holds, where an antenna points and how wide, the distance by signal timing.
 */
const COLUMNS: readonly Column[] = [
  { name: 'began', type: 'f64', sql: 'began_ms' },
  { name: 'latitude', type: 'f32', sql: 'latitude' },
  { name: 'longitude', type: 'f32', sql: 'longitude' },
  { name: 'radius', type: 'f32', sql: 'radius' },
  { name: 'lasts', type: 'f32', sql: 'lasts' },
  { name: 'account', type: 'u32', sql: 'account_code' },
  { name: 'source', type: 'u16', sql: 'source_code' },
  { name: 'kind', type: 'u8', sql: 'kind_code' },
  { name: 'place', type: 'u8', sql: 'place_code' },
  { name: 'quantile', type: 'f32', sql: 'quantile', of: 'radius_quantile' },
  { name: 'azimuth', type: 'f32', sql: 'azimuth', of: 'azimuth' },
  { name: 'beam', type: 'f32', sql: 'beam', of: 'beam_degrees' },
  { name: 'near', type: 'f32', sql: 'near', of: 'range_low_metres' },
  { name: 'far', type: 'f32', sql: 'far', of: 'range_high_metres' },
];

const BYTES: Record<ColumnType, number> = { f64: 8, f32: 4, u32: 4, u16: 2, u8: 1 };

export type ColumnsHeader = {
  count: number;
  columns: { name: string; type: ColumnType; offset: number }[];
  dictionaries: { kind: string[]; source: string[]; account: string[]; place: readonly string[] };
};

/** Columns of a row of the table, as text; computed for the rows that are read, not for all. */
const ROW_SQL: Record<string, string> = {
  id: RECORD_ID,
  began: 'began', time_as_stored: 'time_as_stored', zone_basis: 'zone_basis', kind: 'kind', account: 'account', format: 'format',
  says: "concat_ws(' · ', action, ip || coalesce(' port ' || port, ''), subscriber, counterpart, direction, medium, sender, receiver, amount::varchar || coalesce(' ' || currency, ''), name, value)",
  place_says: "concat_ws(' · ', place_kind, area, place_text, sent_place, cell_first)",
  item: 'item', category: 'category', file: 'file', locator: 'locator',
}; // biome-ignore format: a list
export const ROW_COLUMNS = Object.keys(ROW_SQL);
/** Columns of `records` that these read. */
const ROW_READS = [
  'return', 'file', 'locator', 'began', 'time_as_stored', 'zone_basis', 'kind', 'account', 'format', 'action', 'ip', 'port',
  'subscriber', 'counterpart', 'direction', 'medium', 'sender', 'receiver', 'amount', 'currency', 'name', 'value', 'place_kind',
  'area', 'place_text', 'sent_place', 'cell_first', 'item', 'category',
]; // biome-ignore format: a list

/** What views are made of; its rows stand in the order in which `records` reads them. */
const THIN = `create table thin as select return, format, kind, account, began, ended, latitude, longitude, radius_metres,
    radius_quantile, azimuth, beam_degrees, range_low_metres, range_high_metres,
    case when place_kind is null and latitude is null and area is null and place_text is null and sent_place is null and cell_first is null then 0
         else coalesce(list_position(['none', 'device fix', 'sector', 'timing band', 'agent', 'address', 'area', 'text'], place_kind) - 1, 8) end::utinyint as place_code
  from records`;

/** The order: by time, then as read. \`base\` is which row of \`records\` it is, counted from 0. */
const FILL = `create table ordered as
  select r.rowid as base,
    coalesce(epoch_us(began) / 1000.0, 'nan'::double) as began_ms,
    coalesce(r.latitude::float, 'nan'::float) as latitude, coalesce(r.longitude::float, 'nan'::float) as longitude,
    coalesce(radius_metres::float, 'nan'::float) as radius, coalesce(radius_quantile::float, 'nan'::float) as quantile,
    coalesce(azimuth::float, 'nan'::float) as azimuth, coalesce(beam_degrees::float, 'nan'::float) as beam,
    coalesce(range_low_metres::float, 'nan'::float) as near, coalesce(range_high_metres::float, 'nan'::float) as far,
    coalesce(((epoch_us(ended) - epoch_us(began)) / 1e6)::float, 'nan'::float) as lasts,
    a.code as account_code, s.code as source_code, k.code as kind_code, place_code
  from thin r
  join code_account a on a.value is not distinct from r.account
  join code_source s on s.return = r.return and s.format = r.format
  join code_kind k on k.value = r.kind
  order by began nulls last, base`;

/** Rows of many parts at once, kept when a page wants them: a look into each part would take longer. */
const SEEN = `create table seen as select ${Object.entries(ROW_SQL)
  .map(([name, sql]) => `${sql} as ${name}`)
  .join(', ')} from records`;

/** A page of rows from so many parts reads them where they lie. */
const FEW_PARTS = 4;

type Records = Pick<OpenRecords, 'engine' | 'parts'>;

const READY = new WeakMap<Engine, Promise<Ordered>>();
const KEPT = new WeakMap<Engine, Promise<void>>();
/** Of fewer records the order is made in no time. */
const WORTH_KEEPING = 20_000;

export type Ordered = {
  header: ColumnsHeader;
  /** The columns as one document: a length, a header as JSON, then each column as it lies in memory, little-endian. */
  bytes: Uint8Array;
  began: Float64Array;
  /** Which row of all that `records` reads stands at each place. */
  base: Uint32Array;
};

/** The order of these records: `read` where someone has just read it, as it was kept at `place`, or made and kept there. */
export function orderedIn(
  { engine }: Pick<Records, 'engine'>,
  place: KeptPlace,
  read?: Ordered | undefined,
): Promise<Ordered> {
  const known = READY.get(engine);
  if (known) return known;
  const making = read ? Promise.resolve(read) : keptOrder(place).then((kept) => kept ?? make(engine, place));
  READY.set(engine, making);
  making.catch(() => READY.delete(engine));
  return making;
}

/** The order as it was kept, for whoever has no records open; null where none is. */
export async function keptOrder(place: KeptPlace): Promise<Ordered | null> {
  const kept = await readKept(place);
  return kept && fromKept(kept);
}

async function make(engine: Engine, place: KeptPlace): Promise<Ordered> {
  await engine.run(THIN);
  const dictionary = async (name: string, of: string, type: string) => {
    await engine.run(
      `create table code_${name} as select value, (row_number() over (order by value nulls first) - 1)::${type} as code from (select distinct ${of} as value from thin)`,
    );
    const rows = await engine.rows<{ value: string | null }>(`select value from code_${name} order by code`);
    return rows.map(({ value }) => value ?? '');
  };
  const account = await dictionary('account', 'account', 'uinteger');
  await engine.run(
    `create table code_source as select return, format, return || ' ' || format as value, (row_number() over (order by return, format) - 1)::usmallint as code
     from (select distinct return, format from thin)`,
  );
  const sources = await engine.rows<{ value: string }>('select value from code_source order by code');
  const source = sources.map(({ value }) => value);
  const kind = await dictionary('kind', 'kind', 'utinyint');
  await engine.run(FILL);
  const ordered = await documentOf(engine, await filled(engine), { account, source, kind, place: PLACE_SORTS });
  for (const table of ['thin', 'ordered', 'code_account', 'code_source', 'code_kind'])
    await engine.run(`drop table ${table}`);
  // A disk that takes no more costs only the time to make it again.
  if (ordered.header.count >= WORTH_KEEPING) await writeKept(place, toKept(ordered)).catch(() => {});
  return ordered;
}

/** The columns that anything fills. */
async function filled(engine: Engine): Promise<readonly Column[]> {
  const sometimes = COLUMNS.flatMap(({ of }) => (of === undefined ? [] : [of]));
  const [counts] = await engine.rows(`select ${sometimes.map((of) => `count(${of}) as ${of}`).join(', ')} from thin`);
  return COLUMNS.filter(({ of }) => of === undefined || counts![of] !== 0n);
}

async function documentOf(
  engine: Engine,
  list: readonly Column[],
  dictionaries: ColumnsHeader['dictionaries'],
): Promise<Ordered> {
  const [counted] = await engine.rows<{ n: bigint }>('select count(*) as n from ordered');
  const count = Number(counted!.n);
  let offset = 0;
  const columns = list.map(({ name, type }) => {
    const at = offset;
    offset += Math.ceil((count * BYTES[type]) / 8) * 8;
    return { name, type, offset: at };
  });
  const header: ColumnsHeader = { count, columns, dictionaries };
  const text = Buffer.from(JSON.stringify(header));
  const start = Math.ceil((4 + text.length) / 8) * 8;
  const bytes = new Uint8Array(start + offset);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  const into = columns.map(({ type, offset: at }) => typed(type, bytes.buffer, start + at, count));
  const base = new Uint32Array(count);
  let row = 0;
  const read = list.map(({ sql }) => sql).join(', ');
  // A table is read in the order in which it was filled; the check below holds the engine to it.
  for await (const piece of engine.columns(`select ${read}, base::uinteger from ordered`)) {
    [...into, base].forEach((target, column) => {
      const values = piece.columns[column]!;
      if (values.length === piece.rows) target.set(values, row);
      else for (let at = 0; at < piece.rows; at++) target[row + at] = values[at]!;
    });
    row += piece.rows;
  }
  const began = into[0] as Float64Array;
  for (let at = 1; at < count; at++)
    if (began[at]! < began[at - 1]!) throw new TypeError(`place ${at} is before the one that was ordered before it`);
  return { header, bytes, began, base };
}

/** The document, its length before it, and the bases after it, each at a whole multiple of eight bytes. */
function toKept({ bytes, base }: Ordered): Uint8Array {
  const start = Math.ceil(bytes.length / 8) * 8;
  const kept = new Uint8Array(8 + start + base.byteLength);
  new DataView(kept.buffer).setUint32(0, bytes.length, true);
  kept.set(bytes, 8);
  kept.set(new Uint8Array(base.buffer, base.byteOffset, base.byteLength), 8 + start);
  return kept;
}

function fromKept(kept: Uint8Array<ArrayBuffer>): Ordered {
  const length = new DataView(kept.buffer).getUint32(0, true);
  const bytes = kept.subarray(8, 8 + length);
  const text = new DataView(kept.buffer, 8).getUint32(0, true);
  const header = JSON.parse(Buffer.from(bytes.subarray(4, 4 + text)).toString('utf8')) as ColumnsHeader;
  const first = 8 + Math.ceil((4 + text) / 8) * 8;
  const began = new Float64Array(kept.buffer, first + header.columns[0]!.offset, header.count);
  return { header, bytes, began, base: new Uint32Array(kept.buffer, 8 + Math.ceil(length / 8) * 8, header.count) };
}

type Typed = Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array;

function typed(type: ColumnType, buffer: ArrayBuffer, at: number, count: number): Typed {
  const make = { f64: Float64Array, f32: Float32Array, u32: Uint32Array, u16: Uint16Array, u8: Uint8Array }[type];
  return new make(buffer, at, count);
}

/** The rows at these places, in the order they are asked for. */
export async function rowsAt(
  records: Records,
  ordered: Ordered,
  places: readonly number[],
): Promise<Record<string, Value>[]> {
  const found = foundAt(records, ordered, places);
  const parts = new Set(found.map(({ part }) => part));
  const columns = Object.entries(ROW_SQL).map(([name, sql]) => `${sql} as ${name}`).join(', '); // biome-ignore format: one list
  const rows =
    parts.size <= FEW_PARTS ? await inParts(records, found, columns, ROW_READS) : await amongAll(records, found);
  return places.flatMap((place) => {
    const row = rows.get(place);
    return row ? [row] : [];
  });
}

/** One record with all its columns, as stored. */
export async function recordAt(
  records: Records,
  ordered: Ordered,
  place: number,
): Promise<Record<string, Value> | null> {
  const stored = RECORD_COLUMNS.filter((name) => name !== 'id');
  const columns = `${RECORD_ID} as id, ${stored.map((name) => `"${name}"`).join(', ')}`;
  return (await inParts(records, foundAt(records, ordered, [place]), columns, stored)).get(place) ?? null;
}

/** Where the record of a place is: which row of all, and which of which part. */
type Found = { place: number; base: number; part: number; row: number; beganMs: number };

function foundAt({ parts }: Records, { base, began }: Ordered, places: readonly number[]): Found[] {
  const starts: number[] = [];
  let total = 0;
  for (const part of parts) {
    starts.push(total);
    total += part.rows;
  }
  return [...new Set(places)].flatMap((place) => {
    if (place >= base.length) return [];
    const at = base[place]!;
    const part = starts.findLastIndex((start) => start <= at);
    return [{ place, base: at, part, row: at - starts[part]!, beganMs: began[place]! }];
  });
}

async function inParts({ engine, parts }: Records, found: Found[], columns: string, reads: readonly string[]) {
  const rows = new Map<number, Record<string, Value>>();
  for (const [part, some] of Map.groupBy(found, ({ part: of }) => of)) {
    const wanted = some.map(({ row }) => row).join(', ');
    const read = await engine.rows(
      `select row_in_part, ${columns} from (${parts[part]!.sql(reads)}) where row_in_part in (${wanted})`,
    );
    const byRow = new Map(read.map((row) => [Number(row['row_in_part']), row]));
    for (const one of some) {
      const { row_in_part: _number, ...row } = byRow.get(one.row) ?? {};
      rows.set(one.place, same(one, row as Record<string, Value>));
    }
  }
  return rows;
}

async function amongAll({ engine }: Records, found: Found[]) {
  const keeping = KEPT.get(engine) ?? engine.run(SEEN);
  KEPT.set(engine, keeping);
  await keeping;
  const bases = found.map(({ base }) => base);
  const [least, most] = [Math.min(...bases), Math.max(...bases)];
  const read = await engine.rows(
    `select rowid as base, * from seen where rowid between ${least} and ${most} and rowid in (${bases.join(', ')})`,
  );
  const byBase = new Map(read.map((row) => [Number(row['base']), row]));
  return new Map(
    found.map((one) => {
      const { base: _base, ...row } = byBase.get(one.base) ?? {};
      return [one.place, same(one, row as Record<string, Value>)];
    }),
  );
}

/** The row, with its place. A row of another time than the place's would be another record: that must not be shown. */
function same({ place, beganMs }: Found, row: Record<string, Value>): Record<string, Value> {
  const began = row['began'];
  const ms = typeof began === 'bigint' ? Number(began) / 1000 : Number.NaN;
  if (!Object.is(ms, beganMs)) throw new TypeError(`the record at place ${place} is not the one that was ordered`);
  return { ...row, place };
}
