/**
 * The roll: who may enter, by which key or password, what they may do, and who is in now.
 *
 * One SQLite file. Names, keys and second factors lie under the desk's key; people are told apart by the pseudonym the
 * ledger knows them by. It proves nobody: whoever asks it has shown a key or a password first.
 */
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { boxed, unboxed } from '../custody/box.ts';
import type { Grant, Role } from './roles.ts';

const SCHEMA = `
create table if not exists people (
  person text primary key, name blob not null, entered text not null, ended text
) without rowid;
create table if not exists grants (
  person text not null, role text not null, matter text not null, granted text not null, primary key (person, role, matter)
) without rowid;
create table if not exists passkeys (
  id text primary key, person text not null, key blob not null, counter integer not null, label text not null, added text not null
) without rowid;
create table if not exists passwords (
  person text primary key, secret blob not null, used integer not null
) without rowid;
create table if not exists identities (
  identity text primary key, person text not null, added text not null
) without rowid;
create table if not exists invitations (
  code text primary key, person text not null, until text not null
) without rowid;
create table if not exists sessions (
  token text primary key, person text not null, key text not null, opened integer not null, seen integer not null,
  proved integer not null, method text not null, agent text not null
) without rowid;
create index if not exists sessions_of on sessions (person);
create table if not exists attempts (of text not null, at integer not null);
create index if not exists attempts_of on attempts (of, at);
create table if not exists statements (act text primary key, key text unique, statement blob not null) without rowid;
`;

export type Passkey = { id: string; publicKey: string; counter: number; transports: string[] };
export type KnownPasskey = { id: string; label: string; added: string };
export type Password = { salt: string; hash: string; code: string };
export type Method = 'passkey' | 'password and code' | 'office';

export type Session = {
  person: string;
  /** The public half of the key each request of this session is signed with: a JWK as text. */
  key: string;
  /** Milliseconds since 1970. */
  opened: number;
  seen: number;
  /** When the person last proved themselves anew. */
  proved: number;
  method: Method;
  agent: string;
};

export type Listed = { person: string; name: string; entered: string; ended: string | null };

export function openRoll(dir: string, key: Uint8Array): Roll {
  return new Roll(join(dir, 'state', 'roll.sqlite'), key);
}

export class Roll {
  readonly #db: DatabaseSync;
  readonly #key: Uint8Array;

  constructor(path: string, key: Uint8Array) {
    this.#db = new DatabaseSync(path);
    this.#db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000;');
    this.#db.exec(SCHEMA);
    this.#key = key;
  }

  [Symbol.dispose](): void {
    this.#db.close();
  }

  // --- people ---

