/** What statements for ClickHouse are made of. */
import { isIP } from 'node:net';
import { microsFrom } from '../base/interval.ts';
import type { Column, Dialect } from './reader.ts';

const name = (text: string) => `\`${text.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;

/** What every DateTime64 of the engine can hold. */
const [EARLIEST, LATEST] = [microsFrom('1900-01-01T00:00:00Z')!, microsFrom('2262-01-01T00:00:00Z')!];

/** The type without `Nullable` and `LowCardinality`, which say nothing of its values. */
export function bareType(native: string): string {
  const found = /^(?:Nullable|LowCardinality)\((.*)\)$/.exec(native);
  return found ? bareType(found[1]!) : native;
}

const isVersion4 = (column: Column) => bareType(column.native) === 'IPv4';

export const CLICKHOUSE: Dialect = {
  placeholder: (index, type) => `{p${index}:${type === 'integer' ? 'Int64' : 'String'}}`,
  name,
  text(column) {
    const sql = name(column.name);
    if (column.storage === 'text') return sql;
    // Without this a time would be written in a zone that nothing names.
    if (column.storage === 'instant') return `concat(toString(toTimeZone(${sql}, 'UTC')), '+00')`;
    return bareType(column.native).startsWith('FixedString') ? `toStringCutToZero(${sql})` : `toString(${sql})`;
  },
  asText: (sql) => `toString(${sql})`,
  folded: (text) => `replaceRegexpAll(lower(${text}), '[^a-z0-9]', '')`,
  foldedAddress: (text) => `replaceRegexpAll(lower(${text}), '[^1-9a-f]', '')`,
  beyondAscii: (text) => `length(${text}) <> lengthUTF8(${text})`,
  bytes: (text) => text,
  uuid: (text) => `toUUID(${text})`,
  micros(column) {
    const sql = name(column.name);
    const scale = Number(/^DateTime64\((\d+)/.exec(bareType(column.native))?.[1] ?? 0);
    if (scale <= 6) return `toUnixTimestamp64Micro(toDateTime64(${sql}, 6, 'UTC'))`;
    const nanos = `toUnixTimestamp64Nano(toDateTime64(${sql}, 9, 'UTC'))`;
    return `intDiv(${nanos} - positiveModulo(${nanos}, 1000), 1000)`;
  },
  instant(micros, bound) {
    if (micros < EARLIEST || micros > LATEST) return null;
    return `fromUnixTimestamp64Micro(${bound.integer(micros)}, 'UTC')`;
  },
  localDay: (day, _column, bound) => `toDate32(${bound.text(day)})`,
  isAddress(column, address, bound) {
    const sql = name(column.name);
    if (isVersion4(column)) return isIP(address) === 4 ? `${sql} = toIPv4(${bound.text(address)})` : 'false';
    return `${sql} = toIPv6(${bound.text(isIP(address) === 4 ? `::ffff:${address}` : address)})`;
  },
  inNetwork(column, { base, length }, bound) {
    const sql = name(column.name);
    const four = isIP(base) === 4;
    if (isVersion4(column) && !four) return 'false';
    const range = isVersion4(column)
      ? `IPv4CIDRToRange(toIPv4(${bound.text(base)}), toUInt8(${bound.integer(BigInt(length))}))`
      : `IPv6CIDRToRange(toIPv6(${bound.text(four ? `::ffff:${base}` : base)}), toUInt8(${bound.integer(BigInt(four ? 96 + length : length))}))`;
    return `(${sql} >= tupleElement(${range}, 1) and ${sql} <= tupleElement(${range}, 2))`;
  },
};
