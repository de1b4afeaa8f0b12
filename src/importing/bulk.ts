/**
 * Large delimited tables, read by the database engine a slice at a time.
 *
 * A slice ends where a record ends. The engine types, decides and writes it in one pass; rows whose text it cannot read
 * exactly, and whole slices it counts differently from their lines, are read one row at a time by the format instead.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Reading, ReturnFile } from '../formats/format.ts';
import type { BulkTable } from '../formats/reading/bulk.ts';
import { readCsv } from '../formats/reading/csv.ts';
import { fileInMemory } from '../formats/reading/open.ts';
import type { ZoneRule } from '../record/stamp.ts';
import type { Scope } from '../scope/scope.ts';
import { type Engine, named, quoted } from '../store/engine.ts';
import type { Account } from './account.ts';
import { Addresses, BulkDecision, INEXACT } from './bulk-decision.ts';
import type { ContentKey, TakePart } from './parts.ts';
import { contentSql, segmentView, storedValues, subjectColumn } from './segment-view.ts';
import { headerOf, type Slice, slicePaths, slicesAhead } from './slices.ts';

const WORTHWHILE_BYTES = 4 << 20;
/** More items than bits: the one-row path decides instead. */
const MOST_ITEMS = 60;
/** Staged rows beside their outcomes: both tables are in the order of the file. */
const SORTED = 'staged positional join decided';

export type BulkRead = {
  engine: Engine;
  memoryFolder: string;
  scope: Scope;
  file: ReturnFile;
  format: string;
  bulk: BulkTable;
  account: Account;
  take: TakePart;
  progress: (rows: number) => void;
  /** Whether rows must be compared with those already read, and where those are. */
  compare: boolean;
  contentKey: ContentKey;
  sliceBytes?: number;
  /** The zone an examiner declared for times that carry none. */
  zone?: ZoneRule | undefined;
  /** Sorts one row that the engine did not read. */
  place(reading: Reading): Promise<void>;
};

/** Whether the engine can read this file: large, its header exactly the format's columns, few enough items. */
export async function suitsBulk(file: ReturnFile, bulk: BulkTable, scope: Scope): Promise<boolean> {
  if (file.sizeBytes < WORTHWHILE_BYTES || scope.items.length > MOST_ITEMS) return false;
  for await (const chunk of file.stream()) {
    const header = headerOf(chunk, bulk.delimiter);
    return (
      header !== null && header.length === bulk.columns.length && bulk.columns.every((name) => header.includes(name))
    );
  }
  return false;
}

export async function readBulk(read: BulkRead): Promise<void> {
  const decision = new BulkDecision(read.scope, read.bulk);
  const addresses = await Addresses.open(read.engine, read.scope);
  let nextRow = 2;
  for await (const slice of slicesAhead(read.file, read.bulk.delimiter, read.memoryFolder, read.sliceBytes)) {
    const rows = slice.plain ? await engineRows(read, { ...slice, firstRow: nextRow, decision, addresses }) : null;
    nextRow += rows ?? (await rowsOneByOne(read, slice, nextRow));
    read.progress(nextRow - 2);
  }
  for (const path of slicePaths(read.memoryFolder)) rmSync(path, { force: true });
}

type Deciding = Slice & { firstRow: number; decision: BulkDecision; addresses: Addresses };

/** Rows the engine read and sorted, or null when it must not: then nothing was kept of the slice. */
async function engineRows(read: BulkRead, slice: Deciding): Promise<number | null> {
  const { engine, account, bulk } = read;
  const { decision } = slice;
  await engine.run('drop table if exists reject_errors; drop table if exists reject_scans');
  await engine.run(`create or replace temp table staged as ${stagedSql(bulk, slice.path, slice.header)}`);
  const [rejected] = await engine.rows<{ n: bigint }>('select count(*) as n from reject_errors');
  const [staged] = await engine.rows<{ n: bigint }>('select count(*) as n from staged');
  const rows = Number(staged!.n);
  if (rejected!.n > 0n || (slice.lines !== null && rows !== slice.lines)) return null;
  await slice.addresses.learn(bulk);
  const counts = await decide(read, decision);
  for (const [outcome, n] of counts) {
    const said = decision.outcome(outcome);
    if ('item' in said) account.keptRows(bulk.kind, n);
    else if (said.reason === 'duplicate') account.duplicate(n);
    else if (said.reason !== 'inexact') account.sealedRows(said.reason, n);
  }
  const sum = (codes: number[]) => codes.reduce((total, code) => total + (counts.get(code) ?? 0), 0);
  await write(read, slice, 'records', decision.itemCodes, sum(decision.itemCodes));
  await write(read, slice, 'sealed', decision.sealedCodes, sum(decision.sealedCodes));
  if (sum([INEXACT]) > 0) await inexactRows(read, slice.firstRow);
  return rows;
}

/**
 * Outcomes of the staged rows, in their order, and how many there are of each. The engine keeps the order of rows by itself
 * as a rule; where it did not, it is told to.
 */
async function decide(read: BulkRead, decision: BulkDecision): Promise<Map<number, number>> {
  const { engine } = read;
  const sql = decision.sql(read.compare, read.format, read.contentKey);
  for (const order of ['', 'order by staged_row']) {
    await engine.run(`create or replace temp table decided as ${sql} ${order}`);
    const outcomes = await engine.rows<{ outcome: number; n: bigint; inOrder: boolean }>(
      'select outcome, count(*) as n, bool_and(staged_row = rowid) as "inOrder" from decided group by outcome',
    );
    if (outcomes.every(({ inOrder }) => inOrder))
      return new Map(outcomes.map(({ outcome, n }) => [outcome, Number(n)]));
  }
  throw new Error('the engine did not keep the order of rows');
}

