/**
 * How a provider declares where it keeps who held which address: a lease log in Parquet or ClickHouse, or the
 * configuration of a deterministic translator. It says what the columns mean and for when the log is complete; it holds
 * no password and is never guessed from the data.
 */
import { isIP } from 'node:net';
import { z } from 'zod';
import { microsFrom } from '../base/interval.ts';
import { identifier } from '../record/identifier.ts';

const Instant = z
  .string()
  .refine((text) => microsFrom(text) !== null, 'a time with its offset, as 2017-03-01T00:00:00Z');
const Column = z.string().min(1);
const Prefix = z.string().refine(isPrefix, 'an address or a prefix, as 198.18.0.0/15');
const Seconds = z.number().min(0).max(86_400);
const Port = z.int().min(0).max(65_535);

function isPrefix(text: string): boolean {
  return isIP(text) !== 0 || identifier('ip-prefix', text) !== null;
}

const Columns = z
  .strictObject({
    /** One column with an address or a prefix, or two with the first and the last address. */
    ip: Column.optional(),
    ip_low: Column.optional(),
    ip_high: Column.optional(),
    /** First and last port; where both are empty the row speaks of the whole address. */
    port_low: Column.optional(),
    port_high: Column.optional(),
    began: Column,
    /** Empty: still held. */
    ended: Column,
    subscriber: Column,
    /** What a row is called by, where the log has such a column. */
    row: Column.optional(),
  })
  .refine(
    ({ ip, ip_low, ip_high }) => (ip ? !ip_low && !ip_high : ip_low && ip_high),
    'either ip, or ip_low and ip_high',
  )
  .refine(({ port_low, port_high }) => !port_low === !port_high, 'port_low and port_high together, or neither');

/**
 * What the two time columns hold. `timestamp` has no zone of its own: its offset from UTC must be said, and a zone with
 * summer time cannot be (an hour of each year would be two). `text` must carry `Z` or an offset in each value.
 */
const Times = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('timestamp'), offset: z.string().regex(/^(Z|[+-]\d\d:\d\d)$/) }),
  z.strictObject({ type: z.enum(['timestamptz', 'text', 'seconds', 'milliseconds', 'microseconds']) }),
]);

const Span = z
  .strictObject({ began: Instant, ended: Instant })
  .refine(({ began, ended }) => microsFrom(began)! < microsFrom(ended)!, 'ended after began');

/** For when the log is complete. Outside it, a lease that is not there shows nothing. */
const Coverage = z.union([
  z.literal('not declared'),
  z
    .strictObject({
      complete: z.array(z.strictObject({ began: Instant, ended: Instant.nullable() })).min(1),
      /** Within `complete`, where rows are known to be lost. */
      gaps: z.array(Span).default([]),
      /** For an open `complete`: how long after the fact a row can still arrive. */
      settledAfterSeconds: z.number().min(0).optional(),
    })
    .refine(
      ({ complete, settledAfterSeconds }) =>
        settledAfterSeconds !== undefined || complete.every(({ ended }) => ended !== null),
      'settledAfterSeconds, where complete has no end',
    ),
]);

const log = {
  columns: Columns,
  times: Times,
  coverage: Coverage,
  /** How far the log's own clock may be off; it widens every question's tolerance. */
  clockErrorSeconds: Seconds.default(0),
  /** The addresses the log speaks of. Without it, an address that no row names is not of this log. */
  prefixes: z.array(Prefix).min(1).optional(),
};

const ParquetLeases = z.strictObject({
  engine: z.literal('duckdb'),
  /** Parquet files, relative to the declaration; `*` stands for any part of a name. */
  files: z.array(z.string().min(1)).min(1),
  ...log,
});

const ClickHouseLeases = z.strictObject({
  engine: z.literal('clickhouse'),
  database: Column.optional(),
  table: Column,
  ...log,
});

const LeaseTable = z.discriminatedUnion('engine', [ParquetLeases, ClickHouseLeases]);

/** One translator as it was set up for a while (RFC 7422, section 2). */
const Translator = z.strictObject({
  began: Instant,
  ended: Instant.nullable(),
  inside: z.strictObject({ first: z.ipv4(), last: z.ipv4() }),
  outside: z.strictObject({ first: z.ipv4(), last: z.ipv4() }),
  /** How many inside addresses share one outside address: the compression ratio. */
  insidePerOutside: z.int().min(1).max(65_536),
  /** Ports given to each inside address beforehand; what is left over is the dynamic pool. */
  portsPerAddress: z.int().min(1).max(65_536),
  /** Ports given to nobody. */
  reserved: z.array(z.strictObject({ low: Port, high: Port })).default([{ low: 0, high: 1023 }]),
  algorithm: z.enum(['sequential', 'staggered']),
});

export const LeaseSource = z.discriminatedUnion('engine', [
  ParquetLeases,
  ClickHouseLeases,
  z.strictObject({
    engine: z.literal('deterministic'),
    translators: z.array(Translator).min(1),
    /** Who had which inside address; without it the answer is the inside address. */
    inside: LeaseTable.optional(),
    clockErrorSeconds: Seconds.default(0),
  }),
]);

export type LeaseSource = z.infer<typeof LeaseSource>;
export type ParquetLeases = z.infer<typeof ParquetLeases>;
export type ClickHouseLeases = z.infer<typeof ClickHouseLeases>;
export type LeaseTable = z.infer<typeof LeaseTable>;
export type LeaseColumns = z.infer<typeof Columns>;
export type LeaseTimes = z.infer<typeof Times>;
export type LeaseCoverage = z.infer<typeof Coverage>;
export type Translator = z.infer<typeof Translator>;
