/**
 * The door over HTTP: a path is an operation's words, the body its input, the answer its output.
 *
 * Everything goes through `perform`, so nothing is done unlogged and nothing is reached that `who-may.ts` does not name.
 * What only this way in needs is here: files that were sent before, folders handed out, acts that are signed.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { canonical } from '../base/canonical.ts';
import { Problem } from '../base/problem.ts';
import { OPERATIONS, type Words } from '../desk/desks.ts';
import type { Keeper } from '../desk/keeper.ts';
import type { Operation } from '../desk/operation.ts';
import { perform } from '../desk/perform.ts';
import { type May, mayDo, WHO_MAY } from '../desk/who-may.ts';
import { failed, refuseMany, succeeded } from '../entry/attempts.ts';
import { challengeFor, type Place, signedBy } from '../entry/passkey.ts';
import { passwordHolds } from '../entry/password.ts';
import type { Roll, Session } from '../entry/roll.ts';
import type { Outputs, Written } from './outputs.ts';
import type { Uploads } from './uploads.ts';

const SIGNING_MS = 3 * 60_000;

const BY_PATH = new Map(
  OPERATIONS.map((operation): [string, Operation] => [operation.words.replaceAll(' ', '/'), operation]),
);

/** What a browser sends to sign an act: the number it was given, and a passkey's answer or a password with a code. */
export type Approval = { number: string; passkey?: AuthenticationResponseJSON; password?: string; code?: string };

export type Asking = {
  session: Session;
  name: string;
  from: string;
  path: string;
  input: Record<string, unknown>;
  approval: Approval | null;
  /** A number the browser chose for this act: the same again is the same act. */
  key: string | null;
  out?: (bytes: Uint8Array | string) => Promise<void>;
  progress?: (text: string) => void;
  signal?: AbortSignal;
};

export type Answered = { output: unknown; act: string | null; written?: Written };

/** Kept with the act: how the person showed who they are, and what they signed. */
type Shown = { method: string; provedAt: string; salt: string; key?: string; statement?: string; signed?: unknown };

type Signing = { person: string; digest: string; challenge: string; until: number };

export class Door {
  readonly #keeper: Keeper;
  readonly #roll: Roll;
  readonly #uploads: Uploads;
  readonly #outputs: Outputs;
  readonly #place: Place;
  readonly #signings = new Map<string, Signing>();

  constructor(of: { keeper: Keeper; roll: Roll; uploads: Uploads; outputs: Outputs; place: Place }) {
    this.#keeper = of.keeper;
    this.#roll = of.roll;
    this.#uploads = of.uploads;
    this.#outputs = of.outputs;
    this.#place = of.place;
  }

  /** Whether the operation writes its own bytes. */
  streams(path: string): boolean {
    return BY_PATH.get(path)?.streams === true;
  }

  /** Throws `http/nothing-here`, `entry/not-allowed`, `entry/sign-this` and whatever the operation refuses. */
  async ask(asking: Asking): Promise<Answered> {
    const operation = BY_PATH.get(asking.path);
    const may = operation && WHO_MAY[operation.words as Words];
    if (!operation || !may || may.who === 'nobody') {
      throw new Problem('http/nothing-here', 'There is no such operation here.');
    }
    this.#refuse(operation, asking);
    for (const field of may.never ?? []) {
      if (asking.input[field] !== undefined)
        throw new Problem('input/invalid', `${field}: only the command line may say this. Nothing was done.`, {
          field,
        });
    }
    this.#refuseAgain(asking);
    const shown = await this.#shown(operation, may, asking);
    return await this.#perform(operation, may, asking, shown);
  }