/** Typed rows of a slice: subjects as text, times, the kind's own columns, and the text of rows that are not exact. */
function stagedSql(bulk: BulkTable, path: string, header: string[]): string {
  const columns = header.map((name) => `${quoted(name)}: 'VARCHAR'`).join(', ');
  const values = storedValues(bulk);
  const typed = [
    `${bulk.sql.began} as "typed began"`,
    `${bulk.sql.ended} as "typed ended"`,
    ...values.map(([name, sql]) => `${sql} as ${named(`typed ${name}`)}`),
  ];
  const stored = [
    ...bulk.subjects.map(({ column }, index) => `${named(column)} as ${named(`subject ${index}`)}`),
    ...Object.keys(bulk.sql.restore).map(
      (name) => `case when exact_ then null else ${named(name)} end as ${named(`text ${name}`)}`,
    ),
    'exact_ as exact, "typed began" as began, "typed ended" as ended',
    ...values.map(([name]) => `${named(`typed ${name}`)} as ${named(name)}`),
  ];
  return `
    select ${stored.join(', ')} from (
      select *, coalesce(${bulk.sql.exact}, false) as exact_ from (
        select *, ${typed.join(', ')}
        from read_csv(${quoted(path)}, header = false, auto_detect = false, delim = ${quoted(bulk.delimiter)}, quote = '"',
          escape = '"', all_varchar = true, columns = {${columns}}, store_rejects = true, buffer_size = ${8 << 20})
      )
    )`;
}

/** One part of a slice's rows, kept or sealed, as Parquet in the memory folder. */
async function write(
  read: BulkRead,
  slice: Deciding,
  role: 'records' | 'sealed',
  codes: number[],
  rows: number,
): Promise<void> {
  if (rows === 0) return;
  const { engine, bulk } = read;
  const path = join(read.memoryFolder, `bulk-${role}-${slice.firstRow}.parquet`);
  const label = role === 'records' ? `${slice.decision.itemSql()} as item` : `${slice.decision.reasonSql()} as reason`;
  const columns = [`staged_row + ${slice.firstRow} as source_row`, label, ...storedColumns(bulk)];
  const chosen = `from ${SORTED} where outcome in (${codes.join(', ')})`;
  await engine.run(
    `copy (select ${columns.join(', ')} ${chosen}) to ${quoted(path)} (format parquet, compression zstd, compression_level 1, parquet_version v2, write_bloom_filter false)`,
  );
  if (role === 'records' && read.compare) {
    await engine.run(`insert into known_contents select ${contentSql(bulk, read.format, read.contentKey)} ${chosen}`);
  }
  const view = role === 'records' ? segmentView(bulk, read.file.name, read.format, read.contentKey) : undefined;
  await read.take({ role, path, rows, ...(view ? { view } : {}) });
}

function storedColumns(bulk: BulkTable): string[] {
  const subjects = bulk.subjects.map((_, index) => named(`subject ${index}`));
  return [...subjects, 'began', 'ended', ...storedValues(bulk).map(([name]) => named(name))];
}

async function inexactRows(read: BulkRead, firstRow: number): Promise<void> {
  const { bulk } = read;
  const names = bulk.columns;
  const texts = names.map(
    (name) =>
      `${subjectColumn(bulk, named(name)) ?? `coalesce(${named(`text ${name}`)}, ${bulk.sql.restore[name]})`} as ${named(name)}`,
  );
  const rows = read.engine.stream<Record<string, string | bigint | null>>(
    `select staged_row + ${firstRow} as source_row, ${texts.join(', ')} from ${SORTED} where outcome = ${INEXACT} order by 1`,
  );
  for await (const some of rows) {
    for (const row of some) {
      const fields = Object.fromEntries(names.map((name) => [name, String(row[name] ?? '')]));
      await read.place(readingOf(read, fields, Number(row['source_row'])));
    }
  }
}

async function rowsOneByOne(read: BulkRead, slice: Slice, firstRow: number): Promise<number> {
  const { header } = slice;
  const { delimiter } = read.bulk;
  let rows = 0;
  for await (const row of readCsv(fileInMemory(read.file.name, slice.bytes), { delimiter })) {
    rows = row.number;
    const locator = `row ${firstRow + row.number - 1}`;
    if ('unreadable' in row) await read.place({ unreadable: row.unreadable, locator, raw: row.text });
    else if (row.fields.length === 1 && row.fields[0]!.trim() === '') continue;
    else if (row.fields.length !== header.length) {
      await read.place({ unreadable: `${header.length} columns expected`, locator, raw: row.fields.join(delimiter) });
    } else {
      const fields = Object.fromEntries(header.map((name, index) => [name, row.fields[index]!]));
      await read.place(readingOf(read, fields, firstRow + row.number - 1));
    }
  }
  return rows;
}

function readingOf(read: BulkRead, fields: Record<string, string>, number: number): Reading {
  const locator = `row ${number}`;
  const draft = read.bulk.row(fields, read.zone);
  return 'unreadable' in draft ? { unreadable: draft.unreadable, locator, raw: fields } : { record: draft, locator };
}
