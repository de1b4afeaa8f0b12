/** What each kind of paper reaches, as the provider's policy has it, and which one rule speaks where it does not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CATEGORIES, INSTRUMENT_KINDS, reaches, reachFindings, recentOnly } from './kinds.ts';
import { DEFAULT_POLICY, type Policy } from './policy.ts';
import { type ReachRule, reachRule } from './reach-rule.ts';
import { order } from './rules/example.ts';

const policy = (more: Partial<Policy>): Policy => ({ ...DEFAULT_POLICY, ...more });

const REACHED: [string, string, string, Partial<Policy>, boolean | null][] = [
  ['a subpoena reaches a name', 'US-SUBP', 'DC-01', {}, true],
  ['and sessions', 'US-SUBP', 'DC-02', {}, true],
  ['unless the provider gives them on an order only', 'US-SUBP', 'DC-02', { ipLogTier: 'order' }, false],
  ['then derived location is not reached either', 'US-SUBP', 'DC-10', { ipLogTier: 'order' }, false],
  ['where recent ones are given they are reached in part', 'US-SUBP', 'DC-02', { ipLogTier: 'recent' }, true],
  ['an order reaches sessions whatever is given on a subpoena', 'US-2703D', 'DC-02', { ipLogTier: 'order' }, true],
  ['a subpoena does not reach messages', 'US-SUBP', 'DC-12', {}, false],
  ['nor purchases', 'US-SUBP', 'DC-08', {}, false],
  ['unless the policy says so', 'US-SUBP', 'DC-08', { reach: { 'US-SUBP': ['DC-08'] } }, true],
  ['a list of the policy is the whole list', 'US-SUBP', 'DC-01', { reach: { 'US-SUBP': ['DC-08'] } }, false],
  [
    'a list and a tier both have to allow',
    'US-SUBP',
    'DC-02',
    { reach: { 'US-SUBP': ['DC-02'] }, ipLogTier: 'order' },
    false,
  ],
  ['what is public takes no paper', 'US-SUBP', 'DC-14', {}, true],
  ['a hold reaches nothing', 'US-2703F', 'DC-01', {}, false],
  ['not even what is public', 'US-2703F', 'DC-14', {}, false],
  ['a snapshot depends on what is in it', 'US-SUBP', 'DC-15', {}, null],
  ['a warrant reaches all of a snapshot', 'US-WARRANT', 'DC-15', {}, true],
  ['no warrant reaches what is to come', 'US-WARRANT', 'DC-17', {}, false],
  ['a kind that a reviewer decides', 'DE-STPO', 'DC-12', {}, null],
  ['a kind nobody knows', 'US-LETTER', 'DC-01', {}, null],
];

for (const [says, kind, category, more, expected] of REACHED)
  test(`${says}: ${kind}, ${category}`, () => assert.equal(reaches(kind, category, policy(more)), expected));

test('recent sessions only are given on a subpoena, by a policy that says so', () => {
  const recent = policy({ ipLogTier: 'recent' });
  assert.equal(recentOnly('US-SUBP', 'DC-02', recent), true);
  assert.equal(recentOnly('US-SUBP', 'DC-01', recent), false);
  assert.equal(recentOnly('US-2703D', 'DC-02', recent), false);
  assert.equal(recentOnly('US-SUBP', 'DC-02', DEFAULT_POLICY), false);
});

test('without a policy of its own the table is the one that examiners are shown', () => {
  for (const kind of INSTRUMENT_KINDS)
    for (const category of CATEGORIES) {
      const [finding] = reachFindings(kind, [{ categories: [category] }]);
      const reached = reaches(kind, category, DEFAULT_POLICY);
      if (finding === undefined) assert.notEqual(reached, false, `${kind} ${category}`);
      else if (category !== 'DC-14' && category !== 'DC-15') assert.equal(reached, false, `${kind} ${category}`);
    }
});

const SPEAKS: [string, string, string | undefined, ReachRule | null][] = [
  ['a name on a subpoena', 'US-SUBP', 'DC-01', null],
  ['devices on a subpoena', 'US-SUBP', 'DC-05', 'R-070'],
  ['messages on a subpoena', 'US-SUBP', 'DC-12', 'R-071'],
  ['files on an order', 'US-2703D', 'DC-13', 'R-071'],
  ['what is encrypted, on a party’s subpoena', 'US-DEF', 'DC-22', 'R-071'],
  ['searches on an order', 'US-2703D', 'DC-09', 'R-070'],
  ['messages on a pen register', 'US-PENTRAP', 'DC-12', 'R-070'],
  ['location on an order', 'US-2703D', 'DC-11', 'R-072'],
  ['location on a letter', 'US-NSL', 'DC-11', 'R-074'],
  ['messages on a letter', 'US-NSL', 'DC-12', 'R-074'],
  ['dialling to come, on a letter', 'US-NSL', 'DC-16', 'R-076'],
  ['dialling to come, on a pen register', 'US-PENTRAP', 'DC-16', null],
  ['speech to come, on a pen register', 'US-PENTRAP', 'DC-17', 'R-076'],
  ['a password, on any paper', 'US-WARRANT', 'DC-18', 'R-079'],
  ['a cohort, on any paper', 'US-SUBP', 'DC-21', 'R-064'],
  ['messages on a paper that compels nothing', 'US-2703F', 'DC-12', null],
  ['content on a certificate', 'EU-EPOC-S', 'DC-12', null],
  ['data to come, on a certificate', 'EU-EPOC-T', 'DC-17', 'R-076'],
  ['anything where a reviewer decides', 'XB-MLAT', 'DC-12', null],
  ['no category', 'US-SUBP', undefined, null],
];

for (const [says, type, category, expected] of SPEAKS)
  test(`${says}: ${expected ?? 'no rule'} speaks`, () => {
    const request = order({ instrument: { type }, items: [{ id: '1', target: 0, category }] });
    assert.equal(reachRule(request, request.items[0]!, DEFAULT_POLICY), expected);
  });

test('a case of child exploitation is capped by its own statute, another is not', () => {
  const asked = (statute: string) => {
    const request = order({
      instrument: { type: 'US-3486' },
      basis: { offences: [{ statute }] },
      items: [{ id: '1', target: 0, category: 'DC-12' }],
    });
    return reachRule(request, request.items[0]!, DEFAULT_POLICY);
  };
  assert.equal(asked('18 U.S.C. § 2252A(a)(2)'), 'R-073');
  assert.equal(asked('18 U.S.C. § 1347'), 'R-071');
});
