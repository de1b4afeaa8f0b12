/** Form 3: what is ticked, for which items, and what the document says of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blocksText } from '../document/text.ts';
import { findingsOf, type Judgement, judge } from '../instrument/judge.ts';
import type { LegalRequest } from '../instrument/legal-request.ts';
import type { Finding, Form3Ground } from '../instrument/rule.ts';
import { contextFor, europeanOrder, POLICY } from '../instrument/rules/example.ts';
import { everyRule } from '../instrument/rules/register.ts';
import { fileAfter, receivedFile } from './example.ts';
import { blocksOf, FORM3_GROUNDS, type Form3, type Form3Options, form3, form3Blocks } from './form3.ts';

/** The rules of European orders alone, so that each test shows what they say. */
const RULES = (await everyRule()).map(({ rule }) => rule).filter(({ id }) => 'R-160' <= id && id <= 'R-180');
const judged = (request: LegalRequest) => findingsOf(RULES, request, contextFor());

function formOf(request: LegalRequest, options: Form3Options = {}): Form3 {
  const form = form3(request, judged(request), POLICY, options);
  assert.ok(form, 'something to object to');
  return form;
}

const range = { from: '2026-02-01T00:00:00Z', to: '2026-05-01T00:00:00Z' };

/** Messages and a name, on a prosecutor's signature, for a two-year offence. */
const G08 = europeanOrder({
  instrument: { issuerRole: 'prosecutor' },
  eu: { ia: 'Procura della Repubblica, Milano', iaRole: 'prosecutor' },
  basis: { offences: [{ text: 'simple fraud', statute: 'art. 640 c.p.', maxPenaltyMonths: 24 }] },
  items: [
    { id: '1', target: 0, category: 'DC-12', ...range },
    { id: '2', target: 0, category: 'DC-01' },
  ],
});

test('G-08: two grounds are ticked, for the messages and not for the name', () => {
  const form = formOf(G08);
  assert.deepEqual(
    form.reasons.map(({ ground, items, details }) => [ground, items, details.map(({ rule }) => rule)]),
    [
      ['not a competent authority', ['1'], ['R-161']],
      ['offence', ['1'], ['R-163']],
    ],
  );
  assert.deepEqual(form.certificate, {
    kind: 'EPOC',
    fileNumber: 'RGNR 2026/4471',
    issuedOn: '2026-09-08',
    receivedAt: '2026-09-11T14:00:00Z',
  });
  assert.deepEqual(form.authorities, {
    issuing: 'Procura della Repubblica, Milano',
    issuingState: 'IT',
    validating: null,
    enforcingState: 'IE',
    sendTo: ['issuing authority'],
  });
  assert.deepEqual(form.addressee, { name: 'Example Social Ireland Limited', state: 'IE', fileNumber: 'r-0000000001' });
  assert.deepEqual([form.conflict, form.clarification], [null, []]);
});

