/** The text of a file in pieces small enough that what is read from one piece is handed on before the next. */
import type { ReturnFile } from '../format.ts';

const PIECE_BYTES = 256 * 1024;

/** UTF-8; bytes that are none come out as U+FFFD, so that a damaged value shows as damaged. */
export async function* decoded(file: ReturnFile): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of file.stream()) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      yield decoder.decode(chunk.subarray(at, at + PIECE_BYTES), { stream: true });
    }
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}
