/**
 * The typed client: every operation by its words, with the input it takes and the output it gives.
 *
 * A refusal is thrown as `Refused`. An act that must be signed asks the person and goes on. When the answer of an act is
 * lost, the server is asked what became of it before anything is said.
 */
import type { Declared, Words } from '../src/desk/desks.ts';
import type { Written } from '../src/http/outputs.ts';
import type { Upload } from '../src/http/uploads.ts';
import type { Became } from '../src/http/what-became.ts';
import { base64url, signedHeaders } from './browser-key.ts';

type Of<W extends Words> = Extract<Declared, { words: W }>;
/** As it stands in JSON: what the operation takes before its defaults are filled in. */
export type Input<W extends Words> = Of<W>['input'] extends { _zod: { input: infer I } } ? I : never;
export type Output<W extends Words> = Awaited<ReturnType<Of<W>['run']>>;

export class Refused extends Error {
  readonly code: string;
  readonly status: number;
  readonly facts: Record<string, unknown>;
  constructor(status: number, code: string, message: string, facts: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.facts = facts;
  }
}

export type ToSign = {
  number: string;
  statement: string;
  options: PublicKeyCredentialRequestOptionsJSON;
  with: 'passkey' | 'password';
};
export type Signature = { number: string; passkey?: unknown; password?: string; code?: string };

/** Set by the shell: shows what is to be signed and gives the signature, or null when the person does not want to. */
export const signing: { ask: (toSign: ToSign) => Promise<Signature | null>; out: () => void } = {
  ask: async () => null,
  out: () => {},
};

type Options = { signal?: AbortSignal | undefined };
type Long = Options & { progress?: (text: string) => void };
type Sent = {
  method: string;
  path: string;
  body: Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
};

/** No disk of ours takes a longer one. */
const LONGEST_NAME = 1000;
const WAITED_MS = [500, 1000, 2000, 4000, 8000, 15_000];

/** Asks an operation. Throws `Refused`. */
export async function ask<W extends Words>(words: W, input: Input<W>, options: Options = {}): Promise<Output<W>> {
  return (await answered(words, input, options)).output as Output<W>;
}

/** The same, for an operation that writes files: what it wrote comes with the output. */
export async function askWritten<W extends Words>(
  words: W,
  input: Input<W>,
  options: Long = {},
): Promise<{ output: Output<W>; written: Written }> {
  const { output, written } = await answered(words, input, options, options.progress);
  return { output: output as Output<W>, written: written! };
}

/** The same, for long work: told how far it has come; ending the signal ends the work. */
export async function asking<W extends Words>(
  words: W,
  input: Input<W>,
  { progress, signal }: Long = {},
): Promise<Output<W>> {
  return (await answered(words, input, { signal }, progress ?? (() => {}))).output as Output<W>;
}

/** An operation that writes its own bytes. */
export async function stream<W extends Words>(words: W, input: Input<W>, { signal }: Options = {}): Promise<Response> {
  const response = await sent({ method: 'POST', path: pathOf(words), body: bytesOf(input), signal });
  if (!response.ok) throw await refusalOf(response);
  return response;
}

type Answered = { output: unknown; act: string | null; written?: Written };

async function answered<W extends Words>(
  words: W,
  input: Input<W>,
  { signal }: Options,
  progress?: (text: string) => void,
): Promise<Answered> {
  const body = bytesOf(input);
  const key = base64url(crypto.getRandomValues(new Uint8Array(18)));
  let approval: string | null = null;
  for (;;) {
    const headers: Record<string, string> = { 'x-act-key': key };
    if (progress) headers['accept'] = 'application/x-ndjson';
    if (approval !== null) headers['x-approval'] = approval;
    try {
      const response = await sent({ method: 'POST', path: pathOf(words), body, headers, signal });
      if (!response.ok) throw await refusalOf(response);
      return progress ? await lines(response, progress) : ((await response.json()) as Answered);
    } catch (error) {
      if (error instanceof Refused && error.code === 'entry/sign-this') {
        const signature = await signing.ask(error.facts as ToSign);
        if (signature === null) throw new Refused(0, 'entry/not-signed', 'You did not sign. Nothing was done.');
        approval = base64url(new TextEncoder().encode(JSON.stringify(signature)));
        continue;
      }
      if (error instanceof Refused || signal?.aborted) throw error;
      throw await became(key);
    }
  }
}

