/** What statements for PostgreSQL are made of. */
import { isIP } from 'node:net';
import { textFrom } from '../base/interval.ts';
import type { Dialect } from './reader.ts';

const name = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** Text compared and folded the same in every database, whatever its locale. */
const plain = (text: string) => `(${text}) collate "C"`;

export const POSTGRESQL: Dialect = {
  placeholder: (index, type) => `$${index}::${type === 'integer' ? 'bigint' : 'text'}`,
  name,
  text(column) {
    const sql = name(column.name);
    if (column.storage === 'text') return sql;
    if (column.storage !== 'address') return `${sql}::text`;
    // A cast always writes the length, and a whole address has none.
    return `(case when masklen(${sql}) = case family(${sql}) when 4 then 32 else 128 end then host(${sql}) else ${sql}::text end)`;
  },
  asText: (sql) => `(${sql})::text`,
  folded: (text) => `regexp_replace(lower(${plain(text)}), '[^a-z0-9]', '', 'g')`,
  foldedAddress: (text) => `regexp_replace(lower(${plain(text)}), '[^1-9a-f]', '', 'g')`,
  beyondAscii: (text) => `octet_length(${text}) <> char_length(${text})`,
  bytes: plain,
  uuid: (text) => `(${text})::uuid`,
  micros(column) {
    const sql = name(column.name);
    return `(case when isfinite(${sql}) then trunc(extract(epoch from ${sql}) * 1000000) end)`;
  },
  instant(micros, bound) {
    const text = textFrom(micros);
    // Beyond four digits of the year the two write a time differently.
    return /^(?!0000)\d{4}-/.test(text) ? `${bound.text(text)}::timestamptz` : null;
  },
  localDay: (day, _column, bound) => `${bound.text(day)}::timestamp`,
  isAddress(column, address, bound) {
    const values = isIP(address) === 4 ? [address, `::ffff:${address}`] : [address];
    return `${name(column.name)} in (${values.map((value) => `${bound.text(value)}::inet`).join(', ')})`;
  },
  inNetwork(column, { base, length }, bound) {
    const networks = [`${base}/${length}`, ...(isIP(base) === 4 ? [`::ffff:${base}/${96 + length}`] : [])];
    return `(${networks.map((network) => `${name(column.name)} <<= ${bound.text(network)}::inet`).join(' or ')})`;
  },
};
