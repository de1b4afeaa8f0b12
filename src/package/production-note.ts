/**
 * `production.note`: the signed note that binds a package to its sender, its request and everyone it was sealed to.
 *
 * It signs the tag manifests, and through them every file. Encryption alone shows nothing of the sender: whoever can open
 * a package could seal it to somebody else. Here the sender's signature says to whom it was meant to go.
 */
import type { KeyObject } from 'node:crypto';
import { isDigest } from '../base/digest.ts';
import { type Note, noteText, readNote, signNote } from '../ledger/note.ts';

export const FORMAT = 'fourcorners-production/1';
const FAMILY = 'fourcorners-production/';

export type Recipient = {
  /** A native age X25519 recipient, `age1…`. */
  recipient: string;
  /** Who holds its key, in words. */
  name: string;
};

export type Binding = {
  id: string;
  createdAt: string;
  /** The provider's own id of the request, and digests of the request and the scope as approved. */
  request: string;
  requestDigest: string;
  scopeDigest: string;
  /** SHA-256 of `tagmanifest-sha256.txt` and SHA-512 of `tagmanifest-sha512.txt`, in hex. */
  tagmanifestSha256: string;
  tagmanifestSha512: string;
  recipients: Recipient[];
};

const KEYS = [
  'package',
  'created',
  'request',
  'request-sha256',
  'scope-sha256',
  'tagmanifest-sha256',
  'tagmanifest-sha512',
];

export function signProduction(binding: Binding, sender: { origin: string; key: KeyObject }): string {
  const values = [
    binding.id,
    binding.createdAt,
    binding.request,
    binding.requestDigest,
    binding.scopeDigest,
    binding.tagmanifestSha256,
    binding.tagmanifestSha512,
  ];
  const lines = [
    FORMAT,
    ...KEYS.map((key, place) => `${key} ${values[place]}`),
    ...binding.recipients.map(({ recipient, name }) => `recipient ${recipient} ${name}`),
  ];
  if (lines.some((line) => line.includes('\n') || line !== line.trim())) throw new TypeError('a value has a line end');
  return noteText(signNote(`${lines.join('\n')}\n`, sender.origin, sender.key));
}

/** `further` are lines of keys not known here: signed too, and only listed. */
export type ReadProduction = { binding: Binding; further: string[]; note: Note };

/** Says nothing yet of the signature. Only the one way to write the note is taken, with one signature. */
export function readProduction(bytes: Uint8Array): ReadProduction | 'note-unreadable' | 'format-unknown' {
  const note = readNote(bytes);
  if (note === null) return 'note-unreadable';
  const [format, ...lines] = note.text.slice(0, -1).split('\n');
  if (format !== FORMAT) return format?.startsWith(FAMILY) ? 'format-unknown' : 'note-unreadable';
  if (note.signatures.length !== 1 || Buffer.compare(Buffer.from(noteText(note)), bytes) !== 0)
    return 'note-unreadable';
  const pairs = lines.map((line): [string, string] => {
    const space = line.indexOf(' ');
    return space < 0 ? [line, ''] : [line.slice(0, space), line.slice(space + 1)];
  });
  const values = KEYS.map((key, place) => (pairs[place]?.[0] === key ? pairs[place][1] : ''));
  if (values.includes('')) return 'note-unreadable';
  const rest = pairs.slice(KEYS.length);
  const recipients = rest.filter(([key]) => key === 'recipient').map(([, value]) => recipientIn(value));
  const further = rest.filter(([key]) => key !== 'recipient').map(([key]) => key);
  if (further.some((key) => KEYS.includes(key)) || recipients.length === 0 || recipients.includes(null))
    return 'note-unreadable';
  const [id, createdAt, request, requestDigest, scopeDigest, tagmanifestSha256, tagmanifestSha512] = values as [
    string, string, string, string, string, string, string,
  ]; // biome-ignore format: one a key
  if (![requestDigest, scopeDigest, tagmanifestSha256].every(isDigest) || !/^[0-9a-f]{128}$/.test(tagmanifestSha512))
    return 'note-unreadable';
  const binding = {
    id,
    createdAt,
    request,
    requestDigest,
    scopeDigest,
    tagmanifestSha256,
    tagmanifestSha512,
    recipients: recipients as Recipient[],
  };
  return { binding, further, note };
}

function recipientIn(value: string): Recipient | null {
  const [, recipient, name] = /^(age1[0-9a-z]+) (.+)$/.exec(value) ?? [];
  return recipient === undefined || name === undefined ? null : { recipient, name };
}
