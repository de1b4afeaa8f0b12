/**
 * The acts that a package brings from its sender's ledger: each shown to be in the log, and the log's signed head.
 *
 * Shows that these acts were logged before the head was signed; not that no other act was.
 */
import { type Checkpoint, openCheckpoint } from '../ledger/checkpoint.ts';
import { type Entry, readEntry } from '../ledger/entry.ts';
import { verifyProof } from '../ledger/tlog-proof.ts';
import { type VerifierKey, vkeyText } from '../ledger/verifier-key.ts';
import type { Facts } from './fact.ts';

export type ProvenAct = Pick<Entry, 'act' | 'op' | 'phase' | 'recordedAt' | 'result'> & { index: number };

/** How far the sender's log went: entries, root in hex, and the latest time among the acts that are proven. */
export type UpTo = { origin: string; size: number; root: string; recordedAt: string | null };

const PLACE = /^proof\/(0|[1-9]\d{0,14})\.(entry|tlog-proof)$/;

export type Proven = { acts: ProvenAct[]; upTo: UpTo | null };

/** `bytes` are the files of `proof/` by path; `key` the sender's. */
export function checkProofs(bytes: ReadonlyMap<string, Uint8Array>, key: VerifierKey, facts: Facts): Proven {
  const before = facts.list.length;
  const head = headOf(bytes.get('proof/checkpoint'), key);
  const numbers = new Set([...bytes.keys()].flatMap((path) => PLACE.exec(path)?.[1] ?? []));
  const acts: ProvenAct[] = [];
  for (const number of [...numbers].sort((a, b) => Number(a) - Number(b))) {
    const act = proven(number, bytes, key, typeof head === 'string' ? null : head, facts);
    if (act !== null) acts.push(act);
  }
  if (numbers.size === 0) facts.fails('package/no-proof', 'proof', 'it brings no act of the sender’s ledger');
  facts.holdsSince(before, 'package/proofs', 'proof', `${acts.length} acts are in the sender’s ledger`);
  if (typeof head === 'string') {
    const missing = head === 'missing';
    const said = missing ? 'the signed head of the sender’s ledger is missing' : `the head of the ledger: ${head}`;
    facts.fails(missing ? 'package/checkpoint-missing' : 'package/checkpoint-differs', 'proof/checkpoint', said);
    return { acts, upTo: null };
  }
  facts.holds('package/checkpoint', 'proof/checkpoint', `the sender’s ledger had ${head.size} entries`);
  const recordedAt = acts.at(-1)?.recordedAt ?? null;
  return { acts, upTo: { origin: head.origin, size: head.size, root: hex(head.root), recordedAt } };
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function headOf(bytes: Uint8Array | undefined, key: VerifierKey): Checkpoint | string {
  return bytes === undefined ? 'missing' : openCheckpoint(bytes, key);
}

function proven(
  number: string,
  bytes: ReadonlyMap<string, Uint8Array>,
  key: VerifierKey,
  head: Checkpoint | null,
  facts: Facts,
): ProvenAct | null {
  const [entryAt, proofAt] = [`proof/${number}.entry`, `proof/${number}.tlog-proof`];
  const [entry, proof] = [bytes.get(entryAt), bytes.get(proofAt)];
  if (entry === undefined || proof === undefined) {
    const place = entry === undefined ? entryAt : proofAt;
    facts.fails('package/proof-missing', place, 'an act and its proof come together, and this one is missing');
    return null;
  }
  const verdict = verifyProof(proof, entry, vkeyText(key));
  const { index, size, root } = verdict;
  if (verdict.code !== null || size === null) {
    facts.fails('package/proof-differs', proofAt, `the proof does not hold: ${verdict.code}`);
    return null;
  }
  if (String(index) !== number) {
    facts.fails('package/proof-differs', proofAt, 'the proof is of another entry than its name says');
    return null;
  }
  if (head !== null && (size > head.size || (size === head.size && root !== hex(head.root)))) {
    facts.fails('package/proof-ahead', proofAt, 'the proof leads to another head of the ledger than the package has');
    return null;
  }
  const { act, op, phase, recordedAt, result } = readEntry(entry)!;
  return { act, op, phase, recordedAt, result, index: index! };
}
