/**
 * What a verifier says: one of four words, a code with the place of the first thing wrong, and a sentence for a person.
 *
 * Nothing of what was read is repeated but what a good signature covers.
 */
export type Verdict = {
  verdict: 'VERIFIED' | 'INCOMPLETE' | 'STALE' | 'NOT VERIFIED';
  /** Null exactly when the verdict is `VERIFIED`. */
  code: Code | null;
  /** The first entry concerned, counted from 0; null when the place is not known. */
  index: number | null;
  /** What the signed checkpoint says; null where no checkpoint could be trusted. `root` is hex. */
  size: number | null;
  root: string | null;
  origin: string | null;
  /** `recordedAt` of the first and the last entry. The order of entries is certain, their clock times are as stated. */
  from: string | null;
  to: string | null;
  /** Intents without an outcome. */
  pending: number | null;
  /** A key that lies beside what it signs shows only that the folder agrees with itself. */
  against: 'the key given' | 'the key in the folder itself';
  said: string;
};

export type Code = keyof typeof SAID;

/** Every code with what it means. The name before the slash is this room's, as for a `Problem`. */
const SAID = {
  'ledger/nothing-here': 'there is no ledger and no export of one at this path',
  'ledger/unreadable': 'a file of the ledger is missing, is not a plain file or cannot be read',
  'ledger/vkey-unreadable': 'the public key is not a sound Ed25519 verifier key',
  'ledger/checkpoint-unreadable': 'the checkpoint is not a well-formed signed checkpoint',
  'ledger/not-signed': 'the checkpoint has no signature of this key',
  'ledger/signature-differs': 'a signature of this key on the checkpoint does not hold',
  'ledger/origin-differs': 'the checkpoint is of another log than the key',
  'ledger/older-unreadable': 'the older checkpoint is not one of this log, signed with this key',
  'ledger/forked': 'the older checkpoint is of another history: entries it covers were changed',
  'ledger/damaged': 'the file of entries is damaged',
  'ledger/bundle-unreadable': 'a bundle of entries is damaged',
  'ledger/root-differs': 'the entries are not the ones that were signed',
  'ledger/tile-differs': 'a tile of hashes does not agree with the entries',
  'ledger/entry-unreadable': 'an entry is not of the known shape',
  'ledger/entry-not-canonical': 'an entry is not written in canonical form',
  'ledger/id-repeated': 'two entries have the same id',
  'ledger/ref-unknown': 'an entry refers to one that is not before it',
  'ledger/outcome-without-intent': 'an outcome has no pending intent',
  'ledger/outcome-differs': 'an outcome is of another act than its intent',
  'ledger/matter-chain-differs': 'the chain of a matter does not hold',
  'ledger/rolled-back':
    'the older checkpoint reaches further than this copy: it is an earlier state, or its end was removed',
  'ledger/matter-gap': 'an entry of a matter is left out',
  'ledger/entries-missing':
    'fewer entries are here than were signed, so those here cannot be held against the signature',
  'ledger/tile-missing': 'a tile of hashes is missing',
  'ledger/unsigned-entries': 'entries follow that no checkpoint covers yet',
  'ledger/torn-tail': 'the last write was cut short; the entries before it are as signed',
  'ledger/proof-unreadable': 'the proof is not well formed',
  'ledger/proof-differs': 'the proof does not lead from this entry to the signed root',
} as const;

/** The verdict that a code has; every code not named here is `NOT VERIFIED`. */
const MILDER: Partial<Record<Code, Verdict['verdict']>> = {
  'ledger/rolled-back': 'STALE',
  'ledger/matter-gap': 'INCOMPLETE',
  'ledger/entries-missing': 'INCOMPLETE',
  'ledger/tile-missing': 'INCOMPLETE',
  'ledger/unsigned-entries': 'INCOMPLETE',
  'ledger/torn-tail': 'INCOMPLETE',
};

/** What is known besides the verdict itself; what is left out is not known. */
export type Known = Pick<Verdict, 'against'> &
  Partial<Pick<Verdict, 'index' | 'size' | 'root' | 'origin' | 'from' | 'to' | 'pending'>>;

export function wordOf(code: Code): Verdict['verdict'] {
  return MILDER[code] ?? 'NOT VERIFIED';
}

export function verdict(code: Code | null, known: Known): Verdict {
  const given = { index: null, size: null, root: null, origin: null, from: null, to: null, pending: null, ...known };
  const word = code === null ? 'VERIFIED' : wordOf(code);
  return { verdict: word, code, ...given, said: sentence(word, code, given) };
}

function sentence(word: string, code: Code | null, known: Omit<Verdict, 'verdict' | 'code' | 'said'>): string {
  const { index, size, from, to, pending, against } = known;
  const key = `against ${against}${against === 'the key given' ? '' : ' (which shows only that the folder agrees with itself)'}`;
  if (code !== null) return `${word} ${code}${index === null ? '' : ` at ${index}`}: ${SAID[code]}; ${key}.`;
  const times = from === null || to === null ? '' : `, recorded ${from} to ${to}`;
  if (index !== null) return `${word}: entry ${index} is among the ${size} signed${times}; ${key}.`;
  const open = pending ? `, ${pending} of them acts without an outcome` : '';
  return `${word} up to ${size} entries${times}${open}; ${key}.`;
}
