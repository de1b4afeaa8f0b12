/** What a file is by its first bytes, and whether that fits what its sender calls it. It opens nothing. */
import { Buffer, isUtf8 } from 'node:buffer';

const SIGNS: { type: string; at?: number; bytes: string }[] = [
  { type: 'application/pdf', bytes: '%PDF-' },
  { type: 'application/zip', bytes: 'PK\x03\x04' },
  { type: 'application/zip', bytes: 'PK\x05\x06' },
  { type: 'application/x-ole-storage', bytes: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' },
  { type: 'application/vnd.microsoft.portable-executable', bytes: 'MZ' },
  { type: 'application/x-elf', bytes: '\x7fELF' },
  { type: 'application/x-mach-binary', bytes: '\xfe\xed\xfa' },
  { type: 'application/x-mach-binary', bytes: '\xcf\xfa\xed\xfe' },
  { type: 'application/x-ms-shortcut', bytes: 'L\x00\x00\x00\x01\x14\x02\x00' },
  { type: 'application/x-7z-compressed', bytes: '7z\xbc\xaf\x27\x1c' },
  { type: 'application/vnd.rar', bytes: 'Rar!\x1a\x07' },
  { type: 'application/gzip', bytes: '\x1f\x8b' },
  { type: 'application/x-xz', bytes: '\xfd7zXZ\x00' },
  { type: 'application/zstd', bytes: '\x28\xb5\x2f\xfd' },
  { type: 'application/vnd.ms-cab-compressed', bytes: 'MSCF' },
  { type: 'application/x-iso9660-image', at: 32769, bytes: 'CD001' },
  { type: 'application/rtf', bytes: '{\\rtf' },
  { type: 'image/png', bytes: '\x89PNG\r\n\x1a\n' },
  { type: 'image/jpeg', bytes: '\xff\xd8\xff' },
  { type: 'image/gif', bytes: 'GIF8' },
  { type: 'image/tiff', bytes: 'II*\x00' },
  { type: 'image/tiff', bytes: 'MM\x00*' },
  { type: 'image/webp', at: 8, bytes: 'WEBP' },
  { type: 'text/x-script', bytes: '#!' },
];

const LOOK_BYTES = 64 * 1024;

/** Null when the first bytes say nothing. Text is told only by being UTF-8 without null bytes. */
export function mediaTypeSeen(bytes: Uint8Array): string | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sign = SIGNS.find(({ at = 0, bytes: wanted }) => view.toString('latin1', at, at + wanted.length) === wanted);
  if (sign) return sign.type;
  // Readers of PDF accept a header anywhere in the first 1024 bytes.
  if (view.subarray(0, 1024).includes('%PDF-', 0, 'latin1')) return 'application/pdf';
  const head = view.subarray(0, LOOK_BYTES);
  if (head.includes(0) || head.length === 0 || !isUtf8(wholeCharacters(head))) return null;
  const text = head
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  if (/^<(!doctype html|html|head|body|script)\b/i.test(text)) return 'text/html';
  if (/^<\?xml\b/.test(text)) return 'application/xml';
  if (/^<svg\b/i.test(text)) return 'image/svg+xml';
  return /^[{[]/.test(text) && isJson(view) ? 'application/json' : 'text/plain';
}

/** Without the beginning of a character that the cut left incomplete. */
function wholeCharacters(head: Buffer): Buffer {
  if (head.length < LOOK_BYTES) return head;
  let end = head.length;
  while (end > head.length - 4 && (head[end - 1]! & 0xc0) === 0x80) end--;
  return head.subarray(0, (head[end - 1]! & 0x80) === 0 ? end : end - 1);
}

const JSON_LIMIT_BYTES = 8 * 1024 * 1024;

function isJson(bytes: Buffer): boolean {
  if (bytes.length > JSON_LIMIT_BYTES) return false;
  try {
    JSON.parse(bytes.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

/** Types that are stored in files of another type. */
const STORED_AS: { seen: string; stated: RegExp }[] = [
  { seen: 'application/zip', stated: /zip|^application\/(vnd\.openxmlformats|vnd\.oasis|epub|java-archive|vnd\.etsi)/ },
  { seen: 'application/x-ole-storage', stated: /^application\/(msword|vnd\.ms-|x-msi)/ },
  { seen: 'application/rtf', stated: /^(text\/rtf|application\/(rtf|msword))$/ },
  { seen: 'application/gzip', stated: /gzip|x-tar|x-gtar/ },
  { seen: 'application/xml', stated: /xml/ },
  { seen: 'application/json', stated: /json|^text\/plain$/ },
  { seen: 'text/html', stated: /^(text\/|application\/xhtml)/ },
];

const NEVER_TEXT =
  /^(image|audio|video|font)\/|pdf|zip|msword|officedocument|opendocument|vnd\.ms-|x-msdownload|rar|7z/;

/** True where the two agree, or where one of them says nothing. Many types are text; some cannot be. */
export function fits(stated: string, seen: string | null): boolean {
  if (seen === 'text/plain') return !NEVER_TEXT.test(stated) || stated === 'image/svg+xml';
  if (seen === null || stated === '' || stated === 'application/octet-stream' || stated === seen) return true;
  return STORED_AS.some((rule) => rule.seen === seen && rule.stated.test(stated));
}

/** Whether opening such a file can run something. */
export function canRun(seen: string | null): boolean {
  return seen !== null && /portable-executable|x-elf|x-mach|x-ms-shortcut|x-script|html|svg|cab|iso9660/.test(seen);
}
