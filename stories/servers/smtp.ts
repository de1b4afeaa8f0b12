/** A mail server for tests: takes messages over SMTP on loopback and keeps them; refuses an address when told to. */

import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

export type MailServer = {
  port: number;
  /** Messages as they came, with whom they were for. */
  received: { to: string[]; text: string }[];
  refuses: Set<string>;
  [Symbol.asyncDispose](): Promise<void>;
};

export async function startMail(): Promise<MailServer> {
  const received: MailServer['received'] = [];
  const refuses = new Set<string>();
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    talk(socket, received, refuses);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    port: (server.address() as AddressInfo).port,
    received,
    refuses,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

/** RFC 5321, as much as a client needs. */
function talk(socket: Socket, received: MailServer['received'], refuses: Set<string>): void {
  let to: string[] = [];
  let data: string[] | null = null;
  let pending = '';
  const say = (line: string) => socket.write(`${line}\r\n`);
  say('220 mail.example ready');
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    pending += chunk;
    for (let end = pending.indexOf('\r\n'); end >= 0; end = pending.indexOf('\r\n')) {
      const line = pending.slice(0, end);
      pending = pending.slice(end + 2);
      if (data !== null) {
        if (line !== '.') data.push(line.startsWith('..') ? line.slice(1) : line);
        else {
          received.push({ to, text: Buffer.from(data.join('\r\n'), 'latin1').toString('utf8') });
          data = null;
          to = [];
          say('250 kept');
        }
      } else if (/^(EHLO|HELO)/i.test(line)) say('250 mail.example');
      else if (/^MAIL FROM/i.test(line)) say('250 ok');
      else if (/^RCPT TO/i.test(line)) {
        const address = /<([^>]*)>/.exec(line)?.[1] ?? '';
        if (refuses.has(address)) say('550 no such mailbox');
        else {
          to.push(address);
          say('250 ok');
        }
      } else if (/^DATA/i.test(line)) {
        data = [];
        say('354 go on');
      } else if (/^QUIT/i.test(line)) {
        say('221 bye');
        socket.end();
      } else say('250 ok');
    }
  });
}
