/**
 * The rows of a production as files: one CSV a kind with its Parquet twin, every row with the item that allowed it.
 *
 * They lie in a memory folder until they are packaged. People whom no item names are masked before a row is written.
 */
import { createHash, type Hash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Digest, sha256 } from '../base/digest.ts';
import { type People, peopleAfter } from '../importing/people.ts';
import { names } from '../record/identifier.ts';
import { producedCells, producedHeader, producedLine } from '../record/produced.ts';
import type { Draft, Kind } from '../record/record.ts';
import { masked } from '../scope/mask.ts';
import { covers, type Scope } from '../scope/scope.ts';
import { openEngine, quoted } from '../store/engine.ts';
import { itemOf } from './approved-scope.ts';

/** A row as a source gives it: the item that covers it, what it says, and where it stands there. */
export type Gathered = { item: string; draft: Draft; locator: string };

export type ProducedFile = { path: string; rows: number; sizeBytes: number; sha256: Digest; mediaType: string };

/** How many rows an item of the scope has in a file. */
export type Line = { item: string; path: string; rows: number };

export type Written = { files: ProducedFile[]; lines: Line[]; people: number; rows: number; digest: Digest };

const FLUSH_BYTES = 1 << 20;
/** Asked for, the people beside the target are part of what the item reaches. */
const OTHERS = 'DC-20';

export class Collection {
  readonly #folder: string;
  readonly #scope: Scope;
  readonly #people: People = peopleAfter([]);
  readonly #open = new Map<Kind, OpenFile>();
  readonly #lines = new Map<string, Line>();
  #rows = 0;

  /** `folder` is a memory folder; files go to `records/` in it. */
  constructor(folder: string, scope: Scope) {
    this.#folder = folder;
    this.#scope = scope;
    mkdirSync(join(folder, 'records'), { recursive: true });
  }

  /** Takes a row that an approved item covers. Throws `TypeError` for any other: such a row must not exist (R-208). */
  add({ item, draft }: Gathered): void {
    const decision = covers(this.#scope, {
      subjects: draft.subjects,
      category: draft.category,
      state: draft.kind === 'fact',
      began: draft.began,
      ended: draft.ended,
      undetermined: draft.undetermined,
    });
    if (!('item' in decision) || decision.item !== item) {
      throw new TypeError(
        `a row that ${'item' in decision ? `item ${decision.item} covers` : `is ${decision.sealed}`} was given for item ${item}`,
      );
    }
    const shown = this.#reachesOthers(draft) ? draft : masked(draft, this.#scope, this.#people.number);
    const file = this.#fileOf(draft.kind);
    file.write(producedCells(shown, itemOf(item)));
    const path = `records/${draft.kind}.csv`;
    const key = `${item}\n${path}`;
    const line = this.#lines.get(key) ?? { item, path, rows: 0 };
    line.rows++;
    this.#lines.set(key, line);
    this.#rows++;
  }

  async finish(): Promise<Written> {
    const files: ProducedFile[] = [];
    for (const [kind, file] of [...this.#open].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const csv = file.close();
      files.push(csv, await this.#twin(kind, csv, file.longestBytes));
    }
    const digest = sha256(files.map(({ path, sha256: of, rows }) => `${of} ${rows} ${path}\n`).join(''));
    return { files, lines: [...this.#lines.values()], people: this.#people.met().length, rows: this.#rows, digest };
  }

  /** Closes what is open, for a collection that is given up. */
  abandon(): void {
    for (const file of this.#open.values()) file.close();
  }

  #reachesOthers(draft: Draft): boolean {
    return this.#scope.items.some(
      ({ target, categories }) =>
        categories.includes(OTHERS) && draft.subjects.some((subject) => names(target, subject)),
    );
  }

  #fileOf(kind: Kind): OpenFile {
    const known = this.#open.get(kind);
    if (known) return known;
    const made = new OpenFile(join(this.#folder, 'records', `${kind}.csv`), `records/${kind}.csv`);
    made.header(producedHeader(kind));
    this.#open.set(kind, made);
    return made;
  }

  /** The same rows as Parquet, every cell as the text it is. */
  async #twin(kind: Kind, csv: ProducedFile, longestBytes: number): Promise<ProducedFile> {
    const path = join(this.#folder, 'records', `${kind}.parquet`);
    await using engine = await openEngine([this.#folder], 512 << 20, 1);
    const columns = producedHeader(kind)
      .map((name) => `${quoted(name)}: 'VARCHAR'`)
      .join(', ');
    await engine.run(
      `copy (select * from read_csv(${quoted(join(this.#folder, csv.path))}, header = true, delim = ',', quote = '"', escape = '"',
        columns = {${columns}}, nullstr = '', max_line_size = ${longestBytes + 1}, buffer_size = ${Math.max(8 << 20, 2 * longestBytes)}, parallel = false))
       to ${quoted(path)} (format parquet, compression zstd)`,
    );
    const bytes = readFileSync(path);
    return {
      path: `records/${kind}.parquet`,
      rows: csv.rows,
      sizeBytes: bytes.length,
      sha256: sha256(bytes),
      mediaType: 'application/vnd.apache.parquet',
    };
  }
}

/** A CSV being written (RFC 4180), digested as it goes. */
class OpenFile {
  readonly #path: string;
  readonly #name: string;
  readonly #file: number;
  readonly #hash: Hash = createHash('sha256');
  #pending: string[] = [];
  #pendingBytes = 0;
  #rows = 0;
  longestBytes = 0;

  constructor(path: string, name: string) {
    this.#path = path;
    this.#name = name;
    this.#file = openSync(path, 'wx', 0o600);
  }

  header(names: string[]): void {
    this.#put(names);
  }

  write(cells: string[]): void {
    this.#put(cells);
    this.#rows++;
  }

  close(): ProducedFile {
    this.#flush();
    closeSync(this.#file);
    const { size } = statSync(this.#path);
    return {
      path: this.#name,
      rows: this.#rows,
      sizeBytes: size,
      sha256: this.#hash.digest('hex'),
      mediaType: 'text/csv',
    };
  }

  #put(cells: string[]): void {
    const line = producedLine(cells);
    this.longestBytes = Math.max(this.longestBytes, 4 * line.length);
    this.#pending.push(line);
    this.#pendingBytes += line.length;
    if (this.#pendingBytes >= FLUSH_BYTES) this.#flush();
  }

  #flush(): void {
    if (this.#pending.length === 0) return;
    const bytes = Buffer.from(this.#pending.join(''));
    writeSync(this.#file, bytes);
    this.#hash.update(bytes);
    this.#pending = [];
    this.#pendingBytes = 0;
  }
}
