/** Telling the user: deciding it, composing what they are told, sending it, and what falls due when a silence ends. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { sha256 } from '../base/digest.ts';
import { Problem } from '../base/problem.ts';
import { letterHtml, letterText } from '../document/letter.ts';
import { noticeDue, noticeWaitUntil } from '../request/clocks.ts';
import { isEnded, type RequestFile, version } from '../request/file.ts';
import { noticeLetter } from '../request/user-notice.ts';
import { type House, now } from './house.ts';
import { operation, type Task } from './operation.ts';
import { send } from './outbox.ts';
import { At, DoneAt, mayTake, policyInForce, RequestId, statedTime, take } from './provider.ts';
import { keepPapers, paperFrom, readPaper } from './request-documents.ts';

const GROUNDS = [
  'nondisclosure order',
  'the certificate keeps it confidential',
  'national security letter',
  'child exploitation',
  'imminent danger',
  'compromised account',
  'notice would be counter-productive',
  'emergency',
  'preservation only',
] as const;

export const noticeDecide = operation({
  words: 'notice decide',
  desk: 'provider',
  op: 'alteration',
  does: 'Decide whether the user is told before production: they are, unless an order that holds or a named ground bars it.',
  example: 'fourcorners notice decide --request r-1a2b3c4d5e',
  input: z.strictObject({
    request: RequestId,
    silent: z
      .enum(GROUNDS)
      .optional()
      .describe('the ground on which they are not told; they are told unless one is named'),
    reason: z.string().max(4000).default('').describe('the facts a ground other than an order rests on'),
    to: z
      .email()
      .optional()
      .describe('the verified address of the account: where the notice goes when a silence ends by itself'),
    at: DoneAt,
  }),
  async run(house, input, task) {
    const policy = policyInForce(house).paper;
    const at = statedTime(input.at);
    const file = take(house, task, input, (before) => ({
      act: 'decide notice',
      decision: input.silent === undefined ? 'notify' : 'stay silent',
      ground: input.silent ?? null,
      reason: input.reason,
      // Of what was refused nothing is handed over, so there is nothing to object to in time.
      due: input.silent === undefined && before.state !== 'rejected' ? noticeWaitUntil(policy, at) : null,
      ...(input.to === undefined ? {} : { address: input.to }),
    }));
    return {
      request: file.id,
      state: file.state,
      notice: file.notice,
      due: file.notice?.due ?? noticeDue(file, policy)?.due ?? null,
    };
  },
  show: ({ request, state, due, notice }) =>
    notice?.decision === 'notify'
      ? `${request}: the user is told${due ? `, and may object until ${due}` : ''}. It is ${state.replace('_', ' ')}.`
      : `${request}: the user is not told yet (${notice?.ground})${due ? `; the notice falls due ${due}` : ''}. It is ${state.replace('_', ' ')}.`,
});

export const noticeCompose = operation({
  words: 'notice compose',
  desk: 'provider',
  op: 'consultation',
  does: 'Compose what the user is told: what was asked, by whom, under what law, which data, when, and how to object.',
  example: 'fourcorners notice compose --request r-1a2b3c4d5e --out notice',
  input: z.strictObject({ request: RequestId, out: z.string().min(1).describe('a folder'), at: DoneAt }),
  async run(house, input) {
    const file = house.docket().file(input.request);
    const letter = noticeLetter(file, policyInForce(house).paper, statedTime(input.at), {
      name: house.actor.name,
      title: 'Legal response team',
    });
    const out = resolve(input.out);
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, 'notice.txt'), letterText(letter));
    writeFileSync(join(out, 'notice.html'), letterHtml(letter));
    return { request: file.id, out, text: letterText(letter) };
  },
  show: ({ text, out }) => `${text}\nWritten to ${out}.`,
});

export const noticeSend = operation({
  words: 'notice send',
  desk: 'provider',
  op: 'disclosure',
  does: 'Tell the user, at the verified address of the account. Refused while an order that holds keeps it silent.',
  example: 'fourcorners notice send --request r-1a2b3c4d5e --to ann@example.net --with-process',
  input: z.strictObject({
    request: RequestId,
    to: z.email().describe('the verified address of the account; never one from the request'),
    letter: z
      .string()
      .min(1)
      .optional()
      .describe('the text as you edited it; what `notice compose` writes unless given'),
    'with-process': z.boolean().default(false).describe('attach the paper itself'),
    outbox: z.string().min(1).optional().describe('a folder for the message, where no mail server sends it'),
    at: DoneAt,
  }),
  run: (house, input, task) => told(house, task, input),
  show: ({ request, when, sent }) =>
    `${request}: the user was told (${when === 'before' ? 'before production' : 'after a silence'})${sent.file ? `: ${sent.file}` : ''}.`,
});

export const noticeRelease = operation({
  words: 'notice release',
  desk: 'provider',
  op: 'disclosure',
  does: 'Send every notice whose silence has ended, to the address decided with it; for a timer to call each day.',
  example: 'fourcorners notice release',
  input: z.strictObject({
    outbox: z.string().min(1).optional().describe('a folder for the messages, where no mail server sends them'),
    at: DoneAt,
  }),
  async run(house, input, task) {
    const at = statedTime(input.at);
    const docket = house.docket();
    const sent: { request: string; file: string | null }[] = [];
    const withoutAddress: string[] = [];
    for (const { request, due, address } of outstanding(house, at)) {
      if (due === null || due > at || docket.file(request).notice?.decision === 'notify') continue;
      if (address === null) withoutAddress.push(request);
      else {
        const done = await task.part(request, (part) =>
          told(house, part, {
            request,
            to: address,
            'with-process': true,
            outbox: input.outbox,
            at: input.at,
          }),
        );
        sent.push({ request, file: done.sent.file });
      }
    }
    return { sent, withoutAddress };
  },
  show: ({ sent, withoutAddress }) =>
    [
      ...sent.map(({ request, file }) => `${request}: the user was told${file ? `: ${file}` : ''}.`),
      ...withoutAddress.map(
        (request) => `${request}: a notice is due and no address was decided; send it with \`notice send\`.`,
      ),
    ].join('\n') || 'No silence has ended.',
});

type Telling = {
  request: string;
  to: string;
  letter?: string | undefined;
  'with-process': boolean;
  outbox?: string | undefined;
  at?: string | undefined;
};

/** The act of telling: refused while a silence holds, kept with the request, then sent. */
async function told(house: House, task: Task, input: Telling) {
  const at = statedTime(input.at);
  const policy = policyInForce(house).paper;
  const before = house.docket().file(input.request);
  refuseWhileSilent(before, policy, at);
  const letter = noticeLetter(before, policy, at, { name: house.actor.name, title: 'Legal response team' });
  const text =
    input.letter === undefined ? letterText(letter) : Buffer.from(paperFrom(input.letter).bytes).toString('utf8');
  const when = before.package === null ? ('before' as const) : ('delayed' as const);
  const way = input.outbox !== undefined || policy.mail.smtp === undefined ? ('outbox' as const) : ('smtp' as const);
  const done = { act: 'notify user' as const, when, sha256: sha256(text), by_way_of: way };
  mayTake(house, task, input, done);
  const paper = { name: 'notice.txt', mediaType: 'text/plain', bytes: Buffer.from(text) };
  await keepPapers(house, before.id, house.docket().keyFor(before.id), [paper]);
  // Entered when it has left: a user who was not reached is not counted as told, and is told again.
  const sent = await send(
    {
      to: input.to,
      subject: letter.subject,
      text,
      ...(input.letter === undefined ? { html: letterHtml(letter, 'system') } : {}),
      attachments: input['with-process'] ? await processOf(house, before) : [],
      id: `${before.id}-${before.seq + 1}`,
      at,
    },
    policy,
    input.outbox,
    join(house.dir, 'outbox'),
  );
  const file = take(house, task, input, done);
  return { request: file.id, state: file.state, when, sent };
}

