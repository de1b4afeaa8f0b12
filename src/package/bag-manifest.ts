/** The lines of a manifest: which file has which digest, as far as the line can be understood. */

import { ALGORITHMS } from './bag-digests.ts';
import type { BagStep, Findings } from './bag-finding.ts';
import { decodedLoosely, decodedPath, escapeOf } from './bag-path.ts';
import { tagLines } from './bag-text.ts';

export type Manifest = {
  /** `manifest-sha256.txt` */
  path: string;
  of: 'payload' | 'tag';
  algorithm: string;
  /** Digest in lower case, by path. */
  entries: Map<string, string>;
};

/** What the name of a file at the top of a bag says of it; null when it is no manifest. */
export function manifestNamed(path: string): { of: 'payload' | 'tag'; algorithm: string } | null {
  const [, tag, algorithm] = /^(tag)?manifest-([a-z0-9]+)\.txt$/.exec(path) ?? [];
  return algorithm === undefined ? null : { of: tag === undefined ? 'payload' : 'tag', algorithm };
}

export const stepOf = ({ of }: Pick<Manifest, 'of'>): BagStep => (of === 'tag' ? 'tag manifests' : 'payload manifests');

/** One line of the form we write; everything else the standard allows is read, and said to be unusual. */
export function manifestLine(digest: string, encoded: string): string {
  return `${digest}  ${encoded}\n`;
}

/**
 * Reads a manifest. `strict` from BagIt 1.0 on; `exists` tells which of two readings of an old path is a file.
 *
 * A line that cannot be understood, or whose path may lead out of the bag, is an error and goes into no look-up.
 */
export function readManifest(
  path: string,
  text: string,
  strict: boolean,
  exists: (path: string) => boolean,
  findings: Findings,
): Manifest {
  const { of, algorithm } = manifestNamed(path)!;
  const manifest: Manifest = { path, of, algorithm, entries: new Map() };
  const step = stepOf(manifest);
  const { lines, usual } = tagLines(text);
  if (!usual) findings.warning(step, 'bag/unusual-lines', path, 'its lines do not all end in a line feed');
  for (const [index, line] of lines.entries()) {
    const at = `line ${index + 1}`;
    const read = readLine(line, algorithm, strict, exists);
    if (line === '') findings.warning(step, 'bag/line-unusual', path, `${at} is empty`);
    else if (typeof read === 'string') findings.error(step, 'bag/line-malformed', path, `${at} ${read}`);
    else {
      const leads = escapeOf(read.path);
      if (read.unusual !== null)
        findings.warning(step, 'bag/line-unusual', path, `${at} is not written as usual${read.unusual}`);
      if (leads === null) enter(manifest, read.path, read.digest, strict, findings);
      else findings.error(step, 'bag/path-escape', read.path, `it is listed in ${at}, and ${leads}`, path);
    }
  }
  return manifest;
}

type Line = { path: string; digest: string; unusual: string | null };

/** What a line says, or why it says nothing. */
function readLine(line: string, algorithm: string, strict: boolean, exists: (path: string) => boolean): Line | string {
  const [, digest, gap, written] = /^([0-9A-Fa-f]+)([ \t]+)(.+)$/s.exec(line) ?? [];
  if (digest === undefined || gap === undefined || written === undefined) return 'is not a digest and a path';
  if (digest.length !== ALGORITHMS[algorithm]) return 'has a digest of another length';
  const named = pathIn(written, strict, exists);
  if (named === null) return 'has a percent sign that is not encoded';
  if (named.path.split('/').includes('') && escapeOf(named.path) === null) return 'names no file';
  const plain = gap === '  ' && digest === digest.toLowerCase();
  return { path: named.path, digest: digest.toLowerCase(), unusual: named.unusual ?? (plain ? null : '') };
}

/** What a tool like md5sum writes is understood in old bags: a star before the path, and `./`. */
function pathIn(
  written: string,
  strict: boolean,
  exists: (path: string) => boolean,
): { path: string; unusual?: string } | null {
  let text = written;
  let unusual: string | undefined;
  if (!strict && text.startsWith('*') && !exists(text)) {
    text = text.slice(1);
    unusual = ': it has the star of md5sum before the path';
  }
  while (text.startsWith('./')) {
    text = text.slice(2);
    unusual = ': its path begins with ./';
  }
  const path = strict ? decodedPath(text) : exists(text) ? text : decodedLoosely(text);
  if (path === null) return null;
  return unusual === undefined ? { path } : { path, unusual };
}

function enter(manifest: Manifest, path: string, digest: string, strict: boolean, findings: Findings): void {
  const { of, entries, path: by } = manifest;
  const step = stepOf(manifest);
  const isPayload = path.startsWith('data/');
  if (of === 'payload' && !isPayload) {
    findings.error(step, 'bag/outside-payload', path, 'a payload manifest lists it, and it is not in data/', by);
    return;
  }
  if (of === 'tag' && isPayload)
    findings.either(strict, step, 'bag/payload-in-tagmanifest', path, 'a tag manifest lists it, and it is payload', by);
  if (of === 'tag' && manifestNamed(path)?.of === 'tag')
    findings.either(strict, step, 'bag/lists-tagmanifest', path, 'a tag manifest may not list a tag manifest', by);
  const earlier = entries.get(path);
  if (earlier === undefined) entries.set(path, digest);
  else if (earlier !== digest)
    findings.error(step, 'bag/listed-with-two-digests', path, 'it is listed twice, with two digests', by);
  else findings.either(strict, step, 'bag/listed-twice', path, 'it is listed twice', by);
}
