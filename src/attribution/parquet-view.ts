/**
 * A declared lease log in Parquet as one view `leases`, the same whatever its columns are called and typed:
 * `low_key, high_key, port_low, port_high, b, e, subscriber, row, file, why`.
 *
 * `b` and `e` are microseconds, an open end is null. `why` says why a row cannot be read as a lease; null when it can.
 */
import { globSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { Problem } from '../base/problem.ts';
import type { LeaseTimes, ParquetLeases } from '../source/leases.ts';
import { named, quoted } from '../store/engine.ts';

/** Files of the source in order of their names, below `folder` only. Throws `attribution/no-files`. */
export function filesOf(source: ParquetLeases, folder: string): string[] {
  const found = source.files.flatMap((pattern) =>
    isAbsolute(pattern) ? [] : globSync(pattern, { cwd: folder }).map((name) => join(folder, name)),
  );
  const inside = found.filter((path) => !relative(folder, path).startsWith(`..${sep}`));
  if (inside.length === 0) {
    throw new Problem(
      'attribution/no-files',
      `No file below the declaration's folder matches ${source.files.join(', ')}. Nothing was looked up.`,
      { files: source.files },
    );
  }
  return [...new Set(inside)].sort();
}

type Reader = { run(sql: string): Promise<void>; rows<T>(sql: string): Promise<T[]> };

/** Creates the view. Throws `attribution/columns` when a declared column is not there or not of its kind. */
export async function viewLeases(engine: Reader, source: ParquetLeases, files: readonly string[]): Promise<void> {
  const read = `read_parquet([${files.map(quoted).join(', ')}])`;
  const types = new Map(
    (await engine.rows<{ column_name: string; column_type: string }>(`describe select * from ${read}`)).map(
      ({ column_name, column_type }) => [column_name, column_type] as const,
    ),
  );
  const { columns } = source;
  const typeOf = (column: string) => {
    const type = types.get(column);
    if (type === undefined) {
      throw new Problem('attribution/columns', `The files have no column ${column}. Nothing was looked up.`, {
        column,
      });
    }
    return type;
  };
  const time = (column: string) => micros(column, typeOf(column), source.times);
  const port = (column: string | undefined) => (column === undefined ? 'null::integer' : whole(column, typeOf(column)));
  const absent = (column: string | undefined) => (column === undefined ? 'true' : isEmpty(column, typeOf(column)));
  const [low, high] = [columns.ip ?? columns.ip_low!, columns.ip_high];
  const began = time(columns.began);
  const ended = time(columns.ended);
  const [portLow, portHigh] = [port(columns.port_low), port(columns.port_high)];
  const noPorts = absent(columns.port_low);
  const why = `case
    when ${absent(low)}${high ? ` or ${absent(high)}` : ''} then 'no address'
    when ${absent(columns.began)} then 'no beginning'
    when ${began} is null then 'beginning not read'
    when ${ended} is null and not (${absent(columns.ended)} or ${isForever(columns.ended, typeOf(columns.ended))}) then 'end not read'
    when ${ended} < ${began} then 'ends before it begins'
    ${
      columns.port_low
        ? `when ${noPorts} <> ${absent(columns.port_high)} then 'one port of two'
    when not ${noPorts} and not coalesce(${portLow} between 0 and ${portHigh} and ${portHigh} <= 65535, false)
      then 'not a range of ports'`
        : ''
    }
  end`;
  const subscriber = `${named(columns.subscriber)}::varchar`;
  await engine.run(`create view leases as select ${key(low, typeOf(low))} as low_key,
    ${high ? key(high, typeOf(high)) : 'null::varchar'} as high_key, ${portLow} as port_low, ${portHigh} as port_high,
    ${began} as b, ${ended} as e,
    case when ${isEmpty(columns.subscriber, typeOf(columns.subscriber))} then null else ${subscriber} end as subscriber,
    file_row_number as row, file_index as file, ${why} as why
    from ${read}`);
}

function whole(column: string, type: string): string {
  if (type === 'VARCHAR' || /^U?(TINY|SMALL|BIG)?INT(EGER)?$/.test(type))
    return `try_cast(${named(column)} as integer)`;
  throw new Problem('attribution/columns', `Column ${column} is ${type}, and its values are declared as ports.`, {
    column,
  });
}

function isEmpty(column: string, type: string): string {
  return type === 'VARCHAR' ? `(coalesce(trim(${named(column)}), '') = '')` : `(${named(column)} is null)`;
}

/** `infinity`, which some databases write for an open end. */
function isForever(column: string, type: string): string {
  return type.startsWith('TIMESTAMP') ? `coalesce(${named(column)} = 'infinity'::${type}, false)` : 'false';
}

/** An address column as text, or whole numbers as IPv4 addresses; other types hold none. */
function key(column: string, type: string): string {
  if (type === 'VARCHAR') return named(column);
  if (/^U?(INTEGER|BIGINT)$/.test(type)) {
    const number = `${named(column)}::bigint`;
    return `case when ${number} between 0 and 4294967295 then concat_ws('.', ${number} >> 24, (${number} >> 16) & 255, (${number} >> 8) & 255, ${number} & 255)
      else ${number}::varchar end`;
  }
  throw new Problem('attribution/columns', `Column ${column} is ${type}: neither text nor a whole number.`, { column });
}

const UNITS = { seconds: 1_000_000, milliseconds: 1000, microseconds: 1 } as const;

/** A time column in microseconds since 1970, null where it cannot be read. */
function micros(column: string, type: string, times: LeaseTimes): string {
  const name = named(column);
  const wrong = () =>
    new Problem('attribution/columns', `Column ${column} is ${type}, and its times are declared as ${times.type}.`, {
      column,
    });
  switch (times.type) {
    case 'timestamp':
      if (!/^TIMESTAMP(_S|_MS|_NS)?$/.test(type)) throw wrong();
      return `(case when isfinite(${name}) then epoch_us(${name}::timestamp) - ${offsetMicros(times.offset)} end)`;
    case 'timestamptz':
      if (type !== 'TIMESTAMP WITH TIME ZONE') throw wrong();
      return `(case when isfinite(${name}) then epoch_us(${name}) end)`;
    case 'text': {
      if (type !== 'VARCHAR') throw wrong();
      const form = '^\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,6})?)?(Z|[+-]\\d{2}:\\d{2})$';
      return `case when regexp_full_match(${name}, '${form}') then epoch_us(try_cast(${name} as timestamptz)) end`;
    }
    default:
      if (!/^U?(INTEGER|BIGINT)$/.test(type)) throw wrong();
      return `try_cast(${name}::hugeint * ${UNITS[times.type]} as bigint)`;
  }
}

function offsetMicros(offset: string): bigint {
  const found = /^([+-])(\d\d):(\d\d)$/.exec(offset);
  if (!found) return 0n;
  const minutes = BigInt(found[2]!) * 60n + BigInt(found[3]!);
  return (found[1] === '-' ? -minutes : minutes) * 60_000_000n;
}
