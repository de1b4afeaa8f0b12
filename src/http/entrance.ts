/**
 * Getting in: the first person by the code the server printed, an invited one by theirs, everyone after by passkey or by
 * password with a code.
 *
 * Nothing here says whether a name is known. Each way ends in the same: a session bound to a key in the browser.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';
import { Problem } from '../base/problem.ts';
import { give } from '../desk/granting.ts';
import type { Keeper } from '../desk/keeper.ts';
import { failed, refuseMany, succeeded } from '../entry/attempts.ts';
import type { Office } from '../entry/office.ts';
import { challengeFor, type Place, registered, registration, signedBy } from '../entry/passkey.ts';
import { codeHolds, codeLink, newPassword, passwordHolds } from '../entry/password.ts';
import { ROLE_NAMES, type Role } from '../entry/roles.ts';
import type { Method, Password, Roll } from '../entry/roll.ts';
import type { Sessions } from '../entry/session.ts';

const WAITING_MS = 5 * 60_000;

export type From = { address: string; agent: string };
/** What a way in ends with: the cookie's token, and who it is. */
export type Entered = { token: string; person: string; name: string };

type Waiting = { challenge: string; until: number; person: string; name: string; code: string; password?: Password };

const Key = z.record(z.string(), z.unknown());
const Code = z.string().min(1).max(200);

export const BODIES = {
  begin: z.strictObject({ code: Code, name: z.string().trim().min(1).max(200).optional() }),
  beginPasskey: z.strictObject({
    number: z.string(),
    response: z.looseObject({ id: z.string() }),
    label: z.string().max(100).default(''),
    key: Key,
  }),
  beginPassword: z.strictObject({ number: z.string(), password: z.string().max(1000) }),
  beginCode: z.strictObject({ number: z.string(), code: z.string().max(10), key: Key }),
  passkey: z.strictObject({ number: z.string(), response: z.looseObject({ id: z.string() }), key: Key }),
  password: z.strictObject({
    name: z.string().max(200),
    password: z.string().max(1000),
    code: z.string().max(10),
    key: Key,
  }),
  officeBegin: z.strictObject({ proof: z.string().regex(/^[\w-]{43}$/, 'a SHA-256 digest') }),
  officeEnd: z.strictObject({ ticket: z.string().max(100), secret: z.string().max(100), key: Key }),
};
type Body<W extends keyof typeof BODIES> = z.infer<(typeof BODIES)[W]>;

export class Entrance {
  readonly #keeper: Keeper;
  readonly #roll: Roll;
  readonly #sessions: Sessions;
  readonly #place: Place;
  readonly #office: Office | null;
  /** Lets the first person in; null once there is one. */
  #first: string | null;
  readonly #waiting = new Map<string, Waiting>();

  constructor(of: { keeper: Keeper; roll: Roll; sessions: Sessions; place: Place; office: Office | null }) {
    this.#keeper = of.keeper;
    this.#roll = of.roll;
    this.#sessions = of.sessions;
    this.#place = of.place;
    this.#office = of.office;
    this.#first = of.roll.isEmpty ? randomBytes(12).toString('base64url') : null;
  }

  /** The code for the first person, to be printed where only whoever started the server sees it. */
  get firstCode(): string | null {
    return this.#first;
  }

