/**
 * The docket: every request this desk has, what was done with it, and what is due next.
 *
 * One SQLite file. What a listing sorts by (state, due, received) is in the clear, everything that says whose request it
 * is or about whom lies under the request's own key. Acts are only ever added.
 */
import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { Problem } from '../base/problem.ts';
import { boxed, unboxed } from '../custody/box.ts';
import type { Act } from './act.ts';
import type { RequestFile } from './file.ts';
import { ENDED, type State } from './way.ts';

/** What a listing shows, without opening the file itself. */
export type Summary = {
  request: string;
  state: State;
  receivedAt: string;
  kind: string;
  paper: string | null;
  caseNo: string | null;
  agency: string;
  officer: string;
  items: number;
  authenticity: string | null;
  sufficiency: string | null;
  scope: string | null;
  next: { clock: string; due: string; whose: string } | null;
};

/** What is remembered to find a request again; kept as keyed digests, so the docket tells nobody what was looked for. */
export type MarkKind =
  | 'document'
  | 'demand'
  | 'docket number'
  | 'seal'
  | 'target'
  | 'agency verified'
  | 'emergency open'
  | 'snapshot'
  | 'number';

export type Mark = { kind: MarkKind; value: string };

const SCHEMA = `
create table if not exists requests (
  request text primary key, key blob not null, state text not null, ended integer not null, due text not null,
  received text not null, seq integer not null, summary blob not null, file blob not null
) without rowid;
create index if not exists by_due on requests (ended, due, received, request);
create index if not exists by_state on requests (state, ended, due, received, request);
create table if not exists state_counts (state text primary key, n integer not null) without rowid;
create trigger if not exists counted_in after insert on requests begin
  insert into state_counts values (new.state, 1) on conflict (state) do update set n = n + 1;
end;
create trigger if not exists counted_on after update of state on requests when old.state <> new.state begin
  update state_counts set n = n - 1 where state = old.state;
  insert into state_counts values (new.state, 1) on conflict (state) do update set n = n + 1;
end;
create index if not exists by_received on requests (received);
create table if not exists acts (
  request text not null, seq integer not null, entry text not null, act blob not null, primary key (request, seq)
) without rowid;
create index if not exists by_entry on acts (entry);
create table if not exists marks (
  mark blob not null, request text not null, primary key (mark, request)
) without rowid;
create index if not exists marks_of on marks (request);
create table if not exists papers (
  name text not null, version integer not null, entry text not null, paper blob not null, primary key (name, version)
) without rowid;
`;

/** The key of a request's documents, from the request's own. */
export function documentKey(requestKey: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', requestKey, '', 'fourcorners/v1/request documents', 32));
}

/** Sorts behind every instant: what is never due comes last. */
const NEVER = '~';

const dueOf = ({ next }: Summary): string => next?.due ?? NEVER;

export type Listing = {
  at?: string | undefined;
  state?: State | undefined;
  ended?: boolean | undefined;
  limit: number;
};

export class Docket implements Disposable {
  readonly #database: DatabaseSync;
  readonly #secret: Uint8Array;
  readonly #statements = new Map<string, StatementSync>();

  /** Opens the docket of a data directory, made when there is none. Throws `request/docket-damaged`. */
  constructor(path: string, secret: Uint8Array) {
    this.#secret = secret;
    this.#database = new DatabaseSync(path);
    try {
      this.#database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 3000');
      this.#database.exec(SCHEMA);
    } catch (error) {
      this.#database.close();
      throw new Problem(
        'request/docket-damaged',
        `The docket ${path} cannot be read: ${(error as Error).message}. Restore it from a backup.`,
        { path },
      );
    }
  }

