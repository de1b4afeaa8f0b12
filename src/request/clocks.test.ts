/** The clocks of a request as a response team reads them; the counts themselves are tested in `calendar`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LegalRequest } from '../instrument/legal-request.ts';
import type { Finding } from '../instrument/rule.ts';
import { emergency, europeanOrder, order, POLICY, preservation } from '../instrument/rules/example.ts';
import { clocksOf, holdUntil, nextDue, renewedUntil } from './clocks.ts';
import { fileAfter, receivedFile } from './example.ts';
import type { RequestFile } from './file.ts';

const dues = (file: RequestFile) =>
  Object.fromEntries(clocksOf(file, POLICY).map(({ name, due, paused }) => [name, paused ? `${due} paused` : due]));

const judged = (...findings: Finding[]) => ({
  ruleSet: '2026-08-18',
  rulesDigest: 'd',
  at: '2026-09-11T16:00:00.000Z',
  version: 1,
  findings,
  authenticity: 'holds' as const,
  sufficiency: 'holds' as const,
  scope: 'holds' as const,
  items: [],
});

const WAITS: Finding = {
  rule: 'R-164',
  about: 'sufficiency',
  severity: 'block',
  path: 'eu',
  message: 'm',
  cure: null,
  source: 's',
  effects: ['wait for the enforcing authority'],
};

const ROWS: [string, LegalRequest, Record<string, string>][] = [
  [
    'an emergency certificate received on Friday at 17:10 in Dublin is due on Saturday at 02:00; the own target is 01:10',
    europeanOrder({ receivedAt: '2026-09-11T16:10:00Z', eu: { emergency: true, emergencyGround: 'a person' } }),
    { produce: '2026-09-12T01:00:00.000Z', acknowledge: '2026-09-11T16:25:00.000Z' },
  ],
  [
    'a European order received on a Tuesday is due ten days later, at the end of a Friday',
    europeanOrder({ receivedAt: '2026-09-08T09:00:00Z' }),
    { produce: '2026-09-18T23:00:00.000Z', acknowledge: '2026-09-10T07:00:00.000Z' },
  ],
  [
    'ten days that end on a Saturday end on the Monday after',
    europeanOrder({ receivedAt: '2026-09-09T09:00:00Z' }),
    { produce: '2026-09-21T23:00:00.000Z', acknowledge: '2026-09-11T07:00:00.000Z' },
  ],
  [
    'ten days across the change of clocks in October end at midnight in Dublin by the clock of the last day',
    europeanOrder({ receivedAt: '2026-10-20T09:00:00Z' }),
    { produce: '2026-10-31T00:00:00.000Z', acknowledge: '2026-10-22T07:00:00.000Z' },
  ],
  [
    'an emergency in the United States is acknowledged within a quarter of an hour',
    emergency({ receivedAt: '2026-09-11T16:00:00Z' }),
    { acknowledge: '2026-09-11T16:15:00.000Z' },
  ],
  [
    'an order received on the Friday before Labor Day is acknowledged by the end of the Tuesday',
    order({ receivedAt: '2026-09-04T20:00:00Z' }),
    { acknowledge: '2026-09-09T07:00:00.000Z', 'return date': '2026-10-01T07:00:00.000Z', produce: '2026-10-06T07:00:00.000Z' },
  ],
]; // biome-ignore format: a table

for (const [says, request, expected] of ROWS) {
  test(says, () => assert.deepEqual(dues(receivedFile(request)), expected));
}

test('the earlier of both instants is what an emergency is sorted by', () => {
  const file = receivedFile(europeanOrder({ receivedAt: '2026-09-11T16:10:00Z', eu: { emergency: true } }));
  assert.equal(nextDue(file, POLICY)!.name, 'acknowledge', 'first of all whoever asks hears that it has come');
  const produce = clocksOf(file, POLICY).find(({ name }) => name === 'produce')!;
  assert.equal(produce.target, '2026-09-12T00:10:00.000Z');
});

test('Form 3 suspends the ten days, and they go on when the issuing authority has answered', () => {
  const received = receivedFile(europeanOrder({ receivedAt: '2026-09-08T09:00:00Z' }));
  const pushed = fileAfter(
    received,
    [{ act: 'review', judgement: judged(), policy: 0, directory: 0, holds: [] }, 'in_review'],
    [
      { act: 'send letter', kind: 'form 3', sha256: 'l', items: ['1'], to: null, cureDue: '2026-09-16T23:00:00.000Z' },
      'pushed_back',
      '2026-09-10T09:00:00.000Z',
    ],
  );
  assert.equal(dues(pushed)['produce'], '2026-09-18T23:00:00.000Z paused');
  assert.equal(dues(pushed)['answer of the issuing authority'], '2026-09-15T23:00:00.000Z');
  assert.equal(nextDue(pushed, POLICY)!.whose, 'requester', 'nothing of the provider’s own runs');
  const answered = fileAfter(pushed, [
    { act: 'cure', demand: pushed.versions[0]!.demand, documents: [], auth: pushed.versions[0]!.auth },
    'verified',
    '2026-09-12T09:00:00.000Z',
  ]);
  assert.equal(dues(answered)['produce'], '2026-09-20T23:00:00.000Z', 'two days later than before');
  assert.ok(
    clocksOf(answered, POLICY)
      .find(({ name }) => name === 'produce')!
      .steps.some((step) => step.includes('ask the issuing authority')),
  );
});

test('an order that the enforcing authority may refuse waits for it ten days, unless it speaks', () => {
  const file = fileAfter(receivedFile(europeanOrder({ receivedAt: '2026-09-08T09:00:00Z' })), [
    { act: 'review', judgement: judged(WAITS), policy: 0, directory: 0, holds: [] },
    'in_review',
  ]);
  assert.equal(dues(file)['enforcing authority'], '2026-09-18T23:00:00.000Z');
  const cleared = fileAfter(file, [
    { act: 'enforcing authority', decision: 'no ground', items: [], reference: 'x' },
    'in_review',
  ]);
  assert.equal(dues(cleared)['enforcing authority'], undefined);
});

test('a hold lasts ninety days, and once renewed ninety more from its end; a European one sixty and thirty', () => {
  const us = receivedFile(preservation({ receivedAt: '2026-03-02T17:00:00Z' }));
  const first = holdUntil(us, POLICY);
  assert.deepEqual(
    first,
    { until: '2026-06-02T07:00:00.000Z', rule: 'us-preservation/1' },
    '90 days end on Sunday 31 May, so with Monday',
  );
  const held = fileAfter(us, [
    { act: 'preserve', snapshot: 's', digest: 'd', counts: [], until: first.until, rule: first.rule },
    'p_active',
  ]);
  assert.equal(dues(held)['hold ends'], first.until);
  assert.equal(renewedUntil(held, POLICY, 'letter').until, '2026-08-31T07:00:00.000Z'.replace('08-31', '09-01'));
  const eu = receivedFile(
    europeanOrder({ kind: 'preservation', instrument: { type: 'EU-EPOC-PR' }, receivedAt: '2026-09-08T09:00:00Z' }),
  );
  assert.equal(
    holdUntil(eu, POLICY).until,
    '2026-11-09T24:00:00.000Z'.replace('T24:00', 'T00:00').replace('11-09', '11-10'),
  );
});

test('silence under an order makes a notice due the day after the order ends, and shows it a month before', () => {
  const ndo = {
    court: 'D.N.M.',
    signed: true,
    signedBy: 'judge',
    issuedOn: '2026-09-08',
    endsOn: '2026-12-08',
    linkedTo: 'x',
    harms: [],
    scope: 'this',
    certification: false,
    noticeOfReview: false,
  };
  const file = fileAfter(receivedFile(order({ ndo })), [
    { act: 'decide notice', decision: 'stay silent', ground: 'nondisclosure order', reason: '', due: null },
    'collecting',
  ]);
  assert.equal(dues(file)['user notice'], '2026-12-09T08:00:00.000Z');
  assert.equal(dues(file)['nondisclosure ends'], '2026-11-08T08:00:00.000Z');
  const told = fileAfter(file, [
    { act: 'notify user', when: 'delayed', sha256: 'n', by_way_of: 'outbox' },
    'collecting',
  ]);
  assert.equal(dues(told)['user notice'], undefined);
});
