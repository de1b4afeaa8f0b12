/** `fetch.txt`: files of the payload that lie elsewhere. Its lines are checked; nothing is ever fetched. */

import type { Findings } from './bag-finding.ts';
import { decodedLoosely, decodedPath, escapeOf } from './bag-path.ts';
import { tagLines } from './bag-text.ts';

const STEP = 'fetch';

/** The paths that are said to lie elsewhere. `listed`: whether a payload manifest lists the path. */
export function readFetch(
  path: string,
  text: string,
  strict: boolean,
  listed: (path: string) => boolean,
  findings: Findings,
): Set<string> {
  const elsewhere = new Set<string>();
  const { lines } = tagLines(text);
  findings.warning(STEP, 'bag/fetch', path, 'the bag says that files of it lie elsewhere; nothing is fetched');
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const [, written] = /^\S+[ \t]+(?:\d+|-)[ \t]+(.+)$/.exec(line) ?? [];
    const decoded = written === undefined ? null : strict ? decodedPath(written) : decodedLoosely(written);
    const named = decoded?.replace(/^(\.\/)+/, '') ?? '';
    const leads = escapeOf(named);
    if (decoded === null)
      findings.error(STEP, 'bag/fetch-malformed', path, `line ${index + 1} is not an address, a length and a path`);
    else if (leads !== null) findings.error(STEP, 'bag/path-escape', named, `it is to be fetched, and ${leads}`, path);
    else if (!named.startsWith('data/'))
      findings.error(STEP, 'bag/outside-payload', named, 'it is to be fetched, and it is not in data/', path);
    else {
      if (!listed(named))
        findings.error(
          STEP,
          'bag/fetch-unlisted',
          named,
          'it is to be fetched, and no payload manifest lists it',
          path,
        );
      elsewhere.add(named);
    }
  }
  return elsewhere;
}
