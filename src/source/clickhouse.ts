/**
 * A ClickHouse database as a source. The server is asked to refuse writing (`readonly`) and to keep the time itself,
 * where the account's own settings do not do so already. It has no transactions: each statement sees its own moment.
 */
import {
  ClickHouseError,
  ClickHouseLogLevel,
  type ClickHouseSettings,
  createClient,
  type Row,
} from '@clickhouse/client';
import { bareType, CLICKHOUSE } from './clickhouse-dialect.ts';
import type { ServerSource } from './declaration.ts';
import { Patience } from './patience.ts';
import type { Bounds, Cell, Column, Reader, Statement, Storage } from './reader.ts';
import { Trouble } from './trouble.ts';

type Client = ReturnType<typeof createClient>;

/** Below it, positions in GROUP BY, typed parameters and functions used here are missing. */
const OLDEST = 23;

/** What the client waits beyond the time limit, which the server keeps. */
const GRACE_MS = 2000;

export async function openClickHouse(source: ServerSource, password: string | undefined): Promise<Reader> {
  const client = createClient({
    url: source.url,
    username: source.user,
    password: password ?? '',
    database: source.database,
    application: 'fourcorners',
    request_timeout: source.timeLimitSeconds * 1000 + 2 * GRACE_MS,
    log: { level: ClickHouseLogLevel.OFF },
  });
  const opening = { limitMs: 10_000 };
  let restraint: ClickHouseSettings;
  try {
    restraint = await restraintOf(client, source.timeLimitSeconds, opening);
  } catch (error) {
    await client.close();
    throw error;
  }
  const rows = (statement: Statement, bounds: Bounds) => rowsOf(client, statement, bounds, restraint);
  return {
    dialect: CLICKHOUSE,
    async probe(relation, names, bounds) {
      const list = names.map((name) => CLICKHOUSE.name(name)).join(', ');
      return typesOf(client, `select ${list} from ${relation} limit 0`, names, bounds, restraint);
    },
    async begin() {
      return { rows, async [Symbol.asyncDispose]() {} };
    },
    async [Symbol.asyncDispose]() {
      await client.close();
    },
  };
}

async function typesOf(
  client: Client,
  sql: string,
  names: readonly string[],
  bounds: Bounds,
  restraint: ClickHouseSettings,
): Promise<Column[]> {
  return asked(bounds, async (abort_signal) => {
    const answer = await client.query({
      query: sql,
      format: 'JSONCompact',
      abort_signal,
      clickhouse_settings: restraint,
    });
    const { meta = [] } = await answer.json<unknown[]>();
    return names.map((name, index): Column => {
      const native = meta[index]!.type;
      return { name, native, storage: storageOf(native) };
    });
  });
}

function storageOf(native: string): Storage {
  const type = bareType(native);
  if (type === 'String') return 'text';
  if (/^U?Int\d+$/.test(type)) return 'integer';
  if (/^(Float|Decimal)/.test(type)) return 'decimal';
  if (/^DateTime/.test(type)) return 'instant';
  if (/^Date(32)?$/.test(type)) return 'day';
  if (/^IPv[46]$/.test(type)) return 'address';
  return type === 'UUID' ? 'uuid' : 'other';
}

/** The settings this account can still be given: one that is read-only already takes none, or all but `readonly`. */
async function restraintOf(client: Client, seconds: number, bounds: Bounds): Promise<ClickHouseSettings> {
  const sql = `select version(), toString(getSetting('readonly'))`;
  const [[version, readonly]] = (await collected(rowsOf(client, { sql, values: [] }, bounds, {}))) as [
    [string, string],
  ];
  if (Number.parseInt(version, 10) < OLDEST)
    throw new Trouble('failed', `version ${version}; ${OLDEST} or newer is needed`);
  if (readonly === '1') return {};
  return { max_execution_time: Math.ceil(seconds), ...(readonly === '0' ? { readonly: '1' } : {}) };
}

async function* rowsOf(
  client: Client,
  { sql, values }: Statement,
  bounds: Bounds,
  clickhouse_settings: ClickHouseSettings,
): AsyncGenerator<Cell[][]> {
  const patience = new Patience(bounds, GRACE_MS);
  const abort = new AbortController();
  const interrupt = () => abort.abort();
  const query_params = Object.fromEntries(values.map((value, index) => [`p${index + 1}`, value]));
  try {
    const answer = await patience.wait(
      () =>
        client.query({
          query: sql,
          query_params,
          format: 'JSONCompactEachRow',
          abort_signal: abort.signal,
          clickhouse_settings,
        }),
      interrupt,
    );
    const parts = answer.stream()[Symbol.asyncIterator]();
    let whole = false;
    try {
      for (;;) {
        const part = await patience.wait(() => parts.next(), interrupt);
        whole = part.done === true;
        if (part.done) return;
        yield (part.value as Row[]).map((row) => row.json<Cell[]>());
      }
    } finally {
      if (!whole) await parts.return?.();
    }
  } catch (error) {
    bounds.signal?.throwIfAborted();
    throw troubleFrom(error);
  }
}

async function asked<T>(bounds: Bounds, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  try {
    return await new Patience(bounds).wait(
      () => work(abort.signal),
      () => abort.abort(),
    );
  } catch (error) {
    throw troubleFrom(error);
  }
}

async function collected(rows: AsyncGenerator<Cell[][]>): Promise<Cell[][]> {
  const all: Cell[][] = [];
  for await (const batch of rows) all.push(...batch);
  return all;
}

const BY_CODE: Record<string, Trouble['kind']> = {
  60: 'no-table', 81: 'refused', 16: 'no-column', 47: 'no-column', 10: 'no-column',
  497: 'no-permission', 516: 'refused', 192: 'refused', 193: 'refused', 159: 'time-limit', 160: 'time-limit',
}; // biome-ignore format: what belongs together on a line

/** Only the code of the server's error: its text may quote a value. */
function troubleFrom(error: unknown): unknown {
  if (error instanceof Trouble || !(error instanceof Error)) return error;
  if (error instanceof ClickHouseError)
    return new Trouble(BY_CODE[error.code] ?? 'failed', `code ${error.code}`, error);
  const { code } = error as { code?: string };
  if (['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'].includes(code ?? '')) {
    return new Trouble('unreachable', code, error);
  }
  if (code !== undefined || /timeout|aborted|hang up|terminated|closed|JSON/i.test(error.message)) {
    return new Trouble('lost', code, error);
  }
  return error;
}
