/**
 * A message as it arrived, read for what it says: sender, ways, files, text, and what a mail server wrote about it.
 *
 * Everything here is what the message shows; nothing is trusted, run or fetched. Who asks is found out elsewhere.
 */
import { Buffer } from 'node:buffer';
import { type Digest, sha256 } from '../base/digest.ts';
import { Problem } from '../base/problem.ts';
import { grouped } from '../document/visible.ts';
import { type Attachment, attachment } from './attachment.ts';
import { type MailAuthentication, readAuthentication } from './authentication-results.ts';
import { textFrom } from './charset.ts';
import { type EmailHeaders, headersOf, replyToOf, type Say, senderOf } from './email-headers.ts';
import { htmlText } from './html-text.ts';
import { addressesIn, type Mailbox } from './mailbox.ts';
import { allParts, EMAIL_LIMITS, type Part, partOf, tooLarge, type Used } from './mime.ts';
import type { Note } from './note.ts';
import { numbersIn } from './number.ts';

export type Email = {
  sha256: Digest;
  sizeBytes: number;
  headers: EmailHeaders;
  authentication: MailAuthentication;
  /** Null when the message does not name exactly one. */
  from: Mailbox | null;
  replyTo: Mailbox[];
  attachments: Attachment<Email>[];
  /** The plain text; where there is none, the text of the HTML part; empty when there is neither. */
  text: string;
  /** The text of the HTML part, where it does not say the same as the plain one. */
  htmlText: string | null;
  notes: Note[];
};

export type EmailOptions = {
  /** The name our own mail server puts into the results it writes (its `authserv-id`); null: no result counts. */
  ownServer?: string | null;
};

/**
 * Throws `request/not-an-email`, `request/email-too-large`, `request/email-too-deep` or `request/email-too-many-parts`;
 * whatever else is odd is a note.
 */
export async function readEmail(bytes: Uint8Array, options: EmailOptions = {}): Promise<Email> {
  return read(bytes, options.ownServer ?? null, {
    depth: 0,
    used: { parts: 0, headerBytes: 0, headerLines: 0, nestedBytes: 0 },
  });
}

type Place = { depth: number; used: Used };

async function read(bytes: Uint8Array, ownServer: string | null, { depth, used }: Place): Promise<Email> {
  const notes: Note[] = [];
  const note: Say = (what, where, says) => notes.push({ what, place: where, says });
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  checkSize(whole);
  const parts = allParts(await partOf(whole, depth, used));
  const headers = headersOf(parts[0]!.headers, ownServer, note);
  if (whole.includes(0)) note('header', 'the message', 'It holds null bytes.');
  const from = senderOf(headers.from, note);
  const replyTo = replyToOf(headers.replyTo, from, note);
  const { authentication, notes: said } = readAuthentication(headers.authenticationResults, ownServer, from);
  notes.push(...said);

  const attachments: Attachment<Email>[] = [];
  for (const part of parts.filter(isFile)) {
    const message = MESSAGE.test(part.mediaType) ? await nested(part, used) : null;
    const made = attachment(part, attachments.length + 1, message);
    attachments.push(made.attachment);
    notes.push(...made.notes);
  }

  const plain = bodyText(parts, 'text/plain', note);
  const source = bodyText(parts, 'text/html', note);
  const html = source === '' ? null : htmlText(source.slice(0, HTML_LIMIT_CHARACTERS));
  if (source.length > HTML_LIMIT_CHARACTERS)
    note(
      'text',
      'HTML part',
      `It has ${grouped(source.length)} characters; ${grouped(HTML_LIMIT_CHARACTERS)} were read.`,
    );
  if (html !== null && html.remote > 0)
    note('text', 'HTML part', `Things it would fetch from elsewhere: ${html.remote}. None was fetched.`);
  const hasPlain = plain.trim() !== '';
  const htmlDiffers = hasPlain && html !== null && differ(plain, html.text);
  if (htmlDiffers) note('text', 'HTML part', 'It does not say the same as the plain text; both are shown.');
  return {
    sha256: sha256(bytes),
    sizeBytes: bytes.length,
    headers,
    authentication,
    from,
    replyTo,
    attachments,
    text: hasPlain ? plain : (html?.text ?? ''),
    htmlText: htmlDiffers ? html.text : null,
    notes,
  };
}

const HTML_LIMIT_CHARACTERS = 4_000_000;
const MESSAGE = /^message\/(rfc822|global)$/;
const TEXT = /^text\/(plain|html)$/;

/** Whatever has a name or is no text to be read; a part that was cut into parts is neither. */
function isFile(part: Part): boolean {
  if (/^multipart\//.test(part.mediaType)) return part.bytes.length > 0;
  return !TEXT.test(part.mediaType) || part.disposition === 'attachment' || part.name !== null;
}

function bodyText(parts: Part[], mediaType: string, note: Say): string {
  return parts
    .filter((part) => part.mediaType === mediaType && !isFile(part))
    .map((part) => {
      const { text, doubt } = textFrom(part.bytes, part.charset);
      for (const says of [...part.oddities, ...(doubt === null ? [] : [doubt])])
        note('text', `${mediaType} part`, says);
      return text.replace(/\r\n/g, '\n');
    })
    .join('\n');
}

/** Null when the part is no message. */
async function nested(part: Part, used: Used): Promise<Email | null> {
  used.nestedBytes += part.bytes.length;
  if (used.nestedBytes > EMAIL_LIMITS.nestedBytes)
    throw tooLarge(`The messages inside it add up to more than ${grouped(EMAIL_LIMITS.nestedBytes)} bytes`);
  try {
    return await read(part.bytes, null, { depth: part.depth + 1, used });
  } catch (error) {
    if (error instanceof Problem && error.code === 'request/not-an-email') return null;
    throw error;
  }
}

function checkSize(bytes: Buffer): void {
  if (bytes.length > EMAIL_LIMITS.sizeBytes)
    throw tooLarge(`It has ${grouped(bytes.length)} bytes, more than ${grouped(EMAIL_LIMITS.sizeBytes)}`);
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(10, start);
    const end = found < 0 ? bytes.length : found;
    if (end - start > EMAIL_LIMITS.lineBytes)
      throw tooLarge(`It has a line of more than ${grouped(EMAIL_LIMITS.lineBytes)} bytes`);
    start = end + 1;
  }
}

/** Other numbers, other addresses, or much more text: what a person would be told differently. */
function differ(plain: string, html: string): boolean {
  const said = (text: string) => [...new Set([...numbersIn(text), ...addressesIn(text).map(letters)])].sort().join(' ');
  const [short, long] = [letters(plain).length, letters(html).length].sort((a, b) => a - b);
  return said(plain) !== said(html) || long! > 2 * short! + 200;
}

const letters = (text: string): string => text.replace(/[^\p{L}\p{N}@]+/gu, '').toLowerCase();
