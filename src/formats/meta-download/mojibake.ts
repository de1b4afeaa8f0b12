/**
 * Meta's JSON exports write each byte of a UTF-8 text as a character of its own: `Ã©` for `é`.
 *
 * The text is put right only when its characters, taken as bytes, are valid UTF-8; then nothing is lost, for the bytes
 * can be written out again. Anything else stays as it stands.
 */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function repaired(text: string): string {
  if (!/[\x80-\xff]/.test(text) || /[^\0-\xff]/.test(text)) return text;
  try {
    return UTF8.decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
}
