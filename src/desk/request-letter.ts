/** Answering in writing: the letter composed from the findings, for its reviewer to edit; and sending it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { sha256 } from '../base/digest.ts';
import { Problem } from '../base/problem.ts';
import { letterHtml, letterPdf, letterText } from '../document/letter.ts';
import { cureDue } from '../request/clocks.ts';
import { isEuropean, version } from '../request/file.ts';
import { form3Blocks } from '../request/form3.ts';
import { letterOf, replyTo } from '../request/reply.ts';
import type { House } from './house.ts';
import { operation } from './operation.ts';
import { send } from './outbox.ts';
import { DoneAt, mayTake, policyInForce, RequestId, statedTime, take } from './provider.ts';
import { keepPapers, paperFrom } from './request-documents.ts';

const KINDS = ['push back', 'rejection', 'form 3', 'narrowing', 'no responsive records', 'acknowledgement'] as const;

export const requestLetter = operation({
  words: 'request letter',
  desk: 'provider',
  op: 'consultation',
  does: 'Compose the letter the findings call for, item by item, as text, page and PDF, to be read and edited by you.',
  example: 'fourcorners request letter --request r-1a2b3c4d5e --out letter',
  input: z.strictObject({
    request: RequestId,
    out: z.string().min(1).describe('a folder: letter.txt, letter.html, letter.pdf'),
    'no-pdf': z.boolean().default(false).describe('without the PDF'),
    at: DoneAt,
  }),
  async run(house, input) {
    const { kind, letter, items, cureDue: due } = composed(house, input.request, statedTime(input.at));
    const out = resolve(input.out);
    mkdirSync(out, { recursive: true });
    const files: [string, string | Uint8Array][] = [
      ['letter.txt', letterText(letter)],
      ['letter.html', letterHtml(letter, 'system')],
      ...(input['no-pdf'] ? [] : [['letter.pdf', await letterPdf(letter)] as [string, Uint8Array]]),
    ];
    for (const [name, content] of files) writeFileSync(join(out, name), content);
    return {
      request: input.request,
      kind,
      out,
      items,
      cureDue: due,
      subject: letter.subject,
      text: letterText(letter),
      files: files.map(([name, content]) => ({ name, sha256: sha256(content) })),
    };
  },
  show: ({ out, text }) =>
    `${text}\nWritten to ${out}. Edit letter.txt, then send it with \`fourcorners request send\`.`,
});

/** The reply the file calls for; for a European order it is Form 3 with its grounds ticked. */
function composed(house: House, request: string, at: string) {
  const file = house.docket().file(request);
  const policy = policyInForce(house).paper;
  const reply = replyTo(file, policy, at, { name: house.actor.name, title: 'Legal response team' });
  if (!isEuropean(file) || reply.kind === 'rejection') return reply;
  const blocks = form3Blocks(file, policy, at);
  const subject = `Form 3: ${version(file).demand.instrument.caseNo ?? file.id}`;
  return { ...reply, letter: letterOf(file, policy, at, reply.letter.signature, { subject, blocks }) };
}

export const requestSend = operation({
  words: 'request send',
  desk: 'provider',
  op: 'disclosure',
  does: 'Send the letter as you have edited it, and say what it is. A push-back stops the clock where the law says so.',
  example: 'fourcorners request send --request r-1a2b3c4d5e --letter letter/letter.txt',
  input: z.strictObject({
    request: RequestId,
    letter: z.string().min(1).describe('the letter as it is to be sent, as text'),
    kind: z.enum(KINDS).optional().describe('what it is; what the file calls for unless named'),
    attach: z.array(z.string().min(1)).default([]).describe('files that go with it, such as the PDF'),
    outbox: z.string().min(1).optional().describe('a folder for the message, where it is not sent by the mail server'),
    at: DoneAt,
  }),
  async run(house, input, task) {
    const at = statedTime(input.at);
    const file = house.docket().file(input.request);
    const policy = policyInForce(house).paper;
    const paper = paperFrom(input.letter);
    const text = Buffer.from(paper.bytes).toString('utf8');
    if (text.trim() === '') throw new Problem('request/empty-letter', `${input.letter} is empty. Nothing was sent.`);
    const { demand } = version(file);
    const kind = input.kind ?? replyTo(file, policy, at, { name: house.actor.name, title: '' }).kind;
    const items = demand.items
      .map(({ id }) => id)
      .filter((id) => new RegExp(`\\bitem ${escaped(id)}(?![\\w.-])`, 'i').test(text));
    const to = verifiedAddress(file);
    const pushing = kind === 'push back' || kind === 'form 3';
    const done = {
      act: 'send letter' as const,
      kind,
      sha256: sha256(paper.bytes),
      items,
      to,
      cureDue: pushing ? cureDue(file, policy, at) : null,
    };
    mayTake(house, task, input, done);
    await keepPapers(house, file.id, house.docket().keyFor(file.id), [{ ...paper, mediaType: 'text/plain' }]);
    const attachments = input.attach.map(paperFrom);
    const subject = /^(?:.*\n)*?(.+)\n=+\n/.exec(text)?.[1] ?? `Your demand ${demand.instrument.caseNo ?? file.id}`;
    const message = to === null ? null : { to, subject, text, attachments, id: `${file.id}-${file.seq + 1}`, at };
    // Entered when it has left: a letter that no server took was not sent, and no clock stops for it.
    const sent = message && (await send(message, policy, input.outbox, join(house.dir, 'outbox')));
    const after = take(house, task, input, done);
    return { request: file.id, state: after.state, kind, items, to, sent, cureDue: after.pushedBack?.cureDue ?? null };
  },
  show: ({ request, state, kind, to, sent }) =>
    `${request}: ${kind} ${sent ? `sent to ${to}${sent.file ? ` (${sent.file})` : ''}` : 'recorded; no verified address is known, so send it by post'}. It is ${state}.`,
});

/** Only an address in a domain that the directory has; anything else is answered by post. */
function verifiedAddress(file: ReturnType<ReturnType<House['docket']>['file']>): string | null {
  const { demand, auth } = version(file);
  return auth.domainInDirectory && auth.lookalikeOf === null ? (demand.requester.email ?? null) : null;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
