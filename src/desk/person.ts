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

/** The person of that name, entered in the list when new. Throws `person/no-name`. */
export function personOf(name: string, stateFolder: string, secret: Uint8Array): Person {
  const shown = name
    .normalize('NFKC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  if (comparable(shown) === '' || shown.length > 200) {
    throw new Problem('person/no-name', 'Say who acts, with --as NAME or FOURCORNERS_AS: every act is somebody’s.');
  }
  const pseudonym = `p-${createHmac('sha256', secret)
    .update(`person\n${comparable(shown)}`)
    .digest('hex')
    .slice(0, 16)}`;
  const known = namesIn(stateFolder);
  if (known[pseudonym] === undefined) {
    writeSmallDurably(join(stateFolder, 'people.json'), JSON.stringify({ ...known, [pseudonym]: shown }, null, 1));
  }
  return { name: known[pseudonym] ?? shown, pseudonym };
}

/** Without case and without characters nobody sees. */
function comparable(name: string): string {
  return name
    .replace(/\p{Cf}/gu, '')
    .replace(/ +/g, ' ')
    .trim()
    .toLowerCase();
}

/** Names by pseudonym. Throws `person/list-damaged`. */
export function namesIn(stateFolder: string): Record<string, string> {
  const path = join(stateFolder, 'people.json');
  if (!existsSync(path)) return {};
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
  } catch {
    throw new Problem(
      'person/list-damaged',
      `The list of names ${path} is not readable. Restore it from a backup; the ledger still tells who is who by pseudonym.`,
      { path },
    );
  }
}
