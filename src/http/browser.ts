/** What a browser does, for tests: holds a session's key, signs each request, and keeps the cookie. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { openKeys } from '../custody/keys.ts';
import { newOversightKey } from '../custody/seal.ts';
import { makeHouse } from '../desk/house.ts';
import { Keeper } from '../desk/keeper.ts';
import type { Grant } from '../entry/roles.ts';
import { openRoll, type Roll } from '../entry/roll.ts';
import { Sessions } from '../entry/session.ts';
import { appOf } from './app.ts';
import { Door } from './door.ts';
import { Entrance } from './entrance.ts';
import { Outputs } from './outputs.ts';
import type { Pages } from './pages.ts';
import { Uploads } from './uploads.ts';

export const ORIGIN = 'http://localhost:8080';

export type Server = {
  dir: string;
  app: Hono;
  roll: Roll;
  keeper: Keeper;
  entrance: Entrance;
  /** Someone with these roles, signed in at a browser of their own. */
  browser(name: string, grants: readonly Grant[]): Promise<Browser>;
  [Symbol.asyncDispose](): Promise<void>;
};

export type Browser = {
  cookie: string;
  /** Headers that sign a request. */
  signed(method: string, path: string, body: Uint8Array | null): Record<string, string>;
  post(path: string, input: unknown, more?: Record<string, string>): Promise<Response>;
};

/** A server without pages on a new data directory; `clock` moves its sessions. */
export async function server(clock: { now: number } = { now: 0 }): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'fourcorners-http-'));
  const dir = join(folder, 'data');
  await makeHouse(dir, (await newOversightKey()).recipient);
  const keeper = new Keeper(dir);
  const roll = openRoll(dir, openKeys(join(dir, 'keys')).desk);
  const now = () => (clock.now === 0 ? Date.now() : clock.now);
  const [sessions, uploads, outputs, place] = [
    new Sessions(roll, now),
    new Uploads(dir),
    new Outputs(),
    { origin: ORIGIN },
  ];
  const entrance = new Entrance({ keeper, roll, sessions, place, office: null });
  const door = new Door({ keeper, roll, uploads, outputs, place });
  const pages = {
    answer: () => new Response('page', { headers: { 'content-type': 'text/html' } }),
  } as unknown as Pages;
  const app = appOf({
    origin: ORIGIN,
    keeper,
    roll,
    sessions,
    entrance,
    door,
    uploads,
    outputs,
    pages,
    addressOf: () => '127.0.0.1',
  });
  return {
    dir,
    app,
    roll,
    keeper,
    entrance,
    async browser(name, grants) {
      const person = await keeper.within(name, async (house) => house.actor.pseudonym);
      roll.enter(person, name, new Date().toISOString());
      for (const grant of grants) roll.grant(person, grant, new Date().toISOString());
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const token = sessions.open(person, publicKey.export({ format: 'jwk' }), { method: 'passkey', agent: 'test' });
      return browserWith(app, `__Host-fourcorners=${token}`, privateKey, now);
    },
    async [Symbol.asyncDispose]() {
      await keeper[Symbol.asyncDispose]();
      roll[Symbol.dispose]();
      uploads[Symbol.dispose]();
      outputs[Symbol.dispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function browserWith(app: Hono, cookie: string, key: KeyObject, now: () => number): Browser {
  const signed = (method: string, path: string, body: Uint8Array | null) => {
    const [at, once] = [String(now()), randomBytes(18).toString('base64url')];
    const digest = body === null ? '-' : createHash('sha256').update(body).digest('base64url');
    const text = ['fourcorners/v1/request', method, path, digest, at, once].join('\n');
    const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
    return { 'x-at': at, 'x-once': once, 'x-signature': signature };
  };
  return {
    cookie,
    signed,
    async post(path, input, more = {}) {
      const body = Buffer.from(JSON.stringify(input));
      return await app.request(`${ORIGIN}${path}`, {
        method: 'POST',
        body,
        headers: {
          host: 'localhost:8080',
          origin: ORIGIN,
          cookie,
          'content-type': 'application/json',
          ...signed('POST', path, body),
          ...more,
        },
      });
    },
  };
}
