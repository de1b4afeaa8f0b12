/**
 * Makes a package: the bag, its signed note and proofs, sealed to its recipients as `<random-id>.fcp` with a label beside.
 *
 * Clear bytes are in the caller's memory folder and in this process, never on a disk; nothing large is held whole. Before
 * it is sealed the package is verified as a recipient would: what would not be `VERIFIED` is not written.
 */
import { hash, type KeyObject, randomBytes } from 'node:crypto';
import { createReadStream, renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../base/problem.ts';
import { syncFolder, writeDurably } from '../custody/frames.ts';
import { isRecipient } from '../custody/recipient.ts';
import { writeSmallDurably } from '../custody/small.ts';
import { publicKeyOf } from '../ledger/ed25519.ts';
import { verifierKey, vkeyText } from '../ledger/verifier-key.ts';
import { archiveBytes } from './archive.ts';
import { BAG_ALGORITHMS, tagFiles } from './bag.ts';
import { type Digests, digestsOf } from './bag-digests.ts';
import { collisions, escapeOf, troubleOf } from './bag-path.ts';
import { CRATE_FILE, type CrateOf, crateText } from './crate.ts';
import { labelText } from './label.ts';
import type { BagFile } from './listing.ts';
import { FORMAT, type Recipient, signProduction } from './production-note.ts';
import { NOTE } from './profile.ts';
import { sealed } from './recipients.ts';
import { verifyOpened } from './verify.ts';

/** `path` begins with `data/`. `file` lies in a memory folder and is read from there. */
export type PayloadFile = { path: string; mediaType: string; describes: string } & (
  | { bytes: Uint8Array }
  | { stream: AsyncIterable<Uint8Array> }
  | { file: string }
);

export type PackageOf = {
  id: string;
  payload: PayloadFile[];
  info: Omit<CrateOf, 'id' | 'createdAt'>;
  binding: { request: string; requestDigest: string; scopeDigest: string; recipients: Recipient[] };
  sender: { origin: string; key: KeyObject };
  /** Acts of the sender's ledger with their proofs (`Ledger.proveEntry`), and the ledger's signed head. */
  proofs: { index: number; entry: Uint8Array; proof: string }[];
  checkpoint: string;
  vkey: string;
  /** UTC with milliseconds. */
  createdAt: string;
  /** A work folder on a memory file system (`custody/memory.ts`). */
  folder: { path: string };
  /** The folder to write into. */
  out: string;
};

export type WrittenPackage = {
  id: string;
  /** The sealed file; its label is this path with `.json`. */
  file: string;
  /** Of the sealed file. */
  sha256: string;
  sizeBytes: number;
  /** SHA-256 of `tagmanifest-sha256.txt`: the one digest that stands for every file of the package. */
  manifestSha256: string;
};

type Staged = BagFile & { digests: Digests };

/** Throws `package/no-recipient`, `package/recipient`, `package/path`, `package/key-differs` or `package/not-sound`. */
export async function writePackage(of: PackageOf): Promise<WrittenPackage> {
  const { id, info, binding, sender, vkey, createdAt, out } = of;
  checkInputs(of);
  const payload = await stagedPayload(of);
  const described = payload.map(({ path, digests }, i) => ({ path, digests, ...wordsOf(of.payload[i]!) }));
  const crate = Buffer.from(crateText({ ...info, id, createdAt }, described));
  payload.push(await staged(`data/${CRATE_FILE}`, crate));
  const tags = await tagFiles(payload, bagInfo(of), proofFiles(of));
  const binds = {
    ...binding,
    request: oneLine(binding.request),
    recipients: binding.recipients.map(({ recipient, name }) => ({ recipient, name: oneLine(name) })),
    id,
    createdAt,
    tagmanifestSha256: hash('sha256', tags.get('tagmanifest-sha256.txt')!, 'hex'),
    tagmanifestSha512: hash('sha512', tags.get('tagmanifest-sha512.txt')!, 'hex'),
  };
  tags.set(NOTE, Buffer.from(signProduction(binds, sender)));
  const files = [...payload, ...(await Promise.all([...tags].map(([path, bytes]) => staged(path, bytes))))];
  await checkSound(id, files, vkey);

  const byName = new Map(files.map((file) => [`${id}/${file.path}`, file]));
  const entries = [...byName].map(([name, { digests }]) => ({
    name,
    sizeBytes: digests.sizeBytes,
    crc32: digests.crc32,
  }));
  const archive = archiveBytes(entries, (name) => byName.get(name)!.stream());
  const recipients = binding.recipients.map(({ recipient }) => recipient);
  const file = join(out, `${randomBytes(16).toString('hex')}.fcp`);
  const written = await writtenOnce(file, sealed(recipients, archive));
  const senderKey = verifierKey(sender.origin, publicKeyOf(sender.key)).keyId;
  writeSmallDurably(`${file}.json`, labelText({ format: FORMAT, senderKey, ...written }));
  return { id, file, ...written, manifestSha256: binds.tagmanifestSha256 };
}

function checkInputs({ id, payload, binding, sender, vkey }: PackageOf): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(id) || troubleOf(id) !== null)
    throw new TypeError('a package id is letters, digits, dots, dashes and underscores');
  const recipients = binding.recipients.map(({ recipient }) => recipient);
  if (recipients.length === 0)
    throw new Problem(
      'package/no-recipient',
      'A package is sealed to somebody. Name a recipient; nothing was written.',
    );
  const wrong = recipients.find((one, i) => !isRecipient(one) || oneLine(binding.recipients[i]!.name) === '');
  if (wrong !== undefined || new Set(recipients).size < recipients.length)
    throw new Problem(
      'package/recipient',
      'A recipient is no age X25519 key (age1…), has no name, or stands there twice. Nothing was written.',
      { recipient: wrong },
    );
  if (vkeyText(verifierKey(sender.origin, publicKeyOf(sender.key))) !== vkey)
    throw new Problem('package/key-differs', 'The ledger’s public key is not that of the sender. Nothing was written.');
  const paths = [...payload.map(({ path }) => path), `data/${CRATE_FILE}`];
  const bad = paths.find((path) => !path.startsWith('data/') || escapeOf(path) !== null || troubleOf(path) !== null);
  const twice = paths.find((path, i) => paths.indexOf(path) !== i) ?? collisions(paths)[0]?.[1];
  if (bad !== undefined || twice !== undefined)
    throw new Problem(
      'package/path',
      'A file of the package has a name that is not safe on every machine, or two files share one. Nothing was written.',
      { path: bad ?? twice },
    );
}

