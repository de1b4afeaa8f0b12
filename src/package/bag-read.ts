/**
 * Whether a folder or an opened archive is a whole and unchanged bag (RFC 8493, and versions 0.93 to 0.97 before it).
 *
 * Gives every fact it finds, not only the first. Reads nothing but the files of the listing, fetches nothing and writes
 * nothing. A sound bag agrees with itself: who made it is another question.
 */
import { isProblem } from '../base/problem.ts';
import { checkComplete, checkNames } from './bag-coverage.ts';
import { type Declaration, readDeclaration } from './bag-declaration.ts';
import { ALGORITHMS, type Digests, digestsOf } from './bag-digests.ts';
import { readFetch } from './bag-fetch.ts';
import { type BagFinding, type BagStep, Findings } from './bag-finding.ts';
import { checkOxum, type InfoLine, readInfo } from './bag-info.ts';
import { type Manifest, manifestNamed, readManifest, stepOf } from './bag-manifest.ts';
import { tagBytes, tagText } from './bag-text.ts';
import type { BagFile, Listing } from './listing.ts';

/** A file of the bag with the digests of its bytes, and the manifests that list it with the same. */
export type CheckedFile = { file: BagFile; digests: Digests; agreeing: string[] };

export type BagVerdict = {
  /** No error was found. Warnings are apart. */
  sound: boolean;
  version: string | null;
  errors: BagFinding[];
  warnings: BagFinding[];
  manifests: Manifest[];
  info: InfoLine[];
  /** By path: every file that could be read. */
  files: Map<string, CheckedFile>;
};

/** `asked` are digests wanted of every file beside those its manifests name. */
export async function checkBag(listing: Listing, asked: readonly string[] = ['sha256']): Promise<BagVerdict> {
  return await new BagCheck(listing).run(asked);
}

class BagCheck {
  readonly #findings = new Findings();
  readonly #listing: Listing;
  readonly #files: Map<string, BagFile>;
  /** By their NFC form, for bags whose names were changed by a file system. */
  readonly #composed: Map<string, string>;
  readonly #texts = new Map<string, Uint8Array>();
  readonly #checked = new Map<string, CheckedFile>();

  constructor(listing: Listing) {
    this.#listing = listing;
    this.#files = new Map(listing.files.map((file) => [file.path, file]));
    this.#composed = new Map(listing.files.map(({ path }) => [path.normalize('NFC'), path]));
  }

