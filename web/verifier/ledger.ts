/** An exported ledger: its signed head against all its entries, and the rules between them. */
import { type Bytes, type Files, hex, same, text } from './bytes.ts';
import { Facts, type Verdict } from './facts.ts';
import { leaf, readCheckpoint, readKey, rootOver } from './notes.ts';
import type { KnownLedger } from './report.ts';

type Entry = {
  id?: string;
  phase?: string;
  ref?: string;
  matter?: string;
  matterSeq?: number;
  matterPrev?: string;
  act?: string;
  recordedAt?: string;
};

export async function checkLedger(
  files: Files,
  given: string | null,
): Promise<Verdict & { known: KnownLedger | null }> {
  const facts = new Facts();
  let known: KnownLedger | null = null;
  const own = await files.get('log.vkey')?.();
  const words = given?.trim() ?? (own ? (text(own) ?? '').trim() : '');
  const key = await readKey(words);
  let upTo = '';
  const counted: Verdict['counted'] = [];
  if (!key) facts.fails('ledger/vkey-unreadable', 'log.vkey', 'the public key is not a sound verifier key');
  else {
    const bytes = await files.get('checkpoint')?.();
    const head = bytes ? await readCheckpoint(bytes, key) : 'checkpoint-unreadable';
    if (typeof head === 'string') facts.fails(`ledger/${head}`, 'checkpoint', 'the signed head is not one of this key');
    else {
      facts.holds(
        'ledger/checkpoint',
        'checkpoint',
        `${head.size} entries of ${head.origin}, signed with key ${key.id}`,
      );
      const entries = await entriesOf(files, head.size, facts);
      if (entries) {
        const leaves: Bytes[] = [];
        for (const entry of entries) leaves.push(await leaf(entry));
        known = { entries, key };
        if (same(await rootOver(leaves), head.root))
          facts.holds('ledger/root', null, `the root over all entries is the one that was signed: ${hex(head.root)}`);
        else facts.fails('ledger/root-differs', null, 'the entries are not those that were signed');
        const read = entries.map((entry) => JSON.parse(text(entry) ?? '{}') as Entry);
        rules(read, leaves, facts);
        upTo = `entry ${head.size} of ${head.origin}, recorded ${read.at(-1)?.recordedAt ?? 'never'} by its clock`;
        const acts = new Map<string, number>();
        for (const { phase, act } of read) if (phase !== 'outcome' && act) acts.set(act, (acts.get(act) ?? 0) + 1);
        counted.push({ heading: 'Acts', rows: [...acts].sort(([, a], [, b]) => b - a) });
      }
    }
  }
  const { word, code } = facts.word;
  return {
    word,
    code,
    facts: facts.list,
    against: given
      ? 'the key you gave'
      : 'the key in the folder itself, which shows only that the folder agrees with itself',
    upTo,
    counted,
    known,
    notChecked: [
      'That no other history was signed with the same key: bring a checkpoint kept elsewhere to `fourcorners verify --older`.',
    ],
  };
}

async function entriesOf(files: Files, size: number, facts: Facts): Promise<Bytes[] | null> {
  const entries: Bytes[] = [];
  for (let index = 0; index * 256 < size; index++) {
    const width = Math.min(256, size - index * 256);
    const digits = String(index)
      .padStart(Math.ceil(String(index).length / 3) * 3, '0')
      .match(/\d{3}/g)!;
    const name = digits.map((group, place) => (place < digits.length - 1 ? `x${group}` : group)).join('/');
    const path = `tile/entries/${name}${width < 256 ? `.p/${width}` : ''}`;
    const bytes = await files.get(path)?.();
    if (!bytes) {
      facts.fails('ledger/incomplete', path, 'entries are missing');
      return null;
    }
    let at = 0;
    for (let entry = 0; entry < width; entry++) {
      const length = at + 2 <= bytes.length ? (bytes[at]! << 8) | bytes[at + 1]! : 0;
      if (length === 0 || at + 2 + length > bytes.length) {
        facts.fails('ledger/bundle-unreadable', path, `entry ${index * 256 + entry} is damaged`);
        return null;
      }
      entries.push(bytes.slice(at + 2, at + 2 + length));
      at += 2 + length;
    }
    if (at !== bytes.length) {
      facts.fails('ledger/bundle-unreadable', path, 'there is more in it than its entries');
      return null;
    }
  }
  return entries;
}

/** An outcome ends one intent before it; the entries of a matter are numbered without a gap, each naming the one before. */
function rules(entries: readonly Entry[], leaves: readonly Bytes[], facts: Facts): void {
  const open = new Set<string>();
  const chains = new Map<string, { seq: number; leaf: string }>();
  let wrong: string | null = null;
  entries.forEach(({ id, phase, ref, matter, matterSeq, matterPrev }, index) => {
    if (phase === 'intent') open.add(id!);
    else if (phase === 'outcome' && !open.delete(ref!))
      wrong ??= `entry ${index} ends an act that was not begun, or was ended`;
    if (matter === undefined) return;
    const before = chains.get(matter);
    const fits = before
      ? matterSeq === before.seq + 1 && matterPrev === before.leaf
      : matterSeq === 0 && matterPrev === undefined;
    if (!fits) wrong ??= `entry ${index} does not follow the one before it in ${matter}`;
    chains.set(matter, { seq: matterSeq ?? 0, leaf: hex(leaves[index]!) });
  });
  if (wrong) facts.fails('ledger/chain-differs', null, wrong);
  else
    facts.holds(
      'ledger/rules',
      null,
      `${chains.size} matters and requests have all their acts in order; ${open.size} acts have no ending`,
    );
}
