/** The golden cases of European orders, G-08 to G-10 of the project's legal reference, by the rules of such orders. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { euEmergency } from '../../calendar/eu-hours.ts';
import { type Judgement, judge } from '../judge.ts';
import type { LegalRequest } from '../legal-request.ts';
import { type Context, type History, NO_HISTORY } from '../rule.ts';
import { contextFor, europeanOrder } from './example.ts';
import { everyRule, RULE_SETS } from './register.ts';

/** The rules of section 4.8 alone: what others find of the same requests is held elsewhere. */
const RULES = (await everyRule()).map(({ rule }) => rule).filter(({ id }) => 'R-160' <= id && id <= 'R-180');

function judged(request: LegalRequest, more: Partial<Context> = {}): Judgement {
  return judge({ version: RULE_SETS.at(-1)!.version, digest: '', rules: RULES }, request, contextFor(more));
}

const found = ({ findings }: Judgement) => findings.map(({ rule, severity, itemId }) => [rule, severity, itemId]);

const heard = (decision: 'no ground' | 'partial' | 'full', ...items: string[]): { history: History } => ({
  history: { ...NO_HISTORY, enforcingAuthority: { decision, items, at: '2026-09-14T09:00:00Z' } },
});

const range = { from: '2026-02-01T00:00:00Z', to: '2026-05-01T00:00:00Z' };

test('every rule of section 4.8 is there, and belongs to the set of 18 August 2026', () => {
  const ids = Array.from({ length: 21 }, (_, index) => `R-${160 + index}`).filter((id) => id !== 'R-176');
  assert.deepEqual(
    RULES.map(({ id }) => id),
    ids,
  );
  for (const { id, since, until } of RULES) assert.deepEqual([since, until], ['2026-08-18', undefined], id);
});

test('G-08: messages on a prosecutor’s signature for a two-year offence go back by Form 3', () => {
  const request = europeanOrder({
    instrument: { issuerRole: 'prosecutor', issuerName: 'Procura della Repubblica, Milano' },
    eu: { ia: 'Procura della Repubblica, Milano', iaRole: 'prosecutor' },
    basis: { offences: [{ text: 'simple fraud', statute: 'art. 640 c.p.', maxPenaltyMonths: 24, dual: true }] },
    items: [{ id: '1', target: 0, category: 'DC-12', ...range, rawText: 'messages' }],
  });
  const judgement = judged(request);
  assert.deepEqual(found(judgement), [
    ['R-161', 'pushback', '1'],
    ['R-163', 'pushback', '1'],
  ]);
  assert.deepEqual(
    judgement.findings.map(({ form3 }) => form3),
    ['not a competent authority', 'offence'],
  );
  assert.equal(judgement.sufficiency, 'open');
  assert.equal(judgement.authenticity, 'holds', 'who sent it is another question than whether it suffices');
});

test('G-08: the name of the same account stands on the same certificate', () => {
  const request = europeanOrder({
    eu: { iaRole: 'prosecutor' },
    basis: { offences: [{ text: 'simple fraud', statute: 'art. 640 c.p.', maxPenaltyMonths: 24 }] },
    items: [
      { id: '1', target: 0, category: 'DC-12', ...range },
      { id: '2', target: 0, category: 'DC-01' },
    ],
  });
  assert.deepEqual(
    judged(request).items.map(({ id, standing }) => [id, standing]),
    [
      ['1', 'open'],
      ['2', 'holds'],
    ],
  );
});

/** Italian authority, a resident of Spain, an Irish addressee; received Friday 11 September 2026, 15:00 in Dublin. */
const G09 = europeanOrder({
  targets: [{ type: 'account-id', value: '100000000000042', residence: 'ES' }],
  eu: { residenceState: 'ES', enforcingState: 'IE' },
});

const MOMENTS: [string, string, 'open' | 'holds'][] = [
  ['at receipt', '2026-09-11T14:00:00Z', 'open'],
  ['ten times 24 hours after receipt', '2026-09-21T14:00:00Z', 'open'],
  ['one second before day 10 ends in Dublin', '2026-09-21T22:59:59Z', 'open'],
  ['when day 10 has ended', '2026-09-21T23:00:00Z', 'holds'],
  ['a week later', '2026-09-28T12:00:00Z', 'holds'],
];