  /** What a page may know before anyone is in. */
  state(): { isNew: boolean; office: string | null } {
    return { isNew: this.#first !== null, office: this.#office?.name ?? null };
  }

  /** Where the browser goes to be vouched for by the office. `person` is who is in and links it to themselves. */
  async officeBegin({ proof }: Body<'officeBegin'>, person: string | null, from: From): Promise<{ url: string }> {
    refuseMany(this.#roll, 'office', from.address, Date.now());
    return { url: await this.#officeHere().begin(proof, person) };
  }

  /** Back from there: the page to go to, with what it ends this with in the fragment, which is sent nowhere. */
  async officeBack(url: URL): Promise<string> {
    const { ticket, links } = await this.#officeHere().back(url);
    return `${this.#place.origin}/${links ? 'you' : ''}#office=${ticket}`;
  }

  async officeEnter({ ticket, secret, key }: Body<'officeEnd'>, from: From): Promise<Entered> {
    const { identity, person: links } = this.#officeHere().end(ticket, secret);
    const person = links === null ? this.#roll.byIdentity(identity) : null;
    if (person === null) {
      this.#roll.attempt(`from ${from.address}`, Date.now());
      throw new Problem(
        'entry/not-let-in',
        'The office vouches for you, but nobody here is linked to that. Enter once with your passkey, password or code, and link it on the page You.',
      );
    }
    return await this.#enter(person, 'office', key, from);
  }

  /** For who is in, in the browser that began it. */
  async officeLink({ ticket, secret }: Body<'officeEnd'>, person: string): Promise<void> {
    const { identity, person: began } = this.#officeHere().end(ticket, secret);
    const isLinked = began === person && this.#roll.linkIdentity(identity, person, new Date().toISOString());
    if (!isLinked) throw new Problem('entry/office-refused', 'That is another person’s. Nothing was linked.');
    await this.#note(this.#roll.nameOf(person)!, 'entry.office');
  }

  #officeHere(): Office {
    if (this.#office) return this.#office;
    throw new Problem(
      'entry/office-refused',
      'No office sign-in is set up here. `fourcorners serve --oidc` names one.',
    );
  }

  /** A code was given: what to make a passkey with. The first person says their name. Throws `entry/not-let-in`. */
  async begin({ code, name }: Body<'begin'>, from: From) {
    const nowMs = Date.now();
    refuseMany(this.#roll, 'codes', from.address, nowMs);
    const isFirst = this.#first !== null && same(code, this.#first);
    const person = isFirst ? null : this.#roll.invited(code, new Date(nowMs).toISOString());
    if (!isFirst && person === null) {
      failed(this.#roll, `code ${from.address}`, from.address, nowMs);
      throw new Problem('entry/not-let-in', 'This code is not one, was used, or is too old. Nobody was let in.');
    }
    if (isFirst && name === undefined)
      throw new Problem('input/invalid', 'name: say who you are; acts are entered under it');
    const who = isFirst
      ? await this.#keeper.within(name!, async (house) => house.actor)
      : { pseudonym: person!, name: this.#roll.nameOf(person!)! };
    const options = await registration(this.#place, who.pseudonym, who.name, this.#roll.passkeysOf(who.pseudonym));
    const number = this.#wait({ challenge: options.challenge, person: who.pseudonym, name: who.name, code });
    return { number, name: who.name, options };
  }

  async beginPasskey(body: Body<'beginPasskey'>, from: From): Promise<Entered> {
    const waiting = this.#take(body.number);
    const passkey = await registered(
      this.#place,
      body.response as unknown as RegistrationResponseJSON,
      waiting.challenge,
    );
    await this.#admit(waiting);
    this.#roll.addPasskey(waiting.person, passkey, body.label || 'passkey', new Date().toISOString());
    await this.#note(waiting.name, 'entry.passkey');
    return await this.#enter(waiting.person, 'passkey', body.key, from);
  }

  /** Where no passkey can be used: the secret for the second factor, in force when a code of it was shown. */
  async beginPassword(body: Body<'beginPassword'>): Promise<{ number: string; link: string; secret: string }> {
    const waiting = this.#take(body.number);
    const password = await newPassword(body.password).catch((error) => {
      this.#waiting.set(body.number, waiting);
      throw error;
    });
    return {
      number: this.#wait({ ...waiting, password }),
      link: codeLink(password.code, waiting.name),
      secret: password.code,
    };
  }

  async beginCode(body: Body<'beginCode'>, from: From): Promise<Entered> {
    const waiting = this.#take(body.number);
    const { password } = waiting;
    if (!password) throw new Problem('entry/not-let-in', 'Choose a password first. Nobody was let in.');
    this.#roll.setPassword(waiting.person, password);
    if (!codeHolds(this.#roll, waiting.person, password.code, body.code, Date.now())) {
      this.#waiting.set(body.number, waiting);
      throw new Problem('entry/not-let-in', 'That is not the code of this half minute. Look again: it changes.');
    }
    await this.#admit(waiting);
    await this.#note(waiting.name, 'entry.password');
    return await this.#enter(waiting.person, 'password and code', body.key, from);
  }

  /** What to sign to come in. */
  async challenge() {
    const options = await challengeFor(this.#place);
    return { number: this.#wait({ challenge: options.challenge, person: '', name: '', code: '' }), options };
  }

  async byPasskey(body: Body<'passkey'>, from: From): Promise<Entered> {
    const { challenge } = this.#take(body.number);
    refuseMany(this.#roll, 'passkey', from.address, Date.now());
    try {
      const person = await signedBy(
        this.#place,
        this.#roll,
        body.response as unknown as AuthenticationResponseJSON,
        challenge,
      );
      return await this.#enter(person, 'passkey', body.key, from);
    } catch (error) {
      this.#roll.attempt(`from ${from.address}`, Date.now());
      throw error;
    }
  }

  async byPassword(body: Body<'password'>, from: From): Promise<Entered> {
    const nowMs = Date.now();
    const who = body.name.normalize('NFKC').trim().toLowerCase();
    refuseMany(this.#roll, who, from.address, nowMs);
    const listed = this.#roll.people().find(({ name, ended }) => ended === null && name.toLowerCase() === who);
    if (!(await passwordHolds(this.#roll, listed?.person ?? null, body.password, body.code, nowMs))) {
      failed(this.#roll, who, from.address, nowMs);
      throw new Problem('entry/not-let-in', 'Name, password and code do not belong together. Nobody was let in.');
    }
    succeeded(this.#roll, who);
    return await this.#enter(listed!.person, 'password and code', body.key, from);
  }

  /** Enters the first person with roles for every desk: an office of one. An invitation is used up. */
  async #admit({ person, name, code }: Waiting): Promise<void> {
    if (this.#first !== null && same(code, this.#first)) {
      const all = ROLE_NAMES.filter((role): role is Role => role !== 'seal holder');
      await this.#keeper.within(name, async (house) => {
        const roll = house.roll();
        roll.enter(person, name, new Date().toISOString());
        for (const role of all) if (role !== 'lead' && role !== 'examiner') give(house, person, { role, matter: null });
        for (const matter of house.matters()) give(house, person, { role: 'lead', matter });
      });
      this.#first = null;
    } else if (!this.#roll.useInvitation(code)) {
      throw new Problem('entry/not-let-in', 'This code was used meanwhile. Nobody was let in.');
    }
  }

  async #enter(person: string, method: Method, key: unknown, { agent }: From): Promise<Entered> {
    const name = this.#roll.nameOf(person);
    if (name === null) throw new Problem('entry/not-let-in', 'This person may no longer enter.');
    const token = this.#sessions.open(person, key, { method, agent: agent.slice(0, 200) });
    await this.#note(name, 'entry.in');
    return { token, person, name };
  }

  /** Coming in, and making a way in, are acts too. */
  async #note(name: string, act: string): Promise<void> {
    await this.#keeper.within(name, async (house) => {
      await house.ledger.fact({
        act,
        op: 'governance',
        actor: house.actor.pseudonym,
        desk: 'everyone',
        input: house.commitment({ act, salt: randomBytes(16).toString('hex') }),
        result: 'ok',
      });
    });
  }

  #wait(of: Omit<Waiting, 'until'>): string {
    for (const [number, { until }] of this.#waiting) if (until < Date.now()) this.#waiting.delete(number);
    const number = randomBytes(12).toString('hex');
    this.#waiting.set(number, { ...of, until: Date.now() + WAITING_MS });
    return number;
  }

  #take(number: string): Waiting {
    const waiting = this.#waiting.get(number);
    this.#waiting.delete(number);
    if (waiting && waiting.until > Date.now()) return waiting;
    throw new Problem('entry/not-let-in', 'That took too long, or was answered before. Begin again.');
  }
}

function same(given: string, kept: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(kept)];
  return one.length === other.length && timingSafeEqual(one, other);
}
