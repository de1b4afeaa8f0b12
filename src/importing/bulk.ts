/**
 * Large delimited tables, read by the database engine a slice at a time.
 *
 * A slice ends where a record ends. The engine types, decides and writes it in one pass; rows whose text it cannot read
 * exactly, and whole slices it counts differently from their lines, are read one row at a time by the format instead.
 */
import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Reading, ReturnFile } from '../formats/format.ts';
import { readCsv } from '../formats/reading/csv.ts';
import { fileInMemory } from '../formats/reading/open.ts';
import type { BulkTable } from '../formats/reading/bulk.ts';
import type { Scope } from '../scope/scope.ts';
import { type Engine, named, quoted } from '../store/engine.ts';
import type { Account } from './account.ts';
import { Addresses, BulkDecision } from './bulk-decision.ts';
import type { TakePart } from './parts.ts';
import { segmentView, storedValues, subjectColumn } from './segment-view.ts';

const WORTHWHILE_BYTES = 4 << 20;
const SLICE_BYTES = 64 << 20;
const LINE_LIMIT_BYTES = 16 << 20;
/** More items than bits: the one-row path decides instead. */
const MOST_ITEMS = 60;

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
  /** Sorts one row that the engine did not read. */
  place(reading: Reading): Promise<void>;
};

/** Whether the engine can read this file: large, its header exactly the format's columns, few enough items. */
export async function suitsBulk(file: ReturnFile, bulk: BulkTable, scope: Scope): Promise<boolean> {
  if (file.sizeBytes < WORTHWHILE_BYTES || scope.items.length > MOST_ITEMS) return false;
  for await (const chunk of file.stream()) {
    const header = headerOf(Buffer.from(chunk), bulk.delimiter);
    return header !== null && header.length === bulk.columns.length && bulk.columns.every((name) => header.includes(name));
  }
  return false;
}

function headerOf(chunk: Buffer, delimiter: string): string[] | null {
  const end = chunk.indexOf(10);
  if (end < 0) return null;
  const line = chunk.toString('utf8', 0, end).replace(/^\uFEFF/, '').replace(/\r$/, '');
  return line.includes('"') ? null : line.split(delimiter);
}

export async function readBulk(read: BulkRead): Promise<void> {
  const decision = new BulkDecision(read.scope, read.bulk);
  const addresses = await Addresses.open(read.engine, read.scope);
  let header: string[] | null = null;
  let nextRow = 2;
  let ordinal = 0;
  for await (const slice of slices(read.file)) {
    let body = slice;
    if (header === null) {
      header = headerOf(slice, read.bulk.delimiter)!;
      body = slice.subarray(slice.indexOf(10) + 1);
    }
    if (body.length === 0) continue;
    ordinal++;
    const rows = await engineRows(read, { body, header, firstRow: nextRow, ordinal, decision, addresses });
    nextRow += rows ?? (await rowsOneByOne(read, body, header, nextRow));
    read.progress(nextRow - 2);
  }
}

/** The file in pieces of about 64 MiB that end where a record ends; quotes are respected. */
async function* slices(file: ReturnFile): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  for await (const chunk of file.stream()) {
    waiting.push(chunk);
    waitingBytes += chunk.length;
    if (waitingBytes < SLICE_BYTES) continue;
    const all = Buffer.concat(waiting);
    const cut = lastRecordEnd(all);
    if (cut === 0 && all.length < SLICE_BYTES + LINE_LIMIT_BYTES) continue;
    const end = cut === 0 ? all.length : cut;
    yield all.subarray(0, end);
    waiting = end < all.length ? [Buffer.from(all.subarray(end))] : [];
    waitingBytes = all.length - end;
  }
  if (waitingBytes > 0) yield Buffer.concat(waiting);
}

function lastRecordEnd(bytes: Buffer): number {
  if (bytes.indexOf(0x22) < 0) return bytes.lastIndexOf(10) + 1;
  let end = 0;
  let quoted = false;
  for (let index = 0; index < bytes.length; index++) {
    if (bytes[index] === 0x22) quoted = !quoted;
    else if (bytes[index] === 10 && !quoted) end = index + 1;
  }
  return end;
}

type Slice = {
  body: Buffer;
  header: string[];
  firstRow: number;
  ordinal: number;
  decision: BulkDecision;
  addresses: Addresses;
};

/** Rows the engine read and sorted, or null when it must not: then nothing was kept of the slice. */
async function engineRows(read: BulkRead, slice: Slice): Promise<number | null> {
  if (!isUtf8(slice.body) || slice.body.includes(0)) return null;
  const { engine, memoryFolder } = read;
  const path = join(memoryFolder, 'slice.csv');
  const file = openSync(path, 'w', 0o600);
  try {
    writeSync(file, slice.body);
  } finally {
    closeSync(file);
  }
  await engine.run('drop table if exists reject_errors; drop table if exists reject_scans');
  await engine.run(`create or replace temp table staged as ${stagedSql(read.bulk, path, slice.header)}`);
  rmSync(path);
  const [rejected] = await engine.rows<{ n: bigint }>('select count(*) as n from reject_errors');
  const [staged] = await engine.rows<{ n: bigint }>('select count(*) as n from staged');
  const rows = Number(staged!.n);
  if (rejected!.n > 0n || rows !== linesIn(slice.body)) return null;
  await slice.addresses.learn(read.bulk);
  await engine.run(`create or replace temp table decided as ${slice.decision.sql(slice.firstRow, read.compare, read.format)}`);
  await writeKept(read, slice.ordinal);
  await writeSealed(read, slice.ordinal);
  const counts = await engine.rows<{ outcome: string; n: bigint }>(
    'select outcome, count(*) as n from decided group by outcome order by outcome',
  );
  for (const { outcome, n } of counts) {
    if (outcome.startsWith('item ')) read.account.keptRows(read.bulk.kind, Number(n));
    else if (outcome === 'duplicate') read.account.duplicate(Number(n));
    else if (outcome !== 'inexact') read.account.sealedRows(outcome, Number(n));
  }
  await inexactRows(read);
  return rows;
}

