/**
 * The header of a message: its fields as stored, who it says sent it, and where answers would go.
 *
 * A message that names no sender, several, or one that two readers could read differently has none here.
 */
import { decodeWords, type Header } from 'postal-mime';
import { Problem } from '../base/problem.ts';
import { visible } from '../document/visible.ts';
import { type Mailbox, mailboxesIn, otherAddressesShown } from './mailbox.ts';
import type { Note } from './note.ts';

/** Fields as stored, unfolded; a field that may stand once and stands more often gives its first. */
export type EmailHeaders = {
  from: string[];
  replyTo: string[];
  returnPath: string | null;
  date: string | null;
  messageId: string | null;
  subject: string | null;
  /** `firstExternal`: what our own system wrote of the host that handed the message over, as text. */
  received: { count: number; firstExternal: string | null };
  authenticationResults: string[];
  all: { name: string; value: string }[];
};

export type Say = (what: Note['what'], where: string, says: string) => void;

const KNOWN_FIELDS = ['from', 'date', 'message-id', 'received', 'subject', 'to', 'return-path'];
const SINGLE_FIELDS = ['from', 'sender', 'reply-to', 'date', 'message-id', 'subject', 'to', 'content-type'];

/** Throws `request/not-an-email`. */
export function headersOf(all: Header[], ownServer: string | null, note: Say): EmailHeaders {
  if (!all.some(({ key }) => KNOWN_FIELDS.includes(key)))
    throw new Problem(
      'request/not-an-email',
      'The file has none of the fields every e-mail has (From, Date, Received, …). Nothing was received. Give the message as the mail system stored it, not its text.',
    );
  const values = (key: string) => all.filter((header) => header.key === key).map(({ value }) => value);
  for (const key of SINGLE_FIELDS) {
    const count = values(key).length;
    if (count > 1) note('header', key, `It stands ${count} times; a message has it once (RFC 5322, 3.6).`);
  }
  if (all.some(({ value, key }) => value.includes('\ufffd') || key.includes('\ufffd')))
    note('header', 'the header', 'It holds bytes that are not UTF-8; each shows as ‹U+FFFD› or �.');
  const received = values('received');
  return {
    from: values('from'),
    replyTo: values('reply-to'),
    returnPath: values('return-path')[0] ?? null,
    date: values('date')[0] ?? null,
    messageId: values('message-id')[0] ?? null,
    subject: values('subject').map(decodeWords)[0] ?? null,
    received: { count: received.length, firstExternal: firstExternal(received, ownServer) },
    authenticationResults: values('authentication-results'),
    all: all.map(({ originalKey, value }) => ({ name: originalKey, value })),
  };
}

const INSIDE = /^(localhost$|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|::1$|f[cd][0-9a-f]{2}:)/i;

/** By the address our own system wrote beside the name, where it wrote one, else by the name. */
function isInside(host: string): boolean {
  const address = /\[(?:IPv6:)?([0-9a-f.:]+)\]/i.exec(host)?.[1];
  return INSIDE.test(address ?? host.split(/[\s(]/)[0]!);
}

/** The `from` part of the topmost `Received` that is not of a hop inside. Below our own hops anyone can have written it. */
function firstExternal(received: string[], ownServer: string | null): string | null {
  for (const value of received) {
    const line = value.slice(0, 2000).replace(/\s+/g, ' ').trim();
    const host = /^from (.{1,400}?)(?= by |;|$)/i.exec(line)?.[1];
    if (host === undefined || isInside(host)) continue;
    const name = host.split(/[\s(]/)[0]!.toLowerCase();
    if (ownServer !== null && name === ownServer.toLowerCase()) continue;
    return host;
  }
  return null;
}

export function senderOf(fields: string[], note: Say): Mailbox | null {
  if (fields.length === 0) {
    note('sender', 'From', 'There is no From field; nobody is named as the sender.');
    return null;
  }
  const read = fields.map(mailboxesIn);
  const mailboxes = read.flatMap((each) => each.mailboxes);
  for (const doubt of read.flatMap(({ doubts }) => doubts)) note('sender', 'From', `It cannot be relied on: ${doubt}.`);
  for (const mailbox of mailboxes) {
    for (const other of otherAddressesShown(mailbox))
      note('sender', 'From', `The name shows ‘${visible(other)}’; the address is ‘${visible(mailbox.address)}’.`);
    if (/[\p{Cc}\p{Cf}]/u.test(mailbox.name))
      note('sender', 'From', `The name holds hidden characters: ‘${visible(mailbox.name)}’.`);
  }
  if (fields.length > 1 || mailboxes.length > 1) {
    const named = mailboxes.map(({ address }) => visible(address)).join(', ');
    note('sender', 'From', `It names several senders (${named}); none is taken.`);
    return null;
  }
  return read[0]!.doubts.length > 0 ? null : (mailboxes[0] ?? null);
}

export function replyToOf(fields: string[], from: Mailbox | null, note: Say): Mailbox[] {
  const read = fields.map(mailboxesIn);
  for (const doubt of read.flatMap(({ doubts }) => doubts)) note('reply-to', 'Reply-To', `It is doubtful: ${doubt}.`);
  const mailboxes = read.flatMap((each) => each.mailboxes);
  for (const { address, domain } of mailboxes) {
    if (from !== null && domain !== from.domain)
      note('reply-to', 'Reply-To', `Answers would go to ‘${visible(address)}’, not to ‘${visible(from.address)}’.`);
  }
  return mailboxes;
}
