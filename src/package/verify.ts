/**
 * Whether a package is what its sender signed, from the sealed file down to each row. Needs no network and no data directory.
 *
 * Gives every independent fact in the order in which it is looked at; the headline is the first that does not hold. Shows
 * that nothing was changed since it was signed, to whom it was meant to go, and that the sums are those of the files; not
 * that what it says is true, nor that the sender is who it says unless its key came another way.
 */
import { shownName } from '../formats/reading/zip-name.ts';
import { readVkey, type VerifierKey } from '../ledger/verifier-key.ts';
import { archiveDiffers } from './archive.ts';
import { type BagVerdict, checkBag } from './bag-read.ts';
import { type Bytes, bytesFrom, heldFiles, type VerifiedFile, verifiedFiles } from './contents.ts';
import { CRATE_FILE } from './crate.ts';
import { checkCrate } from './crate-read.ts';
import { type Fact, Facts, headline, type Word } from './fact.ts';
import { type CheckedNote, checkId, checkNote, checkRecipients } from './note-check.ts';
import { type OpenedPackage, type Opening, openPackage } from './open.ts';
import { type Binding, FORMAT } from './production-note.ts';
import { bagFacts } from './profile.ts';
import { checkProofs, type Proven, type ProvenAct, type UpTo } from './proofs.ts';
import { checkSums } from './sums.ts';

export type Asked = Opening & {
  /** The sender's public key as text, got from somewhere else than the package. */
  vkey?: string | undefined;
};

export type PackageVerdict = {
  verdict: Word;
  /** The first fact that does not hold, and the file concerned; null when all hold. */
  code: string | null;
  place: string | null;
  said: string;
  facts: Fact[];
  against: 'the key given' | 'the key in the package itself';
  upTo: UpTo | null;
  /** What the note says, where its signature holds. */
  package:
    | (Binding & {
        format: string;
        sender: { origin: string; key: string };
        /** Keys of the note, and files of the bag, that this program does not know. */
        further: string[];
        acts: ProvenAct[];
        /** Null where the accounting could not be read. */
        produced: number | null;
        withheld: Record<string, number> | null;
      })
    | null;
  contents: ReadonlyMap<string, VerifiedFile>;
  /** The clear zip in memory, for whoever imports it; null for a folder and for what did not open. */
  archive: OpenedPackage['archive'];
};

/** Never throws for what the package says. Throws `package/changed` when it changes while it is read. */
export async function verifyPackage(path: string, asked: Asked): Promise<PackageVerdict> {
  return await verifyOpened(await openPackage(path, asked), asked);
}

/** The same for a package that is open already. */
export async function verifyOpened(opened: OpenedPackage, asked: Omit<Asked, 'memory'>): Promise<PackageVerdict> {
  const facts = new Facts();
  facts.list.push(...opened.facts);
  const against = asked.vkey === undefined ? 'the key in the package itself' : 'the key given';
  const nothing = { against, upTo: null, package: null, contents: new Map(), archive: opened.archive } as const;
  if (opened.listing === null) return { ...said(facts, nothing), ...nothing };

  const bag = await checkBag(opened.listing, ['sha256', 'sha512']);
  const bytes = bytesFrom(bag);
  const missing = new Set([
    ...bag.errors.filter(({ code }) => code === 'bag/missing-file').map(({ place }) => place),
    ...opened.listing.files.map(({ path: one }) => one).filter((one) => !bag.files.has(one)),
  ]);
  bagFacts(bag, 'names', 'package/names', null, `${bag.files.size} files, none with a name that leads anywhere`, facts);
  await archived(opened, bag, facts);
  bagFacts(bag, 'declaration', 'package/bag', 'bagit.txt', 'a bag of version 1.0', facts);
  bagFacts(bag, 'tag manifests', 'package/tag-manifests', null, 'every tag file has the digests listed', facts);
  const key = await senderKey(asked.vkey, bytes, facts);
  const note = await checkNote(bytes, key, facts);
  if (note !== null) {
    checkId(note, opened, bag, facts);
    await checkRecipients(note, opened, asked.identities ?? [], facts);
    if (key !== null && opened.label !== null && opened.label.senderKey !== key.keyId)
      facts.fails('package/sender-differs', null, 'the label names another sender’s key');
  }
  bagFacts(bag, 'payload manifests', 'package/manifests', null, 'every file has the SHA-256 and SHA-512 listed', facts);
  bagFacts(bag, 'bag-info', 'package/oxum', 'bag-info.txt', 'the payload is as large as stated', facts);
  bagFacts(bag, 'completeness', 'package/complete', null, 'no file is here that no manifest lists', facts);
  bagFacts(bag, 'fetch', 'package/nothing-to-fetch', null, 'nothing of it lies elsewhere', facts);
  const payload = new Map([...bag.files].filter(([one]) => one.startsWith('data/')));
  const accounting = await checkSums(heldFiles(payload), missing, facts);
  await crated(bytes, payload, missing, facts);
  const proven = key === null ? { acts: [], upTo: null } : checkProofs(await proofBytes(bag, bytes), key, facts);
  const contents = note?.holds ? verifiedFiles(bag) : new Map<string, VerifiedFile>();
  const described = note === null || key === null || !note.holds ? null : packageOf(note, key, proven, bag);
  const result = {
    against,
    upTo: proven.upTo,
    package: described && {
      ...described,
      produced: accounting?.produced ?? null,
      withheld: accounting?.withheld ?? null,
    },
    contents,
    archive: opened.archive,
  } as const;
  return { ...said(facts, result), ...result };
}

