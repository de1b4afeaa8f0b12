/** Values the store can hold without loss; a row with any other is unreadable, never rounded or cut. */
import type { Reading } from '../formats/format.ts';
import { KIND_COLUMNS, type KindColumn } from '../record/record.ts';

type Row = Exclude<Reading, { stated: unknown } | { reference: unknown }>;

const EARLIEST = -62_135_596_800_000_000n;
const LATEST = 253_402_300_800_000_000n;

export function admissible(reading: Row): Row {
  if ('unreadable' in reading) return reading;
  const { record, locator } = reading;
  const bad = (Object.keys(record.values) as KindColumn[]).find((column) => !fits(column, record.values[column]));
  if (bad !== undefined) return { unreadable: `value out of range: ${bad}`, locator, raw: record.raw };
  if (!instant(record.began) || !instant(record.ended))
    return { unreadable: 'time out of range', locator, raw: record.raw };
  return reading;
}

function fits(column: KindColumn, value: unknown): boolean {
  if (value === undefined || value === null) return true;
  switch (KIND_COLUMNS[column]) {
    case 'INTEGER':
      return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
    case 'DOUBLE':
      return Number.isFinite(value);
    case 'DECIMAL(28,8)':
      return typeof value === 'string' && /^[+-]?\d{1,20}(\.\d{1,8}0*)?$/.test(value);
    case 'TIMESTAMP':
      return typeof value === 'bigint' && instant(value);
    default:
      return typeof value === 'string';
  }
}

function instant(value: bigint | null): boolean {
  return value === null || (value >= EARLIEST && value <= LATEST);
}