test('G-08 as a document: eight sections, every ground with its tick, and what was found in words', () => {
  const blocks = blocksOf(formOf(G08, { preserved: [{ item: '1', state: 'kept', since: '2026-09-11T15:00:00Z' }] }));
  const headings = blocks.flatMap((block) => (block.kind === 'heading' && block.level === 3 ? [block.text[0]] : []));
  assert.deepEqual(headings, ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']);
  const grounds = blocks.find((block) => block.kind === 'table' && block.caption === 'Grounds');
  assert.ok(grounds?.kind === 'table');
  assert.equal(grounds.rows.length, FORM3_GROUNDS.length);
  assert.deepEqual(
    grounds.rows.filter(([ticked]) => ticked === 'yes').map(([, , items]) => items),
    ['1', '1'],
  );
  const text = blocksText(blocks);
  assert.match(text, /names prosecutor/);
  assert.match(text, /24 months/);
  assert.match(text, /content of communications \(DC-12\)/);
  assert.match(text, /since 2026-09-11T15:00:00Z/);
  assert.match(text, /2023\/1543, Articles 5\(4\) and 16\(4\)\(b\) \[V\]/);
});

test('an order as it should be leaves nothing to object to', () => {
  assert.equal(form3(europeanOrder(), judged(europeanOrder()), POLICY), null);
  const blocks = form3Blocks(receivedFile(europeanOrder()), POLICY, '2026-09-12T08:00:00Z');
  assert.match(blocksText(blocks), /No finding/);
});

test('missing fields are one ground, each with what would complete it', () => {
  const form = formOf(
    europeanOrder(
      {
        instrument: { addressedTo: undefined },
        basis: { offences: [] },
        eu: { qes: false },
        items: [{ id: '1', target: 0, category: 'DC-12' }],
      },
      { instrument: { signatureKind: 'electronic' } },
    ),
  );
  assert.deepEqual(form.reasons.map(({ ground, items }) => [ground, items]).slice(0, 1), [['incomplete', null]]);
  const asked = form.clarification.map(({ rule, item }) => [rule, item]);
  assert.deepEqual(asked, [
    ['R-160', null],
    ['R-160', '1'],
    ['R-160', null],
    ['R-170', null],
  ]);
  const text = blocksText(blocksOf(form));
  assert.match(text, /Article 5\(5\)\(f\)/);
  assert.match(text, /the whole order/);
});

test('a protection goes before both authorities, and so does everything once the enforcing one was notified', () => {
  const protectedData = formOf(europeanOrder({ eu: { privileged: true } }));
  assert.deepEqual(protectedData.authorities.sendTo, ['issuing authority', 'enforcing authority']);
  const notified = formOf(europeanOrder({ eu: { notifiedEA: true, serviceCovered: false } }));
  assert.deepEqual(notified.authorities.sendTo, ['issuing authority', 'enforcing authority']);
});

test('section E names the law, and says what counsel has not written yet', () => {
  const request = europeanOrder({
    eu: { conflict: { law: 'Data Secrecy Act of Examplia, s. 9', ground: 'prohibition' } },
  });
  const bare = formOf(request);
  assert.deepEqual(bare.conflict, { law: 'Data Secrecy Act of Examplia, s. 9', obligation: null, applies: null });
  assert.match(blocksText(blocksOf(bare)), /Why it applies here:?\s+not stated/);
  const written = formOf(request, {
    objection: { obligation: 'secrecy of accounts', applies: 'the account is kept in Examplia' },
  });
  assert.match(blocksText(blocksOf(written)), /kept in Examplia/);
});

/** A finding that no rule of European orders makes. */
const other = (more: Partial<Finding>): Finding => ({
  rule: 'R-053',
  about: 'sufficiency',
  severity: 'pushback',
  path: 'targets[0]',
  itemId: '1',
  message: 'Several accounts fit.',
  cure: 'Name a second identifier.',
  source: 's',
  effects: [],
  ...more,
});

const SAID: [string, Finding, Form3Ground | null][] = [
  ['a push-back of another rule is a want of information', other({}), 'insufficient information'],
  ['a warning is for the reviewer alone', other({ severity: 'warn' }), null],
  ['a warning stays one where its rule has a ground', other({ severity: 'warn', form3: 'offence' }), null],
  ['doubt who sent it is not said in a form', other({ about: 'authenticity' }), null],
  ['what the requester is not to be told is not said', other({ cure: null }), null],
  ['waiting is no objection', other({ severity: 'block' }), null],
  ['a ground of its own is kept', other({ form3: 'not stored', severity: 'reject' }), 'not stored'],
];

for (const [says, finding, ground] of SAID) {
  test(says, () => {
    const form = form3(europeanOrder(), [finding], POLICY);
    assert.deepEqual(form?.reasons.map((reason) => reason.ground) ?? null, ground === null ? null : [ground]);
  });
}

test('every ground of the form can be ticked and stands in the document', () => {
  for (const { ground, says } of FORM3_GROUNDS) {
    const form = form3(europeanOrder(), [other({ form3: ground })], POLICY);
    const rows = blocksOf(form!).flatMap((block) =>
      block.kind === 'table' && block.caption === 'Grounds' ? block.rows : [],
    );
    assert.deepEqual(
      rows.filter(([ticked]) => ticked === 'yes'),
      [['yes', says, '1']],
    );
  }
});

test('what is kept is said item by item; what is not known is not claimed', () => {
  const form = formOf(G08, { preserved: [{ item: '2', state: 'not kept', why: 'the account does not exist' }] });
  assert.deepEqual(
    form.preservation.map(({ item, state }) => [item, state]),
    [
      ['1', 'not stated'],
      ['2', 'not kept'],
    ],
  );
});

function judgement(request: LegalRequest): Judgement {
  return judge({ version: '2026-08-18', digest: '', rules: RULES }, request, contextFor());
}

test('of a request’s file: the newest judgement speaks, items approved after all aside', () => {
  const reviewed = fileAfter(receivedFile(G08), [
    { act: 'review', judgement: judgement(G08), policy: 0, directory: 0, holds: [] },
    'in_review',
  ]);
  const at = '2026-09-12T08:00:00Z';
  assert.match(blocksText(form3Blocks(reviewed, POLICY, at)), /24 months/);
  const approved = fileAfter(reviewed, [
    { act: 'decide', item: '1', decision: 'approve', reason: 'validated by telephone' },
    'in_review',
  ]);
  assert.match(blocksText(form3Blocks(approved, POLICY, at)), /No finding/);
});
