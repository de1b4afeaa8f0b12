/**
 * Whether a ledger is what its key signed: whole, in order and by its own rules. Needs no network and no private key.
 *
 * Takes a ledger's folder or an export. Shows that the history is the signed one and that no matter has a gap; it cannot
 * show that no second history was signed (compare with someone else's checkpoint: `older`), nor that a stated time is true.
 */
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { Contents } from './contents.ts';
import { isCanonical } from './entry.ts';
import { type Gathered, gather, gatherBundles } from './gather.ts';
import { firstDifferent, holdTiles } from './held-tiles.ts';
import { equal } from './proof.ts';
import { utf8 } from './text.ts';
import { type Code, type Known, type Verdict, verdict, wordOf } from './verdict.ts';
import { readVkey, type VerifierKey } from './verifier-key.ts';

export type Asked = {
  /** The log's public key as text, got from somewhere else than the folder. */
  vkey?: string | undefined;
  /** The text of a checkpoint of this log from an earlier day: this copy must go on from it. */
  older?: string | undefined;
};

type Finding = { code: Code; index: number | null };

/** Never throws, whatever the files hold. */
export async function verify(path: string, { vkey, older }: Asked = {}): Promise<Verdict> {
  const known: Known = { against: vkey === undefined ? 'the key in the folder itself' : 'the key given' };
  const found = await gather(path);
  if (found === null) return verdict('ledger/nothing-here', known);
  const key = readVkey(vkey ?? lineOf(found.vkey));
  if (key === null) return verdict('ledger/vkey-unreadable', known);
  if (found.checkpoint === null) return verdict('ledger/unreadable', known);
  const checkpoint = openCheckpoint(found.checkpoint, key);
  if (typeof checkpoint === 'string') return verdict(`ledger/${checkpoint}`, known);
  const { size, root, origin } = checkpoint;
  Object.assign(known, { size, root: Buffer.from(root).toString('hex'), origin });

  const gathered = found.tiled ? await gatherBundles(path, found, size) : found;
  const contents = new Contents();
  const findings = [
    ...gathered.wrong,
    ...(await rooted(path, gathered, contents, checkpoint)),
    ...compared(older, key, contents, checkpoint),
    ...trailing(gathered, size),
  ];
  const gravest = (['NOT VERIFIED', 'STALE'] as const)
    .map((word) => findings.find(({ code }) => wordOf(code) === word))
    .find((finding) => finding !== undefined);
  const first = gravest ?? findings[0];
  if (first !== undefined) return verdict(first.code, { ...known, index: first.index });
  const [from = null, to = null] = [0, size - 1].map((index) => contents.entryAt(index)?.recordedAt);
  return verdict(null, { ...known, from, to, pending: contents.acts.pending().length });
}

/** Reads the entries into `contents`, by the rules of entries, and holds them against the signed root. */
async function rooted(path: string, found: Gathered, contents: Contents, signed: Checkpoint): Promise<Finding[]> {
  const objections = objectionsTo(found.entries, contents);
  const firstIndex = objections[0]?.index ?? null;
  if (contents.size < signed.size) {
    return [...objections, { code: 'ledger/entries-missing', index: firstIndex ?? contents.size }];
  }
  if (!equal(contents.tree.root(signed.size), signed.root)) {
    const index = found.tiled ? await firstDifferent(path, contents, signed) : null;
    return [{ code: 'ledger/root-differs', index: index ?? firstIndex }, ...objections];
  }
  const tiles = found.tiled ? await holdTiles(path, contents, signed.size) : null;
  return tiles === null ? objections : [...objections, { code: tiles, index: null }];
}

/** Everything that is wrong by the rules of entries, in order: a gap must not hide what is graver behind it. */
function objectionsTo(entries: readonly Uint8Array[], contents: Contents): Finding[] {
  const found: Finding[] = [];
  for (const [index, bytes] of entries.entries()) {
    const { entry, objection } = contents.add(bytes);
    const wrong = objection ?? (entry !== null && isCanonical(bytes, entry) ? null : 'entry-not-canonical');
    if (wrong !== null) found.push({ code: `ledger/${wrong}`, index });
  }
  return found;
}

/** The first `older.size` entries here must have the root that was signed then. */
function compared(older: string | undefined, key: VerifierKey, contents: Contents, signed: Checkpoint): Finding[] {
  if (older === undefined) return [];
  const before = openCheckpoint(Buffer.from(older), key);
  if (typeof before === 'string') return [{ code: 'ledger/older-unreadable', index: null }];
  if (before.size > signed.size) return [{ code: 'ledger/rolled-back', index: signed.size }];
  if (before.size > contents.size) return [];
  return equal(contents.tree.root(before.size), before.root) ? [] : [{ code: 'ledger/forked', index: null }];
}

/** What a ledger in use, or one that crashed, may have behind its last checkpoint. */
function trailing({ entries, torn }: Gathered, size: number): Finding[] {
  if (torn) return [{ code: 'ledger/torn-tail', index: entries.length }];
  return entries.length > size ? [{ code: 'ledger/unsigned-entries', index: size }] : [];
}

/** `log.vkey` is the key and one newline. */
function lineOf(file: Uint8Array | null): string {
  const text = file === null ? null : utf8(file);
  return text?.endsWith('\n') ? text.slice(0, -1) : '';
}
