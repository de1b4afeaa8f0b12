import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_POLICY, PolicyInput, readPolicy } from '../../src/instrument/policy.ts';
import { changeInWords, POLICY_GROUPS, POLICY_WORDS } from '../words/policy.ts';
import { CHOICES, edited, policyFields } from './policy-fields.ts';

const FULL = PolicyInput.parse({
  provider: {
    euAddressee: { name: 'Example SARL', state: 'LU' },
    mailServer: 'mx.provider.example',
    services: ['a', 'b'],
  },
  mail: { smtp: { host: 'mail.provider.example' } },
  extraHolidays: [{ jurisdiction: 'US', day: '2026-12-24', name: 'Closed' }],
  freeMailDomains: ['mail.example'],
});

test('every field of a policy is there, in words, in a group; and nothing is in words that is no field', () => {
  for (const policy of [DEFAULT_POLICY, FULL]) {
    const fields = policyFields(policy);
    for (const { path, group } of fields) {
      assert.ok(POLICY_WORDS[path], path);
      assert.ok(POLICY_GROUPS[group as keyof typeof POLICY_GROUPS], group);
    }
    assert.deepEqual(fields.map(({ path }) => path).sort(), Object.keys(POLICY_WORDS).sort());
  }
});

test('a policy that nobody changed is the same, and so is each field set to its own text', () => {
  for (const policy of [DEFAULT_POLICY, FULL]) {
    assert.deepEqual(edited(policy, new Map()), { policy, changes: [], wrong: [] });
    const same = new Map(policyFields(policy).map(({ path, text }) => [path, text]));
    assert.deepEqual(edited(policy, same), { policy, changes: [], wrong: [] });
  }
});

test('each sort of field is changed as it is written, and the server reads it', () => {
  const texts = new Map([
    ['clocks.cureDays', '21'],
    ['clocks.preservationAlertDays', '30, 7 1'],
    ['requires.badge', 'false'],
    ['provider.name', ' Another Provider '],
    ['provider.languages', 'en\n\nde\n'],
    ['ipLogTier', 'order'],
    ['windowMonths', '{"DC-02": 6}'],
    ['provider.mailServer', 'mx.example'],
    ['mail.smtp', '{"host": "mail.example"}'],
  ]);
  const { policy, changes, wrong } = edited(DEFAULT_POLICY, texts);
  const read = readPolicy(JSON.stringify(policy));
  assert.deepEqual(wrong, []);
  assert.equal(changes.length, texts.size);
  assert.deepEqual(changes[0], { path: 'provider.name', before: 'Example Provider', after: 'Another Provider' });
  assert.equal(read.clocks.cureDays, 21);
  assert.deepEqual(read.clocks.preservationAlertDays, [30, 7, 1]);
  assert.equal(read.requires.badge, false);
  assert.deepEqual(read.provider.languages, ['en', 'de']);
  assert.equal(read.ipLogTier, 'order');
  assert.deepEqual(read.windowMonths, { 'DC-02': 6 });
  assert.equal(read.provider.mailServer, 'mx.example');
  assert.equal(read.mail.smtp?.host, 'mail.example');
  assert.equal(DEFAULT_POLICY.clocks.cureDays, 14);
});

test('what need not be there is taken out by an empty text; rubbish is named and changes nothing', () => {
  const without = edited(FULL, new Map([['provider.euAddressee', ''], ['mail.smtp', ' ']])); // biome-ignore format: two
  assert.equal(readPolicy(JSON.stringify(without.policy)).provider.euAddressee, undefined);
  assert.equal(readPolicy(JSON.stringify(without.policy)).mail.smtp, undefined);
  const rubbish = edited(FULL, new Map([['clocks.cureDays', 'soon'], ['windowMonths', '{'], ['clocks.preservationAlertDays', '7, x'], ['limits.smallCell', '']])); // biome-ignore format: a few
  assert.deepEqual(rubbish.policy, FULL);
  assert.deepEqual(rubbish.wrong.toSorted(), [
    'clocks.cureDays',
    'clocks.preservationAlertDays',
    'limits.smallCell',
    'windowMonths',
  ]);
});

test('a change is told in words, with what lies deeper in brackets; an agency stays as it is', () => {
  assert.equal(changeInWords('clocks.cureDays: 14 → 21'), 'Wait for an answer to a push-back, days: 14 → 21');
  assert.equal(changeInWords('windowMonths.DC-02: 12 → 6'), 'Longest range by category, months (DC-02): 12 → 6');
  assert.equal(changeInWords('ag-1: number +1 → +2'), 'ag-1: number +1 → +2');
});

test('each choice that is offered is one the program takes, and none is missing', () => {
  for (const [path, choices] of Object.entries(CHOICES)) {
    for (const choice of choices)
      assert.equal((readPolicy(JSON.stringify({ [path]: choice })) as Record<string, unknown>)[path], choice);
    assert.throws(
      () => readPolicy(JSON.stringify({ [path]: 'no such choice' })),
      (error: Error) => choices.every((choice) => error.message.includes(choice)),
    );
  }
});
