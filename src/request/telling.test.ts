/** When the user may be told, must not be, and is told of what was refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { letterText } from '../document/letter.ts';
import { judge } from '../instrument/judge.ts';
import type { LegalRequest } from '../instrument/legal-request.ts';
import { contextFor, europeanOrder, order, POLICY } from '../instrument/rules/example.ts';
import { everyRule } from '../instrument/rules/register.ts';
import type { Act, Done, Who } from './act.ts';
import { fileAfter, receivedFile } from './example.ts';
import { type Around, refusal } from './guards.ts';
import { noticeLetter } from './user-notice.ts';
import { type State, WAY } from './way.ts';

const AROUND: Around = { policy: POLICY, assurance: null, authorityUntil: null, under: null };
const RULES = (await everyRule()).map(({ rule }) => rule);
const AT = '2026-09-14T16:00:00.000Z';

const COURT_ORDER = {
  ndo: {
    court: 'U.S. District Court, District of New Mexico',
    signed: true,
    signedBy: 'judge',
    issuedOn: '2026-09-08',
    endsOn: '2026-12-08',
    linkedTo: '26-cr-0117',
    harms: ['flight from prosecution'],
    scope: 'this',
    certification: false,
    noticeOfReview: false,
  },
};
const LETTER = {
  instrument: { type: 'US-NSL' },
  ndo: { statute: '18 U.S.C. § 2709(c)', signed: true, harms: [], scope: 'this', certification: true, noticeOfReview: true },
}; // biome-ignore format: one line

const VERIFIED: Done = {
  act: 'verify',
  outcome: 'verified',
  level: 3,
  because: [],
  reason: '',
  judgement: {
    ruleSet: '2026-08-18',
    rulesDigest: '',
    at: AT,
    version: 1,
    findings: [],
    authenticity: 'holds',
    sufficiency: 'holds',
    scope: 'holds',
    items: [],
  },
};

const fileIn = (request: LegalRequest, state: State) => fileAfter(receivedFile(request), [VERIFIED, state, AT]);

/** Why it may not be decided so, or null. */
function decided(request: LegalRequest, silent: string | null, state: State = 'approved', at = AT): string | null {
  return refusal(fileIn(request, state), act(silent, '', at), AROUND);
}

function act(silent: string | null, reason: string, at = AT): Act {
  return {
    act: 'decide notice', decision: silent === null ? 'notify' : 'stay silent', ground: silent, reason, due: null,
    seq: 9, at, recordedAt: at, by: { name: 'R. Alder', pseudonym: 'p-0' }, entry: 'e', salt: 's',
  } as Act; // biome-ignore format: one line
}

test('an order that holds forbids telling the user until it has ended', () => {
  const silenced = order(COURT_ORDER);
  assert.match(decided(silenced, null)!, /the nondisclosure order forbids telling the user/);
  assert.equal(decided(silenced, 'nondisclosure order'), null);
  assert.match(
    decided(silenced, null, 'approved', '2026-12-08T23:00:00.000Z')!,
    /forbids/,
    'its last day is within it',
  );
  assert.equal(decided(silenced, null, 'approved', '2026-12-09T16:00:00.000Z'), null);
  assert.equal(decided(order(), null), null, 'no order, no silence');
});

test('a certificate and a certified letter forbid it too, each as a ground of its own', () => {
  assert.match(decided(europeanOrder(), null)!, /the certificate forbids/);
  assert.equal(decided(europeanOrder({ eu: { mayInform: true } }), null), null);
  assert.match(decided(order(LETTER), null)!, /the certified letter forbids/);
  assert.match(decided(order(LETTER), 'nondisclosure order')!, /there is no nondisclosure order/);
  assert.equal(decided(order(LETTER), 'national security letter'), null);
});

test('the user is told of a demand that was refused, unless something forbids it, and nothing is said to be handed over', () => {
  assert.equal(decided(order(), null, 'rejected'), null);
  assert.match(decided(order(COURT_ORDER), null, 'rejected')!, /forbids/);
  const text = letterText(
    noticeLetter(fileIn(order(), 'rejected'), POLICY, AT, { name: 'R. Alder', title: '' }),
  ).replace(/\s+/g, ' ');
  assert.match(text, /We refused the demand and handed nothing over/);
  assert.doesNotMatch(text, /We plan to hand|handed over on/);
});

test('where the user is told first, only what forbids it or an emergency keeps it silent, never an exception of policy', () => {
  const critic = (changes: Parameters<typeof order>[0] = {}) =>
    order({ targets: [{ type: 'handle', value: 'river.watch', traits: ['anonymous critic'] }], ...changes });
  const silent = (request: LegalRequest, ground: string) => {
    const judgement = { ...judge({ version: '2026-08-18', digest: '', rules: RULES }, request, contextFor()), at: AT };
    const decide: Done = { act: 'decide', item: '1', decision: 'approve', reason: '' };
    const review: Done = { act: 'review', judgement, policy: 0, directory: 0, holds: [] };
    const file = fileAfter(receivedFile(request), [VERIFIED, 'verified'], [review, 'in_review'], [decide, 'approved']);
    return refusal(file, act(ground, 'The account was used to intimidate a witness.'), AROUND);
  };
  assert.match(silent(critic(), 'notice would be counter-productive')!, /told first.*R-085/);
  assert.equal(silent(order(), 'notice would be counter-productive'), null, 'another request, the same exception');
  assert.equal(silent(critic(COURT_ORDER), 'nondisclosure order'), null);
});

test('whoever asks takes no part in their own request, under any act of review', () => {
  const officer: Who = { name: ' sam ortega', pseudonym: 'p-9' };
  const acts = WAY.filter(({ act, guards }) => guards.includes('not a party to the request') && act !== 'assign');
  for (const { act: name, from } of acts) {
    const tried = { act: name, seq: 9, at: AT, recordedAt: AT, by: officer, entry: 'e', salt: 's', outcome: 'fraud', decision: 'notify' } as unknown as Act; // biome-ignore format: one line
    const why = refusal(fileIn(order(), from[0]!), tried, AROUND);
    assert.equal(why, 'whoever asks takes no part in it here', name);
  }
  const tried = new Set(acts.map(({ act }) => act));
  for (const name of [
    'verify',
    'resolve',
    'review',
    'decide',
    'approve',
    'reject',
    'collect',
    'check',
    'package',
  ] as const)
    assert.ok(tried.has(name), name);
});
