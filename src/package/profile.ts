/**
 * What a production asks of its bag beside being a bag: version 1.0, these manifests, every file in them, nothing to fetch.
 *
 * What is only a warning of a bag in general is refused here: our writer never gives rise to one.
 */

import { BAG_ALGORITHMS } from './bag.ts';
import type { BagFinding, BagStep } from './bag-finding.ts';
import type { BagVerdict } from './bag-read.ts';
import type { Facts } from './fact.ts';

export const NOTE = 'production.note';

/** The facts of one step of looking at a bag, in the words of a package. */
export function bagFacts(
  bag: BagVerdict,
  step: BagStep,
  code: string,
  place: string | null,
  said: string,
  facts: Facts,
): void {
  const before = facts.list.length;
  const lacksPayload = bag.errors.some((error) => error.code === 'bag/missing-file' && error.place.startsWith('data/'));
  for (const finding of [...bag.errors, ...bag.warnings]) {
    if (finding.step !== step || isExpected(finding)) continue;
    const by = finding.by === undefined ? '' : ` (${finding.by})`;
    if (finding.code === 'bag/oxum-differs' && lacksPayload)
      facts.fails('package/oxum-open', finding.place, 'the size of the payload cannot hold while files are missing');
    else if (finding.code === 'bag/fetch')
      facts.fails('package/fetch', finding.place, 'a production never says that files of it lie elsewhere');
    else facts.fails(finding.code, finding.place, `${finding.said}${by}`);
  }
  required(bag, step, facts);
  facts.holdsSince(before, code, place, said);
}

/** The note signs the tag manifests, so it cannot be in them. */
function isExpected({ code, place }: BagFinding): boolean {
  return code === 'bag/tag-file-unlisted' && place === NOTE;
}

function required(bag: BagVerdict, step: BagStep, facts: Facts): void {
  if (step === 'declaration' && bag.version !== null && bag.version !== '1.0')
    facts.fails('package/bag-version', 'bagit.txt', 'a production is a bag of version 1.0');
  const of = step === 'tag manifests' ? 'tag' : step === 'payload manifests' ? 'payload' : null;
  if (of === null) return;
  for (const algorithm of BAG_ALGORITHMS) {
    const path = `${of === 'tag' ? 'tag' : ''}manifest-${algorithm}.txt`;
    if (!bag.manifests.some((manifest) => manifest.path === path))
      facts.fails('package/manifest-missing', path, 'a production has manifests of SHA-256 and of SHA-512');
  }
}
