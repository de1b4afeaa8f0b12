/** Whether the note of a package is its sender's, signs these tag manifests, and names whoever opened it. */
import { hash } from 'node:crypto';
import { signers } from '../ledger/note.ts';
import type { VerifierKey } from '../ledger/verifier-key.ts';
import type { BagVerdict } from './bag-read.ts';
import type { Facts } from './fact.ts';
import type { OpenedPackage } from './open.ts';
import { type ReadProduction, readProduction } from './production-note.ts';
import { NOTE } from './profile.ts';
import { recipientOf } from './recipients.ts';

export type CheckedNote = {
  read: ReadProduction;
  /** The signature is the sender's and the tag manifests are those it signs: every listed file is then the sender's. */
  holds: boolean;
};

const SAID = {
  'note-unreadable': 'it is no note of a production, or not written as we write one',
  'format-unknown': 'it is of a later format than this program reads',
};

/** `bytes` are those of the note and the two tag manifests, where they are there. Null where there is no note to read. */
export async function checkNote(
  bytes: (path: string) => Promise<Uint8Array | null>,
  key: VerifierKey | null,
  facts: Facts,
): Promise<CheckedNote | null> {
  const note = await bytes(NOTE);
  if (note === null) {
    facts.fails('package/note-missing', NOTE, 'nothing is signed: the note of the sender is missing');
    return null;
  }
  const read = readProduction(note);
  if (typeof read === 'string') {
    facts.fails(`package/${read}`, NOTE, SAID[read]);
    return null;
  }
  const before = facts.list.length;
  const { binding } = read;
  if (key !== null) signed(read, key, facts);
  for (const [path, algorithm, stated] of [
    ['tagmanifest-sha256.txt', 'sha256', binding.tagmanifestSha256],
    ['tagmanifest-sha512.txt', 'sha512', binding.tagmanifestSha512],
  ] as const) {
    const manifest = await bytes(path);
    if (manifest === null) continue;
    if (hash(algorithm, manifest, 'hex') !== stated)
      facts.fails('package/tagmanifest-differs', path, 'it is not the one the note signs');
  }
  const holds = key !== null && facts.list.length === before;
  const said = `signed by ${key?.name} (key ${key?.keyId}) on ${binding.createdAt}, for request ${binding.request}`;
  if (key !== null) facts.holdsSince(before, 'package/note', NOTE, said);
  return { read, holds };
}

function signed({ note }: ReadProduction, key: VerifierKey, facts: Facts): void {
  const good = signers(note, [key]);
  if (good === null) facts.fails('package/signature-differs', NOTE, 'the signature of this key does not hold');
  else if (good.length === 0)
    facts.fails(
      'package/sender-differs',
      NOTE,
      `it is signed with another key than that of ${key.name} (${key.keyId})`,
    );
}

/** The package's own name, where its folder and `bag-info.txt` repeat it. A folder on a disk may have been renamed. */
export function checkId({ read }: CheckedNote, opened: OpenedPackage, bag: BagVerdict, facts: Facts): void {
  const { id } = read.binding;
  if (opened.kind !== 'folder' && opened.listing?.name !== id)
    facts.fails('package/id-differs', null, 'the folder in the archive has another name than the note signs');
  if (!bag.files.has('bag-info.txt')) return;
  const stated = bag.info.filter(({ label }) => label === 'External-Identifier').map(({ value }) => value);
  if (stated.length !== 1 || stated[0] !== id)
    facts.fails('package/id-differs', 'bag-info.txt', 'External-Identifier is not the name that the note signs');
}

/**
 * Whoever opened it must be one of those it was sealed to by its sender. A recipient can decrypt a package and seal it to
 * somebody else; the signature inside then still names the first recipients.
 */
export async function checkRecipients(
  { read }: CheckedNote,
  opened: OpenedPackage,
  identities: readonly string[],
  facts: Facts,
): Promise<void> {
  const { recipients } = read.binding;
  const meant = `sealed by its sender to ${recipients.map(({ name, recipient }) => `${name} (${recipient})`).join(', ')}`;
  const own = opened.openedBy === null ? await Promise.all(identities.map(recipientOf)) : [opened.openedBy];
  const given = own.filter((one) => one !== null);
  if (given.length > 0 && !given.some((one) => recipients.some(({ recipient }) => recipient === one))) {
    const said = `${meant}; the key given is of none of them, so somebody else passed it on`;
    facts.fails('package/other-recipient', NOTE, said);
  } else if (opened.stanzas !== null && opened.stanzas.length !== recipients.length) {
    const said = `${meant}; the file can be opened by ${opened.stanzas.length}, so it was sealed again by somebody else`;
    facts.fails('package/recipients-differ', NOTE, said);
  } else facts.holds('package/recipients', NOTE, meant);
}
