/**
 * A declared lease log in ClickHouse as SQL expressions over its own columns, the same whatever they are called and typed.
 *
 * An address is an IPv6, an IPv4 one mapped into it; times are microseconds. Nothing is put between the table and the
 * question, so that the same statement runs on one node and, shard by shard, on a `Distributed` table.
 */
import { Problem } from '../base/problem.ts';
import type { ClickHouseLeases } from '../source/leases.ts';

export type Expressions = {
  low: string;
  high: string;
  /** -1 where none is stated. */
  portLow: string;
  portHigh: string;
  began: string;
  /** Null for an open end. */
  ended: string;
  /** Null where nobody is named. */
  subscriber: string;
  /** The same as it is stored. */
  stored: string;
  row: string;
  /** Whether it can be read as a lease. */
  isLease: string;
};

/** What of the table must be known to look in few places. */
export type Extent = {
  /** The most addresses a lease reaches beyond its first, in each family. */
  widest: { 4: bigint; 6: bigint };
  /** The most ports a lease for some ports reaches beyond its first. */
  longest: number;
  /** Whether there are leases for all or nearly all ports. */
  hasWhole: boolean;
};

export type Table = {
  /** Quoted, with its database. */
  name: string;
  of: Expressions;
  /** A bound on the first address that the table's order can use: `low` is one of these, or lies between two of them. */
  lowIs(sql: string): string;
  lowBetween(from: string, to: string): string;
  /** Nothing that begins after this, in microseconds, as the table's own type compares it. */
  beganBy(sql: string): string;
  endedAfter(sql: string): string;
  portBetween: ((from: string, to: string) => string) | null;
};

export function tableName({ database, table }: Pick<ClickHouseLeases, 'database' | 'table'>): string {
  return database === undefined ? named(table) : `${named(database)}.${named(table)}`;
}

function named(name: string): string {
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}

const bare = (type: string) => type.replace(/^LowCardinality\((.*)\)$/, '$1').replace(/^Nullable\((.*)\)$/, '$1');
const isNullable = (type: string) => /^(LowCardinality\()?Nullable\(/.test(type);
const INTEGER = /^U?Int(8|16|32|64)$/;

/** Throws `attribution/columns`. `types` are the table's columns. */
export function tableOf(source: ClickHouseLeases, types: ReadonlyMap<string, string>): Table {
  const { columns, times } = source;
  const typeOf = (column: string) => {
    const type = types.get(column);
    if (type === undefined) {
      throw new Problem('attribution/columns', `The table has no column ${column}. Nothing was looked up.`, { column });
    }
    return type;
  };
  const wrong = (column: string, declared: string) =>
    new Problem(
      'attribution/columns',
      `Column ${column} is ${typeOf(column)}, and ${declared}. Nothing was looked up.`,
      { column },
    );
  const raw = (column: string) => `r.${named(column)}`;
  const lowColumn = columns.ip ?? columns.ip_low!;
  const highColumn = columns.ip_high ?? lowColumn;
  const address = (column: string) => {
    const type = bare(typeOf(column));
    if (type === 'IPv6') return raw(column);
    if (type === 'IPv4') return `toIPv6(${raw(column)})`;
    if (type === 'UInt32') return `toIPv6(toIPv4(${raw(column)}))`;
    if (type === 'String') return `toIPv6OrNull(${raw(column)})`;
    throw wrong(column, 'no type of addresses');
  };
  const time = (column: string) => {
    const type = bare(typeOf(column));
    if (times.type === 'timestamptz' && /^DateTime64\(/.test(type)) return `toUnixTimestamp64Micro(${raw(column)})`;
    if (times.type === 'timestamptz' && /^DateTime(\(|$)/.test(type))
      return `toInt64(toUnixTimestamp(${raw(column)})) * 1000000`;
    const unit = { seconds: 1_000_000, milliseconds: 1000, microseconds: 1 }[times.type as 'seconds'];
    if (unit !== undefined && INTEGER.test(type)) return `toInt64(${raw(column)}) * ${unit}`;
    throw wrong(column, `its times are declared as ${times.type}; DateTime and DateTime64 are declared as timestamptz`);
  };
  const port = (column: string | undefined) => {
    if (column === undefined) return 'toInt32(-1)';
    if (!INTEGER.test(bare(typeOf(column)))) throw wrong(column, 'its values are declared as ports');
    if (isNullable(typeOf(column))) return `toInt32(ifNull(${raw(column)}, -1))`;
    return typeOf(column) === 'UInt16' ? raw(column) : `toInt32(${raw(column)})`;
  };
  const text = (column: string) => (typeOf(column) === 'String' ? raw(column) : `toString(${raw(column)})`);
  const subscriber = `nullIf(trimBoth(${text(columns.subscriber)}), '')`;
  const [began, ended] = [time(columns.began), time(columns.ended)];
  const [portLow, portHigh] = [port(columns.port_low), port(columns.port_high)];
  const [low, high] = [address(lowColumn), address(highColumn)];
  const four = bare(typeOf(lowColumn));
  const own = (sql: string) =>
    four === 'IPv6'
      ? sql
      : four === 'IPv4'
        ? `toIPv4OrNull(substring(toString(${sql}), 8))`
        : four === 'UInt32'
          ? `toUInt32(toIPv4OrNull(substring(toString(${sql}), 8)))`
          : null;
  const [beganType, endedType] = [bare(typeOf(columns.began)), bare(typeOf(columns.ended))];
  return {
    name: tableName(source),
    of: {
      low,
      high,
      portLow,
      portHigh,
      began,
      ended,
      subscriber: `if(isNull(${subscriber}), NULL, ${text(columns.subscriber)})`,
      stored: text(columns.subscriber),
      row: columns.row === undefined ? `''` : text(columns.row),
      isLease: `ifNull(${low} <= ${high} AND ${began} <= ifNull(${ended}, ${began}) AND ${portLow} <= ${portHigh} AND ${portLow} >= -1
        AND ${portHigh} <= 65535 AND (${portLow} = -1) = (${portHigh} = -1), false)`,
    },
    lowIs: (sql) => (own(sql) === null ? `${low} = ${sql}` : `${raw(lowColumn)} = ${own(sql)}`),
    lowBetween: (from, to) =>
      own(from) === null || four !== 'IPv6'
        ? `${low} BETWEEN ${from} AND ${to}`
        : `${raw(lowColumn)} BETWEEN ${from} AND ${to}`,
    beganBy: (sql) =>
      beganType.startsWith('DateTime')
        ? `${raw(columns.began)} <= fromUnixTimestamp64Micro(${sql})`
        : `${began} <= ${sql}`,
    endedAfter: (sql) =>
      endedType.startsWith('DateTime')
        ? `(${raw(columns.ended)} > fromUnixTimestamp64Micro(${sql}) OR isNull(${raw(columns.ended)}))`
        : `(isNull(${ended}) OR ${ended} > ${sql})`,
    portBetween:
      columns.port_low !== undefined && !isNullable(typeOf(columns.port_low))
        ? (from, to) => `${raw(columns.port_low!)} BETWEEN ${from} AND ${to}`
        : null,
  };
}
