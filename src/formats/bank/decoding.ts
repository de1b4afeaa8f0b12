/** Turns a bank file's bytes into text by the encoding the file declares; what does not decode is said, not replaced. */
import type { ReturnFile } from '../format.ts';

/** An encoding declaration stands in the first bytes. */
const HEAD_BYTES = 256;
const PIECE_BYTES = 16 * 1024;

/** The label of the encoding an OFX header or an XML declaration states; UTF-8 where nothing is stated. */
export function declaredEncoding(head: Uint8Array): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const start = Buffer.from(head.subarray(0, 1024)).toString('latin1');
  const declared = /<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(start);
  if (declared) return declared[1]!;
  const charset = /\bCHARSET:\s*([\w-]+)/.exec(start)?.[1] ?? '';
  const encoding = /\bENCODING:\s*([\w-]+)/.exec(start)?.[1] ?? '';
  if (/^(UTF-?8|UNICODE)$/i.test(encoding)) return 'utf-8';
  if (/^(ISO-?)?8859-?1$/i.test(charset)) return 'iso-8859-1';
  return charset === '1252' || /^USASCII$/i.test(encoding) ? 'windows-1252' : 'utf-8';
}

/** A strict decoder for a declared encoding; null when the name is not a known encoding. */
export function decoderFor(label: string): TextDecoder | null {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    return null;
  }
}

/** The next piece of text; null when the bytes are not valid in the decoder's encoding. */
export function decoded(decoder: TextDecoder, bytes: Uint8Array, stream: boolean): string | null {
  try {
    return decoder.decode(bytes, { stream });
  } catch {
    return null;
  }
}

/** The text before the first bytes that a strict decoder refused. */
export function soundPrefix(decoder: TextDecoder, bytes: Uint8Array): string {
  const lenient = new TextDecoder(decoder.encoding).decode(bytes);
  const broken = lenient.indexOf('\ufffd');
  return broken < 0 ? lenient : lenient.slice(0, broken);
}

/** The file's text in small pieces, by the encoding its first bytes declare; null and an end where it does not decode. */
export async function* texts(file: ReturnFile): AsyncIterable<string | null> {
  let decoder: TextDecoder | null = null;
  let held: Uint8Array = new Uint8Array();
  for await (const chunk of file.stream()) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    if (!decoder && held.length < HEAD_BYTES) continue;
    decoder ??= decoderFor(declaredEncoding(held));
    for (let from = 0; from < held.length; from += PIECE_BYTES) {
      const piece = held.subarray(from, from + PIECE_BYTES);
      const text = decoder && decoded(decoder, piece, true);
      if (text === null && decoder) yield soundPrefix(decoder, piece);
      yield text;
      if (text === null) return;
    }
    held = new Uint8Array();
  }
  decoder ??= decoderFor(declaredEncoding(held));
  const rest = decoder && decoded(decoder, held, false);
  if (rest === null && decoder) yield soundPrefix(decoder, held);
  yield rest;
}
