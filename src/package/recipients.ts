/** To whom a package is sealed: native age X25519 recipients, and nobody by a passphrase. */
import { Decrypter, Encrypter, type Identity, identityToRecipient, type Stanza } from 'age-encryption';
import { streamOf } from '../custody/seal.ts';

const HEADER_BYTES = 256 * 1024;

/** The recipient of an identity, `AGE-SECRET-KEY-1…`; null for anything else. */
export async function recipientOf(identity: string): Promise<string | null> {
  if (!identity.startsWith('AGE-SECRET-KEY-1')) return null;
  try {
    return await identityToRecipient(identity);
  } catch {
    return null;
  }
}

export async function* sealed(
  recipients: readonly string[],
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  const stream = await encrypter.encrypt(streamOf(plain(source)));
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) yield chunk;
}

export type Unsealed =
  | { stream: AsyncIterable<Uint8Array>; openedBy: string; stanzas: string[] }
  /** `no-identity`: none was given that is one; `wrong-identity`: none of them opens it; `damaged`: it is no age file, or not whole. */
  | { refused: 'no-identity' | 'wrong-identity' | 'damaged' };

/**
 * The clear bytes, and whose key opened them. `stanzas` are the kinds of lock in the header, one a recipient.
 *
 * The stream throws at its end when the file was changed or cut: nothing of it may be used before that.
 */
export async function unsealed(
  identities: readonly string[],
  source: () => AsyncIterable<Uint8Array>,
): Promise<Unsealed> {
  if (!(await hasHeader(source()))) return { refused: 'damaged' };
  let known = false;
  for (const identity of identities) {
    const openedBy = await recipientOf(identity);
    if (openedBy === null) continue;
    known = true;
    let stanzas: string[] = [];
    const decrypter = new Decrypter();
    decrypter.addIdentity({
      unwrapFileKey(found: Stanza[]) {
        stanzas = found.map(({ args }) => args[0] ?? '');
        return null;
      },
    } satisfies Identity);
    decrypter.addIdentity(identity);
    const reading = plain(source());
    try {
      const stream = await decrypter.decrypt(streamOf(reading));
      return { stream: chunks(stream, reading), openedBy, stanzas };
    } catch (error) {
      await reading.return(undefined);
      if (!(error instanceof Error) || 'syscall' in error) throw error;
      if (!error.message.startsWith('no identity matched')) return { refused: 'damaged' };
    }
  }
  return { refused: known ? 'wrong-identity' : 'no-identity' };
}

/** Whether an age header begins the file and ends soon: a hostile one could go on for gigabytes. */
async function hasHeader(source: AsyncIterable<Uint8Array>): Promise<boolean> {
  let head = '';
  for await (const chunk of source) {
    head += Buffer.from(chunk).toString('latin1');
    if (head.length > HEADER_BYTES) break;
  }
  return head.startsWith('age-encryption.org/v1\n') && head.slice(0, HEADER_BYTES).includes('\n--- ');
}

async function* plain(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const chunk of source) yield new Uint8Array(chunk);
}

/** A stream that fails leaves what it read from open, so that is closed here. */
async function* chunks(
  stream: ReadableStream<Uint8Array>,
  reading: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stream) yield chunk;
  } finally {
    await reading.return(undefined);
  }
}
