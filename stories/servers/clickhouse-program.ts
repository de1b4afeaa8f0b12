/**
 * The process behind `startClickHouse`: ClickHouse's HTTP interface over the engine in this process.
 *
 * Every request has a connection to itself, so that settings (`readonly`, `max_execution_time`) and parameters are the
 * engine's own and reach no other request. Prints its address, and ends when its standard input does.
 */
import { createWriteStream, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { ClickHouseOptions } from './clickhouse.ts';

type Chunks = AsyncIterable<{ raw(): Uint8Array }> & { cancel(): void };
type Params = Record<string, string | null>;
type Connection = {
  queryAsync(sql: string, options: { format: string }): Promise<{ bytes(): Uint8Array }>;
  queryBindAsync(sql: string, params: Params, options: { format: string }): Promise<{ bytes(): Uint8Array }>;
  queryStreamBind(sql: string, params: Params, options: { format: string }): Chunks;
  close(): void;
};
type Engine = { Session: new (folder: string) => Connection };

const load = createRequire(new URL('../../.tools/chdb/package.json', import.meta.url));
const { Session } = load('chdb') as Engine;

const [folder, given] = process.argv.slice(2) as [string, string];
const { password = '', profile = {} } = JSON.parse(given) as ClickHouseOptions;
const data = join(folder, 'data');
/** Held open, so that the engine keeps its tables in memory while no request is running. */
const kept = new Session(data);
// In the library's own database a table that is not there is looked for among files; a server has no such thing.
for (const sql of ['DROP DATABASE default', 'CREATE DATABASE default']) await kept.queryAsync(sql, { format: 'CSV' });

const PARAMETER = 'param_';
/** Of the interface itself; every other parameter that is not `param_…` is a setting. */
const OF_THE_INTERFACE = ['query', 'query_id', 'database', 'default_format', 'session_id', 'role'];
/** Tables of tests are small, and machines that test have few cores. */
const OF_THIS_SERVER: [string, string][] = [['max_threads', '1']];
/** Formats in which rows follow one another, so that parts of a result can be sent as they come. */
const ROW_BY_ROW = /\bFORMAT\s+(JSONEachRow|JSONCompactEachRow|TabSeparated|CSV)\s*;?\s*$/i;
const INSERT_WITH_BODY = /^(\s*INSERT\s+INTO\s[\s\S]*?)\s+FORMAT\s+(\w+)\s*;?\s*$/i;
const STATUS: Record<string, number> = { 516: 403, 60: 404, 81: 404, 159: 408 };

let requests = 0;

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://server');
  if (url.pathname === '/ping') return void response.end('Ok.\n');
  if (!admitted(request)) {
    throw new Error(
      'Code: 516. DB::Exception: default: Authentication failed: password is incorrect. (AUTHENTICATION_FAILED)',
    );
  }
  const connection = await prepared(url.searchParams);
  const upload = join(folder, `upload-${++requests}`);
  try {
    const inUrl = url.searchParams.get('query') ?? '';
    const insert = INSERT_WITH_BODY.exec(inUrl);
    const body = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
    if (insert) await pipeline(body, createWriteStream(upload));
    const rest = insert ? '' : await text(body);
    const sql = insert
      ? `${insert[1]} FROM INFILE ${quoted(upload)} FORMAT ${insert[2]}`
      : [inUrl, rest].filter((part) => part !== '').join('\n');
    const format = url.searchParams.get('default_format') ?? 'TabSeparated';
    response.setHeader('x-clickhouse-summary', '{}');
    response.setHeader('x-clickhouse-query-id', url.searchParams.get('query_id') ?? String(requests));
    const params = parametersOf(url.searchParams);
    if (!insert && ROW_BY_ROW.test(sql))
      await sendParts(connection.session.queryStreamBind(sql, params, { format }), response);
    else response.end((await connection.session.queryBindAsync(sql, params, { format })).bytes());
    connection.keep();
  } catch (error) {
    connection.session.close();
    throw error;
  } finally {
    rmSync(upload, { force: true });
  }
}

async function sendParts(parts: Chunks, response: ServerResponse): Promise<void> {
  for await (const part of parts) {
    if (response.destroyed) return parts.cancel();
    if (response.write(part.raw())) continue;
    await new Promise<void>((go) => {
      response.once('drain', go);
      response.once('close', go);
    });
  }
  response.end();
}

/** Connections that no request is using, by all that was ever set on them. */
const idle = new Map<string, Connection[]>();

/**
 * A connection with the settings of the account, the database, then settings of the request: `readonly` binds what
 * follows. One that has had the same is used again.
 */
async function prepared(params: URLSearchParams): Promise<{ session: Connection; keep(): void }> {
  const isSetting = (name: string) =>
    !OF_THE_INTERFACE.includes(name) && !name.startsWith(PARAMETER) && /^\w+$/.test(name);
  const settings = [...params].filter(([name]) => isSetting(name));
  const database = params.get('database');
  const key = JSON.stringify([database, settings]);
  const known = idle.get(key)?.pop();
  const session = known ?? new Session(data);
  const run = (sql: string) => session.queryAsync(sql, { format: 'TabSeparated' });
  const set = async (some: [string, string][]) => {
    const last = ([name]: [string, string]) => (name === 'readonly' ? 1 : 0);
    const ordered = some.toSorted((a, b) => last(a) - last(b));
    if (ordered.length > 0) await run(`SET ${ordered.map(([name, value]) => `${name} = ${quoted(value)}`).join(', ')}`);
  };
  try {
    if (!known) {
      if (database) await run(`USE \`${database.replaceAll('`', '\\`')}\``);
      for (const some of [OF_THIS_SERVER, Object.entries(profile), settings]) await set(some);
    }
  } catch (error) {
    session.close();
    throw error;
  }
  return { session, keep: () => void idle.set(key, [...(idle.get(key) ?? []), session]) };
}

const ESCAPED: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', 0: '\0' };

/** Values of `{name:Type}`, which come escaped as in tab-separated text; the engine binds them as the declared type. */
function parametersOf(params: URLSearchParams): Params {
  const plain = (value: string) => value.replace(/\\([\s\S])/g, (_, one: string) => ESCAPED[one] ?? one);
  return Object.fromEntries(
    [...params]
      .filter(([name]) => name.startsWith(PARAMETER))
      .map(([name, value]) => [name.slice(PARAMETER.length), value === '\\N' ? null : plain(value)]),
  );
}

function admitted(request: IncomingMessage): boolean {
  const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '');
  const [user, ...secret] = basic ? Buffer.from(basic[1]!, 'base64').toString().split(':') : ['default'];
  return user === 'default' && secret.join(':') === password;
}

function quoted(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

const server = createServer({ maxHeaderSize: 1 << 20 }, (request, response) => {
  answer(request, response).catch((error: Error) => {
    if (response.headersSent) return void response.destroy();
    const message = /Code: \d+\.[\s\S]*/.exec(error.message)?.[0] ?? `Code: 1001. ${error.message}`;
    const code = /^Code: (\d+)/.exec(message)![1]!;
    response.writeHead(STATUS[code] ?? 400, { 'x-clickhouse-exception-code': code }).end(message);
  });
});
server.keepAliveTimeout = 10_000;
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as { port: number };
  process.stdout.write(`http://127.0.0.1:${port}\n`);
});
process.stdin.resume().on('end', () => {
  kept.close();
  process.exit();
});