  async run(asked: readonly string[]): Promise<BagVerdict> {
    const findings = this.#findings;
    checkNames(this.#listing, findings);
    const declaration = readDeclaration(await this.#bytes('bagit.txt', 'declaration'), findings);
    const { strict } = declaration;
    const payload = this.#listing.files.filter(({ path }) => path.startsWith('data/'));
    if (payload.length === 0 && !this.#listing.folders.includes('data'))
      findings.error('declaration', 'bag/no-payload-folder', 'data', 'there is no folder data');
    const manifests = await this.#manifests(declaration);
    await this.#digests(new Set([...asked, ...manifests.map(({ algorithm }) => algorithm)]));
    const elsewhere = await this.#fetch(declaration, manifests);
    for (const manifest of manifests) this.#compare(manifest, elsewhere);
    const info = await this.#info(declaration, payload);
    checkComplete(this.#listing, manifests, strict, findings);
    const { errors, warnings } = findings;
    return {
      sound: errors.length === 0,
      version: declaration.version,
      errors,
      warnings,
      manifests,
      info,
      files: this.#checked,
    };
  }

  /** All bytes of a tag file, kept for its digest too; null when it is not there or cannot be read. */
  async #bytes(path: string, step: BagStep): Promise<Uint8Array | null> {
    const file = this.#files.get(path);
    if (file === undefined) return null;
    try {
      const bytes = await tagBytes(file.stream());
      if (bytes === null) this.#findings.error(step, 'bag/tag-file-too-large', path, 'it is larger than 64 MiB');
      else this.#texts.set(path, bytes);
      return bytes;
    } catch (error) {
      if (!isReading(error)) throw error;
      return null; // Said once for every file, where digests are made.
    }
  }

  async #text(path: string, step: BagStep, { encoding }: Declaration): Promise<string | null> {
    const bytes = await this.#bytes(path, step);
    if (bytes === null) return null;
    const read = tagText(bytes, encoding);
    if (read === null) {
      this.#findings.error(step, 'bag/not-in-encoding', path, `it is not text in ${encoding}, as bagit.txt says`);
      return null;
    }
    const wide = encoding.toLowerCase() === 'utf-16';
    if (read.mark !== wide) {
      const said = wide ? 'it has no byte order mark' : 'it begins with a byte order mark';
      this.#findings.warning(step, 'bag/byte-order-mark', path, said);
    }
    return read.text;
  }

  async #manifests(declaration: Declaration): Promise<Manifest[]> {
    const findings = this.#findings;
    const manifests: Manifest[] = [];
    for (const path of this.#files.keys()) {
      const named = manifestNamed(path);
      if (named === null) continue;
      const step = stepOf(named);
      if (!Object.hasOwn(ALGORITHMS, named.algorithm)) {
        findings.warning(step, 'bag/algorithm-unknown', path, 'its kind of digest is not known, so it is not checked');
        continue;
      }
      const text = await this.#text(path, step, declaration);
      if (text === null) continue;
      const exists = (other: string) => this.#files.has(other);
      manifests.push(readManifest(path, text, declaration.strict, exists, findings));
    }
    const payload = manifests.filter(({ of }) => of === 'payload');
    if (payload.length === 0)
      findings.error('payload manifests', 'bag/no-manifest', 'data', 'no manifest says what the payload must be');
    else if (payload.every(({ algorithm }) => algorithm === 'md5' || algorithm === 'sha1'))
      findings.warning('payload manifests', 'bag/weak-digests', payload[0]!.path, 'its digests can be forged');
    if (manifests.length === payload.length)
      findings.warning('tag manifests', 'bag/no-tag-manifest', 'bagit.txt', 'no manifest covers the tag files');
    return manifests;
  }

  async #digests(algorithms: Set<string>): Promise<void> {
    for (const [path, file] of this.#files) {
      const known = this.#texts.get(path);
      try {
        const digests = await digestsOf(known === undefined ? file.stream() : [known], algorithms);
        this.#checked.set(path, { file, digests, agreeing: [] });
      } catch (error) {
        if (!isReading(error)) throw error;
        const code = isProblem(error) ? error.code : 'bag/unreadable-file';
        const said = isProblem(error) ? String(error.facts['why'] ?? 'it cannot be read') : 'it cannot be read';
        this.#findings.error('names', code, path, said);
      }
    }
  }

  #compare(manifest: Manifest, elsewhere: Set<string>): void {
    const step = stepOf(manifest);
    for (const [listed, digest] of manifest.entries) {
      const path = this.#files.has(listed) ? listed : this.#composed.get(listed.normalize('NFC'));
      if (path === undefined) {
        const said = elsewhere.has(listed)
          ? 'it is not here, and is said to lie elsewhere'
          : 'it is listed, and not here';
        this.#findings.error(step, 'bag/missing-file', listed, said, manifest.path);
        continue;
      }
      if (path !== listed)
        this.#findings.warning(
          step,
          'bag/other-unicode-form',
          path,
          'it is listed in another Unicode form',
          manifest.path,
        );
      const checked = this.#checked.get(path);
      if (checked === undefined) continue;
      if (checked.digests.hex[manifest.algorithm] === digest) checked.agreeing.push(manifest.path);
      else
        this.#findings.error(
          step,
          'bag/digest-differs',
          path,
          `its ${manifest.algorithm} is not the one listed`,
          manifest.path,
        );
    }
  }

  async #info(declaration: Declaration, payload: BagFile[]): Promise<InfoLine[]> {
    const path = ['bag-info.txt', 'package-info.txt'].find((name) => this.#files.has(name));
    const text = path === undefined ? null : await this.#text(path, 'bag-info', declaration);
    const info = text === null ? [] : readInfo(path!, text, declaration.strict, this.#findings);
    const octets = payload.reduce(
      (sum, { path: one, sizeBytes }) => sum + (this.#checked.get(one)?.digests.sizeBytes ?? sizeBytes),
      0,
    );
    checkOxum(path ?? 'bag-info.txt', info, { octets, files: payload.length }, this.#findings);
    return info;
  }

  async #fetch(declaration: Declaration, manifests: Manifest[]): Promise<Set<string>> {
    const text = await this.#text('fetch.txt', 'fetch', declaration);
    if (text === null) return new Set();
    const listed = (path: string) => manifests.some(({ of, entries }) => of === 'payload' && entries.has(path));
    return readFetch('fetch.txt', text, declaration.strict, listed, this.#findings);
  }
}

/** What a disk or an archive says of a file; anything else is a bug. */
function isReading(error: unknown): boolean {
  return isProblem(error) || (error instanceof Error && 'syscall' in error);
}
