/** The records of a matter as files that leave it: in the form of a production, one CSV a kind. */
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountingLine } from '../formats/production/accounting.ts';
import type { PayloadFile } from '../package/write.ts';
import type { IdentifierType } from '../record/identifier.ts';
import { producedCells, producedHeader, producedLine } from '../record/produced.ts';
import {
  type Draft,
  KIND_COLUMNS,
  KINDS,
  type Kind,
  type KindColumn,
  type KindValues,
  type Precision,
  type ZoneBasis,
} from '../record/record.ts';
import type { OpenRecords } from '../store/records.ts';
import type { Value } from '../store/scoped.ts';

export type DisclosedRecords = {
  files: PayloadFile[];
  /** Rows by paper, item, category and account. */
  lines: AccountingLine[];
  rows: number;
  digests: Map<Kind, { sha256: string; rows: number }>;
};

/** Writes them below `folder`, which lies in memory: every row with the paper and the item that allowed it. */
export async function disclosedRecords({ engine }: OpenRecords, folder: string): Promise<DisclosedRecords> {
  const made: DisclosedRecords = { files: [], lines: [], rows: 0, digests: new Map() };
  const lines = new Map<string, AccountingLine>();
  mkdirSync(join(folder, 'records'), { mode: 0o700 });
  for (const kind of KINDS) {
    const path = `data/records/${kind}.csv`;
    const to = join(folder, 'records', `${kind}.csv`);
    const file = openSync(to, 'wx', 0o600);
    const hash = createHash('sha256');
    let rows = 0;
    const put = (text: string) => {
      hash.update(text);
      writeFileSync(file, text);
    };
    try {
      put(producedLine(producedHeader(kind)));
      for await (const some of engine.stream<Row>(
        `select ${COLUMNS.map((name) => `"${name}"`).join(', ')} from records where kind = '${kind}' order by began nulls last, file, locator, id`,
      )) {
        rows += some.length;
        put(some.map((row) => producedLine(producedCells(draftOf(kind, row), itemOf(row)))).join(''));
        for (const row of some) count(lines, row, path);
      }
    } finally {
      closeSync(file);
    }
    if (rows === 0) continue;
    made.files.push({ path, mediaType: 'text/csv', describes: `Records of kind ${kind}, as they were kept`, file: to });
    made.rows += rows;
    made.digests.set(kind, { sha256: hash.digest('hex'), rows });
  }
  made.lines.push(...lines.values());
  return made;
}

/** Whatever its kind: a contact states places too, and none of it is left out. */
const COLUMNS = [
  'instrument', 'item', 'category', 'account', 'account_type', 'began', 'ended', 'precision', 'time_as_stored', 'zone_basis', 'raw',
  ...(Object.keys(KIND_COLUMNS) as KindColumn[]),
]; // biome-ignore format: one list

type Row = Record<string, Value> & {
  instrument: string;
  item: string;
  category: string;
  account: string | null;
  account_type: IdentifierType | null;
  raw: string | null;
};

const itemOf = ({ instrument, item }: Row) => `${instrument} item ${item}`;

function count(lines: Map<string, AccountingLine>, row: Row, path: string): void {
  const { category, account, account_type: type } = row;
  const key = JSON.stringify([itemOf(row), category, account]);
  let line = lines.get(key);
  if (!line) {
    line = {
      item: itemOf(row),
      category,
      account: account ?? 'not stated',
      accountType: type ?? undefined,
      found: 0,
      produced: 0,
      withheld: {},
      files: [],
    };
    lines.set(key, line);
  }
  line.found += 1;
  line.produced += 1;
  const counted = line.files.find((one) => one.path === path);
  if (counted) counted.rows += 1;
  else line.files.push({ path, rows: 1 });
}

function draftOf(kind: Kind, row: Row): Draft {
  const { account, account_type: type } = row;
  const values = Object.keys(KIND_COLUMNS).flatMap((name) => (row[name] == null ? [] : [[name, row[name]]]));
  return {
    kind,
    category: row.category,
    subjects: account === null ? [] : [{ type: type ?? 'untyped', value: account, text: account }],
    began: row['began'] as bigint | null,
    ended: row['ended'] as bigint | null,
    precision: row['precision'] as Precision,
    timeAsStored: (row['time_as_stored'] as string | null) ?? '',
    zoneBasis: row['zone_basis'] as ZoneBasis,
    values: Object.fromEntries(values) as KindValues,
    raw: JSON.parse(row.raw ?? '{}') as Record<string, string>,
  };
}
