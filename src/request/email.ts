/**
 * A message as it arrived, read for what it says: sender, ways, files, text, and what a mail server wrote about it.
 *
 * Everything here is what the message shows; nothing is trusted, run or fetched. Who asks is found out elsewhere.
 */
import PostalMime from 'postal-mime';
import { type Digest, sha256 } from '../base/digest.ts';
import { Problem } from '../base/problem.ts';
import { grouped, visible } from '../document/visible.ts';
import { type Attachment, attachment } from './attachment.ts';
import { type MailAuthentication, readAuthentication } from './authentication-results.ts';
import { type EmailHeaders, headersOf, replyToOf, type Say, senderOf } from './email-headers.ts';
import { htmlText } from './html-text.ts';
import { addressesIn, type Mailbox } from './mailbox.ts';
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

export const EMAIL_LIMITS = {
  sizeBytes: 64 * 1024 * 1024,
  /** Of messages inside messages, together. */
  nestedBytes: 128 * 1024 * 1024,
  headerBytes: 1024 * 1024,
  lineBytes: 10 * 1024 * 1024,
  /** 64 MiB of base64 in lines of 76 characters have 0.9 million. */
  lines: 1_000_000,
  depth: 32,
  parts: 1000,
  /** Lines that could begin a part: more are refused before anything is built of them. */
  dashedLines: 20_000,
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
  return read(bytes, options.ownServer ?? null, { depth: 0, used: { parts: 0, nestedBytes: 0 } });
}

type Place = { depth: number; used: { parts: number; nestedBytes: number } };

async function read(bytes: Uint8Array, ownServer: string | null, place: Place): Promise<Email> {
  const notes: Note[] = [];
  const note: Say = (what, where, says) => notes.push({ what, place: where, says });
  checkSize(bytes);
  const { mail, root } = await parse(bytes, EMAIL_LIMITS.depth - place.depth);
  const parts = partsOf(root);
  place.used.parts += parts.length;
  if (place.used.parts > EMAIL_LIMITS.parts) throw tooManyParts(place.used.parts);

  const headers = headersOf(mail.headers, ownServer, note);
  if (bytes.includes(0)) note('header', 'the message', 'It holds null bytes.');
  const from = senderOf(headers.from, note);
  const replyTo = replyToOf(headers.replyTo, from, note);
  const { authentication, notes: said } = readAuthentication(headers.authenticationResults, ownServer, from);
  notes.push(...said);

  const attachments: Attachment<Email>[] = [];
  for (const [index, part] of mail.attachments.entries()) {
    const content = new Uint8Array(part.content as ArrayBuffer);
    const node = parts.find(({ content: held }) => held === part.content);
    const inside = /^message\/(rfc822|global)$/.test(part.mimeType)
      ? await nested(content, { depth: place.depth + 1 + (node?.depth ?? 0), used: place.used })
      : null;
    const made = attachment(
      {
        name: part.filename,
        mediaType: part.mimeType,
        disposition: part.disposition,
        exact: node !== undefined && /base64/.test(node.contentTransferEncoding.encoding),
        bytes: content,
      },
      index + 1,
      inside,
    );
    attachments.push(made.attachment);
    notes.push(...made.notes);
    if (inside !== null)
      note(
        'attachment',
        made.attachment.shown,
        'It is a message itself. Whoever it names as its sender did not send this one.',
      );
  }

  for (const part of parts) notes.push(...charsetNotes(part));
  const html = mail.html === undefined ? null : htmlText(mail.html);
  if (html !== null && html.remote > 0)
    note('text', 'HTML part', `Things it would fetch from elsewhere: ${html.remote}. None was fetched.`);
  const plain = mail.text?.trim() ? mail.text : null;
  const htmlDiffers = plain !== null && html !== null && differ(plain, html.text);
  if (htmlDiffers) note('text', 'HTML part', 'It does not say the same as the plain text; both are shown.');
  return {
    sha256: sha256(bytes),
    sizeBytes: bytes.length,
    headers,
    authentication,
    from,
    replyTo,
    attachments,
    text: plain ?? html?.text ?? '',
    htmlText: htmlDiffers ? html.text : null,
    notes,
  };
}

/** Null when the part is no message. */
async function nested(bytes: Uint8Array, place: Place): Promise<Email | null> {
  place.used.nestedBytes += bytes.length;
  if (place.used.nestedBytes > EMAIL_LIMITS.nestedBytes)
    throw tooLarge(`The messages inside it add up to more than ${grouped(EMAIL_LIMITS.nestedBytes)} bytes`);
  if (place.depth > EMAIL_LIMITS.depth) throw tooDeep();
  try {
    return await read(bytes, null, place);
  } catch (error) {
    if (error instanceof Problem && error.code === 'request/not-an-email') return null;
    throw error;
  }
}