for (const [when, at, standing] of MOMENTS) {
  test(`G-09: sessions of a resident of Spain ${standing === 'open' ? 'wait' : 'go out'} ${when}`, () => {
    const judgement = judged(G09, { at });
    assert.deepEqual(found(judgement), standing === 'open' ? [['R-164', 'block', '1']] : []);
    assert.equal(judgement.items[0]!.standing, standing);
    for (const { effects } of judgement.findings) assert.deepEqual(effects, ['wait for the enforcing authority']);
  });
}

test('G-09: day 10 moves past a weekend and a holiday of the enforcing State, and of no other', () => {
  // Day 10 after 16 October is Monday 26 October 2026: a holiday in Ireland, a working day in Italy.
  const request = europeanOrder(
    { targets: [{ type: 'account-id', value: '100000000000042', residence: 'ES' }] },
    { receivedAt: '2026-10-16T12:00:00Z' },
  );
  const at = '2026-10-27T10:00:00Z';
  assert.deepEqual(found(judged(request, { at })), [['R-164', 'block', '1']]);
  const italian = { ...request, eu: { ...request.eu!, issuingState: 'ES', offenceState: 'ES', enforcingState: 'IT' } };
  const elsewhere = { ...italian, targets: request.targets.map((target) => ({ ...target, residence: 'FR' })) };
  assert.deepEqual(found(judged(elsewhere, { at: '2026-10-26T22:59:59Z' })), [['R-164', 'block', '1']]);
  assert.deepEqual(found(judged(elsewhere, { at })), []);
});

test('G-09: the word of the enforcing authority ends the waiting, one way or the other', () => {
  assert.deepEqual(found(judged(G09, heard('no ground'))), []);
  assert.deepEqual(found(judged(G09, heard('full'))), [['R-180', 'block', '1']]);
  assert.deepEqual(found(judged(G09, heard('partial', '1'))), [['R-180', 'block', '1']]);
  assert.deepEqual(found(judged(G09, heard('partial', '2'))), []);
});

test('G-09: silence until day 10 does not undo a refusal that came', () => {
  assert.deepEqual(found(judged(G09, { at: '2026-09-28T12:00:00Z', ...heard('full') })), [['R-180', 'block', '1']]);
});

/** Received on a Friday at 17:10 in Dublin. */
const G10 = europeanOrder(
  {
    targets: [{ type: 'account-id', value: '100000000000042', residence: 'ES' }],
    eu: { emergency: true, emergencyGround: 'a person is held captive', notifiedEA: true, residenceState: 'ES' },
  },
  { receivedAt: '2026-09-11T16:10:00Z' },
);

test('G-10: an emergency order waits for nobody and is due on Saturday at 02:00', () => {
  assert.deepEqual(found(judged(G10, { at: '2026-09-11T16:30:00Z' })), []);
  const { due } = euEmergency(Temporal.Instant.from(G10.receivedAt), 'IE');
  assert.equal(due.toZonedDateTimeISO('Europe/Dublin').toPlainDateTime().toString(), '2026-09-12T02:00:00');
});

test('G-10: sessions need a judge in an emergency too; a name may be validated within 48 hours', () => {
  const request = europeanOrder(
    {
      instrument: { issuerRole: 'police' },
      eu: { ...G10.eu!, iaRole: 'police', exPostValidation: undefined },
      items: [
        { id: '1', target: 0, category: 'DC-01' },
        { id: '2', target: 0, category: 'DC-02', ...range },
      ],
    },
    { receivedAt: G10.receivedAt },
  );
  assert.deepEqual(found(judged(request, { at: '2026-09-11T16:30:00Z' })), [['R-162', 'reject', '2']]);
  assert.deepEqual(found(judged(request, { at: '2026-09-13T16:10:00Z' })), [
    ['R-162', 'reject', '2'],
    ['R-162', 'pushback', undefined],
  ]);
});
