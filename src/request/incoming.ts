/**
 * What came in, whatever its shape: a form, an e-mail, an ETSI message. Known by its bytes, never by its name.
 *
 * An answer to an earlier order (a decision of an enforcing authority, a withdrawal, Form 5 or 6) is no demand of its own
 * and is said to be one.
 */
import { Problem } from '../base/problem.ts';
import type { Directory } from '../instrument/agency.ts';
import { checkedDemand, type Demand, readDemand } from '../instrument/legal-request.ts';
import type { Policy } from '../instrument/policy.ts';
import { type Email, readEmail } from './email.ts';
import { type Carriage, readEtsiMessage } from './etsi.ts';
import { writtenDemand } from './written-demand.ts';

export type Incoming = {
  by: 'form' | 'e-mail' | 'ETSI message';
  demand: Demand;
  messageId: string | null;
  email: Email | null;
  /** Files that came inside it, to be kept with the request. */
  papers: { name: string; mediaType: string; bytes: Uint8Array }[];
  notes: { place: string; says: string }[];
};

/** `carriage` is how an ETSI message came, as whoever took it in has seen; a message cannot say that of itself. */
export type Around = { policy: Policy; directory: Directory; carriage?: Carriage };

/** Throws `request/invalid`, what reading an e-mail or an ETSI message throws, and `request/answers-another`. */
export async function readIncoming(given: { name: string; bytes: Uint8Array }, around: Around): Promise<Incoming> {
  const start = beginning(given.bytes);
  if (start.startsWith('{')) {
    const text = utf8(given.bytes, given.name);
    return { by: 'form', demand: readDemand(text), messageId: null, email: null, papers: [], notes: [] };
  }
  return start.startsWith('<') ? fromEtsi(given.bytes, around.carriage ?? {}) : fromEmail(given.bytes, around);
}

function fromEtsi(bytes: Uint8Array, carriage: Carriage): Incoming {
  const message = readEtsiMessage(bytes, carriage);
  if (message.kind !== 'EPOC' && message.kind !== 'EPOC-PR') {
    throw new Problem(
      'request/answers-another',
      `The message is a ${message.kind} about ${message.refersTo ?? 'an earlier order'}, not a demand of its own. Nothing was received; enter it with \`fourcorners request authority\`, \`request withdraw\` or \`preserve renew\`.`,
      { kind: message.kind, refersTo: message.refersTo ?? null, messageId: message.messageId },
    );
  }
  return {
    by: 'ETSI message',
    demand: checkedDemand(message.demand),
    messageId: message.messageId,
    email: null,
    papers: message.documents.map(({ name, mediaType, bytes: content }) => ({ name, mediaType, bytes: content })),
    notes: message.notes.map(({ place, says }) => ({ place, says })),
  };
}

async function fromEmail(bytes: Uint8Array, { policy, directory }: Around): Promise<Incoming> {
  const email = await readEmail(bytes, { ownServer: policy.provider.mailServer ?? null });
  const written = writtenDemand(email, directory);
  const notes = [...email.notes, ...written.notes].map(({ place, says }) => ({ place, says }));
  const papers = written.documents.map(({ shown, mediaTypeStated, bytes: content }) => ({
    name: shown,
    mediaType: mediaTypeStated,
    bytes: content,
  }));
  const [message] = written.by === 'text' && written.xml.length === 1 ? written.xml : [];
  const carried = message === undefined ? null : fromEtsi(message.bytes, {});
  return {
    by: 'e-mail',
    // A certificate that comes by e-mail is a certificate, on the wrong way: R-169 says so.
    demand: carried === null ? checkedDemand(written.demand) : { ...carried.demand, channel: 'email' },
    messageId: email.headers.messageId,
    email,
    papers: [...papers, ...(carried?.papers ?? [])],
    notes: [...notes, ...(carried?.notes ?? [])],
  };
}

/** The first character that is none of space, line end or byte order mark, and what follows it. */
function beginning(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, 4096))
    .toString('utf8')
    .replace(/^\ufeff?\s*/, '');
}

function utf8(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem('request/invalid', `${name} is not UTF-8. Nothing was received.`, { file: name });
  }
}
