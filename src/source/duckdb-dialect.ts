/** What statements for DuckDB are made of. */
import { textFrom } from '../base/interval.ts';
import { named } from '../store/engine.ts';
import type { Dialect } from './reader.ts';

export const DUCKDB: Dialect = {
  placeholder: (index) => `$${index}`,
  name: named,
  text: (column) => (column.storage === 'text' ? named(column.name) : `cast(${named(column.name)} as varchar)`),
  asText: (sql) => `cast(${sql} as varchar)`,
  folded: (text) => `regexp_replace(lower(${text}), '[^a-z0-9]', '', 'g')`,
  foldedAddress: (text) => `regexp_replace(lower(${text}), '[^1-9a-f]', '', 'g')`,
  beyondAscii: (text) => `strlen(${text}) <> length(${text})`,
  bytes: (text) => text,
  uuid: (text) => `cast(${text} as uuid)`,
  micros: (column) => `(case when isfinite(${named(column.name)}) then epoch_us(${named(column.name)}) end)`,
  instant(micros, bound) {
    const text = textFrom(micros);
    return /^(?!0000)\d{4}-/.test(text) ? `cast(${bound.text(text)} as timestamptz)` : null;
  },
  localDay: (day, _column, bound) => `cast(${bound.text(day)} as timestamp)`,
  // Files have no type for addresses; they are text.
  isAddress: () => 'false',
  inNetwork: () => 'false',
};
