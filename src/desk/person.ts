/**
 * Who acts. The ledger knows people by a pseudonym only this data directory can make; the list of names lies beside it.
 *
 * Names are compared without case and spacing, so that one person cannot approve as two by a capital letter.
 */
import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../base/problem.ts';
import { writeSmallDurably } from '../custody/small.ts';

export type Person = { name: string; pseudonym: string };

/** The name as shown. Throws `person/no-name`. */
export function nameOf(name: string): string {
  const shown = name
    .normalize('NFKC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  if (comparable(shown) === '' || shown.length > 200) {
    throw new Problem('person/no-name', 'Say who acts, with --as NAME or FOURCORNERS_AS: every act is somebody’s.');
  }
  return shown;
}

/** The person of that name, entered in the list when new. Throws `person/no-name` and `person/list-damaged`. */
export function personOf(name: string, stateFolder: string, secret: Uint8Array): Person {
  const shown = nameOf(name);
  const pseudonym = pseudonymOf(shown, secret);
  const known = namesIn(stateFolder, secret);
  if (known[pseudonym] === undefined) {
    writeSmallDurably(join(stateFolder, 'people.json'), JSON.stringify({ ...known, [pseudonym]: shown }, null, 1));
  }
  return { name: known[pseudonym] ?? shown, pseudonym };
}

function pseudonymOf(shown: string, secret: Uint8Array): string {
  const digest = createHmac('sha256', secret)
    .update(`person\n${comparable(shown)}`)
    .digest('hex');
  return `p-${digest.slice(0, 16)}`;
}

/** Without case and without characters nobody sees. */
function comparable(name: string): string {
  return name
    .replace(/\p{Cf}/gu, '')
    .replace(/ +/g, ' ')
    .trim()
    .toLowerCase();
}

/** Names by pseudonym; a name that was changed in the file is not that pseudonym's. Throws `person/list-damaged`. */
export function namesIn(stateFolder: string, secret: Uint8Array): Record<string, string> {
  const path = join(stateFolder, 'people.json');
  if (!existsSync(path)) return {};
  let listed: [string, unknown][];
  try {
    listed = Object.entries(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new Problem(
      'person/list-damaged',
      `The list of names ${path} is not readable. Restore it from a backup; the ledger still tells people apart by pseudonym.`,
      { path },
    );
  }
  return Object.fromEntries(
    listed.filter(([pseudonym, name]) => typeof name === 'string' && pseudonymOf(name, secret) === pseudonym),
  ) as Record<string, string>;
}
