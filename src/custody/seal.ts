/**
 * The seal: rows no one working the case may read, encrypted with age to whoever holds the oversight key.
 *
 * This side holds only the recipient. What is sealed here cannot be opened here.
 */
import { ReadableStream as Streams } from 'node:stream/web';

/** Loaded when something is sealed or opened, which most acts do not. */
const age = () => import('age-encryption');

export type OversightKey = { identity: string; recipient: string };

export async function newOversightKey(): Promise<OversightKey> {
  const { generateX25519Identity, identityToRecipient } = await age();
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** The recipient of an identity. Throws where it is none. */
export async function recipientOf(identity: string): Promise<string> {
  const { identityToRecipient } = await age();
  return identityToRecipient(identity);
}

/** `source` encrypted to `recipient`, as an age file any age tool reads. */
export async function* sealTo(recipient: string, source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { Encrypter } = await age();
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  yield* readable(await encrypter.encrypt(streamOf(plain(source))));
}

/** For whoever holds the oversight key: a court, an auditor, a test. */
export async function* unseal(identity: string, source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { Decrypter } = await age();
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  yield* readable(await decrypter.decrypt(streamOf(plain(source))));
}

/** Chunks as a stream of the platform. */
export function streamOf(source: AsyncIterable<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return Streams.from(source) as unknown as ReadableStream<Uint8Array<ArrayBuffer>>;
}

async function* plain(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const chunk of source) yield new Uint8Array(chunk);
}

async function* readable(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) yield chunk;
}
