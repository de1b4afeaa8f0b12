/** Which names inside a zip are refused, and why. A stored name is only ever shown; nothing is written by it. */

export type NameTrouble = { code: string; refused: string };

const NAME_LIMIT_BYTES = 1024;
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
/** Marks that change the direction of text, so that `exe.txt` can be shown as `txt.exe`. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** `raw` is the name as bytes: the old code page of zips shows control characters as pictures. */
export function troubleWithName(name: string, raw: Uint8Array): NameTrouble | null {
  if (Buffer.byteLength(name) > NAME_LIMIT_BYTES) {
    return { code: 'zip/long-name', refused: `its name is longer than ${NAME_LIMIT_BYTES} bytes` };
  }
  const parts = name.split(/[\\/]/);
  if (name === '' || parts.includes('..')) return traversal('its name leads out of the archive');
  if (parts[0] === '' || /^[a-z]:/i.test(name)) return traversal('its name is an absolute path');
  if (CONTROL.test(name) || raw.some((byte) => byte < 32 || byte === 127))
    return traversal('its name has control characters');
  if (BIDI.test(name)) return traversal('its name has marks that change the direction of text');
  return ignorable(name);
}

function traversal(refused: string): NameTrouble {
  return { code: 'zip/traversal', refused };
}

/** What operating systems and office programs leave beside files. Listed, so that nothing vanishes uncounted. */
export function ignorable(name: string): NameTrouble | null {
  const parts = name.split(/[\\/]/);
  const last = parts.at(-1) ?? '';
  if (parts.slice(0, -1).includes('__MACOSX') || last === '.DS_Store' || last.startsWith('~$')) {
    return {
      code: 'zip/ignorable',
      refused: 'left behind by an operating system or an open document; not part of the return',
    };
  }
  return null;
}

/** Two names with the same key would be one file on some machine. */
export function collisionKey(name: string): string {
  return name.replaceAll('\\', '/').normalize('NFC').toLowerCase().normalize('NFC');
}

/** The name with every character that could mislead a reader written out, at most 300 characters of it. */
export function shownName(name: string): string {
  const short = name.length > 300 ? `${name.slice(0, 300)}…` : name;
  return short.replace(
    /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
