/**
 * The workbench's server as one function from request to answer: pages, ways in, files in and out, and the door.
 *
 * A request that changes or reads anything is signed by the browser's session key; a GET changes nothing. Whatever happens,
 * the answer carries the headers of `headers.ts` and a refusal carries its code.
 */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { type Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { z } from 'zod';
import { Problem } from '../base/problem.ts';
import { fieldWords } from '../desk/field-words.ts';
import type { Keeper } from '../desk/keeper.ts';
import type { Roll, Session } from '../entry/roll.ts';
import { ABSOLUTE_MS, type Proof, type Sessions, signedOut } from '../entry/session.ts';
import type { Approval, Asking, Door } from './door.ts';
import { BODIES, type Entered, type Entrance } from './entrance.ts';
import { EVERY_ANSWER, OVER_TLS, PAPER_POLICY } from './headers.ts';
import { nothingHere, type Outputs } from './outputs.ts';
import type { Pages } from './pages.ts';
import { plainInput } from './plain-input.ts';
import { answered, toldOf } from './problem.ts';
import type { Uploads } from './uploads.ts';
import { actAfter } from './what-became.ts';

const MOST_INPUT_BYTES = 8 << 20;
const COOKIE = '__Host-fourcorners';

export type AppOf = {
  origin: string;
  keeper: Keeper;
  roll: Roll;
  sessions: Sessions;
  entrance: Entrance;
  door: Door;
  uploads: Uploads;
  outputs: Outputs;
  pages: Pages;
  /** The address a request came from, as the server that took it saw it. */
  addressOf: (context: Context) => string;
};

export function appOf(of: AppOf): Hono {
  const { origin, roll, sessions, entrance, door, uploads, outputs, pages } = of;
  const isTls = origin.startsWith('https:');
  const app = new Hono();

  app.use(async (context, next) => {
    if (context.req.header('host') !== new URL(origin).host) {
      const isPage = context.req.method === 'GET' && /^127\.0\.0\.1(:\d+)?$/.test(context.req.header('host') ?? '');
      context.res = isPage ? context.redirect(`${origin}${context.req.path}`, 302) : answered(nothingHere());
    } else if (context.req.method !== 'GET' && context.req.method !== 'HEAD' && !isOwn(context, origin)) {
      context.res = answered(new Problem('http/elsewhere', 'This request comes from another page. Nothing was done.'));
    } else await next();
    const headers = { ...EVERY_ANSWER, ...(isTls ? OVER_TLS : {}) };
    for (const [name, value] of Object.entries(headers))
      if (!context.res.headers.has(name)) context.res.headers.set(name, value);
  });
  app.onError((error) => answered(error));
  app.notFound(() => answered(nothingHere()));

  const from = (context: Context) => ({
    address: of.addressOf(context),
    agent: context.req.header('user-agent') ?? '',
  });
  const admitted = (context: Context, { token, person, name }: Entered) => {
    setCookie(context, COOKIE, token, {
      path: '/', secure: true, httpOnly: true, sameSite: 'Strict', maxAge: ABSOLUTE_MS / 1000,
    }); // biome-ignore format: a line of attributes
    return context.json({ person, name });
  };
  const who = async (context: Context, body: Uint8Array | null): Promise<Session> => {
    const proof: Proof = {
      at: context.req.header('x-at') ?? '',
      once: context.req.header('x-once') ?? '',
      signature: context.req.header('x-signature') ?? '',
    };
    const { pathname, search } = new URL(context.req.url);
    return sessions.who(getCookie(context, COOKIE), proof, {
      method: context.req.method,
      path: pathname + search,
      body,
    });
  };

  app.get('/entry/state', (context) => context.json(entrance.state()));
  app.post('/entry/begin', async (context) =>
    context.json(await entrance.begin(await bodyOf(context, BODIES.begin), from(context))),
  );
  app.post('/entry/begin/passkey', async (context) =>
    admitted(context, await entrance.beginPasskey(await bodyOf(context, BODIES.beginPasskey), from(context))),
  );
  app.post('/entry/begin/password', async (context) =>
    context.json(await entrance.beginPassword(await bodyOf(context, BODIES.beginPassword))),
  );
  app.post('/entry/begin/code', async (context) =>
    admitted(context, await entrance.beginCode(await bodyOf(context, BODIES.beginCode), from(context))),
  );
  app.post('/entry/challenge', async (context) => context.json(await entrance.challenge()));
  app.post('/entry/passkey', async (context) =>
    admitted(context, await entrance.byPasskey(await bodyOf(context, BODIES.passkey), from(context))),
  );
  app.post('/entry/password', async (context) =>
    admitted(context, await entrance.byPassword(await bodyOf(context, BODIES.password), from(context))),
  );
  app.post('/entry/office/begin', async (context) =>
    context.json(await entrance.officeBegin(await bodyOf(context, BODIES.officeBegin), null, from(context))),
  );
  app.post('/entry/office/link', async (context) => {
    const body = await bytesOf(context);
    const { person } = await who(context, body);
    return context.json(await entrance.officeBegin(checked(BODIES.officeBegin, body), person, from(context)));
  });
  app.get('/entry/office/back', async (context) =>
    context.redirect(await entrance.officeBack(new URL(context.req.url)), 302),
  );
  app.post('/entry/office', async (context) =>
    admitted(context, await entrance.officeEnter(await bodyOf(context, BODIES.officeEnd), from(context))),
  );
  app.post('/entry/office/linked', async (context) => {
    const body = await bytesOf(context);
    const { person } = await who(context, body);
    await entrance.officeLink(checked(BODIES.officeEnd, body), person);
    return context.json({});
  });
  app.post('/entry/me', async (context) => {
    const { person, method, opened } = await who(context, await bytesOf(context));
    const grants = roll.grantsOf(person);
    const office = roll.hasIdentity(person);
    return context.json({
      person,
      name: roll.nameOf(person),
      method,
      opened: new Date(opened).toISOString(),
      grants,
      office,
    });
  });
  app.post('/entry/leave', async (context) => {
    await who(context, await bytesOf(context));
    roll.endSession(getCookie(context, COOKIE)!);
    deleteCookie(context, COOKIE, { path: '/', secure: true });
    return context.json({});
  });
  app.post('/entry/what-became', async (context) => {
    const body = await bytesOf(context);
    const { person } = await who(context, body);
    const { key } = JSON.parse(Buffer.from(body).toString('utf8')) as { key?: unknown };
    return context.json(await actAfter(of.keeper, roll, roll.nameOf(person)!, String(key)));
  });

  app.put('/uploads', async (context) => {
    const { person } = await who(context, null);
    const { body } = context.req.raw;
    const length = context.req.header('content-length');
    const name = new URL(context.req.url).searchParams.get('name') ?? 'file';
    const bytes = body ? Readable.fromWeb(body as never) : Readable.from([]);
    return context.json(await uploads.take(person, name, bytes, length === undefined ? null : Number(length)));
  });

  app.post('/tickets', async (context) => {
    const body = await bytesOf(context);
    const { person } = await who(context, body);
    const { id, name, asFile } = JSON.parse(Buffer.from(body).toString('utf8')) as Record<string, unknown>;
    return context.json({ ticket: outputs.ticket(person, String(id), String(name), asFile === true, Date.now()) });
  });
  app.get('/written/:ticket', (context) => {
    const session = roll.session(getCookie(context, COOKIE) ?? '');
    if (!session) throw signedOut('You are not signed in.');
    const { path, type, name, asFile } = outputs.redeem(session.person, context.req.param('ticket'), Date.now());
    const disposition = asFile
      ? { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name.split('/').at(-1)!)}` }
      : {};
    return new Response(Readable.toWeb(createReadStream(path)) as ReadableStream, {
      headers: { 'content-type': type, 'content-security-policy': PAPER_POLICY, ...disposition },
    });
  });

  app.post('/api/*', async (context) => {
    const body = await bytesOf(context);
    const session = await who(context, body);
    const path = new URL(context.req.url).pathname.slice('/api/'.length);
    const asking: Asking = {
      session,
      name: roll.nameOf(session.person)!,
      from: of.addressOf(context),
      path: decodeURIComponent(path),
      input: plainInput(body),
      approval: approvalIn(context.req.header('x-approval')),
      key: keyIn(context.req.header('x-act-key')),
      signal: context.req.raw.signal,
    };
    if (door.streams(asking.path)) return await streamed(door, asking);
    if (context.req.header('accept') === 'application/x-ndjson') return told(door, asking);
    const { output, act, written } = await door.ask(asking);
    return context.json({ output, act, ...(written ? { written } : {}) } as never);
  });

  app.get('*', (context) => pages.answer(new URL(context.req.url).pathname, context.req.header('accept') ?? ''));
  return app;
}

/** From a page of this origin, as the browser itself says; a page elsewhere cannot say so. */
function isOwn(context: Context, origin: string): boolean {
  const site = context.req.header('sec-fetch-site');
  return context.req.header('origin') === origin && (site === undefined || site === 'same-origin');
}

async function bytesOf(context: Context): Promise<Uint8Array> {
  const tooLarge = () =>
    new Problem(
      'http/too-large',
      `More than ${MOST_INPUT_BYTES >> 20} MB is no input. Nothing was done; files are sent by themselves.`,
    );
  if (Number(context.req.header('content-length') ?? 0) > MOST_INPUT_BYTES) throw tooLarge();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of (context.req.raw.body ?? []) as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > MOST_INPUT_BYTES) throw tooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

async function bodyOf<S extends z.ZodObject>(context: Context, schema: S): Promise<z.infer<S>> {
  return checked(schema, await bytesOf(context));
}

function checked<S extends z.ZodObject>(schema: S, body: Uint8Array): z.infer<S> {
  const parsed = schema.safeParse(plainInput(body), { error: fieldWords });
  if (parsed.success) return parsed.data;
  throw new Problem(
    'input/invalid',
    parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
  );
}

function approvalIn(header: string | undefined): Approval | null {
  if (header === undefined) return null;
  try {
    const { number, passkey, password, code } = JSON.parse(
      Buffer.from(header, 'base64url').toString('utf8'),
    ) as Approval;
    return {
      number: String(number),
      ...(passkey ? { passkey } : {}),
      password: String(password ?? ''),
      code: String(code ?? ''),
    };
  } catch {
    throw new Problem('input/invalid', 'The signature of this act cannot be read. Nothing was done.');
  }
}

function keyIn(header: string | undefined): string | null {
  return header !== undefined && /^[\w-]{16,64}$/.test(header) ? header : null;
}

/** An operation that writes its own bytes. A refusal before the first byte is a problem; after it the answer breaks off. */
async function streamed(door: Door, asking: Asking): Promise<Response> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  let begun: () => void = () => {};
  const first = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const done = door.ask({
    ...asking,
    out: async (bytes) => {
      begun();
      await writer.write(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
    },
  });
  done
    .then(() => writer.close())
    .catch((error) => writer.abort(error))
    .catch(() => {});
  await Promise.race([first, done]);
  return new Response(readable, { headers: { 'content-type': 'application/octet-stream' } });
}

/** Long work: a line for each step, the last one with the output or the refusal. */
function told(door: Door, asking: Asking): Response {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const say = (line: unknown) => writer.write(Buffer.from(`${JSON.stringify(line)}\n`)).catch(() => {});
  void door
    .ask({ ...asking, progress: (progress) => void say({ progress }) })
    .then(({ output, act, written }) => say({ output, act, ...(written ? { written } : {}) }))
    .catch((error) => {
      const { status, body } = toldOf(error);
      return say({ problem: { status, ...body } });
    })
    .then(() => writer.close())
    .catch(() => {});
  return new Response(readable, { headers: { 'content-type': 'application/x-ndjson' } });
}
