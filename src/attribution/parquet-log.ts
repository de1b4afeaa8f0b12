/**
 * A lease log in Parquet asked as it stands, without an index: slower, and in need of nothing but the files.
 *
 * Opening reads the address columns once, so that a question names addresses as the log writes them and the engine can
 * pass over what does not hold them.
 */
import { dirname, relative } from 'node:path';
import type { ParquetLeases } from '../source/leases.ts';
import type { Lease } from './answer.ts';
import { type ColumnEngine, openColumns } from './columns.ts';
import { type Basis, type LeaseLog, type Tallies, type Tally, tallyOf } from './log.ts';
import { networkOf, networkText } from './network.ts';
import { readNetworks } from './networks-sql.ts';
import { parquetTallies } from './parquet-tallies.ts';
import { filesOf, viewLeases } from './parquet-view.ts';
import { type Asked, addressAt } from './question.ts';

const MEMORY_BYTES = 2 * 2 ** 30;

/** `memoryFolder` is on a memory file system: what does not fit is written there. */
export async function openParquet(
  source: ParquetLeases,
  { folder, memoryFolder }: { folder: string; memoryFolder: string },
): Promise<LeaseLog> {
  const files = filesOf(source, folder);
  const engine = await openColumns(files.map(dirname), { spill: `${memoryFolder}/spill`, memoryBytes: MEMORY_BYTES });
  try {
    await viewLeases(engine, source, files);
    await readNetworks(engine);
    return new ParquetLog(
      engine,
      files.map((file) => relative(folder, file)),
    );
  } catch (error) {
    await engine[Symbol.asyncDispose]();
    throw error;
  }
}

type Row = {
  low_key: string;
  high_key: string | null;
  port_low: number | null;
  port_high: number | null;
  b: bigint;
  e: bigint | null;
  subscriber: string | null;
  file: bigint;
  row: bigint;
};

class ParquetLog implements LeaseLog {
  readonly basis: Basis;
  readonly #engine: ColumnEngine;
  readonly #files: readonly string[];

  constructor(engine: ColumnEngine, files: readonly string[]) {
    this.#engine = engine;
    this.#files = files;
    this.basis = {
      engine: 'parquet',
      stated: `${files.length} Parquet files as they stand, without an index.`,
      rows: null,
      unusable: null,
    };
  }

  async tally(asked: Asked): Promise<Tally> {
    const time = BigInt(asked.time[0]!);
    const named = await this.#engine.rows<{ low_key: string; high_key: string | null }>(
      'select low_key, high_key from networks where family = $family and low <= $value::uhugeint and high >= $value::uhugeint',
      { family: asked.family[0]!, value: String(addressAt(asked, 0)) },
    );
    if (named.length === 0) return tallyOf([], time, false, false);
    const keys = Object.fromEntries(
      named.flatMap(({ low_key, high_key }, at) => [
        [`l${at}`, low_key],
        ...(high_key === null ? [] : [[`h${at}`, high_key]]),
      ]),
    );
    const ofAddress = named
      .map(({ high_key }, at) => `(low_key = $l${at} and high_key ${high_key === null ? 'is null' : `= $h${at}`})`)
      .join(' or ');
    const fitting = await this.#engine.rows<Row>(
      `select low_key, high_key, port_low, port_high, b, e, subscriber, file, row from leases
      where (${ofAddress}) and why is null and b <= $hi and (e is null or e > $lo)
        and ($port < 0 or port_low is null or $port between port_low and port_high)`,
      { ...keys, lo: BigInt(asked.lo[0]!), hi: BigInt(asked.hi[0]!), port: asked.port[0]! },
    );
    const [unread] =
      fitting.length > 0
        ? [null]
        : await this.#engine.rows(`select 1 from leases where (${ofAddress}) and why is not null limit 1`, keys);
    return tallyOf(
      fitting.map((row) => this.#lease(row)),
      time,
      true,
      Boolean(unread),
    );
  }

  #lease({ low_key, high_key, port_low, port_high, b, e, subscriber, file, row }: Row): Lease {
    return {
      subscriber,
      network: networkText(networkOf(low_key, high_key)!),
      portLow: port_low,
      portHigh: port_high,
      began: b,
      ended: e,
      row: this.#rowText(Number(file), Number(row)),
    };
  }

  #rowText(file: number, row: number): string {
    return `${this.#files[file]} row ${row + 1}`;
  }

  tallies(asked: Asked): Promise<Tallies> {
    return parquetTallies(this.#engine, asked, (file, row) => this.#rowText(file, row));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#engine[Symbol.asyncDispose]();
  }
}
