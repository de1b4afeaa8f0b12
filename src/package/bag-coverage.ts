/** What is in a bag by name: names that make trouble, and files that no manifest covers. */
import type { Findings } from './bag-finding.ts';
import { type Manifest, manifestNamed } from './bag-manifest.ts';
import { collisions, isLeftBehind, troubleOf } from './bag-path.ts';
import type { Listing } from './listing.ts';

export function checkNames(listing: Listing, findings: Findings): void {
  for (const { place, code, said } of listing.refused) findings.error('names', code, place, said);
  const paths = listing.files.map(({ path }) => path);
  for (const path of paths) {
    const trouble = troubleOf(path);
    if (trouble !== null) findings.warning('names', 'bag/unportable-name', path, trouble);
    if (isLeftBehind(path))
      findings.warning('names', 'bag/left-behind', path, 'an operating system left it here; it is nobody’s record');
  }
  for (const [one, other] of collisions(paths))
    findings.warning('names', 'bag/collision', other, 'another file has this name but for case or form', one);
}

/** `strict` from BagIt 1.0 on: every payload manifest lists every payload file. */
export function checkComplete(listing: Listing, manifests: Manifest[], strict: boolean, findings: Findings): void {
  const covering = manifests.map(({ of, path, entries }) => ({
    of,
    path,
    listed: new Set([...entries.keys()].map((one) => one.normalize('NFC'))),
  }));
  for (const { path } of listing.files) {
    const without = (kind: Manifest['of']) =>
      covering.filter(({ of, listed }) => of === kind && !listed.has(path.normalize('NFC'))).map((one) => one.path);
    if (path.startsWith('data/')) uncovered(path, without('payload'));
    else if (manifestNamed(path)?.of !== 'tag') unlisted(path, without('tag'));
  }

  function uncovered(path: string, without: string[]): void {
    const all = covering.filter(({ of }) => of === 'payload').length;
    if (all === 0) return;
    if (without.length === all)
      findings.error('completeness', 'bag/unlisted-file', path, 'it is here, and no manifest lists it');
    else if (strict)
      for (const by of without)
        findings.error('completeness', 'bag/not-in-every-manifest', path, 'this manifest does not list it', by);
  }

  function unlisted(path: string, without: string[]): void {
    const isManifest = manifestNamed(path) !== null;
    const code = isManifest ? 'bag/manifest-unlisted' : 'bag/tag-file-unlisted';
    for (const by of without)
      findings.either(strict && isManifest, 'completeness', code, path, 'this tag manifest does not list it', by);
  }
}