/** The line broke: waits for the server and asks what became of the act. */
async function became(key: string): Promise<Refused> {
  for (const wait of WAITED_MS) {
    await new Promise((done) => setTimeout(done, wait));
    try {
      const { became, result } = (await plain('/entry/what-became', { key })) as Became;
      if (became === 'going on') continue;
      if (became === 'done')
        return new Refused(
          0,
          'http/interrupted-done',
          'The server was interrupted, but this was done before: it is kept. Look at the page anew.',
          { result },
        );
      return new Refused(
        0,
        'http/interrupted',
        'The server was interrupted and this was not done. Nothing of it was kept; do it again.',
        { result },
      );
    } catch (error) {
      if (error instanceof Refused && error.status !== 0 && error.status !== 503) return error;
    }
  }
  return new Refused(
    0,
    'http/unreachable',
    'The server does not answer. What you entered is still on this page; try again when it is back.',
  );
}

async function lines(response: Response, progress: (text: string) => void): Promise<Answered> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    rest += value ?? '';
    const found = rest.split('\n');
    rest = found.pop()!;
    for (const line of found) {
      const said = JSON.parse(line) as {
        progress?: string;
        problem?: { status: number; code: string; message: string; facts: Record<string, unknown> };
      };
      if (said.problem)
        throw new Refused(said.problem.status, said.problem.code, said.problem.message, said.problem.facts);
      if (said.progress !== undefined) progress(said.progress);
      else return said as unknown as Answered;
    }
    if (done) throw new TypeError('the answer broke off');
  }
}

/** A way in, or another request that is no operation. Throws `Refused`. */
export async function plain(path: string, input: unknown): Promise<unknown> {
  const response = await sent({ method: 'POST', path, body: bytesOf(input) }).catch(() => {
    throw new Refused(0, 'http/unreachable', 'The server does not answer. Try again when it is back.');
  });
  if (!response.ok) throw await refusalOf(response);
  return await response.json();
}

/** Sends a file by itself; its id stands where an operation takes a file. Throws `Refused`. */
export async function upload(
  file: File,
  { progress, signal }: { progress?: (bytes: number) => void; signal?: AbortSignal } = {},
): Promise<Upload> {
  if (file.name.length > LONGEST_NAME) {
    const shown = `${file.name.slice(0, 60)}…`;
    const says = `The name of this file has ${file.name.length.toLocaleString('en-US')} characters (${shown}); ${LONGEST_NAME} are taken. Nothing was sent. Give it a shorter name.`;
    throw new Refused(0, 'http/name-too-long', says);
  }
  const path = `/uploads?name=${encodeURIComponent(file.name)}`;
  const headers = await signedHeaders('PUT', path, null);
  return await new Promise<Upload>((done, failed) => {
    // The only way a browser says how much of a body has left.
    const request = new XMLHttpRequest();
    request.open('PUT', path);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => progress?.(loaded);
    request.onload = () => {
      const said = JSON.parse(request.responseText || '{}') as Upload & {
        code: string;
        message: string;
        facts: Record<string, unknown>;
      };
      if (request.status === 200) done(said);
      else failed(new Refused(request.status, said.code, said.message, said.facts));
    };
    request.onerror = () =>
      failed(new Refused(0, 'http/upload-broken', `${file.name} did not arrive: the line broke. Send it again.`));
    request.onabort = () =>
      failed(new Refused(0, 'http/upload-broken', `Sending ${file.name} was stopped. Nothing of it was kept.`));
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

/** A place to read one written file from, once, within a minute: for a frame, or with `asFile` to keep. Throws `Refused`. */
export async function fileUrl(id: string, name: string, asFile = false): Promise<string> {
  const { ticket } = (await plain('/tickets', { id, name, asFile })) as { ticket: string };
  return `/written/${ticket}`;
}

/** Lets the browser keep one written file. */
export async function download(id: string, name: string): Promise<void> {
  const link = document.createElement('a');
  link.href = await fileUrl(id, name, true);
  link.download = name.split('/').at(-1)!;
  link.click();
}

async function sent({ method, path, body, headers = {}, signal }: Sent): Promise<Response> {
  const signed = await signedHeaders(method, path, body);
  return await fetch(path, {
    method,
    body,
    headers: { 'content-type': 'application/json', ...headers, ...signed },
    ...(signal ? { signal } : {}),
  });
}

async function refusalOf(response: Response): Promise<Refused> {
  const said = (await response.json().catch(() => ({}))) as Partial<Record<'code' | 'message', string>> & {
    facts?: Record<string, unknown>;
  };
  const refused = new Refused(
    response.status,
    said.code ?? 'http/bug',
    said.message ?? 'The server gave no reason.',
    said.facts ?? {},
  );
  if (refused.code === 'entry/signed-out') signing.out();
  return refused;
}

function pathOf(words: Words): string {
  return `/api/${words.split(' ').map(encodeURIComponent).join('/')}`;
}

function bytesOf(input: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(input));
}
