/**
 * One entry shown to be in the log, as a text that needs no network (C2SP tlog-proof): its index, the hashes up to the
 * root, and the signed checkpoint.
 *
 * Shows that the entry is in the log, not that nothing beside it is. The `extra` line of the format is neither written nor
 * taken, since nothing signs it.
 */
import { openCheckpoint } from './checkpoint.ts';
import { readEntry } from './entry.ts';
import { checkInclusion } from './proof.ts';
import { fromBase64, readCount, toBase64, utf8 } from './text.ts';
import { type Hash, leafHash } from './tree.ts';
import { type Known, type Verdict, verdict } from './verdict.ts';
import { readVkey } from './verifier-key.ts';

const FIRST_LINE = 'c2sp.org/tlog-proof@v1';

export function proofText(index: number, path: readonly Hash[], checkpoint: string): string {
  return [FIRST_LINE, `index ${index}`, ...path.map(toBase64), '', checkpoint].join('\n');
}

/** Holds an entry's bytes and its proof against a log's public key. Never throws, whatever it is given. */
export function verifyProof(proof: Uint8Array, entry: Uint8Array, vkey: string): Verdict {
  const known: Known = { against: 'the key given' };
  const key = readVkey(vkey);
  if (key === null) return verdict('ledger/vkey-unreadable', known);
  const read = readProof(proof);
  if (read === null) return verdict('ledger/proof-unreadable', known);
  const checkpoint = openCheckpoint(read.checkpoint, key);
  if (typeof checkpoint === 'string') return verdict(`ledger/${checkpoint}`, known);
  const { size, root, origin } = checkpoint;
  Object.assign(known, { index: read.index, size, root: Buffer.from(root).toString('hex'), origin });
  if (!checkInclusion(leafHash(entry), read.index, size, read.path, root))
    return verdict('ledger/proof-differs', known);
  const time = readEntry(entry)?.recordedAt;
  return time === undefined
    ? verdict('ledger/entry-unreadable', known)
    : verdict(null, { ...known, from: time, to: time });
}

function readProof(bytes: Uint8Array): { index: number; path: Hash[]; checkpoint: Uint8Array } | null {
  const text = utf8(bytes);
  const blank = text?.indexOf('\n\n') ?? -1;
  if (text === null || blank < 0) return null;
  const [first, second, ...lines] = text.slice(0, blank).split('\n');
  const index = second?.startsWith('index ') ? readCount(second.slice(6)) : null;
  if (first !== FIRST_LINE || index === null || lines.length > 63) return null;
  const path = lines.map(fromBase64);
  if (!path.every((hash) => hash !== null && hash.length === 32)) return null;
  return { index, path: path as Hash[], checkpoint: Buffer.from(text.slice(blank + 2)) };
}