function checkSize(bytes: Uint8Array): void {
  if (bytes.length > EMAIL_LIMITS.sizeBytes)
    throw tooLarge(`It has ${grouped(bytes.length)} bytes, more than ${grouped(EMAIL_LIMITS.sizeBytes)}`);
  let dashed = 0;
  let lines = 0;
  let inHeader = true;
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(10, start);
    const end = found < 0 ? bytes.length : found;
    if (++lines > EMAIL_LIMITS.lines) throw tooLarge(`It has more than ${grouped(EMAIL_LIMITS.lines)} lines`);
    if (end === start || (end === start + 1 && bytes[start] === 13)) inHeader = false;
    if (inHeader && end > EMAIL_LIMITS.headerBytes) throw headerTooLarge();
    if (end - start > EMAIL_LIMITS.lineBytes)
      throw tooLarge(`It has a line of more than ${grouped(EMAIL_LIMITS.lineBytes)} bytes`);
    if (bytes[start] === 45 && bytes[start + 1] === 45 && ++dashed > EMAIL_LIMITS.dashedLines)
      throw tooManyParts(dashed);
    start = end + 1;
  }
}

/** What the parser holds of a part beside what it hands out: the tree is counted and its text parts are looked at. */
type Part = {
  depth: number;
  contentType: { parsed: { value: string; params: Record<string, string> } };
  contentTransferEncoding: { encoding: string };
  contentDisposition: { parsed: { value: string } };
  content: ArrayBuffer | null;
  childNodes: Part[];
};

async function parse(bytes: Uint8Array, depth: number) {
  const parser = new PostalMime({
    forceRfc822Attachments: true,
    maxNestingDepth: Math.max(0, depth),
    maxHeadersSize: EMAIL_LIMITS.headerBytes,
  });
  try {
    const mail = await parser.parse(bytes);
    return { mail, root: (parser as unknown as { root: Part }).root };
  } catch (error) {
    const { message } = error as Error;
    if (/^Maximum MIME nesting depth/.test(message)) throw tooDeep();
    if (/^Maximum header size/.test(message)) throw headerTooLarge();
    throw error;
  }
}

function partsOf(root: Part): Part[] {
  const found = [root];
  for (let index = 0; index < found.length; index++) {
    for (const child of found[index]!.childNodes) found.push(child);
  }
  return found;
}

function charsetNotes({ contentType, contentDisposition, content, childNodes }: Part): Note[] {
  const { value, params } = contentType.parsed;
  if (!/^text\/(plain|html)$/.test(value) || childNodes.length > 0 || content === null) return [];
  if (contentDisposition.parsed.value === 'attachment') return [];
  const charset = (params['charset'] ?? '').trim();
  const says = (text: string): Note[] => [{ what: 'text', place: `${value} part`, says: text }];
  const bytes = new Uint8Array(content);
  if (/^(us-)?ascii$/i.test(charset) || charset === '') {
    if (!bytes.some((byte) => byte > 127)) return [];
    if (charset !== '') return says('It says it is ASCII and is not; what it shows may be wrong.');
  }
  try {
    new TextDecoder(charset || 'utf-8', { fatal: true }).decode(bytes);
    return [];
  } catch (error) {
    if (error instanceof RangeError)
      return says(
        `It says its characters are ‘${visible(charset)}’, which is not known here; it was read as Windows-1252.`,
      );
    return says(`Its bytes are not the ‘${visible(charset || 'utf-8')}’ it says; what it shows may be wrong.`);
  }
}

/** Other numbers, other addresses, or much more text: what a person would be told differently. */
function differ(plain: string, html: string): boolean {
  const said = (text: string) => [...new Set([...numbersIn(text), ...addressesIn(text).map(letters)])].sort().join(' ');
  const [short, long] = [letters(plain).length, letters(html).length].sort((a, b) => a - b);
  return said(plain) !== said(html) || long! > 2 * short! + 200;
}

const letters = (text: string): string => text.replace(/[^\p{L}\p{N}@]+/gu, '').toLowerCase();

function tooLarge(why: string): Problem {
  return new Problem(
    'request/email-too-large',
    `${why}. Nothing was received. Ask for the files in the portal, or keep the message and enter the request by hand.`,
  );
}

function headerTooLarge(): Problem {
  return tooLarge(`Its header fields have more than ${grouped(EMAIL_LIMITS.headerBytes)} bytes`);
}

function tooDeep(): Problem {
  return new Problem(
    'request/email-too-deep',
    `Parts lie in parts deeper than ${EMAIL_LIMITS.depth} levels. Nothing was received. Keep the message and enter the request by hand.`,
    { limit: EMAIL_LIMITS.depth },
  );
}

function tooManyParts(count: number): Problem {
  return new Problem(
    'request/email-too-many-parts',
    `It has ${grouped(count)} parts or lines that could begin one, more than ${grouped(EMAIL_LIMITS.parts)} parts are not read. Nothing was received. Keep the message and enter the request by hand.`,
    { count, limit: EMAIL_LIMITS.parts },
  );
}
