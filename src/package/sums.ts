/**
 * Whether the accounting of a production adds up, and counts the rows that are in its files.
 *
 * For every item and category: found is produced and withheld; produced is the rows of its files; and those rows stand in
 * `data/records/`, under that item and category. It cannot show that all there was to find was found.
 */
import { type Accounting, readAccounting } from '../formats/production/accounting.ts';
import { readCsv } from '../formats/reading/csv.ts';
import { gathered } from '../formats/reading/files.ts';
import { producedHeader } from '../record/produced.ts';
import { KINDS } from '../record/record.ts';
import type { Facts } from './fact.ts';
import type { BagFile } from './listing.ts';

const ACCOUNTING = 'data/accounting.json';
const LIMIT_BYTES = 64 * 1024 * 1024;
const RECORDS = /^data\/records\/([a-z]+)\.csv$/;
const TWIN = /^data\/records\/([a-z]+)\.parquet$/;

/** `missing` are files known to be missing: what depends on them stays open. Gives the accounting where it was read. */
export async function checkSums(
  files: ReadonlyMap<string, BagFile>,
  missing: ReadonlySet<string>,
  facts: Facts,
): Promise<Accounting | null> {
  const before = facts.list.length;
  const file = files.get(ACCOUNTING);
  if (file === undefined) {
    facts.fails('package/accounting-missing', ACCOUNTING, 'there is no account of what was found and produced');
    return null;
  }
  const isSmall = file.sizeBytes <= LIMIT_BYTES;
  const accounting = isSmall
    ? readAccounting(await gathered(ACCOUNTING, file.stream(), LIMIT_BYTES))
    : 'it is too large';
  if (typeof accounting === 'string') {
    facts.fails('package/accounting-unreadable', ACCOUNTING, accounting);
    return null;
  }
  addsUp(accounting, facts);
  for (const path of files.keys()) {
    const kind = (TWIN.exec(path) ?? [])[1];
    if (kind !== undefined && !files.has(`data/records/${kind}.csv`))
      facts.fails('package/rows-differ', path, 'it has no CSV of the same rows, and is not counted');
  }
  const counted = new Map<string, Map<string, number>>();
  for (const [path, records] of files) {
    if (RECORDS.test(path)) counted.set(path, await countedIn(path, records, facts));
  }
  compared(accounting, counted, missing, facts);
  const said = `${accounting.produced} rows were produced and ${sum(Object.values(accounting.withheld))} withheld`;
  facts.holdsSince(before, 'package/accounting', ACCOUNTING, `the accounting adds up and counts the rows: ${said}`);
  return accounting;
}

const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, number) => total + number, 0);
const keyOf = (item: string, category: string) => JSON.stringify([item, category]);

function addsUp({ items, withheld, produced }: Accounting, facts: Facts): void {
  const differs = (said: string) => facts.fails('package/sums-differ', ACCOUNTING, said);
  for (const { item, category, found, produced: rows, withheld: kept, files } of items) {
    const line = `item ${item}, ${category}`;
    if (found !== rows + sum(Object.values(kept))) differs(`${line}: found is not produced and withheld`);
    if (rows !== sum(files.map((file) => file.rows))) differs(`${line}: produced is not the rows of its files`);
  }
  if (produced !== sum(items.map((item) => item.produced))) differs('the total produced is not that of the items');
  const reasons = new Map<string, number>();
  for (const { withheld: kept } of items)
    for (const [reason, rows] of Object.entries(kept)) reasons.set(reason, (reasons.get(reason) ?? 0) + rows);
  for (const [reason, rows] of reasons)
    if (rows > (Object.hasOwn(withheld, reason) ? withheld[reason]! : 0))
      differs('an item withholds more for a reason than the total says');
}

/** Rows of a file by item and category. */
async function countedIn(path: string, { sizeBytes, stream }: BagFile, facts: Facts): Promise<Map<string, number>> {
  const rows = new Map<string, number>();
  const kind = KINDS.find((one) => one === RECORDS.exec(path)![1]);
  const unreadable = (said: string) => facts.fails('package/records-unreadable', path, said);
  if (kind === undefined) {
    unreadable('its name is that of no kind of record');
    return rows;
  }
  const header = producedHeader(kind);
  const [item, category] = [header.indexOf('item'), header.indexOf('category')];
  const file = { name: path, sizeBytes, stream, bytes: (limit: number) => gathered(path, stream(), limit) };
  let isHeaded = false;
  for await (const row of readCsv(file, { delimiter: ',' })) {
    if ('unreadable' in row) {
      unreadable(`row ${row.number}: ${row.unreadable}`);
      return rows;
    }
    if (!isHeaded) {
      isHeaded = JSON.stringify(row.fields) === JSON.stringify(header);
      if (isHeaded) continue;
      unreadable('its first row is not the header of its kind');
      return rows;
    }
    if (row.fields.length !== header.length) {
      unreadable(`row ${row.number}: ${header.length} columns expected, ${row.fields.length} found`);
      return rows;
    }
    const key = keyOf(row.fields[item]!, row.fields[category]!);
    rows.set(key, (rows.get(key) ?? 0) + 1);
  }
  if (!isHeaded) unreadable('it has no header');
  return rows;
}

function compared(
  { items }: Accounting,
  counted: ReadonlyMap<string, ReadonlyMap<string, number>>,
  missing: ReadonlySet<string>,
  facts: Facts,
): void {
  const stated = new Map<string, Map<string, number>>();
  for (const { item, category, files } of items) {
    for (const { path, rows } of files) {
      const byKey = stated.get(path) ?? new Map<string, number>();
      byKey.set(keyOf(item, category), (byKey.get(keyOf(item, category)) ?? 0) + rows);
      stated.set(path, byKey);
    }
  }
  for (const [path, byKey] of stated) {
    const there = counted.get(path);
    if (there !== undefined) continue;
    if (missing.has(path))
      facts.fails('package/accounting-open', path, 'its rows cannot be counted while it is missing');
    else if (sum(byKey.values()) > 0)
      facts.fails('package/rows-differ', path, 'rows are accounted for in a file that is not here');
  }
  for (const [path, there] of counted) {
    const byKey = stated.get(path) ?? new Map<string, number>();
    const keys = new Set([...byKey.keys(), ...there.keys()]);
    for (const key of keys) {
      const [rows, expected] = [there.get(key) ?? 0, byKey.get(key) ?? 0];
      if (rows === expected) continue;
      const said = `${expected} rows of an item and category are accounted for, ${rows} are in the file`;
      facts.fails('package/rows-differ', path, said);
    }
  }
}