/** A name as one line of the note: line ends and control characters become spaces. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\s]+/gu, ' ').trim();

const wordsOf = ({ mediaType, describes }: PayloadFile) => ({ mediaType, describes });

async function stagedPayload({ payload, folder }: PackageOf): Promise<Staged[]> {
  const found: Staged[] = [];
  for (const file of payload) {
    if ('bytes' in file) found.push(await staged(file.path, file.bytes));
    else {
      const at = 'file' in file ? file.file : join(folder.path, `staged-${randomBytes(8).toString('hex')}`);
      if ('stream' in file) await spooled(at, file.stream);
      const stream = () => createReadStream(at, { highWaterMark: 1 << 20 });
      const digests = await digestsOf(stream(), BAG_ALGORITHMS);
      found.push({ path: file.path, sizeBytes: digests.sizeBytes, stream, digests });
    }
  }
  return found;
}

async function staged(path: string, bytes: Uint8Array): Promise<Staged> {
  const digests = await digestsOf([bytes], BAG_ALGORITHMS);
  const stream = async function* () {
    yield bytes;
  };
  return { path, sizeBytes: bytes.length, stream, digests };
}

async function spooled(path: string, source: AsyncIterable<Uint8Array>): Promise<void> {
  await using file = await open(path, 'wx', 0o600);
  for await (const chunk of source) await file.writeFile(chunk);
}

function bagInfo({ id, info, createdAt }: PackageOf) {
  return [
    { label: 'Source-Organization', value: info.provider },
    { label: 'Contact-Name', value: `${info.custodian.name}, ${info.custodian.title}` },
    { label: 'External-Description', value: info.title },
    { label: 'External-Identifier', value: id },
    { label: 'Bagging-Date', value: createdAt.slice(0, 10) },
    { label: 'Bag-Software-Agent', value: `${info.software.name} ${info.software.version}` },
  ];
}

function proofFiles({ proofs, checkpoint, vkey }: PackageOf): Map<string, Uint8Array> {
  return new Map<string, Uint8Array>([
    ['proof/log.vkey', Buffer.from(`${vkey}\n`)],
    ['proof/checkpoint', Buffer.from(checkpoint)],
    ...proofs.flatMap(({ index, entry, proof }): [string, Uint8Array][] => [
      [`proof/${index}.entry`, entry],
      [`proof/${index}.tlog-proof`, Buffer.from(proof)],
    ]),
  ]);
}

/** The package as a recipient will find it; it is not released when one would refuse it. */
async function checkSound(id: string, files: BagFile[], vkey: string): Promise<void> {
  const listing = { name: id, files, folders: ['data'], refused: [] };
  const opened = {
    kind: 'archive',
    facts: [],
    listing,
    archive: null,
    label: null,
    openedBy: null,
    stanzas: null,
  } as const;
  const { verdict, code, place, said } = await verifyOpened({ ...opened, facts: [] }, { vkey });
  if (verdict !== 'VERIFIED')
    throw new Problem('package/not-sound', `A recipient would refuse this package: ${said} Nothing was written.`, {
      code,
      place,
    });
}

async function writtenOnce(
  path: string,
  source: AsyncIterable<Uint8Array>,
): Promise<{ sha256: string; sizeBytes: number }> {
  const before = `${path}.new`;
  try {
    const written = await writeDurably(before, source);
    renameSync(before, path);
    await syncFolder(join(path, '..'));
    return { sha256: written.sha256, sizeBytes: written.sizeBytes };
  } finally {
    if (statSync(before, { throwIfNoEntry: false }) !== undefined) rmSync(before);
  }
}
