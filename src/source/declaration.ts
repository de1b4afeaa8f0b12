/**
 * How a provider declares its data, one file a source: where it is kept, and what its tables hold.
 *
 * It holds no password and no data. Fields are described with examples in `docs/sources.md`.
 */
import { z } from 'zod';
import { Problem } from '../base/problem.ts';
import { Accounts } from './account-declaration.ts';
import { LeaseSource } from './leases.ts';
import { Table } from './table-declaration.ts';

const Named = {
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'small letters, digits and hyphens: it stands in provenance and file names'),
  /** The longest one table may take for one item. */
  timeLimitSeconds: z.number().positive().max(86_400).default(60),
  tables: z.array(Table).default([]),
  accounts: z.array(Accounts).default([]),
  leases: z.array(LeaseSource).default([]),
};

const server = (schemes: string[], example: string) => ({
  url: z.string().refine((text) => isPlace(text, schemes), `an address without account and password, as ${example}`),
  database: z.string().min(1),
  /** An account that may only read. */
  user: z.string().min(1),
  /** The environment variable that holds its password. */
  passwordVariable: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'the name of an environment variable')
    .optional(),
  /** `off`: the connection is not encrypted. It is the default for this machine only. */
  tls: z.enum(['on', 'off']).optional(),
});

function isPlace(text: string, schemes: string[]): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (
    schemes.includes(url.protocol) &&
    url.hostname !== '' &&
    url.username === '' &&
    url.password === '' &&
    ['', '/'].includes(url.pathname) &&
    url.search === '' &&
    url.hash === ''
  );
}

const DuckDb = z.strictObject({
  ...Named,
  engine: z.literal('duckdb'),
  /** Where the files are, relative to the declaration. */
  folder: z.string().refine(staysBelow, 'a folder below the declaration, such as data'),
});
const PostgreSql = z.strictObject({
  ...Named,
  engine: z.literal('postgresql'),
  ...server(['postgresql:', 'postgres:'], 'postgresql://db.example.net:5432'),
});
const ClickHouse = z.strictObject({
  ...Named,
  engine: z.literal('clickhouse'),
  ...server(['https:', 'http:'], 'https://logs.example.net:8443'),
});

/** Whether a relative path or pattern stays below where it starts. Links are looked at when the files are opened. */
function staysBelow(path: string): boolean {
  return path !== '' && !/^([/\\]|[A-Za-z]:)/.test(path) && !path.includes('\0') && !path.split(/[/\\]/).includes('..');
}

export const Source = z
  .discriminatedUnion('engine', [DuckDb, PostgreSql, ClickHouse], {
    error: (issue) => (issue.code === 'invalid_union' ? 'duckdb, postgresql or clickhouse' : undefined),
  })
  .superRefine((source, context) => {
    const say = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (source.tables.length + source.accounts.length + source.leases.length === 0) {
      say(['tables'], 'nothing declared: tables, accounts or leases');
    }
    const names = [...source.tables, ...source.accounts].map(nameOf);
    for (const list of ['tables', 'accounts'] as const) {
      source[list].forEach((table, index) => {
        const path = [list, index];
        if (names.filter((name) => name === nameOf(table)).length > 1) {
          say([...path, 'name'], `${nameOf(table)} is declared more than once; give each a name of its own`);
        }
        for (const [field, message] of whereTroubles(source.engine, table)) say([...path, field], message);
        if (list === 'tables' && source.engine !== 'duckdb' && !('key' in table && table.key)) {
          say([...path, 'key'], 'needed in a table: the columns by which a row is found again');
        }
      });
    }
    source.leases.forEach(({ engine }, index) => {
      if (engine !== 'deterministic' && engine !== source.engine) {
        say(['leases', index, 'engine'], `${source.engine}, as the source, or deterministic`);
      }
    });
    if (source.engine !== 'duckdb') {
      for (const message of encryptionTroubles(source)) say(['tls'], message);
    }
  });
export type Source = z.infer<typeof Source>;
export type DuckDbSource = z.infer<typeof DuckDb>;
export type ServerSource = z.infer<typeof PostgreSql> | z.infer<typeof ClickHouse>;

type Where = { table?: string | undefined; files?: string | undefined; name?: string | undefined };

/** What a declared table is called. */
export function nameOf({ name, table, files }: Where): string {
  return name ?? table ?? files ?? '';
}

function whereTroubles(
  engine: Source['engine'],
  table: Where & { schema?: string | undefined; delimiter?: string | undefined },
): [string, string][] {
  if (engine !== 'duckdb') {
    return [
      ...(table.table === undefined ? [['table', 'the name of a table'] as [string, string]] : []),
      ...(['files', 'delimiter'] as const)
        .filter((field) => table[field] !== undefined)
        .map((field): [string, string] => [field, 'only with the engine duckdb']),
    ];
  }
  const { files } = table;
  if (files === undefined) return [['files', 'the files that hold the table']];
  if (!staysBelow(files)) return [['files', 'a pattern below the folder of the source']];
  if (!/\.(parquet|csv|csv\.gz)$/.test(files)) return [['files', 'ending in .parquet, .csv or .csv.gz']];
  return (['table', 'schema'] as const)
    .filter((field) => table[field] !== undefined)
    .map((field) => [field, 'not with the engine duckdb, which reads files']);
}

/** Whether a host is this machine, where a connection leaves no wire. */
export function isHere(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}

function encryptionTroubles({ url, engine, tls }: z.infer<typeof PostgreSql> | z.infer<typeof ClickHouse>): string[] {
  if (engine === 'postgresql') return [];
  const encrypted = new URL(url).protocol === 'https:';
  if (encrypted && tls === 'off') return ['off, but the address begins with https'];
  if (!encrypted && tls === 'on') return ['on, but the address begins with http'];
  return encrypted || tls === 'off' || isHere(url)
    ? []
    : ['off must be said: passwords and records would go to another machine unencrypted'];
}

/** Reads a declaration. Throws `source/invalid` naming every field that is wrong; `file` is what it is called there. */
export function readSource(text: string, file: string): Source {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new Problem('source/invalid', `${file} is not JSON: ${(error as Error).message}. No source was opened.`, {
      file,
    });
  }
  const parsed = Source.safeParse(data);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ field: fieldName([...issue.path, key]), says: 'not a field of a source' }))
      : [{ field: fieldName(issue.path) || 'the source', says: issue.message }],
  );
  throw new Problem(
    'source/invalid',
    `${file} does not declare a source. ${fields.map(({ field, says }) => `${field}: ${says}`).join('; ')}. No source was opened.`,
    { file, fields },
  );
}

function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (name, part) => (typeof part === 'number' ? `${name}[${part}]` : name ? `${name}.${String(part)}` : String(part)),
    '',
  );
}
