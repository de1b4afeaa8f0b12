/**
 * A file that came with a message: its name made visible, its type as called and as seen, its size and digest.
 *
 * The bytes are those the sender put in, with the transfer encoding taken off; nothing else was changed.
 */
import { type Digest, sha256 } from '../base/digest.ts';
import { shortened, visible } from '../document/visible.ts';
import { canRun, fits, mediaTypeSeen } from './media-type.ts';
import type { Part } from './mime.ts';
import type { Note } from './note.ts';

export type Attachment<Message> = {
  /** As stored; null when the part has none. */
  name: string | null;
  /** The name with what hides or reorders written out; where there is none, which part it is. */
  shown: string;
  mediaTypeStated: string;
  /** By its first bytes; null when they say nothing. */
  mediaTypeSeen: string | null;
  disposition: string | null;
  sizeBytes: number;
  sha256: Digest;
  bytes: Uint8Array;
  /** For a `message/rfc822` part: that message, read alike. Nothing in it speaks for the one that carries it. */
  message: Message | null;
};

const NAME_SHOWN_CHARACTERS = 200;

export function attachment<Message>(
  part: Pick<Part, 'name' | 'mediaType' | 'disposition' | 'bytes' | 'oddities'>,
  number: number,
  message: Message | null,
): { attachment: Attachment<Message>; notes: Note[] } {
  const seen = mediaTypeSeen(part.bytes);
  const named = visible(part.name ?? '').trim();
  const shown = named === '' ? `(part ${number}, no name)` : shortened(named, NAME_SHOWN_CHARACTERS);
  const notes = [
    ...(part.name === null ? [] : oddities(part.name)),
    ...(fits(part.mediaType, seen) ? [] : [`It is called ${visible(part.mediaType)}, its bytes look like ${seen}.`]),
    ...(canRun(seen) ? ['Opening it could run something. It was not opened.'] : []),
    ...(part.bytes.length === 0 ? ['It is empty.'] : []),
    ...part.oddities,
    ...(message === null ? [] : ['It is a message itself. Whoever it names as its sender did not send this one.']),
  ];
  return {
    attachment: {
      name: part.name,
      shown,
      mediaTypeStated: part.mediaType,
      mediaTypeSeen: seen,
      disposition: part.disposition,
      sizeBytes: part.bytes.length,
      sha256: sha256(part.bytes),
      bytes: part.bytes,
      message,
    },
    notes: notes.map((says) => ({ what: 'attachment', place: shown, says })),
  };
}

const RUNS =
  /\.(exe|com|scr|pif|cpl|msi|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|lnk|url|jar|iso|img|vhd|docm|xlsm|pptm|html?|svg|reg)$/i;
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

/** What in a name could mislead a person or a file system. */
function oddities(name: string): string[] {
  const plain = name
    .slice(-300)
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/[. ]+$/, '');
  const found: string[] = [];
  if (/\p{Cc}/u.test(name)) found.push('Its name holds control characters.');
  if (/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(name))
    found.push('Its name holds characters that turn the direction of reading.');
  else if (/\p{Cf}/u.test(name)) found.push('Its name holds invisible characters.');
  if (/[\\/]|^\.\.?$/.test(name)) found.push('Its name is a path; only a name is kept.');
  if (/[. ]$/.test(name)) found.push('Its name ends in a dot or a space.');
  if (/\.[a-z0-9]{2,5}[\s._-]*\.[a-z0-9]{2,5}$/i.test(plain) && RUNS.test(plain))
    found.push('Its name has two endings, the last of a kind that can run.');
  else if (RUNS.test(plain)) found.push('Its name ends like a file that can run.');
  if (DEVICE.test(plain)) found.push('Its name is one of a device.');
  if (/=\?[^?\s]+\?[bq]\?/i.test(name)) found.push('Its name holds an encoded word that was left as it stands.');
  if (name.length > 255) found.push(`Its name has ${name.length} characters.`);
  return found;
}
