/** A PostgreSQL database as a source: each reading is one read-only transaction that sees one state of the data. */
import pg from 'pg';
import Cursor from 'pg-cursor';
import type { ServerSource } from './declaration.ts';
import { isHere } from './declaration.ts';
import { Patience } from './patience.ts';
import { POSTGRESQL } from './postgresql-dialect.ts';
import type { Bounds, Cell, Column, Reader, Reading, Statement, Storage } from './reader.ts';
import { Trouble } from './trouble.ts';

const ROWS_AT_ONCE = 2000;
const CONNECTIONS = 4;

/** What a server of its own accord is given on top of the time limit before its connection is dropped. */
const GRACE_MS = 2000;

/** The types of pg_type.h that mean more than text. */
const STORAGES: Record<number, Storage> = {
  25: 'text', 1043: 'text', 19: 'text',
  20: 'integer', 21: 'integer', 23: 'integer',
  700: 'decimal', 701: 'decimal', 1700: 'decimal',
  1082: 'day', 1114: 'local', 1184: 'instant',
  650: 'address', 869: 'address', 2950: 'uuid',
}; // biome-ignore format: what belongs together on a line

export async function openPostgres(source: ServerSource, password: string | undefined): Promise<Reader> {
  const { hostname, port } = new URL(source.url);
  const encrypted = (source.tls ?? (isHere(source.url) ? 'off' : 'on')) === 'on';
  const pool = new pg.Pool({
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? 5432 : Number(port),
    user: source.user,
    database: source.database,
    password,
    ssl: encrypted ? { rejectUnauthorized: true } : false,
    max: CONNECTIONS,
    connectionTimeoutMillis: 10_000,
    application_name: 'fourcorners',
    allowExitOnIdle: true,
  });
  // A connection lost while nobody uses it is replaced by the next one.
  pool.on('error', () => {});
  return {
    dialect: POSTGRESQL,
    async probe(relation, names, bounds) {
      const reading = await begin(pool, bounds);
      try {
        const list = names.map((name) => POSTGRESQL.name(name)).join(', ');
        const found = await reading.client.query({ text: `select ${list} from ${relation} limit 0`, rowMode: 'array' });
        return found.fields.map(({ dataTypeID }, index): Column => {
          const native = pg.types.builtins;
          const called = Object.entries(native).find(([, id]) => id === dataTypeID)?.[0] ?? `type ${dataTypeID}`;
          return { name: names[index]!, storage: STORAGES[dataTypeID] ?? 'other', native: called.toLowerCase() };
        });
      } catch (error) {
        throw troubleFrom(error);
      } finally {
        await reading[Symbol.asyncDispose]();
      }
    },
    begin: (bounds) => begin(pool, bounds),
    async [Symbol.asyncDispose]() {
      await pool.end();
    },
  };
}

type PostgresReading = Reading & { client: pg.PoolClient };

async function begin(pool: pg.Pool, { limitMs }: Bounds): Promise<PostgresReading> {
  let client: pg.PoolClient;
  try {
    client = await pool.connect();
  } catch (error) {
    throw troubleFrom(error, true);
  }
  let lost: unknown = null;
  const onError = (error: unknown) => {
    lost ??= error;
  };
  client.on('error', onError);
  const release = (broken: boolean) => {
    client.removeListener('error', onError);
    client.release(broken);
  };
  try {
    await client.query(`begin transaction isolation level repeatable read read only;
      set local statement_timeout = ${Math.ceil(limitMs)}; set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'`);
  } catch (error) {
    release(true);
    throw troubleFrom(error);
  }
  return {
    client,
    async *rows({ sql, values }: Statement, bounds: Bounds) {
      const patience = new Patience(bounds, GRACE_MS);
      const interrupt = () => {
        lost ??= new Trouble('time-limit');
        client.connection.stream.destroy();
      };
      const cursor = client.query(new Cursor<Cell[]>(sql, values.map(String), { rowMode: 'array' }));
      let whole = false;
      try {
        for (;;) {
          const batch = await patience.wait(() => cursor.read(ROWS_AT_ONCE), interrupt);
          whole = batch.length < ROWS_AT_ONCE;
          if (batch.length > 0) yield batch;
          if (whole) return;
        }
      } catch (error) {
        lost ??= error;
        bounds.signal?.throwIfAborted();
        throw troubleFrom(error);
      } finally {
        if (lost === null) await cursor.close();
      }
    },
    async [Symbol.asyncDispose]() {
      if (lost !== null) return release(true);
      try {
        await client.query('rollback');
        release(false);
      } catch {
        release(true);
      }
    },
  };
}

const BY_STATE: Record<string, Trouble['kind']> = {
  '28000': 'refused', '28P01': 'refused', '3D000': 'refused', '08004': 'refused',
  '42P01': 'no-table', '3F000': 'no-table', '42703': 'no-column', '42501': 'no-permission', '57014': 'time-limit',
  '57P01': 'lost', '57P02': 'lost', '57P03': 'unreachable', '53300': 'unreachable', '08006': 'lost', '08003': 'lost',
}; // biome-ignore format: what belongs together on a line

/** Only the code of the server's error: its text may quote a value. */
function troubleFrom(error: unknown, connecting = false): unknown {
  if (error instanceof Trouble || !(error instanceof Error)) return error;
  const { code } = error as { code?: string };
  if (code !== undefined && /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('E')) {
    return new Trouble(BY_STATE[code] ?? 'failed', `SQLSTATE ${code}`, error);
  }
  if (connecting) return new Trouble('unreachable', code ?? connectionTrouble(error.message), error);
  return isLost(error) ? new Trouble('lost', code, error) : error;
}

function connectionTrouble(message: string): string | undefined {
  if (/SSL/.test(message)) return 'it offers no encryption; tls says on';
  return /timeout/i.test(message) ? 'no answer within 10 s' : undefined;
}

function isLost(error: Error): boolean {
  const { code } = error as { code?: string };
  return (
    ['ECONNRESET', 'EPIPE', 'ETIMEDOUT'].includes(code ?? '') ||
    /connection (terminated|ended|closed)/i.test(error.message)
  );
}
