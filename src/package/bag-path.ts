/** File paths of a bag as manifests write them: read, written, and which of them are refused or will cause trouble. */
import { collisionKey } from '../formats/reading/zip-name.ts';

/** RFC 8493, 2.1.3: line feed, carriage return and percent sign are percent-encoded, and only those. */
export function encodedPath(path: string): string {
  return path.replaceAll('%', '%25').replaceAll('\n', '%0A').replaceAll('\r', '%0D');
}

/** What `encodedPath` made; null where a percent sign stands for nothing of it. */
export function decodedPath(written: string): string | null {
  return /%(?!25|0[AaDd])/.test(written) ? null : decodedLoosely(written);
}

/** The same for bags from before 1.0, where other percent signs stood for themselves. */
export function decodedLoosely(written: string): string {
  return written.replace(/%(25|0[Aa]|0[Dd])/g, (_, code: string) =>
    code === '25' ? '%' : code.toLowerCase() === '0a' ? '\n' : '\r',
  );
}

/** Why a path may lead out of the bag on some machine, or null. Such a path is never looked up. */
export function escapeOf(path: string): string | null {
  if (path.split(/[\\/]/).includes('..')) return 'it leads out of its folder';
  if (/^[\\/]/.test(path)) return 'it is an absolute path';
  if (/^[A-Za-z]:/.test(path)) return 'it begins with a drive';
  if (path.startsWith('~')) return 'it begins with somebody’s home folder';
  if (/^%[^%\\/]+%[\\/]/.test(path)) return 'it begins with a variable of the machine';
  return null;
}

/** Windows takes these for devices, whatever follows the first dot. */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i;
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** Why a file of this name cannot be kept, or is misread, on some machine; null when it is the same everywhere. */
export function troubleOf(path: string): string | null {
  if (Buffer.byteLength(path) > 1024) return 'its path is longer than 1024 bytes';
  if (CONTROL.test(path)) return 'its name has control characters';
  if (BIDI.test(path)) return 'its name has marks that change the direction of text';
  if (path.includes('\\')) return 'its name has a backslash, which separates folders on some machines';
  for (const part of path.split('/')) {
    if (part === '' || part === '.') return 'its path has an empty part';
    if (DEVICE.test(part)) return 'its name is that of a device on some machines';
    if (/[<>:"|?*]/.test(part)) return 'its name has a character that some machines do not take';
    if (/[. ]$/.test(part)) return 'its name ends in a dot or a space, which some machines drop';
  }
  return null;
}

/** Files that operating systems leave behind: no part of what anyone meant to send. */
export function isLeftBehind(path: string): boolean {
  const last = path.split('/').at(-1)!;
  return /^(\.DS_Store|\._.*|Thumbs\.db|desktop\.ini|\.Spotlight-V100|\.Trashes)$/i.test(last);
}

/** Pairs of different paths that would be one file on some machine: other case, or another Unicode form. */
export function collisions(paths: Iterable<string>): [string, string][] {
  const first = new Map<string, string>();
  const found: [string, string][] = [];
  for (const path of paths) {
    const key = collisionKey(path);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, path);
    else if (earlier !== path) found.push([earlier, path]);
  }
  return found;
}