  async #perform(operation: Operation, may: May, asking: Asking, shown: Shown | undefined): Promise<Answered> {
    const fields = may.files ?? [];
    const named = fields.flatMap((field) => {
      const value = asking.input[field];
      return Array.isArray(value) ? value : value === undefined ? [] : [value];
    });
    using lent = await this.#uploads.lend(asking.session.person, named.map(String));
    using output = may.folder === undefined ? null : this.#outputs.begin();
    const input = { ...asking.input };
    for (const field of fields) {
      const value = input[field];
      const path = (one: unknown) => lent.paths.get(String(one))!;
      if (value !== undefined) input[field] = Array.isArray(value) ? value.map(path) : path(value);
    }
    if (output) input[may.folder!] = output.folder;
    let act: string | null = null;
    const given = await perform(operation, input, {
      dir: this.#keeper.dir,
      actor: asking.name,
      shown,
      sealed: lent.sealed,
      within: (actor, run) => this.#keeper.within(actor, run),
      mayDo: (_, checked, parsed) => this.#refuse(checked, { ...asking, input: parsed }),
      reaches: this.#reachOf(asking.session.person),
      begun: (id) => {
        act = id;
      },
      ...(asking.out ? { out: asking.out } : {}),
      ...(asking.progress ? { progress: asking.progress } : {}),
      ...(asking.signal ? { signal: asking.signal } : {}),
    });
    for (const upload of named)
      if (operation.op !== 'consultation') this.#uploads.drop(asking.session.person, String(upload));
    return { output: given, act, ...(output ? { written: output.keep(asking.session.person) } : {}) };
  }

  #reachOf(person: string): (matter: string) => boolean {
    const grants = this.#roll.grantsOf(person);
    const all = grants.some(({ role }) => role === 'administrator' || role === 'oversight' || role === 'seal holder');
    return (matter) => all || grants.some((grant) => grant.matter === matter);
  }

  /** A matter in which the person holds no role is answered as one that does not exist, word for word. */
  #refuse(operation: Operation, { session, input }: Pick<Asking, 'session' | 'input'>): void {
    const matter = typeof input['matter'] === 'string' ? input['matter'] : null;
    const answer = mayDo(this.#roll.grantsOf(session.person), operation.words, matter);
    if (answer === 'not there')
      throw new Problem('matter/not-found', `There is no matter ${matter}. \`fourcorners matter list\` lists them.`, {
        matter,
      });
    if (answer === 'no') {
      throw new Problem(
        'entry/not-allowed',
        'None of your roles allows this. Nothing was done; an administrator gives roles.',
        {
          operation: operation.words,
        },
      );
    }
  }

  /** The same act sent again, because its answer was lost, is not done again. */
  #refuseAgain({ key }: Asking): void {
    if (key === null) return;
    const act = this.#roll.actOfKey(key);
    if (act !== null) throw new Problem('entry/done-already', 'This was sent before. It was not done again.', { act });
  }

  /** How the person showed who they are; for an act that is signed, with what they signed. */
  async #shown(operation: Operation, may: May, asking: Asking): Promise<Shown | undefined> {
    const { session, key } = asking;
    const shown = {
      method: session.method,
      provedAt: new Date(session.proved).toISOString(),
      salt: randomBytes(16).toString('hex'),
      ...(key ? { key } : {}),
    };
    if (!may.signs) return operation.needs === 'house' ? shown : undefined;
    const statement = canonical({
      fourcorners: 'v1/act',
      act: operation.words,
      input: asking.input,
      person: asking.name,
    });
    const digest = createHash('sha256').update(statement).digest();
    if (asking.approval === null) throw await this.#signThis(session, statement, digest);
    const signing = this.#signings.get(asking.approval.number);
    this.#signings.delete(asking.approval.number);
    const holds =
      signing &&
      signing.person === session.person &&
      signing.until > Date.now() &&
      signing.digest === digest.toString('hex');
    if (!holds) throw await this.#signThis(session, statement, digest);
    return { ...shown, statement, signed: await this.#signed(asking, asking.approval, signing) };
  }

  async #signed({ session, name, from }: Asking, approval: Approval, { challenge }: Signing): Promise<unknown> {
    if (approval.passkey) {
      const person = await signedBy(this.#place, this.#roll, approval.passkey, challenge);
      if (person !== session.person)
        throw new Problem('entry/passkey-refused', 'This is another person’s passkey. Nothing was done.');
      return approval.passkey;
    }
    refuseMany(this.#roll, session.person, from, Date.now());
    if (!(await passwordHolds(this.#roll, session.person, approval.password ?? '', approval.code ?? '', Date.now()))) {
      failed(this.#roll, session.person, from, Date.now());
      throw new Problem('entry/not-let-in', `The password or the code of ${name} is not right. Nothing was done.`);
    }
    succeeded(this.#roll, session.person);
    return 'password and code';
  }

  /** What is to be signed: the words of the act, and a challenge that is their digest. */
  async #signThis(session: Session, statement: string, digest: Buffer): Promise<Problem> {
    const known = this.#roll.passkeysOf(session.person);
    const options = await challengeFor(this.#place, digest, known);
    const number = randomBytes(12).toString('hex');
    for (const [old, { until }] of this.#signings) if (until < Date.now()) this.#signings.delete(old);
    this.#signings.set(number, {
      person: session.person,
      digest: digest.toString('hex'),
      challenge: options.challenge,
      until: Date.now() + SIGNING_MS,
    });
    return new Problem('entry/sign-this', 'This act is signed: show who you are once more.', {
      number,
      statement,
      options,
      with: known.length > 0 ? 'passkey' : 'password',
    });
  }
}
