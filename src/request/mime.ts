/**
 * The parts of a message (RFC 2045, RFC 2046): their fields, and their bytes with the transfer encoding taken off.
 *
 * Bytes are cut out and never rewritten, so the digest of a file is the one its sender would make. Limits are kept while
 * the parts are cut, before anything is built of them.
 */
import { Buffer } from 'node:buffer';
import PostalMime, { decodeWords, type Header } from 'postal-mime';
import { Problem } from '../base/problem.ts';
import { grouped } from '../document/visible.ts';
import { decoded } from './transfer-encoding.ts';

export const EMAIL_LIMITS = {
  sizeBytes: 64 * 1024 * 1024,
  /** Of messages inside messages, together. */
  nestedBytes: 128 * 1024 * 1024,
  /** Of all parts together. */
  headerBytes: 1024 * 1024,
  headerLines: 20_000,
  lineBytes: 10 * 1024 * 1024,
  depth: 32,
  parts: 1000,
};

/** What was used up of the limits, shared by a message and the messages inside it. */
export type Used = { parts: number; headerBytes: number; headerLines: number; nestedBytes: number };

export type Part = {
  headers: Header[];
  /** Lower case; `text/plain` where nothing is said. */
  mediaType: string;
  charset: string | null;
  disposition: string | null;
  name: string | null;
  bytes: Uint8Array;
  /** What was odd about its encoding or its boundary. */
  oddities: string[];
  depth: number;
  children: Part[];
};

/**
 * Throws `request/email-too-large`, `request/email-too-deep` or `request/email-too-many-parts`. A part that says it has
 * parts and shows none is kept whole.
 */
export async function partOf(bytes: Buffer, depth: number, used: Used, usual = 'text/plain'): Promise<Part> {
  if (depth > EMAIL_LIMITS.depth) throw tooDeep();
  if (++used.parts > EMAIL_LIMITS.parts) throw tooManyParts();
  const bodyAt = headerEnd(bytes, used);
  const { headers, type, disposition, encoding } = await fields(bytes.subarray(0, bodyAt), usual);
  const body = bytes.subarray(bodyAt);
  const part = {
    headers,
    mediaType: type.value || usual,
    charset: type.params['charset']?.trim() || null,
    disposition: disposition.value || null,
    name: nameOf(disposition.params['filename'] ?? type.params['name']),
    depth,
  };
  if (!/^multipart\//.test(part.mediaType)) return { ...part, ...decoded(body, encoding), children: [] };
  const boundary = type.params['boundary'] ?? '';
  const children: Part[] = [];
  const inDigest = part.mediaType === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  for (const [start, end] of cut(body, boundary))
    children.push(await partOf(body.subarray(start, end), depth + 1, used, inDigest));
  const whole = children.length === 0 && body.length > 0;
  return {
    ...part,
    bytes: whole ? body : Buffer.alloc(0),
    oddities: whole ? ['It says it has parts, and none begins in it; it is kept whole.'] : [],
    children,
  };
}

/** Every part, the message itself first. */
export function allParts(root: Part): Part[] {
  return [root, ...root.children.flatMap(allParts)];
}

const [LF, CR, DASH, SPACE, TAB] = [10, 13, 45, 32, 9];

/** Where the body begins: behind the first empty line. */
function headerEnd(bytes: Buffer, used: Used): number {
  let at = 0;
  while (at < bytes.length) {
    const found = bytes.indexOf(LF, at);
    const end = found < 0 ? bytes.length : found;
    const isEmpty = end === at || (end === at + 1 && bytes[at] === CR);
    if (!isEmpty) used.headerLines++;
    if (used.headerLines > EMAIL_LIMITS.headerLines || used.headerBytes + end > EMAIL_LIMITS.headerBytes)
      throw tooLarge(
        `Its fields have more than ${grouped(EMAIL_LIMITS.headerBytes)} bytes or ${grouped(EMAIL_LIMITS.headerLines)} lines`,
      );
    at = end + 1;
    if (isEmpty) break;
  }
  const end = Math.min(at, bytes.length);
  used.headerBytes += end;
  return end;
}

/** Ranges of the parts between delimiter lines; the line end before a delimiter is the delimiter's (RFC 2046, 5.1.1). */
function* cut(body: Buffer, boundary: string): Generator<[number, number]> {
  const delimiter = Buffer.from(`--${boundary}`);
  if (boundary === '' || delimiter.length > 1000) return;
  let began: number | null = null;
  for (let at = body.indexOf(delimiter); at >= 0; ) {
    const line = at === 0 || body[at - 1] === LF ? delimiterLine(body, at + delimiter.length) : null;
    if (line !== null) {
      if (began !== null) {
        const end = body[at - 2] === CR ? at - 2 : at - 1;
        yield [began, Math.max(began, end)];
      }
      began = line.closes ? null : line.end;
      if (line.closes) return;
    }
    at = body.indexOf(delimiter, line?.end ?? at + delimiter.length);
  }
  if (began !== null) yield [began, body.length];
}

/** Null when more than a closing `--` and spaces follow, so that the line only begins like a delimiter. */
function delimiterLine(body: Buffer, after: number): { closes: boolean; end: number } | null {
  const closes = body[after] === DASH && body[after + 1] === DASH;
  let at = closes ? after + 2 : after;
  while (body[at] === SPACE || body[at] === TAB || body[at] === CR) at++;
  if (at < body.length && body[at] !== LF) return null;
  return { closes, end: Math.min(at + 1, body.length) };
}

/** A structured field as the parser splits it, RFC 2231 taken off. */
type Structured = { value: string; params: Record<string, string> };
type ParserNode = {
  contentType: { parsed: Structured };
  contentDisposition: { parsed: Structured };
  contentTransferEncoding: { encoding: string };
};

/** The parser reads the fields; its own node says what it made of those about the content, which its result leaves out. */
async function fields(header: Buffer, usual: string) {
  const parser = new PostalMime({ maxHeadersSize: EMAIL_LIMITS.headerBytes });
  const { headers } = await parser.parse(header);
  const { contentType, contentDisposition, contentTransferEncoding } = (parser as unknown as { root: ParserNode }).root;
  const said = headers.some(({ key }) => key === 'content-type');
  return {
    headers,
    type: said ? contentType.parsed : { value: usual, params: {} },
    disposition: contentDisposition.parsed,
    encoding: contentTransferEncoding.encoding,
  };
}

function nameOf(said: string | undefined): string | null {
  return said ? decodeWords(said) : null;
}

export function tooLarge(why: string): Problem {
  return new Problem(
    'request/email-too-large',
    `${why}. Nothing was received. Ask for the files in the portal, or keep the message and enter the request by hand.`,
  );
}

function tooDeep(): Problem {
  return new Problem(
    'request/email-too-deep',
    `Parts lie in parts deeper than ${EMAIL_LIMITS.depth} levels. Nothing was received. Keep the message and enter the request by hand.`,
    { limit: EMAIL_LIMITS.depth },
  );
}

function tooManyParts(): Problem {
  return new Problem(
    'request/email-too-many-parts',
    `It has more than ${grouped(EMAIL_LIMITS.parts)} parts. Nothing was received. Keep the message and enter the request by hand.`,
    { limit: EMAIL_LIMITS.parts },
  );
}
