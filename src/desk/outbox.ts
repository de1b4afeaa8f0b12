/**
 * Mail on its way out: as a message in a folder, or through the mail server the policy names.
 *
 * A file in the folder is a whole message (RFC 5322) that a mail system can send as it is. Nothing is fetched, and nothing
 * is sent anywhere the policy does not name.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../base/digest.ts';
import { Problem } from '../base/problem.ts';
import { writeSmallDurably } from '../custody/small.ts';
import type { Policy } from '../instrument/policy.ts';

export type Message = {
  to: string;
  subject: string;
  text: string;
  html?: string;
  attachments: { name: string; mediaType: string; bytes: Uint8Array }[];
  /** Names the message in the ledger and on the wire; the same act gives the same. */
  id: string;
  at: string;
};

export type Sent = { way: 'outbox' | 'smtp'; sha256: string; file: string | null };

/** Throws `outbox/refused` when the server does not take it; then it was not sent. */
export async function send(
  message: Message,
  policy: Policy,
  outbox: string | undefined,
  fallback: string,
): Promise<Sent> {
  const { default: nodemailer } = await import('nodemailer');
  const domain = policy.mail.from.split('@')[1] ?? 'provider.example';
  const mail = {
    from: policy.mail.from,
    to: message.to,
    subject: message.subject,
    text: message.text,
    ...(message.html === undefined ? {} : { html: message.html }),
    date: new Date(message.at),
    messageId: `<${message.id}@${domain}>`,
    attachments: message.attachments.map(({ name, mediaType, bytes }) => ({
      filename: name,
      contentType: mediaType,
      content: Buffer.from(bytes),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  const composed = await nodemailer.createTransport({ streamTransport: true, buffer: true }).sendMail(mail);
  const bytes = composed.message as Buffer;
  const { smtp } = policy.mail;
  if (outbox !== undefined || smtp === undefined) {
    const folder = outbox ?? fallback;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, `${message.id}.eml`);
    writeSmallDurably(file, bytes);
    return { way: 'outbox', sha256: sha256(bytes), file };
  }
  const password = smtp.passwordVariable === undefined ? undefined : process.env[smtp.passwordVariable];
  const transport = nodemailer.createTransport({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.secure,
    ...(smtp.user === undefined ? {} : { auth: { user: smtp.user, pass: password ?? '' } }),
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: 15_000,
    socketTimeout: 30_000,
  });
  try {
    await transport.sendMail({ envelope: { from: policy.mail.from, to: [message.to] }, raw: bytes });
  } catch (error) {
    throw new Problem(
      'outbox/refused',
      `The mail server ${smtp.host} did not take the message: ${(error as Error).message}. It was not sent; call again, or use --outbox.`,
      { host: smtp.host },
    );
  } finally {
    transport.close();
  }
  return { way: 'smtp', sha256: sha256(bytes), file: null };
}
