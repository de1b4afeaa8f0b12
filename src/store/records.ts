/**
 * The records of a matter, opened for questions: segments decrypted into memory, one view over them, one door to it.
 *
 * Closing it removes what was in the clear. Reading a million records needs no more than the engine's own memory.
 */
import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { decryptFile, decryptSmall } from '../custody/frames.ts';
import { memoryFolder } from '../custody/memory.ts';
import { KIND_COLUMNS } from '../record/record.ts';
import { type Engine, named, openEngine, quoted } from './engine.ts';
import type { Scoped } from './scoped.ts';
import { type ImportPapers, importsOf, partContext, type SegmentView } from './segments.ts';
import { onlyRecords } from './within.ts';

const COLUMNS: Record<string, string> = {
  return: 'VARCHAR', file: 'VARCHAR', locator: 'VARCHAR', format: 'VARCHAR', kind: 'VARCHAR', category: 'VARCHAR',
  item: 'VARCHAR', instrument: 'VARCHAR', account: 'VARCHAR', account_type: 'VARCHAR', began: 'TIMESTAMP', ended: 'TIMESTAMP',
  precision: 'VARCHAR', time_as_stored: 'VARCHAR', zone_basis: 'VARCHAR', raw: 'VARCHAR', content: 'VARCHAR',
  ...KIND_COLUMNS,
}; // biome-ignore format: one list

/** A part by itself: its rows as `records` has them, in these columns, with `row_in_part` counted from 0. */
export type OpenPart = { rows: number; sql(columns: readonly string[]): string };

export type OpenRecords = {
  scoped: Scoped;
  engine: Engine;
  imports: { folder: string; papers: ImportPapers }[];
  /** Stored parts in the order in which `records` reads them. */
  parts: OpenPart[];
  /** Where the records lie in the clear while this is open: a memory folder. */
  memoryPath: string;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Opens what a matter holds. Throws `custody/damaged` when a segment was changed. */
export async function openRecords(
  matterFolder: string,
  key: Uint8Array,
  matter: string,
  ranges: Scoped['ranges'] = [],
): Promise<OpenRecords> {
  const memory = memoryFolder();
  try {
    const imports = await importsOf(matterFolder, key, matter);
    const engine = await openEngine([memory.path]);
    const selects: string[] = [];
    const parts: OpenPart[] = [];
    for (const { folder, papers } of imports) {
      const alike = new Map<string, { view: SegmentView | undefined; paths: string[]; rows: number[] }>();
      for (const part of papers.parts.filter(({ role }) => role === 'records')) {
        const path = join(memory.path, `${folder}-${part.name}.parquet`);
        const from = join(matterFolder, 'returns', folder, part.name);
        const context = partContext(matter, folder, part.name);
        if (part.sizeBytes <= SMALL_BYTES) {
          writeFileSync(path, decryptSmall(from, key, context), { mode: 0o600 });
          // Whoever else is served meanwhile has their turn.
          await new Promise(setImmediate);
        } else await pipeline(Readable.from(decryptFile(from, key, context)), createWriteStream(path, { mode: 0o600 }));
        const group = alike.get(JSON.stringify(part.view ?? null)) ?? { view: part.view, paths: [], rows: [] };
        group.paths.push(path);
        group.rows.push(part.rows);
        alike.set(JSON.stringify(part.view ?? null), group);
      }
      for (const { view, paths, rows } of alike.values()) {
        selects.push(selectOf(papers, view?.columns, paths));
        paths.forEach((path, index) => {
          parts.push({ rows: rows[index]!, sql: (only) => partSql(papers, view?.columns, path, only) });
        });
      }
    }
    await engine.run(
      'create macro record_id(return, file, locator) as sha256(return || chr(10) || file || chr(10) || locator)',
    );
    await engine.run(
      `create table record_columns (${Object.entries(COLUMNS)
        .map(([name, type]) => `${named(name)} ${type}`)
        .join(', ')})`,
    );
    const all = ['select * from record_columns', ...selects].join('\nunion all by name\n');
    await engine.run(`create view records as
      select ${RECORD_ID} as id, * from (${all})`);
    return {
      engine,
      imports,
      parts,
      memoryPath: memory.path,
      scoped: scopedOn(engine, ranges, imports),
      async [Symbol.asyncDispose]() {
        await engine[Symbol.asyncDispose]();
        memory[Symbol.dispose]();
      },
    };
  } catch (error) {
    memory[Symbol.dispose]();
    throw error;
  }
}

/** Up to here a part is opened at once. */
const SMALL_BYTES = 8 << 20;

function selectOf({ receipt }: ImportPapers, columns: Record<string, string> | undefined, paths: string[]): string {
  const chosen = columns
    ? Object.entries(columns)
        .map(([name, sql]) => `${sql} as ${named(name)}`)
        .join(', ')
    : '*';
  return `select ${quoted(receipt.return)} as return, ${quoted(receipt.instrument)} as instrument, ${chosen}
    from read_parquet([${paths.map(quoted).join(', ')}], union_by_name = true)`;
}

/** One part in these columns of `records`. Planning takes longer than reading, so what is known is said, and no more. */
function partSql(
  papers: ImportPapers,
  columns: Record<string, string> | undefined,
  path: string,
  only: readonly string[],
): string {
  const { return: of, instrument } = papers.receipt;
  const from = `read_parquet(${quoted(path)}, file_row_number = true)`;
  const own: Record<string, string> = { return: quoted(of), instrument: quoted(instrument) };
  const listed = (name: string, sql: string) => `(${sql})::${COLUMNS[name]} as ${named(name)}`;
  if (columns) {
    const known = { ...columns, ...own };
    return `select ${only.map((name) => listed(name, known[name] ?? 'null')).join(', ')}, file_row_number as row_in_part from ${from}`;
  }
  return `select ${only.map(named).join(', ')}, row_in_part from (select *, null::bigint as row_in_part from record_columns
    union all by name select ${own['return']} as return, ${own['instrument']} as instrument, * exclude (file_row_number), file_row_number as row_in_part from ${from})`;
}

function scopedOn(engine: Engine, ranges: Scoped['ranges'], imports: OpenRecords['imports']): Scoped {
  return {
    async rows(sql, params) {
      await onlyRecords(engine, sql);
      return engine.rows(sql, params);
    },
    ranges,
    coverage: imports.flatMap(({ papers }) =>
      papers.coverage.map((coverage) => ({ return: papers.receipt.return, ...coverage })),
    ),
  };
}

/** What a record's id is made of. */
export const RECORD_ID = 'record_id(return, file, locator)';

/** Column names of the view, for whoever lists records. */
export const RECORD_COLUMNS = ['id', ...Object.keys(COLUMNS).filter((name) => name !== 'content')];
