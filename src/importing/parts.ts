/**
 * Where sorted rows wait, in a memory folder, until a part is large enough to be encrypted.
 *
 * Kept rows become Parquet in order of time; sealed and reference rows become lines of JSON. Both are handed over as
 * finished files; whoever takes one encrypts it and removes it.
 */
import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../base/digest.ts';
import { KIND_COLUMNS, type KindColumn } from '../record/record.ts';
import { type Engine, named, quoted } from '../store/engine.ts';
import type { SegmentView } from '../store/segments.ts';
import type { Kept, Sealed } from './sort.ts';

export type Part = {
  role: 'records' | 'sealed' | 'references' | 'duplicates';
  path: string;
  rows: number;
  view?: SegmentView;
};

export type TakePart = (part: Part) => Promise<void>;

const KEPT_PER_PART = 8_000;
const SEALED_BYTES_PER_PART = 32 << 20;

const COMMON = {
  file: 'VARCHAR', locator: 'VARCHAR', format: 'VARCHAR', kind: 'VARCHAR', category: 'VARCHAR', item: 'VARCHAR',
  account: 'VARCHAR', account_type: 'VARCHAR', began: 'TIMESTAMP', ended: 'TIMESTAMP', precision: 'VARCHAR',
  time_as_stored: 'VARCHAR', zone_basis: 'VARCHAR', raw: 'VARCHAR', content: 'VARCHAR',
} as const; // biome-ignore format: one list

export type Source = { file: string; format: string };

/** What makes content digests of this matter its own: without it nobody can test a guess against them. */
export type ContentKey = string;

/** Sameness of a row across files: every source field and every subject, whatever file it stands in. */
export function contentOf(draft: Kept['draft'], source: Source, key: ContentKey): string {
  const subjects = draft.subjects.map(({ type, value }) => `${type}\u0003${value}`).join('\u0001');
  const fields = Object.keys(draft.raw)
    .sort()
    .map((field) => `${field}\u0003${draft.raw[field]}`)
    .join('\u0001');
  return sha256(`${key}\u0002${source.format}\u0002${draft.kind}\u0002${subjects}\u0002${fields}`).slice(0, 32);
}

export class KeptRows {
  readonly #engine: Engine;
  readonly #folder: string;
  readonly #take: TakePart;
  #columns: Record<string, unknown[]> = {};
  #rows = 0;
  #parts = 0;

  constructor(engine: Engine, folder: string, take: TakePart) {
    this.#engine = engine;
    this.#folder = folder;
    this.#take = take;
  }

  async add(kept: Kept, source: Source, content: string): Promise<void> {
    const { draft } = kept;
    const account = draft.subjects[0];
    this.#put('file', source.file);
    this.#put('locator', kept.locator);
    this.#put('format', source.format);
    this.#put('kind', draft.kind);
    this.#put('category', draft.category);
    this.#put('item', kept.item);
    this.#put('account', account?.value ?? null);
    this.#put('account_type', account?.type ?? null);
    this.#put('began', draft.began);
    this.#put('ended', draft.ended);
    this.#put('precision', draft.precision);
    this.#put('time_as_stored', draft.timeAsStored);
    this.#put('zone_basis', draft.zoneBasis);
    this.#put('raw', JSON.stringify(draft.raw));
    this.#put('content', content);
    for (const column of Object.keys(draft.values)) {
      const value = draft.values[column as KindColumn];
      if (value !== undefined) this.#put(column, value);
    }
    this.#rows++;
    if (this.#rows >= KEPT_PER_PART) await this.flush();
  }

  #put(column: string, value: unknown): void {
    let values = this.#columns[column];
    if (!values) {
      values = [];
      this.#columns[column] = values;
    }
    while (values.length < this.#rows) values.push(null);
    values.push(value);
  }

  async flush(): Promise<void> {
    if (this.#rows === 0) return;
    const rows = this.#rows;
    const names = Object.keys(this.#columns);
    const types: Record<string, string> = { ...COMMON, ...KIND_COLUMNS };
    await this.#engine.run(
      `create or replace temp table kept (${names.map((name) => `${named(name)} ${types[name]}`).join(', ')})`,
    );
    const columns = names.map((name) => {
      const values = this.#columns[name]!;
      while (values.length < rows) values.push(null);
      return values;
    });
    this.#columns = {};
    this.#rows = 0;
    await this.#engine.append('kept', columns);
    const path = join(this.#folder, `kept-${++this.#parts}.parquet`);
    await this.#engine.run(
      `copy (select * from kept order by began nulls first, file, locator) to ${quoted(path)} (format parquet, compression zstd)`,
    );
    await this.#engine.run('drop table kept');
    const view = { columns: Object.fromEntries(names.map((name) => [name, named(name)])) };
    await this.#take({ role: 'records', path, rows, view });
  }
}

/** Rows as lines of JSON, for what is not asked questions of: sealed rows, reference rows, second places. */
export class Lines<T> {
  readonly #role: Part['role'];
  readonly #folder: string;
  readonly #take: TakePart;
  #waiting: string[] = [];
  #waitingBytes = 0;
  #bytes = 0;
  #rows = 0;
  #parts = 0;

  constructor(role: Part['role'], folder: string, take: TakePart) {
    this.#role = role;
    this.#folder = folder;
    this.#take = take;
  }

  async add(row: T): Promise<void> {
    const line = `${JSON.stringify(row)}\n`;
    this.#waiting.push(line);
    this.#waitingBytes += line.length;
    this.#rows++;
    if (this.#waitingBytes > 1 << 20) this.#write();
    if (this.#bytes > SEALED_BYTES_PER_PART) await this.flush();
  }

  get #path(): string {
    return join(this.#folder, `${this.#role}-${this.#parts + 1}.jsonl`);
  }

  #write(): void {
    appendFileSync(this.#path, this.#waiting.join(''), { mode: 0o600 });
    this.#bytes += this.#waitingBytes;
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  async flush(): Promise<void> {
    if (this.#waiting.length > 0) this.#write();
    const path = this.#path;
    if (!existsSync(path)) return;
    const rows = this.#rows;
    this.#parts++;
    this.#bytes = 0;
    this.#rows = 0;
    await this.#take({ role: this.#role, path, rows });
  }
}

export type SealedLine = Sealed & { file: string };
