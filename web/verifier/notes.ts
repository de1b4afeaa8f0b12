/** Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint), and proofs that an entry is in a log (RFC 9162). */
import { type Bytes, base64, hex, joined, same, sha256, text, utf8 } from './bytes.ts';

export type Key = { name: string; id: string; bytes: Bytes };

/** Null for what is no verifier key. */
export async function readKey(words: string): Promise<Key | null> {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(words) ?? [];
  const typed = encoded === undefined ? null : base64(encoded);
  if (name === undefined || id === undefined || typed?.length !== 33 || typed[0] !== 1) return null;
  const own = hex((await sha256(utf8(`${name}\n`), typed)).subarray(0, 4));
  return own === id ? { name, id, bytes: typed.slice(1) } : null;
}

export type Note = { text: string; signatures: { name: string; id: string; bytes: Bytes }[] };

export function readNote(bytes: Uint8Array): Note | null {
  const whole = text(bytes);
  const blank = whole?.lastIndexOf('\n\n') ?? -1;
  if (whole === null || blank < 1 || !whole.endsWith('\n')) return null;
  const signatures = whole
    .slice(blank + 2, -1)
    .split('\n')
    .map((line) => {
      const [, name, encoded] = /^— (\S+) (\S+)$/.exec(line) ?? [];
      const value = encoded === undefined ? null : base64(encoded);
      return name === undefined || value === null || value.length < 5
        ? null
        : { name, id: hex(value.subarray(0, 4)), bytes: value.slice(4) };
    });
  return signatures.some((one) => one === null)
    ? null
    : { text: whole.slice(0, blank + 1), signatures: signatures as Note['signatures'] };
}

/** Whether the key signed it: false where its signature fails, null where it has none. */
export async function signed(note: Note, key: Key): Promise<boolean | null> {
  const own = note.signatures.filter(({ name, id }) => name === key.name && id === key.id);
  if (own.length === 0) return null;
  try {
    const imported = await crypto.subtle.importKey('raw', key.bytes, 'Ed25519', false, ['verify']);
    for (const { bytes } of own)
      if (!(await crypto.subtle.verify('Ed25519', imported, bytes, utf8(note.text)))) return false;
    return true;
  } catch {
    return false;
  }
}

export type Checkpoint = { origin: string; size: number; root: Bytes };

/** The head of a log, or why it is not taken, in the words of its codes. */
export async function readCheckpoint(
  bytes: Uint8Array,
  key: Key,
): Promise<Checkpoint | 'checkpoint-unreadable' | 'not-signed' | 'signature-differs' | 'origin-differs'> {
  const note = readNote(bytes);
  const [origin, count, encoded] = note?.text.split('\n') ?? [];
  const root = encoded === undefined ? null : base64(encoded);
  if (!note || origin === undefined || !/^(0|[1-9]\d{0,14})$/.test(count ?? '') || root?.length !== 32)
    return 'checkpoint-unreadable';
  const holds = await signed(note, key);
  if (holds === null) return 'not-signed';
  if (!holds) return 'signature-differs';
  return origin === key.name ? { origin, size: Number(count), root } : 'origin-differs';
}

export const leaf = (entry: Uint8Array) => sha256(Uint8Array.of(0), entry);
const node = (left: Uint8Array, right: Uint8Array) => sha256(Uint8Array.of(1), left, right);

export async function rootOver(leaves: readonly Uint8Array[]): Promise<Bytes> {
  if (leaves.length === 0) return await sha256();
  // Level by level: a last one without a partner goes up as it is, which is the tree of RFC 9162.
  let level = leaves as readonly Uint8Array[];
  while (level.length > 1) {
    const next: Uint8Array[] = [];
    for (let index = 0; index < level.length; index += 2)
      next.push(index + 1 < level.length ? await node(level[index]!, level[index + 1]!) : level[index]!);
    level = next;
  }
  return joined([level[0]!]);
}

/** Whether an entry is at `index` of a log of `size` entries with this root (RFC 9162, 2.1.3.2). */
export async function included(
  entryLeaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
  root: Uint8Array,
): Promise<boolean> {
  if (index >= size) return false;
  let [at, last] = [BigInt(index), BigInt(size - 1)];
  let hash: Uint8Array = entryLeaf;
  for (const sibling of path) {
    if (last === 0n) return false;
    if ((at & 1n) === 1n || at === last) {
      hash = await node(sibling, hash);
      while ((at & 1n) === 0n && at !== 0n) {
        at >>= 1n;
        last >>= 1n;
      }
    } else hash = await node(hash, sibling);
    at >>= 1n;
    last >>= 1n;
  }
  return last === 0n && same(hash, root);
}

export type Proof = { index: number; path: Bytes[]; checkpoint: Uint8Array };

export function readProof(bytes: Uint8Array): Proof | null {
  const whole = text(bytes);
  const blank = whole?.indexOf('\n\n') ?? -1;
  if (whole === null || blank < 0) return null;
  const [first, second, ...lines] = whole.slice(0, blank).split('\n');
  const [, index] = /^index (0|[1-9]\d{0,14})$/.exec(second ?? '') ?? [];
  const path = lines.map(base64);
  if (first !== 'c2sp.org/tlog-proof@v1' || index === undefined || path.some((one) => one?.length !== 32)) return null;
  return { index: Number(index), path: path as Bytes[], checkpoint: utf8(whole.slice(blank + 2)) };
}
