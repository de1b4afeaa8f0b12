/**
 * The seal: rows no one working the case may read, encrypted with age to whoever holds the oversight key.
 *
 * This side holds only the recipient. What is sealed here cannot be opened here.
 */
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';

export type OversightKey = { identity: string; recipient: string };

export async function newOversightKey(): Promise<OversightKey> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** `source` encrypted to `recipient`, as an age file any age tool reads. */
export async function* sealTo(recipient: string, source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  yield* readable(await encrypter.encrypt(ReadableStream.from(plain(source))));
}

/** For whoever holds the oversight key: a court, an auditor, a test. */
export async function* unseal(identity: string, source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  yield* readable(await decrypter.decrypt(ReadableStream.from(plain(source))));
}

async function* plain(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const chunk of source) yield new Uint8Array(chunk);
}

async function* readable(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) yield chunk;
}