/** A zip is the one its files make, or somebody packed it again: what else is in it then is not known. */
async function archived(opened: OpenedPackage, bag: BagVerdict, facts: Facts): Promise<void> {
  const { archive, listing } = opened;
  if (archive === null || listing === null || bag.files.size === 0) return;
  if (listing.refused.length > 0 || bag.files.size < listing.files.length) return;
  const entries = [...bag.files].map(([path, { digests }]) => ({
    name: `${listing.name}/${path}`,
    sizeBytes: digests.sizeBytes,
    crc32: digests.crc32,
  }));
  const differs = await archiveDiffers(archive, entries);
  const place = differs === null || differs === '' ? null : differs.slice(listing.name.length + 1);
  if (differs === null) facts.holds('package/archive', null, 'the archive is the one its files make');
  else {
    const said =
      'the archive is not the one its files make: packed again, or changed beside them. Unpack it to look at the files alone';
    facts.fails('package/archive-differs', place, said);
  }
}

async function senderKey(vkey: string | undefined, bytes: Bytes, facts: Facts): Promise<VerifierKey | null> {
  const place = 'proof/log.vkey';
  const own = await bytes(place);
  if (own === null && vkey === undefined) {
    facts.fails('package/key-missing', place, 'no key of the sender was given, and the package brings none');
    return null;
  }
  const text = own === null ? '' : Buffer.from(own).toString('utf8');
  const brought = text.endsWith('\n') ? readVkey(text.slice(0, -1)) : null;
  if (own !== null && brought === null)
    facts.fails('package/key-unreadable', place, 'it is no verifier key, or not written as we write one');
  if (vkey === undefined) return brought;
  const given = readVkey(vkey.trim());
  if (given === null) facts.fails('package/key-unreadable', null, 'the key given is no verifier key');
  else if (brought !== null && `${vkey.trim()}\n` !== text)
    facts.fails('package/sender-differs', place, 'the package brings another key than the one given');
  return given;
}

async function crated(
  bytes: Bytes,
  payload: BagVerdict['files'],
  missing: ReadonlySet<string>,
  facts: Facts,
): Promise<void> {
  const place = `data/${CRATE_FILE}`;
  const own = await bytes(place);
  if (own === null) {
    facts.fails('package/crate-missing', place, 'nothing describes the files');
    return;
  }
  const described = new Map(
    [...payload].filter(([path]) => path !== place).map(([path, { digests }]) => [path, digests]),
  );
  const checked = checkCrate(own, described, missing);
  if (typeof checked === 'string') facts.fails('package/crate-unreadable', place, checked);
  else if (checked.troubles.length === 0)
    facts.holds('package/crate', place, `RO-Crate ${checked.version} describes exactly the files of the payload`);
  else for (const trouble of checked.troubles) facts.fails('package/crate-differs', trouble.place, trouble.said);
}

async function proofBytes(bag: BagVerdict, bytes: Bytes): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const path of bag.files.keys()) if (path.startsWith('proof/')) found.set(path, (await bytes(path))!);
  return found;
}

const KNOWN =
  /^(bagit|bag-info|(tag)?manifest-sha(256|512))\.txt$|^production\.note$|^proof\/(log\.vkey|checkpoint|\d+\.(entry|tlog-proof))$|^data\//;

function packageOf({ read }: CheckedNote, key: VerifierKey, { acts }: Proven, bag: BagVerdict) {
  const further = [...read.further, ...[...bag.files.keys()].filter((path) => !KNOWN.test(path)).map(shownName)];
  return { ...read.binding, format: FORMAT, sender: { origin: key.name, key: key.keyId }, further, acts };
}

function said(
  facts: Facts,
  { against, upTo, package: known }: Pick<PackageVerdict, 'against' | 'upTo' | 'package'>,
): Pick<PackageVerdict, 'verdict' | 'code' | 'place' | 'said' | 'facts'> {
  const { word, first } = headline(facts.list);
  const key = `against ${against}${against === 'the key given' ? '' : ' (which shows only that the package agrees with itself)'}`;
  const { code = null, place = null } = first ?? {};
  if (first !== null)
    return {
      verdict: word,
      code,
      place,
      facts: facts.list,
      said: `${word} ${code}${place === null ? '' : ` at ${place}`}: ${first.said}; ${key}.`,
    };
  const rows = known === null || known.produced === null ? '' : `, ${known.produced} rows produced`;
  const head = upTo === null ? '' : `; up to ${upTo.size} entries of ${upTo.origin}, recorded ${upTo.recordedAt}`;
  const whole = `${word}: package ${known?.id} of ${known?.sender.origin}${rows}, for ${known?.recipients.map(({ name }) => name).join(', ')}`;
  return { verdict: word, code, place, facts: facts.list, said: `${whole}; ${key}${head}.` };
}