  /** Enters a person, or lets one in again who had ended. */
  enter(person: string, name: string, at: string): void {
    this.#run(
      'insert into people values (?, ?, ?, null) on conflict (person) do update set ended = null',
      person, this.#box(`name/${person}`, name), at,
    ); // biome-ignore format: a statement and its values
  }

  /** Ends a person: their keys, password, sessions and roles are gone; their acts stay theirs. */
  end(person: string, at: string): void {
    this.#run('update people set ended = ? where person = ?', at, person);
    for (const table of ['grants', 'passkeys', 'passwords', 'identities', 'invitations', 'sessions'])
      this.#run(`delete from ${table} where person = ?`, person);
  }

  /** Null for whoever is not on the roll, or has ended. */
  nameOf(person: string): string | null {
    const row = this.#row('select name from people where person = ? and ended is null', person);
    return row ? this.#unbox(`name/${person}`, row['name'] as Uint8Array) : null;
  }

  people(): Listed[] {
    return this.#rows('select person, name, entered, ended from people order by entered, person').map((row) => ({
      person: row['person'] as string,
      name: this.#unbox(`name/${row['person']}`, row['name'] as Uint8Array),
      entered: row['entered'] as string,
      ended: row['ended'] as string | null,
    }));
  }

  get isEmpty(): boolean {
    return this.#row('select 1 from people limit 1') === undefined;
  }

  // --- what they may do ---

  grant(person: string, { role, matter }: Grant, at: string): void {
    this.#run('insert into grants values (?, ?, ?, ?) on conflict do nothing', person, role, matter ?? '', at);
  }

  /** Takes a role away, and ends the person's sessions: what they see must follow at once. */
  revoke(person: string, { role, matter }: Grant): boolean {
    const gone = this.#run(
      'delete from grants where person = ? and role = ? and matter = ?',
      person, role, matter ?? '',
    ); // biome-ignore format: a statement and its values
    this.#run('delete from sessions where person = ?', person);
    return gone > 0;
  }

  grantsOf(person: string): Grant[] {
    return this.#rows('select role, matter from grants where person = ? order by role, matter', person).map(grantIn);
  }

  /** Who holds a role in a matter. */
  holdersIn(matter: string): { person: string; role: Role }[] {
    return this.#rows('select person, role from grants where matter = ? order by role, person', matter).map((row) => ({
      person: row['person'] as string,
      role: row['role'] as Role,
    }));
  }

  // --- ways in ---

  addPasskey(person: string, passkey: Passkey, label: string, at: string): void {
    const box = this.#box(`passkey/${passkey.id}`, JSON.stringify(passkey));
    this.#run('insert into passkeys values (?, ?, ?, ?, ?, ?)', passkey.id, person, box, passkey.counter, label, at);
  }

  /** Whose passkey this is; null for one nobody here has. */
  passkey(id: string): { person: string; passkey: Passkey } | null {
    const row = this.#row('select person, key, counter from passkeys where id = ?', id);
    if (!row) return null;
    const kept = JSON.parse(this.#unbox(`passkey/${id}`, row['key'] as Uint8Array)) as Passkey;
    return { person: row['person'] as string, passkey: { ...kept, counter: Number(row['counter']) } };
  }

  passkeysOf(person: string): KnownPasskey[] {
    return this.#rows(
      'select id, label, added from passkeys where person = ? order by added, id',
      person,
    ) as KnownPasskey[];
  }

  removePasskey(person: string, id: string): boolean {
    return this.#run('delete from passkeys where person = ? and id = ?', person, id) > 0;
  }

  countPasskey(id: string, counter: number): void {
    this.#run('update passkeys set counter = ? where id = ?', counter, id);
  }

  setPassword(person: string, password: Password): void {
    const box = this.#box(`password/${person}`, JSON.stringify(password));
    this.#run(
      'insert into passwords values (?, ?, 0) on conflict do update set secret = excluded.secret, used = 0',
      person,
      box,
    );
  }

  password(person: string): (Password & { used: number }) | null {
    const row = this.#row('select secret, used from passwords where person = ?', person);
    if (!row) return null;
    const kept = JSON.parse(this.#unbox(`password/${person}`, row['secret'] as Uint8Array)) as Password;
    return { ...kept, used: Number(row['used']) };
  }

  /** Marks a code's step as used; false when it, or a later one, was used before. */
  useCode(person: string, step: number): boolean {
    return this.#run('update passwords set used = ? where person = ? and used < ?', step, person, step) > 0;
  }

  /** Who someone is at the office's own sign-in; false where it is another person's already. */
  linkIdentity(identity: string, person: string, at: string): boolean {
    this.#run('insert into identities values (?, ?, ?) on conflict do nothing', identity, person, at);
    return this.byIdentity(identity) === person;
  }

  byIdentity(identity: string): string | null {
    return (this.#row('select person from identities where identity = ?', identity)?.['person'] as string) ?? null;
  }

  hasIdentity(person: string): boolean {
    return this.#row('select 1 from identities where person = ? limit 1', person) !== undefined;
  }

  /** A code that lets one person in once, to make their own key. Kept as its digest. */
  invite(person: string, until: string): string {
    const code = randomBytes(15).toString('base64url');
    this.#run('delete from invitations where person = ?', person);
    this.#run('insert into invitations values (?, ?, ?)', digest(code), person, until);
    return code;
  }

  invited(code: string, at: string): string | null {
    const row = this.#row('select person from invitations where code = ? and until > ?', digest(code), at);
    return (row?.['person'] as string) ?? null;
  }

  useInvitation(code: string): boolean {
    return this.#run('delete from invitations where code = ?', digest(code)) > 0;
  }

  // --- who is in ---

  /** The token is given to the browser once; here only its digest is kept. */
  openSession(session: Session): string {
    const token = randomBytes(32).toString('base64url');
    const { person, key, opened, seen, proved, method, agent } = session;
    this.#run(
      'insert into sessions values (?, ?, ?, ?, ?, ?, ?, ?)',
      digest(token),
      person,
      key,
      opened,
      seen,
      proved,
      method,
      agent,
    );
    return token;
  }

  session(token: string): Session | null {
    const row = this.#row('select * from sessions where token = ?', digest(token));
    return row ? sessionIn(row) : null;
  }

  sessionsOf(person: string): (Session & { id: string })[] {
    return this.#rows('select * from sessions where person = ? order by seen desc', person).map((row) => ({
      ...sessionIn(row),
      id: (row['token'] as string).slice(0, 16),
    }));
  }

  seen(token: string, at: number): void {
    this.#run('update sessions set seen = ? where token = ?', at, digest(token));
  }

  endSession(token: string): void {
    this.#run('delete from sessions where token = ?', digest(token));
  }

  /** Ends the sessions of a person whose listed id is this; all of them without one. Gives how many. */
  endSessions(person: string, id?: string): number {
    if (id === undefined) return this.#run('delete from sessions where person = ?', person);
    return this.#run('delete from sessions where person = ? and substr(token, 1, 16) = ?', person, id);
  }

  clearSessions(openedBefore: number): void {
    this.#run('delete from sessions where opened < ?', openedBefore);
  }

  // --- failed attempts ---

  attempt(of: string, at: number): void {
    this.#run('insert into attempts values (?, ?)', digest(of), at);
  }

  /** How many attempts failed since; what is older is forgotten. */
  attempts(of: string, since: number): number {
    this.#run('delete from attempts where at < ?', since);
    return Number(this.#row('select count(*) as n from attempts where of = ? and at >= ?', digest(of), since)!['n']);
  }

  forgive(of: string): void {
    this.#run('delete from attempts where of = ?', digest(of));
  }

  // --- what was signed ---

  /** Keeps how a person showed who they are, under the act's entry in the ledger. `key` is the browser's own name for the act. */
  keepStatement(act: string, statement: { key?: string }): void {
    const box = this.#box(`statement/${act}`, JSON.stringify(statement));
    this.#run('insert into statements values (?, ?, ?)', act, statement.key ?? null, box);
  }

  actOfKey(key: string): string | null {
    return (this.#row('select act from statements where key = ?', key)?.['act'] as string) ?? null;
  }

  statement(act: string): unknown {
    const row = this.#row('select statement from statements where act = ?', act);
    return row ? JSON.parse(this.#unbox(`statement/${act}`, row['statement'] as Uint8Array)) : null;
  }

  #box(name: string, clear: string): Buffer {
    return boxed(this.#key, `roll/${name}`, Buffer.from(clear));
  }

  #unbox(name: string, box: Uint8Array): string {
    const clear = unboxed(this.#key, `roll/${name}`, box);
    if (clear === null) throw new TypeError(`the roll's ${name} was changed`);
    return clear.toString('utf8');
  }

  #run(sql: string, ...values: (string | number | null | Uint8Array)[]): number {
    return Number(this.#db.prepare(sql).run(...values).changes);
  }

  #row(sql: string, ...values: (string | number)[]): Record<string, unknown> | undefined {
    return this.#db.prepare(sql).get(...values) as Record<string, unknown> | undefined;
  }

  #rows(sql: string, ...values: (string | number)[]): Record<string, unknown>[] {
    return this.#db.prepare(sql).all(...values) as Record<string, unknown>[];
  }
}

function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function grantIn(row: Record<string, unknown>): Grant {
  return { role: row['role'] as Role, matter: (row['matter'] as string) || null };
}

function sessionIn(row: Record<string, unknown>): Session {
  const number = (name: string) => Number(row[name]);
  const text = (name: string) => row[name] as string;
  return {
    person: text('person'),
    key: text('key'),
    opened: number('opened'),
    seen: number('seen'),
    proved: number('proved'),
    method: text('method') as Method,
    agent: text('agent'),
  };
}
