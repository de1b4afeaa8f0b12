/** The signed head of a log (C2SP tlog-checkpoint): whose log, how many entries, and the root over them. */
import type { KeyObject } from 'node:crypto';
import { type Note, noteText, readNote, signers, signNote } from './note.ts';
import { fromBase64, readCount, toBase64 } from './text.ts';
import type { Hash } from './tree.ts';
import type { VerifierKey } from './verifier-key.ts';

/** `extensions` are further lines a log may have signed; this house writes none and reads no meaning into them. */
export type Checkpoint = { origin: string; size: number; root: Hash; extensions: string[] };

/** Why a checkpoint is not taken: not one at all, no signature of the key, one that fails, or of another log. */
export type Refusal = 'checkpoint-unreadable' | 'not-signed' | 'signature-differs' | 'origin-differs';

/** The checkpoint as a signed note, ready to keep. The key's name is the origin. */
export function signCheckpoint(origin: string, size: number, root: Hash, key: KeyObject): string {
  return noteText(signNote(`${origin}\n${size}\n${toBase64(root)}\n`, origin, key));
}

/** A checkpoint signed by `key`, whose name is the origin; anything else is a refusal. */
export function openCheckpoint(bytes: Uint8Array, key: VerifierKey): Checkpoint | Refusal {
  const note = readNote(bytes);
  const checkpoint = note === null ? null : readCheckpoint(note);
  if (note === null || checkpoint === null) return 'checkpoint-unreadable';
  const good = signers(note, [key]);
  if (good === null) return 'signature-differs';
  if (good.length === 0) return 'not-signed';
  return checkpoint.origin === key.name ? checkpoint : 'origin-differs';
}

/** What the text of a note says, signed or not; null when it is not a checkpoint. */
export function readCheckpoint(note: Note): Checkpoint | null {
  const [origin, count, encoded, ...extensions] = note.text.slice(0, -1).split('\n');
  if (!origin || count === undefined || encoded === undefined || extensions.includes('')) return null;
  const size = readCount(count);
  const root = fromBase64(encoded);
  if (size === null || root === null || root.length !== 32) return null;
  return { origin, size, root, extensions };
}