/** Typed rows of a slice: subjects as text, times, the kind's own columns, and the text of rows that are not exact. */
function stagedSql(bulk: BulkTable, path: string, header: string[]): string {
  const columns = header.map((name) => `${quoted(name)}: 'VARCHAR'`).join(', ');
  const untouched = bulk.subjects.map(({ column }) => `${named(column)} = trim(${named(column)}) and ${named(column)} <> ''`);
  const values = storedValues(bulk);
  const stored = [
    ...bulk.subjects.map(({ column }, index) => `${named(column)} as ${named(`subject ${index}`)}`),
    ...Object.keys(bulk.sql.restore).map((name) => `case when exact_ then null else ${named(name)} end as ${named(`text ${name}`)}`),
    'exact_ as exact, began_ as began, ended_ as ended',
    ...values.map(([name]) => `${named(`value ${name}`)} as ${named(name)}`),
  ];
  const computed = [
    `coalesce(${[bulk.sql.exact, ...untouched].join(' and ')}, false) as exact_`,
    `${bulk.sql.began} as began_`,
    `${bulk.sql.ended} as ended_`,
    ...values.map(([name, sql]) => `${sql} as ${named(`value ${name}`)}`),
  ];
  return `
    select ${stored.join(', ')} from (
      select *, ${computed.join(', ')}
      from read_csv(${quoted(path)}, header = false, auto_detect = false, delim = ${quoted(bulk.delimiter)}, quote = '"',
        escape = '"', all_varchar = true, columns = {${columns}}, store_rejects = true)
    )`;
}

function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++;
  return bytes[bytes.length - 1] === 10 ? lines : lines + 1;
}

async function writeKept(read: BulkRead, ordinal: number): Promise<void> {
  const { engine, bulk } = read;
  const path = join(read.memoryFolder, `bulk-kept-${ordinal}.parquet`);
  const [kept] = await engine.rows<{ n: bigint }>("select count(*) as n from decided where starts_with(outcome, 'item ')");
  if (kept!.n === 0n) return;
  const columns = ['source_row', 'substr(outcome, 6) as item', ...storedColumns(bulk)];
  await engine.run(
    `copy (select ${columns.join(', ')} from decided where starts_with(outcome, 'item ')) to ${quoted(path)} (format parquet, compression zstd)`,
  );
  if (read.compare) await engine.run(`insert into known_contents select content from decided where starts_with(outcome, 'item ')`);
  const view = segmentView(read.bulk, read.file.name, read.format);
  await read.take({ role: 'records', path, rows: Number(kept!.n), view });
}

async function writeSealed(read: BulkRead, ordinal: number): Promise<void> {
  const { engine, bulk } = read;
  const where = "not starts_with(outcome, 'item ') and outcome not in ('inexact', 'duplicate')";
  const [sealed] = await engine.rows<{ n: bigint }>(`select count(*) as n from decided where ${where}`);
  if (sealed!.n === 0n) return;
  const path = join(read.memoryFolder, `bulk-sealed-${ordinal}.parquet`);
  const columns = ['source_row', 'outcome as reason', ...storedColumns(bulk)];
  await engine.run(`copy (select ${columns.join(', ')} from decided where ${where}) to ${quoted(path)} (format parquet, compression zstd)`);
  await read.take({ role: 'sealed', path, rows: Number(sealed!.n) });
}

function storedColumns(bulk: BulkTable): string[] {
  const subjects = bulk.subjects.map((_, index) => named(`subject ${index}`));
  return [...subjects, 'began', 'ended', ...storedValues(bulk).map(([name]) => named(name))];
}

async function inexactRows(read: BulkRead): Promise<void> {
  const { bulk } = read;
  const names = bulk.columns;
  const texts = names.map((name) => `${subjectColumn(bulk, named(name)) ?? `coalesce(${named(`text ${name}`)}, ${bulk.sql.restore[name]})`} as ${named(name)}`);
  const rows = read.engine.stream<Record<string, string | bigint | null>>(
    `select source_row, ${texts.join(', ')} from decided where outcome = 'inexact' order by source_row`,
  );
  for await (const some of rows) {
    for (const row of some) {
      const fields = Object.fromEntries(names.map((name) => [name, String(row[name] ?? '')]));
      await read.place(readingOf(read.bulk, fields, Number(row['source_row'])));
    }
  }
}

async function rowsOneByOne(read: BulkRead, body: Buffer, header: string[], firstRow: number): Promise<number> {
  let rows = 0;
  for await (const row of readCsv(fileInMemory(read.file.name, body), { delimiter: read.bulk.delimiter })) {
    rows = row.number;
    const number = firstRow + row.number - 1;
    if ('unreadable' in row) {
      await read.place({ unreadable: row.unreadable, locator: `row ${number}`, raw: row.text });
    } else if (row.fields.length !== header.length) {
      await read.place({ unreadable: `${header.length} columns expected`, locator: `row ${number}`, raw: row.fields.join(read.bulk.delimiter) });
    } else {
      await read.place(readingOf(read.bulk, Object.fromEntries(header.map((name, index) => [name, row.fields[index]!])), number));
    }
  }
  return rows;
}

function readingOf(bulk: BulkTable, fields: Record<string, string>, number: number): Reading {
  const locator = `row ${number}`;
  const draft = bulk.row(fields);
  return 'unreadable' in draft ? { unreadable: draft.unreadable, locator, raw: fields } : { record: draft, locator };
}
