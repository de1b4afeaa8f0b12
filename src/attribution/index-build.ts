/**
 * Builds the index of a lease log in Parquet: sorted once, so that a question reads a few kilobytes.
 *
 * The log stays where it is and is not changed. The index appears by one rename, or not at all.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { digestOf } from '../base/canonical.ts';
import { sha256 } from '../base/digest.ts';
import { Problem } from '../base/problem.ts';
import type { ParquetLeases } from '../source/leases.ts';
import { named } from '../store/engine.ts';
import { type ColumnEngine, openColumns } from './columns.ts';
import { FAR, HEADER, type Header, NO_NAME, OPEN_END, type SourceFile } from './index-files.ts';
import { LeaseWriter, NameWriter, NetworkWriter } from './index-writer.ts';
import { WHOLE_PORTS } from './log.ts';
import { readNetworks } from './networks-sql.ts';
import { filesOf, viewLeases } from './parquet-view.ts';

const MEMORY_BYTES = 2 * 2 ** 30;
const END_BYTES = 1 << 20;

export type Built = { rows: number; unusable: Record<string, number>; sizeBytes: number };

/** What of a declaration an index depends on. */
export function declarationOf({ columns, times }: ParquetLeases): string {
  return digestOf({ columns, times });
}

/**
 * `folder` is the declaration's, `into` the index to make; one that is there is replaced. Throws `attribution/no-files`,
 * `attribution/columns`, `attribution/index-span`, `attribution/source-changed`.
 */
