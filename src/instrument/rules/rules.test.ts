/** Every rule holds its own examples, and the invented requests that pass pass every rule. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsOf, judge } from '../judge.ts';
import type { LegalRequest } from '../legal-request.ts';
import type { Example, Rule } from '../rule.ts';
import { contextFor, emergency, europeanOrder, order, preservation, subpoena, warrant } from './example.ts';
import { belongs, everyRule, RULE_SETS, ruleSet, ruleSetOn } from './register.ts';

const ALL = await everyRule();

for (const { rule, file } of ALL) {
  test(`${rule.id} ${rule.asks}`, () => {
    assert.match(file, new RegExp(`/r-${rule.id.slice(2)}`), 'the file is named after the rule');
    assert.ok(rule.asks.endsWith('?'), 'a rule asks a question');
    assert.ok(
      rule.examples.some(({ expect }) => expect === 'met'),
      'an example that is met',
    );
    assert.ok(
      rule.examples.some(({ expect }) => expect !== 'met' && expect !== 'not applicable'),
      'an example that is not',
    );
    for (const example of rule.examples) holds(rule, example);
  });
}

function holds(rule: Rule, { says, request, context, expect }: Example): void {
  const whole = contextFor(context);
  const applies = rule.appliesTo(request, whole);
  assert.equal(applies, expect !== 'not applicable', `${says}: whether the rule applies`);
  if (!applies) return;
  const found = findingsOf([rule], request, whole);
  if (expect === 'met') assert.deepEqual(found, [], says);
  else if (Array.isArray(expect)) {
    assert.deepEqual(
      found.map(({ itemId, severity }) => ({ ...(itemId === undefined ? {} : { item: itemId }), severity })),
      expect,
      says,
    );
  } else {
    assert.ok(found.length > 0, `${says}: a finding`);
    for (const finding of found) assert.equal(finding.severity, expect, says);
  }
  for (const finding of found) {
    assert.ok(placeIn(request, finding.path), `${says}: ${finding.path} is a place in the request`);
    assert.ok(finding.message.length > 0 && finding.source.length > 0, says);
  }
}

/** The parent of the place must be there; the field itself may be what is missing. */
function placeIn(request: LegalRequest, path: string): boolean {
  const parts = path
    .split(/[.[\]]+/)
    .filter(Boolean)
    .slice(0, -1);
  let here: unknown = request;
  for (const part of parts) {
    if (here === null || typeof here !== 'object') return false;
    here = (here as Record<string, unknown>)[part];
    if (here === undefined) return parts.length > 0 && ['emergency', 'ndo', 'eu'].includes(parts[0]!);
  }
  return true;
}

const PASSING: [string, LegalRequest][] = [
  ['a (d) order', order()],
  ['a grand jury subpoena', subpoena()],
  ['a search warrant', warrant()],
  ['a preservation letter', preservation()],
  ['an emergency', emergency()],
  ['a European Production Order', europeanOrder()],
];

for (const [name, request] of PASSING) {
  test(`${name} that is as it should be meets every rule`, async () => {
    for (const { version } of RULE_SETS) {
      const { findings } = judge(await ruleSet(version), request, contextFor());
      assert.deepEqual(
        findings.map(({ rule, path, message }) => `${rule} ${path}: ${message}`),
        [],
        version,
      );
    }
  });
}

test('a rule has one judgement in each rule set', () => {
  for (const { version } of RULE_SETS) {
    const ids = ALL.filter(({ rule }) => belongs(rule, version)).map(({ rule }) => rule.id);
    assert.equal(new Set(ids).size, ids.length, version);
  }
});

test('every rule belongs to some rule set, and versions named in rules are those of the register', () => {
  const versions = RULE_SETS.map(({ version }) => version as string);
  for (const { rule } of ALL) {
    assert.ok(
      versions.some((version) => belongs(rule, version)),
      rule.id,
    );
    for (const named of [rule.since, rule.until]) if (named !== undefined) assert.ok(versions.includes(named), rule.id);
  }
});

test('the rule set of a day is the last one applied by then', async () => {
  assert.equal(ruleSetOn('2025-01-01'), '2026-01-01');
  assert.equal(ruleSetOn('2026-06-28'), '2026-01-01');
  assert.equal(ruleSetOn('2026-06-29'), '2026-06-29');
  assert.equal(ruleSetOn('2026-11-25'), '2026-08-18');
  await assert.rejects(ruleSet('2020-01-01'), { code: 'rules/no-such-set' });
});