/** A silence that still has its ground is kept by the program, not by whoever is at the keyboard. */
function refuseWhileSilent(file: RequestFile, policy: Parameters<typeof noticeDue>[1], at: string): void {
  if (file.notice === null) {
    throw new Problem(
      'notice/not-decided',
      `It was not decided yet whether the user is told of ${file.id}. Nothing was sent; decide it with \`fourcorners notice decide\`.`,
      { request: file.id },
    );
  }
  if (file.notice.decision === 'notify') return;
  const due = noticeDue(file, policy);
  if (due !== null && due.due <= at) return;
  if (
    due === null &&
    !['nondisclosure order', 'national security letter', 'the certificate keeps it confidential'].includes(
      file.notice.ground ?? '',
    )
  )
    return;
  throw new Problem(
    'notice/barred',
    `${file.id}: the user is not told while the ground “${file.notice.ground}” holds${due ? `, until ${due.due}` : ''}. Nothing was sent.`,
    { request: file.id, ground: file.notice.ground, due: due?.due ?? null },
  );
}

async function processOf(house: House, file: RequestFile) {
  const { documents } = version(file);
  const papers = documents.filter(({ mediaType }) => mediaType === 'application/pdf');
  return Promise.all(
    papers.map(async ({ name, mediaType, sha256: digest }) => ({
      name,
      mediaType,
      bytes: await readPaper(house, file.id, digest),
    })),
  );
}

export const noticeList = operation({
  words: 'notice list',
  desk: 'provider',
  op: 'consultation',
  does: 'List the notices that are due or will be: orders that end, silences to be looked at again, users who are waiting to be told.',
  example: 'fourcorners notice list',
  input: z.strictObject({ at: At.describe('as of which moment') }),
  async run(house, input) {
    const at = new Date(input.at ?? now()).toISOString();
    return { at, notices: outstanding(house, at) };
  },
  show: ({ notices }) =>
    notices
      .map(
        ({ request, due, overdue, ground, decision }) =>
          `${request}  ${due ?? 'no end'}${overdue ? '  DUE' : ''}  ${decision}${ground ? ` (${ground})` : ''}`,
      )
      .join('\n') || 'No notice is outstanding.',
});

/** Users who are to be told and were not yet, the earliest first; those without an end last. */
function outstanding(house: House, at: string) {
  const docket = house.docket();
  const policy = policyInForce(house).paper;
  const notices = docket.every().flatMap((request) => {
    const file = docket.file(request);
    if (file.notice === null || file.notified.length > 0 || (isEnded(file) && file.package === null)) return [];
    const { decision, ground, address } = file.notice;
    const due = decision === 'notify' ? file.notice.at : (noticeDue(file, policy)?.due ?? null);
    const endsOn = version(file).demand.ndo?.endsOn ?? null;
    return [{ request, decision, ground, due, overdue: due !== null && due <= at, endsOn, address }];
  });
  return notices.sort((a, b) => ((a.due ?? '9') < (b.due ?? '9') ? -1 : 1));
}