export async function buildIndex(
  source: ParquetLeases,
  { folder, into, progress = () => {} }: { folder: string; into: string; progress?: (text: string) => void },
): Promise<Built> {
  const files = filesOf(source, folder);
  mkdirSync(dirname(into), { recursive: true });
  const making = join(dirname(into), `.${basename(into)}-${process.pid}-${randomBytes(4).toString('hex')}`);
  mkdirSync(making, { mode: 0o700 });
  try {
    progress('reading the files’ digests');
    const before = files.map(stampOf);
    const listed = await sourceFiles(files, folder);
    const header = await write(source, files, listed, making, progress);
    if (files.some((file, index) => stampOf(file) !== before[index])) {
      throw new Problem(
        'attribution/source-changed',
        'A file of the source changed while it was read. No index was made; build it when nothing writes there.',
      );
    }
    writeFileSync(join(making, HEADER), `${JSON.stringify(header, null, 1)}\n`, { mode: 0o600 });
    replace(making, into);
    const sizeBytes = Object.values(header.files).reduce((sum, file) => sum + file.sizeBytes, 0);
    return { rows: header.rows, unusable: header.unusable, sizeBytes };
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

function stampOf(file: string): string {
  const { size, mtimeNs, ino } = statSync(file, { bigint: true });
  return `${size} ${mtimeNs} ${ino}`;
}

function replace(making: string, into: string): void {
  const old = `${making}-old`;
  if (existsSync(into)) renameSync(into, old);
  renameSync(making, into);
  rmSync(old, { recursive: true, force: true });
}

async function sourceFiles(files: readonly string[], folder: string): Promise<SourceFile[]> {
  const out: SourceFile[] = [];
  for (const file of files) {
    const name = relative(folder, file);
    out.push({
      name,
      sizeBytes: statSync(file).size,
      sha256: await fileDigest(file),
      endSha256: endDigest(file),
      rowsBefore: 0,
    });
  }
  return out;
}

export async function fileDigest(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

/** Digest of the last megabyte of a file, where Parquet keeps the places and bounds of its columns. */
export function endDigest(file: string): string {
  const { size } = statSync(file);
  const bytes = Buffer.alloc(Math.min(size, END_BYTES));
  const open = openSync(file, 'r');
  try {
    readSync(open, bytes, 0, bytes.length, size - bytes.length);
  } finally {
    closeSync(open);
  }
  return sha256(bytes);
}

async function write(
  source: ParquetLeases,
  files: readonly string[],
  listed: SourceFile[],
  making: string,
  progress: (text: string) => void,
): Promise<Header> {
  const spill = join(making, 'spill');
  await using engine = await openColumns(files.map(dirname), { spill, memoryBytes: MEMORY_BYTES });
  await viewLeases(engine, source, files);
  progress('listing addresses');
  const { networks, levels } = await writeNetworks(engine, making);
  progress('listing subscribers');
  const names = await writeNames(engine, making);
  progress('counting');
  const figures = await figuresOf(engine);
  await numberFiles(engine, listed);
  progress('sorting leases');
  const total = networks.counts[4] + networks.counts[6];
  const leases = await writeLeases(engine, making, figures, total, progress);
  rmSync(spill, { recursive: true, force: true });
  return {
    version: 1,
    built: new Date().toISOString(),
    source: listed,
    declaration: declarationOf(source),
    rows: leases.rows,
    unusable: figures.unusable,
    base: figures.base.toString(),
    unitMicros: figures.unitMicros,
    farFrom: figures.farFrom.toString(),
    farEnds: figures.farEnds.map(String),
    networks: networks.counts,
    levels,
    files: { ...networks.files, ...names, ...leases.files },
  };
}

/** Table `numbered` (`low_key, high_key, network`): as the log writes it, and the number of the network it means. */
async function writeNetworks(engine: ColumnEngine, folder: string) {
  await readNetworks(engine);
  await engine.run(`create table numbered as select low_key, high_key,
    (dense_rank() over (order by family, bits, low, high) - 1)::uinteger as network from networks`);
  const writer = new NetworkWriter(folder);
  const levels: Header['levels'] = [];
  const sorted = 'select distinct family, bits, low, high from networks order by family, bits, low, high';
  for await (const { rows, columns } of engine.chunks(sorted)) {
    for (let index = 0; index < rows; index++) {
      const family = columns[0]!.getItem(index) as 4 | 6;
      const bits = columns[1]!.getItem(index) as number;
      const last = levels.at(-1);
      if (last?.family === family && last.bits === bits) last.count += 1;
      else levels.push({ family, bits, first: writer.counts[family], count: 1 });
      writer.add(family, columns[2]!.getItem(index) as bigint, columns[3]!.getItem(index) as bigint);
    }
  }
  await engine.run('drop table networks');
  return { networks: { counts: writer.counts, files: writer.close() }, levels };
}

/** Table `names` (`subscriber, name`). */
async function writeNames(engine: ColumnEngine, folder: string) {
  await engine.run(`create table names as select subscriber, (row_number() over (order by subscriber) - 1)::uinteger as name
    from (select distinct subscriber from leases where why is null and subscriber is not null)`);
  const writer = new NameWriter(folder);
  for await (const { rows, columns } of engine.chunks('select subscriber from names order by name')) {
    writer.add(Array.from({ length: rows }, (_, index) => columns[0]!.getItem(index)));
  }
  return writer.close();
}

type Figures = {
  base: bigint;
  unitMicros: number;
  farFrom: bigint;
  farEnds: bigint[];
  unusable: Record<string, number>;
};

/** Ends more than four years after the last beginning are listed, so that `9999-12-31` costs no room. */
const FAR_AFTER = 1n << 47n;
const NOT_READ = 'address not read';

async function figuresOf(engine: ColumnEngine): Promise<Figures> {
  const whys = await engine.rows<{ why: string; n: bigint }>(
    'select why, count(*) as n from leases where why is not null group by why order by why',
  );
  const unusable = Object.fromEntries(whys.map(({ why, n }) => [why, Number(n)]));
  const [notRead] = await engine.rows<{ n: bigint }>(
    `select count(*) as n from leases l where why is null and not exists
      (select 1 from numbered n where n.low_key = l.low_key and n.high_key is not distinct from l.high_key)`,
  );
  if (notRead!.n > 0n) unusable[NOT_READ] = Number(notRead!.n);
  const [span] = await engine.rows<{ first: bigint | null; last: bigint | null }>(
    'select min(b) as first, max(b) as last from leases where why is null',
  );
  const [base, last] = [span!.first ?? 0n, span!.last ?? 0n];
  const [exact] = await engine.rows<{ unit: number }>(
    `select case when bool_and(b % 1000000 = 0 and coalesce(near % 1000000, 0) = 0) then 1000000
        when bool_and(b % 1000 = 0 and coalesce(near % 1000, 0) = 0) then 1000 else 1 end as unit
      from (select b, case when e < ${last + FAR_AFTER}::hugeint then e end as near from leases where why is null)`,
  );
  const unitMicros = exact!.unit;
  const most = base + BigInt(FAR) * BigInt(unitMicros);
  const farFrom = last + FAR_AFTER < most ? last + FAR_AFTER : most;
  const exactTo = BigInt(Number.MAX_SAFE_INTEGER);
  if (last >= most || last > exactTo || base < -exactTo) {
    throw new Problem(
      'attribution/index-span',
      'The leases begin too far apart for one index of times this exact. No index was made. Declare fewer files, or ask without an index.',
      { first: String(base), last: String(last) },
    );
  }
  const farEnds = (
    await engine.rows<{ e: bigint }>(
      `select distinct e from leases where why is null and e >= ${farFrom}::hugeint order by e limit 1000001`,
    )
  ).map(({ e }) => e);
  if (farEnds.length > 1_000_000) {
    throw new Problem(
      'attribution/index-span',
      'Too many different ends lie far beyond all beginnings. No index was made.',
    );
  }
  return { base, unitMicros, farFrom, farEnds, unusable };
}

async function unreadNetworks(engine: ColumnEngine): Promise<Set<number>> {
  const rows = await engine.rows<{ network: number }>(
    `select distinct network from leases l join numbered n
      on n.low_key = l.low_key and n.high_key is not distinct from l.high_key where l.why is not null`,
  );
  return new Set(rows.map(({ network }) => network));
}

/** Fills in `rowsBefore`, and table `source_files` (`file, rows_before`) with the same. */
async function numberFiles(engine: ColumnEngine, listed: SourceFile[]): Promise<void> {
  const counts = await engine.rows<{ file: bigint; n: bigint }>(
    `select file, count(*) as n from leases group by file order by file`,
  );
  await engine.run('create table source_files (file ubigint, rows_before ubigint)');
  let before = 0;
  for (const [index, one] of listed.entries()) {
    one.rowsBefore = before;
    await engine.run(`insert into source_files values (${index}, ${before})`);
    before += Number(counts.find(({ file }) => Number(file) === index)?.n ?? 0n);
  }
  if (before > 0xffff_ffff) {
    throw new Problem(
      'attribution/index-span',
      'More than four thousand million rows. No index was made. Declare fewer files.',
    );
  }
}

async function writeLeases(
  engine: ColumnEngine,
  folder: string,
  { base, unitMicros, farFrom, farEnds }: Figures,
  networks: number,
  progress: (text: string) => void,
) {
  const [beginning, end] = ['b', 'e'].map((name) => `((${named(name)} - ${base}) // ${unitMicros})::double`);
  await engine.run('create table far_ends (e bigint, number double)');
  await engine.append('far_ends', [farEnds, farEnds.map((_, index) => FAR + index)]);
  const whole = `(port_low is null or port_high - port_low + 1 >= ${WHOLE_PORTS})`;
  const far = farEnds.length > 0;
  const sorted = `select n.network, not ${whole} as part,
      case when port_low is null then 65536 else port_low * 65536::ubigint + port_high end::uinteger as ports,
      ${beginning} as began,
      case when l.e is null then ${OPEN_END} ${far ? `when l.e >= ${farFrom}::hugeint then f.number` : ''} else ${end!.replace('"e"', 'l."e"')} end as ended,
      coalesce(s.name, ${NO_NAME}) as name, (rows_before + row)::uinteger as row
    from leases l
    join numbered n on n.low_key = l.low_key and n.high_key is not distinct from l.high_key
    join source_files using (file)
    left join names s on s.subscriber = l.subscriber
    ${far ? 'left join far_ends f on f.e = l.e' : ''}
    where l.why is null
    order by n.network, part, ports, began, ended, name, row`;
  const writer = new LeaseWriter(folder, await unreadNetworks(engine));
  let told = 0;
  for await (const { rows, columns } of engine.chunks(sorted)) {
    const [network, part, ports, began, ended, name, row] = columns;
    for (let index = 0; index < rows; index++) {
      writer.add(
        network!.getItem(index) as number,
        ports!.getItem(index) as number,
        !(part!.getItem(index) as boolean),
        began!.getItem(index) as number,
        ended!.getItem(index) as number,
        name!.getItem(index) as number,
        row!.getItem(index) as number,
      );
    }
    told += rows;
    if (told >= 1_000_000) {
      progress(`${writer.rows} leases written`);
      told = 0;
    }
  }
  return { files: writer.close(networks), rows: writer.rows };
}
