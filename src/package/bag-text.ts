/** The tag files of a bag as text: in the encoding that `bagit.txt` declares, read strictly, line by line. */

const LIMIT_BYTES = 64 * 1024 * 1024;

/** `mark`: the text began with a byte order mark, which is no part of it. */
export type TagText = { text: string; mark: boolean };

const DECODERS: Record<string, (bytes: Buffer) => TagText | null> = {
  'utf-8': (bytes) => decoded('utf-8', bytes),
  'us-ascii': (bytes) => (bytes.every((byte) => byte < 128) ? { text: bytes.toString('latin1'), mark: false } : null),
  'iso-8859-1': (bytes) => ({ text: bytes.toString('latin1'), mark: false }),
  // RFC 2781, 4.3: without a mark, the larger byte comes first.
  'utf-16': (bytes) => decoded(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-16be', bytes),
  'utf-16le': (bytes) => decoded('utf-16le', bytes),
  'utf-16be': (bytes) => decoded('utf-16be', bytes),
};

export function isKnownEncoding(name: string): boolean {
  return Object.hasOwn(DECODERS, name.toLowerCase());
}

/** Null where the bytes are not text in that encoding. */
export function tagText(bytes: Uint8Array, encoding: string): TagText | null {
  return DECODERS[encoding.toLowerCase()]!(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

function decoded(encoding: string, bytes: Buffer): TagText | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.startsWith('\ufeff') ? { text: text.slice(1), mark: true } : { text, mark: false };
  } catch {
    return null;
  }
}

/** Lines that end in LF, CR or CRLF. `usual` is false where the last has no end, or another end than LF was met. */
export function tagLines(text: string): { lines: string[]; usual: boolean } {
  const usual = text === '' || (text.endsWith('\n') && !text.includes('\r'));
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  return { lines, usual };
}

/** All bytes of a tag file; null above 64 MiB. */
export async function tagBytes(stream: AsyncIterable<Uint8Array>): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of stream) {
    total += chunk.length;
    if (total > LIMIT_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
