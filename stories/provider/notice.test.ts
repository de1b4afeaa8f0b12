/** Telling the user: before production, after a silence that ends by itself, and not while an order that holds forbids it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { directoryApprove, directoryImport } from '../../src/desk/directory.ts';
import { noticeDecide, noticeList, noticeRelease, noticeSend } from '../../src/desk/notice.ts';
import { policyApprove, policyPropose } from '../../src/desk/policy.ts';
import { requestReceive } from '../../src/desk/request-receive.ts';
import { requestApprove, requestDecide, requestReview } from '../../src/desk/request-review.ts';
import { requestAssign, requestCall, requestVerify } from '../../src/desk/request-verify.ts';
import { order } from '../../src/instrument/rules/example.ts';
import { verify } from '../../src/ledger/verify.ts';
import { receiveAct } from '../../src/request/example.ts';
import { door, EXAMINER, SECOND } from '../door.ts';
import { startMail } from '../servers/smtp.ts';

const AGENCIES = `id,name,country,level,domains,phone,phone_source,recipient,credential
ag-fbi-abq,"Federal Bureau of Inquiry, Albuquerque",US,federal,inquiry.example.gov,+15055550101,published list of field offices,,ok
`;
const RECEIVED = '2026-09-11T14:00:00Z';
const WORKED = '2026-09-14T16:00:00Z';
const SILENT = {
  court: 'U.S. District Court, District of New Mexico',
  signed: true,
  signedBy: 'judge',
  issuedOn: '2026-09-08',
  endsOn: '2026-10-15',
  linkedTo: '26-cr-0117',
  harms: ['flight from prosecution'],
  scope: 'this',
  certification: false,
  noticeOfReview: false,
};

/** A desk with an approved order for one account, with or without a nondisclosure order. */
async function approved(mailPort: number, ndo?: object) {
  const desk = await door();
  await desk.as(EXAMINER, directoryImport, { file: desk.write('agencies.csv', AGENCIES) });
  await desk.as(SECOND, directoryApprove, {});
  const policy = {
    provider: {
      name: 'Example Social',
      jurisdiction: 'US-CA',
      zone: 'America/Los_Angeles',
      entities: [{ name: 'Example Social, Inc.' }],
    },
    mail: { from: 'legal@social.example', smtp: { host: '127.0.0.1', port: mailPort } },
  };
  await desk.as(EXAMINER, policyPropose, { file: desk.write('policy.json', policy) });
  await desk.as(SECOND, policyApprove, {});
  const { demand } = receiveAct(order(ndo === undefined ? {} : { ndo }));
  const file = desk.write('request.json', demand);
  const { request } = await desk.as<{ request: string }>(EXAMINER, requestReceive, {
    file,
    document: [desk.write('order.pdf', '%PDF-1.4 the order')],
    received: RECEIVED,
  });
  const at = WORKED;
  await desk.as(EXAMINER, requestAssign, { request, at });
  await desk.as(EXAMINER, requestCall, { request, answer: 'confirmed', at });
  await desk.as(EXAMINER, requestVerify, { request, at });
  await desk.as(EXAMINER, requestReview, { request, at });
  await desk.as(EXAMINER, requestDecide, { request, item: 'all', decision: 'approve', reason: 'within the order', at });
  await desk.as(SECOND, requestApprove, { request, at });
  return { desk, request };
}

test('a user is told before production, with the paper, and the message leaves through the mail server', async () => {
  await using mail = await startMail();
  const { desk, request } = await approved(mail.port);
  using _ = desk;
  const decided = await desk.as<{ state: string; due: string }>(EXAMINER, noticeDecide, { request, at: WORKED });
  assert.deepEqual([decided.state, decided.due], ['notice_wait', '2026-09-25T07:00:00.000Z']);
  mail.refuses.add('ann@example.net');
  const sending = { request, to: 'ann@example.net', 'with-process': true, at: WORKED };
  await assert.rejects(desk.as(EXAMINER, noticeSend, sending), { code: 'outbox/refused' });
  const before = await desk.as<{ notices: { request: string }[] }>(EXAMINER, noticeList, {});
  assert.deepEqual(
    before.notices.map((one) => one.request),
    [request],
    'who was not reached is not counted as told',
  );
  mail.refuses.clear();
  await desk.as(EXAMINER, noticeSend, sending);
  assert.equal(mail.received.length, 1);
  const [message] = mail.received;
  assert.deepEqual(message!.to, ['ann@example.net']);
  assert.match(message!.text, /From: legal@social\.example/);
  assert.match(message!.text, /filename="?order\.pdf/);
  assert.ok(!message!.text.includes('Buyers paid'), 'what the demand says of anyone is not in it');
  const after = await desk.as<{ notices: unknown[] }>(EXAMINER, noticeList, {});
  assert.deepEqual(after.notices, []);
});

test('an order that holds keeps the user from being told, and when it ends the notice leaves by itself', async () => {
  await using mail = await startMail();
  const { desk, request } = await approved(mail.port, SILENT);
  using _ = desk;
  await assert.rejects(desk.as(EXAMINER, noticeDecide, { request, at: WORKED }), {
    code: 'request/not-now',
    message: /forbids telling the user/,
  });
  const silent = { request, silent: 'nondisclosure order', to: 'ann@example.net', at: WORKED };
  assert.deepEqual(
    await desk.as<object>(EXAMINER, noticeDecide, silent).then((one) => (one as { due: string }).due),
    '2026-10-16T07:00:00.000Z',
  );
  await assert.rejects(desk.as(EXAMINER, noticeSend, { request, to: 'ann@example.net', at: '2026-10-15T20:00:00Z' }), {
    code: 'notice/barred',
  });
  const early = await desk.as<{ sent: unknown[] }>(EXAMINER, noticeRelease, { at: '2026-10-15T20:00:00Z' });
  assert.deepEqual([early.sent, mail.received.length], [[], 0]);
  const released = await desk.as<{ sent: { request: string }[]; withoutAddress: string[] }>(EXAMINER, noticeRelease, {
    at: '2026-10-16T07:00:00Z',
  });
  assert.deepEqual(
    [released.sent.map((one) => one.request), released.withoutAddress, mail.received.length],
    [[request], [], 1],
  );
  const again = await desk.as<{ sent: unknown[] }>(EXAMINER, noticeRelease, { at: '2026-10-17T07:00:00Z' });
  assert.deepEqual([again.sent, mail.received.length], [[], 1], 'nobody is told twice');
  const verdict = await verify(`${desk.data}/ledger`);
  assert.equal(verdict.verdict, 'VERIFIED');
  const log = readFileSync(`${desk.data}/ledger/entries.log`, 'latin1');
  const own = log.split('"act":"notice.release"').length - 1;
  assert.ok(own >= 8, 'each call, and the one notice in the chain of its own request');
  assert.ok(!log.includes('ann@example.net'));
});

test('an order without an end gives no silence, and a silence without an address is pointed at when it ends', async () => {
  await using mail = await startMail();
  const { endsOn: _endsOn, ...endless } = SILENT;
  await assert.rejects(approved(mail.port, endless), { code: 'request/not-now', message: /R-122/ });
  const { desk, request } = await approved(mail.port, SILENT);
  using _ = desk;
  await desk.as(EXAMINER, noticeDecide, { request, silent: 'nondisclosure order', at: WORKED });
  const released = await desk.as<{ withoutAddress: string[] }>(EXAMINER, noticeRelease, { at: '2026-10-20T07:00:00Z' });
  assert.deepEqual(released.withoutAddress, [request]);
});
