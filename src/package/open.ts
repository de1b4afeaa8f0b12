/**
 * Opens a package for reading: a sealed file, the zip inside it, or the bag as a folder.
 *
 * Clear bytes go to a folder in memory and nowhere else, and none is used before the last is known to be authentic. Names
 * are never written by. Whether it is what its sender signed is `verify.ts`.
 */
import { randomBytes } from 'node:crypto';
import { rmSync, statSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileOnDisk, type SeekableFile } from '../formats/reading/files.ts';
import { digestsOf } from './bag-digests.ts';
import { type Fact, Facts } from './fact.ts';
import { type Label, readLabel } from './label.ts';
import { type Listing, listArchive, listFolder } from './listing.ts';
import { FORMAT } from './production-note.ts';
import { unsealed } from './recipients.ts';

export type Opening = {
  /** age identities, `AGE-SECRET-KEY-1…`, of whoever opens a sealed package. */
  identities?: readonly string[] | undefined;
  /** A folder on a memory file system (`custody/memory.ts`), emptied by whoever made it. */
  memory: { path: string };
};

export type OpenedPackage = {
  kind: 'sealed' | 'archive' | 'folder' | null;
  /** What was found on the way; where one does not hold, `listing` can be null. */
  facts: Fact[];
  listing: Listing | null;
  /** The clear zip and where it lies; null for a folder. */
  archive: (SeekableFile & { path: string }) | null;
  label: Label | null;
  /** The recipient whose key opened it, and the kinds of lock in its header; null for what was not sealed. */
  openedBy: string | null;
  stanzas: string[] | null;
};

const LABEL_BYTES = 4096;

/** Never throws for what a file says. What the machine refuses is thrown as it is. */
export async function openPackage(path: string, opening: Opening): Promise<OpenedPackage> {
  const facts = new Facts();
  const opened: OpenedPackage = {
    kind: null,
    facts: facts.list,
    listing: null,
    archive: null,
    label: null,
    openedBy: null,
    stanzas: null,
  };
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) {
    facts.fails('package/nothing-here', null, 'there is no file and no folder at this path');
    return opened;
  }
  if (found.isDirectory()) return { ...opened, kind: 'folder', listing: await listFolder(path) };
  if (!found.isFile()) {
    facts.fails('package/not-a-package', null, 'it is neither a file nor a folder');
    return opened;
  }
  const file = fileOnDisk(path);
  const head = Buffer.from(await file.read(0, 22)).toString('latin1');
  if (head.startsWith('PK')) return { ...opened, ...(await fromArchive(path)) };
  if (head !== 'age-encryption.org/v1\n' && !path.endsWith('.fcp')) {
    facts.fails('package/not-a-package', null, 'it is no sealed package, no zip and no folder');
    return opened;
  }
  opened.kind = 'sealed';
  opened.label = await heldAgainstLabel(path, file, facts);
  const clear = await unsealed(opening.identities ?? [], () => file.stream());
  if ('refused' in clear) {
    facts.fails(`package/${clear.refused}`, null, REFUSALS[clear.refused]);
    return opened;
  }
  const at = join(opening.memory.path, `${randomBytes(8).toString('hex')}.zip`);
  if (!(await writtenWhole(at, clear.stream))) {
    facts.fails('package/damaged', null, REFUSALS.damaged);
    return opened;
  }
  facts.holds('package/sealed', null, `opened to its end with the key of ${clear.openedBy}`);
  return { ...opened, ...(await fromArchive(at)), kind: 'sealed', openedBy: clear.openedBy, stanzas: clear.stanzas };
}

const REFUSALS = {
  'no-identity': 'it is sealed, and no key of a recipient was given',
  'wrong-identity': 'none of the keys given opens it: it was sealed to others, or its header was changed',
  damaged: 'it cannot be opened to its end: it was changed or cut; nothing of it was used',
};

async function fromArchive(path: string): Promise<Pick<OpenedPackage, 'kind' | 'listing' | 'archive'>> {
  const file = fileOnDisk(path);
  return { kind: 'archive', listing: await listArchive(file), archive: { ...file, path } };
}

/** Everything or nothing: a file whose tail fails leaves none of its beginning behind. */
async function writtenWhole(path: string, source: AsyncIterable<Uint8Array>): Promise<boolean> {
  try {
    await using file = await open(path, 'wx', 0o600);
    for await (const chunk of source) await file.writeFile(chunk);
    return true;
  } catch (error) {
    rmSync(path, { force: true });
    if (error instanceof Error && !('syscall' in error)) return false;
    throw error;
  }
}

/** The label beside a sealed file, held against it. A package without one is looked at all the same. */
async function heldAgainstLabel(path: string, file: SeekableFile, facts: Facts): Promise<Label | null> {
  const place = `${basename(path)}.json`;
  const beside = statSync(`${path}.json`, { throwIfNoEntry: false });
  if (beside === undefined) {
    facts.holds('package/label', place, 'no label lies beside it; whether it arrived whole shows when it is opened');
    return null;
  }
  const label = beside.size > LABEL_BYTES ? null : readLabel(await readFile(`${path}.json`));
  if (label === null) {
    facts.fails('package/label-unreadable', place, 'the label is not one we write');
    return null;
  }
  if (label.format !== FORMAT) facts.fails('package/format-unknown', place, 'the label names another format');
  const digests = await digestsOf(file.stream(), ['sha256']);
  if (label.sizeBytes !== digests.sizeBytes || label.sha256 !== digests.hex['sha256'])
    facts.fails('package/ciphertext-differs', basename(path), 'its size or SHA-256 is not that of the label beside it');
  else facts.holds('package/label', place, 'size and SHA-256 of the sealed file are those of the label');
  return label;
}
