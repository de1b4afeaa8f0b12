/** Text from the bytes of a part, in the characters it says, and whether they can be those. */
import { isAscii, isUtf8 } from 'node:buffer';
import { visible } from '../document/visible.ts';

/** `doubt` is null where bytes and charset fit. What cannot be read so is read as Windows-1252, which has every byte. */
export function textFrom(bytes: Uint8Array, charset: string | null): { text: string; doubt: string | null } {
  if (isAscii(bytes) && (charset === null || /^(us-)?ascii$/i.test(charset)))
    return { text: new TextDecoder().decode(bytes), doubt: null };
  if (charset === null && isUtf8(bytes)) return { text: new TextDecoder().decode(bytes), doubt: null };
  if (charset === null || /^(us-)?ascii$/i.test(charset)) {
    const said = charset === null ? 'It says nothing of its characters' : 'It says it is ASCII and is not';
    return { text: new TextDecoder('windows-1252').decode(bytes), doubt: `${said}; what it shows may be wrong.` };
  }
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(charset);
  } catch {
    const doubt = `It says its characters are ‘${visible(charset)}’, which is not known here; it was read as Windows-1252.`;
    return { text: new TextDecoder('windows-1252').decode(bytes), doubt };
  }
  try {
    return { text: new TextDecoder(charset, { fatal: true }).decode(bytes), doubt: null };
  } catch {
    const doubt = `Its bytes are not the ‘${visible(charset)}’ it says; what it shows may be wrong.`;
    return { text: decoder.decode(bytes), doubt };
  }
}
