/** `bagit.txt`: which version of BagIt the bag follows, and the encoding of its other tag files. */
import type { Findings } from './bag-finding.ts';
import { isKnownEncoding, tagText } from './bag-text.ts';

/** `strict` from version 1.0 on, which says in words what older versions left open. */
export type Declaration = { version: string | null; encoding: string; strict: boolean };

const OLD = ['0.93', '0.94', '0.95', '0.96', '0.97'];
const PLACE = 'bagit.txt';

/**
 * Reads the declaration; null bytes are a missing file. Older versions are read, with a warning, and never written.
 *
 * Where it cannot be understood the rest is still looked at, as version 1.0 in UTF-8: only to say more of what is there.
 */
export function readDeclaration(bytes: Uint8Array | null, findings: Findings): Declaration {
  const unknown: Declaration = { version: null, encoding: 'UTF-8', strict: true };
  if (bytes === null) {
    findings.error('declaration', 'bag/no-declaration', PLACE, 'there is no bagit.txt, so this is no bag');
    return unknown;
  }
  const malformed = (said: string) => {
    findings.error('declaration', 'bag/declaration-malformed', PLACE, said);
    return unknown;
  };
  const read = tagText(bytes, 'UTF-8');
  if (read === null) return malformed('it is not UTF-8, which it is in every bag');
  if (read.mark) return malformed('it begins with a byte order mark');
  const found = /^BagIt-Version: (\d+\.\d+)(\r\n|\r|\n)Tag-File-Character-Encoding: (\S+)([\r\n]*)$/.exec(read.text);
  if (found === null) return malformed('it is not the two lines of a declaration');
  const [, version, end, encoding, last] = found;
  if (/[\r\n]/.test(last!.replace(/^(\r\n|\r|\n)/, '')) && !OLD.includes(version!))
    return malformed('it has more than the two lines of a declaration');
  if (end !== '\n' || last !== '\n')
    findings.warning('declaration', 'bag/unusual-lines', PLACE, 'its lines do not end in a line feed');
  if (!isKnownEncoding(encoding!)) {
    findings.error('declaration', 'bag/encoding-unknown', PLACE, 'it declares an encoding that is not known');
    return { ...unknown, version: version! };
  }
  if (OLD.includes(version!)) {
    findings.warning('declaration', 'bag/old-version', PLACE, `it follows version ${version}, before RFC 8493`);
    return { version: version!, encoding: encoding!, strict: false };
  }
  if (version !== '1.0')
    findings.error('declaration', 'bag/version-unknown', PLACE, 'it follows a version of BagIt that is not known');
  return { version: version!, encoding: encoding!, strict: true };
}