  /** A key for a request's own documents: dropping the request's key makes them unreadable. */
  keyFor(request: string): Buffer {
    return documentKey(this.#key(request));
  }

  has(request: string): boolean {
    return this.#one('select 1 as found from requests where request = ?', request) !== undefined;
  }

  /** Throws `request/not-found`. */
  file(request: string): RequestFile {
    const row = this.#one('select key, file from requests where request = ?', request);
    if (row === undefined) throw this.#notFound(request);
    return this.#open(this.#unwrapped(request, row['key']), `${request}/file`, row['file']) as RequestFile;
  }

  /** Every act of a request, oldest first. Throws `request/not-found`. */
  acts(request: string): Act[] {
    const key = this.#key(request);
    return this.#all('select seq, act from acts where request = ? order by seq', request).map(
      (row) => this.#open(key, `${request}/act/${row['seq']}`, row['act']) as Act,
    );
  }

  /** Whether an act under this ledger entry is here: what a killed process left done or undone. */
  applied(entry: string): boolean {
    return (
      this.#one('select 1 as found from acts where entry = ?', entry) !== undefined ||
      this.#one('select 1 as found from papers where entry = ?', entry) !== undefined
    );
  }

  /** Adds acts and what the file is after them; all or nothing. `freshKey` is the key of a request that begins here. */
  add(
    file: RequestFile,
    acts: readonly Act[],
    summary: Summary,
    marks: readonly Mark[],
    forgotten: readonly Mark[] = [],
    freshKey?: Uint8Array,
  ): void {
    this.atOnce(() => {
      const fresh = !this.has(file.id);
      const key = fresh ? (freshKey ?? randomBytes(32)) : this.#key(file.id);
      const values = {
        state: file.state,
        ended: ENDED.includes(file.state) ? 1 : 0,
        due: dueOf(summary),
        received: file.receivedAt,
        seq: file.seq,
        summary: this.#box(key, `${file.id}/summary`, summary),
        file: this.#box(key, `${file.id}/file`, file),
      };
      if (fresh) {
        this.#run(
          'insert into requests (request, key, state, ended, due, received, seq, summary, file) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
          file.id,
          boxed(this.#secret, `${file.id}/key`, key),
          ...Object.values(values),
        );
      } else {
        this.#run(
          'update requests set state = ?, ended = ?, due = ?, received = ?, seq = ?, summary = ?, file = ? where request = ?',
          ...Object.values(values),
          file.id,
        );
      }
      for (const act of acts) {
        this.#run(
          'insert into acts (request, seq, entry, act) values (?, ?, ?, ?)',
          file.id,
          act.seq,
          act.entry,
          this.#box(key, `${file.id}/act/${act.seq}`, act),
        );
      }
      for (const mark of marks)
        this.#run('insert or ignore into marks (mark, request) values (?, ?)', this.#marked(mark), file.id);
      for (const mark of forgotten)
        this.#run('delete from marks where mark = ? and request = ?', this.#marked(mark), file.id);
    });
  }

  /** A new due date where the policy has changed; no act of the request. */
  resummarise(summary: Summary): void {
    const key = this.#key(summary.request);
    this.#run(
      'update requests set due = ?, summary = ? where request = ?',
      dueOf(summary),
      this.#box(key, `${summary.request}/summary`, summary),
      summary.request,
    );
  }

  /** By what is due next, then by receipt; requests of which nothing is due come last. */
  list({ state, ended = false, limit }: Listing): Summary[] {
    const rows = this.#all(
      `select request, key, summary from requests where ended = ? ${state === undefined ? '' : 'and state = ?'}
       order by due, received, request limit ?`,
      ...[ended ? 1 : 0, ...(state === undefined ? [] : [state]), limit],
    );
    return rows.map(
      (row) =>
        this.#open(
          this.#unwrapped(String(row['request']), row['key']),
          `${row['request']}/summary`,
          row['summary'],
        ) as Summary,
    );
  }

  counts(): Record<string, number> {
    const rows = this.#all('select state, n from state_counts where n > 0 order by state');
    return Object.fromEntries(rows.map((row) => [String(row['state']), Number(row['n'])]));
  }

  /** Requests that carry the mark, oldest first, at most `limit`. */
  marked(mark: Mark, limit = 50): string[] {
    return this.#all(
      'select m.request from marks m join requests r on r.request = m.request where m.mark = ? order by r.received limit ?',
      this.#marked(mark),
      limit,
    ).map((row) => String(row['request']));
  }

  countMarked(mark: Mark): number {
    return Number(this.#one('select count(*) as n from marks where mark = ?', this.#marked(mark))!['n']);
  }

  /** Requests received in a time, in order of receipt; with everything that is open or ended. */
  *received(from: string, to: string): Generator<string> {
    for (const row of this.#statement(
      'select request from requests where received >= ? and received < ? order by received, request',
    ).iterate(from, to)) {
      yield String((row as Record<string, unknown>)['request']);
    }
  }

  every(): string[] {
    return this.#all('select request from requests order by received, request').map((row) => String(row['request']));
  }

  /** A desk paper in versions: the directory, the policy. A version is written once; the database refuses it a second time. */
  putPaper(name: string, version: number, entry: string, paper: unknown): void {
    this.#run(
      'insert into papers (name, version, entry, paper) values (?, ?, ?, ?)',
      name,
      version,
      entry,
      this.#box(this.#secret, `papers/${name}/${version}`, paper),
    );
  }

  paper<T>(name: string, version: number): T | null {
    const row = this.#one('select paper from papers where name = ? and version = ?', name, version);
    return row === undefined ? null : (this.#open(this.#secret, `papers/${name}/${version}`, row['paper']) as T);
  }

  lastPaper(name: string): number {
    return Number(this.#one('select coalesce(max(version), 0) as n from papers where name = ?', name)!['n']);
  }

  [Symbol.dispose](): void {
    this.#statements.clear();
    this.#database.close();
  }

  #notFound(request: string): Problem {
    return new Problem(
      'request/not-found',
      `There is no request ${request}. \`fourcorners request list\` lists them.`,
      { request },
    );
  }

  #key(request: string): Buffer {
    const row = this.#one('select key from requests where request = ?', request);
    if (row === undefined) throw this.#notFound(request);
    return this.#unwrapped(request, row['key']);
  }

  #unwrapped(request: string, wrapped: unknown): Buffer {
    const key = unboxed(this.#secret, `${request}/key`, wrapped as Uint8Array);
    if (key) return key;
    throw this.#damaged(request);
  }

  #damaged(name: string): Problem {
    return new Problem(
      'request/docket-damaged',
      `What the docket keeps of ${name} does not open: it was changed, or belongs to another data directory. Restore it from a backup.`,
      { name },
    );
  }

  #box(key: Uint8Array, name: string, value: unknown): Buffer {
    return boxed(key, name, Buffer.from(JSON.stringify(value)));
  }

  #open(key: Uint8Array, name: string, box: unknown): unknown {
    const clear = unboxed(key, name, box as Uint8Array);
    if (clear === null) throw this.#damaged(name);
    return JSON.parse(clear.toString('utf8'));
  }

  #marked({ kind, value }: Mark): Buffer {
    return createHmac('sha256', this.#secret).update(`mark\n${kind}\n${value}`).digest();
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }

  #run(sql: string, ...values: (string | number | Uint8Array | null)[]): void {
    this.#statement(sql).run(...values);
  }

  #one(sql: string, ...values: (string | number | Uint8Array)[]): Record<string, unknown> | undefined {
    return this.#statement(sql).get(...values) as Record<string, unknown> | undefined;
  }

  #all(sql: string, ...values: (string | number | Uint8Array)[]): Record<string, unknown>[] {
    return this.#statement(sql).all(...values) as Record<string, unknown>[];
  }

  /** All changes of `change` or none; within another one they are part of it. */
  atOnce(change: () => void): void {
    if (this.#database.isTransaction) {
      change();
      return;
    }
    this.#database.exec('begin immediate');
    try {
      change();
      this.#database.exec('commit');
    } catch (error) {
      this.#database.exec('rollback');
      throw error;
    }
  }
}
